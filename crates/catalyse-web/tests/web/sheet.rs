//! The life of a sheet: fields one by one, two persons on one, acceptance, correction, the next wave – also without a script.

use axum::http::StatusCode;
use catalyse_codebook::{Answer, MissingReason};
use catalyse_store::Role;
use serde_json::json;

use crate::site::{Tried, seen_on};

#[tokio::test]
async fn a_field_is_saved_as_it_is_left_and_tells_what_follows() {
    let tried = Tried::new("field").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=").await;
    let reply =
        tried.save(&anne, &draft, json!({"key": "birth_date", "text": "140388", "seen": 0})).await;
    assert_eq!(reply["outcome"], "saved");
    tried.save(&anne, &draft, json!({"key": "interview_date", "text": "2/9/24", "seen": 0})).await;
    let reply = tried.save(&anne, &draft, json!({"key": "adults", "text": "2", "seen": 0})).await;
    let age = reply["fields"].as_array().expect("fields").iter().find(|one| one["key"] == "age");
    assert_eq!(age.expect("age")["shown"], "36");
    let reply = tried
        .save(&anne, &draft, json!({"key": "adults", "text": "99", "seen": reply["version"]}))
        .await;
    let findings = reply["findings"].as_array().expect("findings");
    let hard = findings.iter().find(|one| one["key"] == "adults" && one["severity"] == "hard");
    assert!(hard.is_some(), "a value that cannot be blocks, and is kept");
    let reply = tried
        .save(
            &anne,
            &draft,
            json!({"key": "adults", "text": "deux cents", "seen": reply["version"]}),
        )
        .await;
    assert_eq!(reply["outcome"], "unreadable");
    let page = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await;
    assert!(page.text.contains("value=\"99\""), "what was saved last still stands there");
    let reply = tried
        .save(
            &anne,
            &draft,
            json!({"key": "adults", "missing": "refused", "seen": reply["version"]}),
        )
        .await;
    assert_eq!(reply["outcome"], "saved");
}

#[tokio::test]
async fn two_persons_on_one_field_are_told_and_nothing_is_overwritten() {
    let tried = Tried::new("two").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=").await;
    let field = |text: &str, seen: u64| json!({"key": "adults", "text": text, "seen": seen});
    tried.save(&anne, &draft, json!({"key": "children", "text": "0", "seen": 0})).await;
    let first = tried.save(&anne, &draft, field("2", 0)).await;
    let second = tried.save(&bert, &draft, field("3", 0)).await;
    assert_eq!(second["outcome"], "conflict");
    assert_eq!(second["theirs"], "2");
    assert!(second["say"].as_str().expect("words").starts_with("anne"));
    let mine =
        tried.save(&bert, &draft, field("3", first["version"].as_u64().expect("a number"))).await;
    assert_eq!(mine["outcome"], "saved");
    assert_eq!(mine["say"], "anne", "bert is told that anne is at work too");
}

#[tokio::test]
async fn without_a_script_a_section_is_one_form_and_a_record_is_accepted_with_reasons() {
    let tried = Tried::new("plain").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0007").await;
    let path = format!("/fiches/{draft}/situation.household");
    let saved = tried.post(&anne, &path, "adults:seen=0&adults=1&children:seen=0&children=0&household_size:seen=0&household_size=1").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let wrong = tried.post(&anne, &path, "adults:seen=1&adults=un").await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(wrong.text.contains("role=\"alert\""), "what could not be read is said on the page");
    let end = format!("/fiches/{draft}/fin");
    let page = tried.get(&anne, &end).await;
    assert!(page.text.contains("Accepter la fiche"), "nothing blocks: {}", page.text);
    let refused = tried.post(&anne, &end, &seen_on(&page.text)).await;
    assert!(refused.text.contains("demande une correction ou un motif"));
    assert!(page.text.contains("Questions restées sans réponse"), "{}", page.text);
    let reasons = tried.reasons(&anne, &draft).await;
    let accepted = tried.post(&anne, &end, &reasons).await;
    assert_eq!(accepted.location(), "/", "{}", accepted.text);
    let home = tried.post(&anne, "/chercher", "q=0007").await;
    assert!(home.text.contains("DUR-0007"));
    let again = tried.begin(&anne, "wave=w2&person=DUR-0007").await;
    let page = tried.get(&anne, &format!("/fiches/{again}/situation.household")).await;
    assert!(page.text.contains("value=\"1\""), "a correction begins with what is accepted");
    let next = tried.begin(&anne, "wave=w3&person=DUR-0007").await;
    let page = tried.get(&anne, &format!("/fiches/{next}/situation.household")).await;
    assert!(page.text.contains("Vague précédente"), "the next wave shows what was");
    let overrides = tried.store.overrides(None).await.expect("overrides");
    assert!(overrides.iter().all(|one| one.reason == "as_on_paper"));
}

#[tokio::test]
async fn episodes_are_added_drawn_and_removed() {
    let tried = Tried::new("spells").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0009").await;
    for number in 1..=2 {
        let added =
            tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells/ajouter"), "").await;
        assert!(
            added.location().contains(&format!("work-spells.{number}.")),
            "{}",
            added.location()
        );
    }
    for (key, text) in [
        ("work-spells.1.spell_start", "0123"),
        ("work-spells.1.spell_end", "0323"),
        ("work-spells.2.spell_start", "0623"),
    ] {
        tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    let page = tried.get(&anne, &format!("/fiches/{draft}/work-spells.spell")).await;
    assert!(page.text.contains("sans emploi 04/2023 à 05/2023"), "the gap is told");
    tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells.1/retirer"), "").await;
    let page = tried.get(&anne, &format!("/fiches/{draft}/work-spells.spell")).await;
    assert!(!page.text.contains("work-spells.1.spell_start"));
    assert!(page.text.contains("work-spells.2.spell_start"));
}

#[tokio::test]
async fn the_paper_form_has_the_codes_that_entry_asks_for() {
    let tried = Tried::new("paper").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let page = tried.get(&anne, "/papier").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<kbd>1</kbd> oui"));
    // When a question is asked is said as people say it.
    let when = page.text.split("seulement si").skip(1);
    let when: Vec<&str> = when.map(|rest| rest.split("</p>").next().unwrap_or("")).collect();
    assert!(when.len() > 15, "{when:?}");
    assert!(when.iter().any(|words| words.contains("» : plus de 0")), "{when:?}");
    for words in when {
        let signs = ["AND", "OR ", "NOT", " IN ", "__", ">", "&#62;", "&gt;", "= ", "selon"];
        assert!(!signs.iter().any(|sign| words.contains(sign)), "{words}");
    }
}

#[tokio::test]
async fn the_buttons_of_episodes_save_what_was_typed_first_and_tell_what_was_not() {
    let tried = Tried::new("buttons").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0009").await;
    let add = format!("/fiches/{draft}/episodes/work-spells/ajouter");
    tried.post(&anne, &add, "").await;
    let typed = "work-spells.1.spell_start:seen=0&work-spells.1.spell_start=0123\
                 &work-spells.1.spell_end:seen=0&work-spells.1.spell_end=hier";
    let added = tried.post(&anne, &add, typed).await;
    assert_eq!(added.status, StatusCode::OK);
    assert!(
        added.text.contains("role=\"alert\""),
        "what could not be read is told: {}",
        added.text
    );
    assert!(added.text.contains("work-spells.2.spell_start"), "and the spell is there");
    assert!(added.text.contains("value=\"01/2023\""), "with what was typed: {}", added.text);
    let remove = format!("/fiches/{draft}/episodes/work-spells.1/retirer");
    let typed = "work-spells.2.spell_start:seen=0&work-spells.2.spell_start=0623\
                 &work-spells.1.spell_end:seen=0&work-spells.1.spell_end=hier";
    let removed = tried.post(&anne, &remove, typed).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.text);
    let page = tried.get(&anne, removed.location()).await.text;
    assert!(page.contains("value=\"06/2023\"") && !page.contains("work-spells.1."), "{page}");
}

#[tokio::test]
async fn what_is_searched_stands_in_no_address() {
    let tried = Tried::new("searched").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let home = tried.get(&anne, "/").await.text;
    assert!(home.contains("<form method=\"post\" action=\"/chercher\""), "{home}");
    let old = tried.get(&anne, "/?q=Exemple").await;
    assert!(!old.text.contains("value=\"Exemple\""), "an address searches nothing");
}

#[tokio::test]
async fn one_reason_is_noted_for_all_that_stays_empty_and_another_where_it_differs() {
    let tried = Tried::new("empty").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0031").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "1", "seen": 0})).await;
    let end = format!("/fiches/{draft}/fin");
    let left = format!("/fiches/{draft}/vides");
    let page = tried.get(&anne, &end).await.text;
    assert!(page.contains("data-letter=\"s\"") && page.contains("name=\"children\""), "{page}");
    assert!(!page.contains("name=\"adults\""), "what has an answer is not asked about");
    // Only what differs is noted first; nothing else is touched.
    let own = tried.post(&anne, &left, "all=&children=refused").await;
    assert_eq!(own.location(), end, "{}", own.text);
    let page = tried.get(&anne, &end).await.text;
    assert!(!page.contains("name=\"children\"") && page.contains("data-letter=\"s\""), "{page}");
    tried.post(&anne, &left, "all=unknown").await;
    tried.post(&anne, &left, "all=not_asked").await;
    let page = tried.get(&anne, &end).await.text;
    assert!(!page.contains("Questions restées sans réponse"), "{page}");
    // A reason that is none of a question's changes nothing.
    tried.post(&anne, &left, "all=to_check&adults=unknown").await;
    let reasons = tried.reasons(&anne, &draft).await;
    let accepted = tried.post(&anne, &end, &reasons).await;
    assert_eq!(accepted.location(), "/", "{}", accepted.text);
    let records = tried.store.records(&catalyse_store::Selection::default()).await;
    let answers = records.expect("records").remove(0).answers;
    let of = |name: &str| answers.iter().find(|(one, _)| one.as_str() == name).map(|(_, one)| one);
    assert_eq!(of("children"), Some(&Answer::Missing(MissingReason::Refused)));
    assert_eq!(of("adults"), Some(&Answer::Integer(1)));
    let n_unknown = answers.values().filter(|one| one.missing() == Some(MissingReason::Unknown));
    assert!(n_unknown.count() > 5, "each question has its own reason in the data");
}
