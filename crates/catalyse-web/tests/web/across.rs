//! Checks that look across records and waves, while a sheet is typed, at its end and when it is accepted.

use catalyse_codebook::{Answer, Answers, PartnerId, Precision, VariableName, WaveId};
use catalyse_store::{Author, Delivery, FindingFilter, NewRecord, Role, Selection};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::site::{Tried, seen_on};

const NISS: &str = "42012205181";
const OTHER_NISS: &str = "85073003328";
/// 14 March 1988, and the days since 1970 until then.
const BORN: (&str, i32) = ("14/03/1988", 6_647);

pub(crate) fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a name")
}

/// A record as a delivery brings it.
pub(crate) fn record(
    code: &str,
    (partner, wave): (&str, &str),
    answers: &[(&str, Answer)],
) -> NewRecord {
    let answers: Answers =
        answers.iter().map(|(variable, answer)| (name(variable), answer.clone())).collect();
    NewRecord {
        form: None,
        wave: WaveId::new(wave).expect("a wave"),
        partner: PartnerId::new(partner).expect("a partner"),
        person: Some(code.to_owned()),
        number: 0,
        answers,
        place: format!("{code}!{wave}"),
        findings: Vec::new(),
    }
}

pub(crate) async fn bring(tried: &Tried, records: Vec<NewRecord>) {
    let delivery = Delivery { rows_read: records.len() as u64, records, ..Delivery::default() };
    let author = Author::new("livraison", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

fn number(niss: &str) -> (&'static str, Answer) {
    ("national_number", Answer::Text(niss.to_owned()))
}

/// What the checks say at a field, as the script is told.
fn at<'r>(reply: &'r Value, key: &str) -> Vec<(&'r str, &'r str)> {
    let findings = reply["findings"].as_array().expect("findings").iter();
    let here = findings.filter(|finding| finding["key"] == key);
    here.map(|one| {
        (one["check"].as_str().unwrap_or_default(), one["severity"].as_str().unwrap_or_default())
    })
    .collect()
}

pub(crate) async fn end(tried: &Tried, cookie: &str, draft: &str) -> String {
    tried.get(cookie, &format!("/fiches/{draft}/fin")).await.text
}

pub(crate) async fn accept(tried: &Tried, cookie: &str, draft: &str) -> String {
    let reasons = tried.reasons(cookie, draft).await;
    let answer = tried.post(cookie, &format!("/fiches/{draft}/fin"), &reasons).await;
    answer.location().to_owned()
}

#[tokio::test]
async fn a_number_that_another_code_has_blocks_at_the_field_at_the_end_and_at_acceptance() {
    let tried = Tried::new("taken").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &[number(NISS)])]).await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-2").await;
    let typed = json!({"key": "national_number", "text": NISS, "seen": 0});
    let reply = tried.save(&anne, &draft, typed).await;
    let found = at(&reply, "national_number");
    assert!(found.contains(&("one-code-per-national-number", "hard")), "{found:?}");
    let page = end(&tried, &anne, &draft).await;
    assert!(page.contains("le même numéro figure sous un autre code"), "{page}");
    assert!(!page.contains("Accepter la fiche"), "{page}");
    assert_eq!(accept(&tried, &anne, &draft).await, "", "a hard finding keeps the record out");
    let corrected = json!({"key": "national_number", "text": OTHER_NISS, "seen": reply["version"]});
    let reply = tried.save(&anne, &draft, corrected).await;
    assert!(at(&reply, "national_number").iter().all(|one| one.1 != "hard"), "{reply}");
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
}

#[tokio::test]
async fn of_another_centre_only_what_the_message_says_is_told() {
    let tried = Tried::new("elsewhere").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let theirs = [number(NISS), ("last_name", Answer::Text("Exemplaire".into()))];
    bring(&tried, vec![record("HOT-0815", ("hotton", "w1"), &theirs)]).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-2").await;
    let typed = json!({"key": "national_number", "text": NISS, "seen": 0});
    let reply = tried.save(&anne, &draft, typed).await;
    let found = at(&reply, "national_number");
    assert!(found.contains(&("same-number-at-two-partners", "soft")), "{found:?}");
    let page = end(&tried, &anne, &draft).await;
    assert!(page.contains("un autre partenaire"), "{page}");
    for secret in ["HOT-0815", "Hotton", "hotton", "Exemplaire"] {
        assert!(!page.contains(secret) && !reply.to_string().contains(secret), "{secret}");
    }
    assert_eq!(accept(&tried, &anne, &draft).await, "/", "with a reason it is accepted");
    let constats = tried.store.findings(&FindingFilter::default()).await.expect("findings");
    let kept = constats.iter().find(|one| one.check == "same-number-at-two-partners");
    assert_eq!(kept.expect("a finding").reason, "as_on_paper");
}

#[tokio::test]
async fn what_came_in_after_the_sheet_was_opened_counts_at_the_end() {
    let tried = Tried::new("after").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-2").await;
    let typed = json!({"key": "national_number", "text": NISS, "seen": 0});
    let reply = tried.save(&anne, &draft, typed).await;
    assert!(at(&reply, "national_number").is_empty(), "{reply}");
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &[number(NISS)])]).await;
    assert_eq!(accept(&tried, &anne, &draft).await, "");
    let page = end(&tried, &anne, &draft).await;
    assert!(page.contains("le même numéro figure sous un autre code"), "{page}");
}

#[tokio::test]
async fn an_answer_is_compared_with_that_of_the_wave_before() {
    let tried = Tried::new("since").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let born = ("birth_date", Answer::Date(BORN.1, Precision::Day));
    let answers = [born, ("diploma", Answer::Code("CESS".into()))];
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &answers)]).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let lower = json!({"key": "diploma", "text": "CEB", "seen": 0});
    let reply = tried.save(&anne, &draft, lower).await;
    let found = at(&reply, "diploma");
    assert!(found.contains(&("education-not-lower-than-last-wave", "soft")), "{found:?}");
    assert!(at(&reply, "birth_date").is_empty(), "{reply}");
    let seen = tried.get(&anne, &format!("/fiches/{draft}/person.profile")).await.text;
    assert!(seen.contains("vaut pour toutes ses vagues"), "{seen}");
    let version = seen.split("name=\"birth_date:seen\" value=\"").nth(1).expect("the field");
    let version: u64 = version.split('"').next().expect("a value").parse().expect("a number");
    let other = json!({"key": "birth_date", "text": "14/03/1989", "seen": version});
    let reply = tried.save(&anne, &draft, other).await;
    let found = at(&reply, "birth_date");
    assert!(found.contains(&("birth-date-as-last-wave", "soft")), "{found:?}");
    let page = tried.get(&anne, &format!("/fiches/{draft}/fin")).await.text;
    let refused = tried.post(&anne, &format!("/fiches/{draft}/fin"), &seen_on(&page)).await;
    assert!(refused.text.contains("demande une correction ou un motif"), "{}", refused.text);
    let back = json!({"key": "birth_date", "text": BORN.0, "seen": reply["version"]});
    let reply = tried.save(&anne, &draft, back).await;
    assert!(at(&reply, "birth_date").is_empty(), "{reply}");
}

#[tokio::test]
async fn a_record_that_is_corrected_is_not_like_itself() {
    let tried = Tried::new("itself").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let names = |text: &str| Answer::Text(text.to_owned());
    let answers = [
        number(NISS),
        ("last_name", names("Exemple")),
        ("first_name", names("Anne")),
        ("birth_date", Answer::Date(BORN.1, Precision::Day)),
    ];
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &answers)]).await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let page = end(&tried, &anne, &draft).await;
    for message in ["même numéro", "même prénom", "déjà une fiche", "autre code"] {
        assert!(!page.contains(message), "{message}: {page}");
    }
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    let bert = tried.account("bert", Role::Encoder, "hotton").await;
    let theirs = tried.begin(&bert, "wave=w1&person=DUR-1").await;
    let page = end(&tried, &bert, &theirs).await;
    assert!(page.contains("ce code a déjà une fiche dans cette vague"), "{page}");
}

#[tokio::test]
async fn a_code_in_another_spelling_is_asked_about() {
    let tried = Tried::new("spelling").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, vec![record("DUR-0042", ("durbuy", "w1"), &[])]).await;
    let draft = tried.begin(&anne, "wave=w2&person=").await;
    let typed = json!({"key": "person_id", "text": "dur-42", "seen": 0});
    let reply = tried.save(&anne, &draft, typed).await;
    let found = at(&reply, "person_id");
    assert!(found.contains(&("person-code-spelt-one-way", "soft")), "{reply}");
}

#[tokio::test]
async fn of_two_who_accept_one_person_at_the_same_moment_one_is_told() {
    let tried = Tried::new("at-once").await;
    let mut told = 0;
    for (round, niss) in [NISS, OTHER_NISS].into_iter().enumerate() {
        let mut ends = Vec::new();
        for who in ["anne", "bert"] {
            let cookie = tried.account(&format!("{who}-{round}"), Role::Encoder, "durbuy").await;
            let draft = tried.begin(&cookie, &format!("wave=w1&person={who}-{round}1")).await;
            let typed = json!({"key": "national_number", "text": niss, "seen": 0});
            let reply = tried.save(&cookie, &draft, typed).await;
            assert!(at(&reply, "national_number").iter().all(|one| one.1 != "hard"), "{reply}");
            let reasons = tried.reasons(&cookie, &draft).await;
            ends.push((cookie, format!("/fiches/{draft}/fin"), reasons));
        }
        let [(anne, her_end, hers), (bert, his_end, his)] = &ends[..] else { panic!("two") };
        let both = tokio::join!(tried.post(anne, her_end, hers), tried.post(bert, his_end, his));
        let both = [both.0, both.1];
        assert_eq!(both.iter().filter(|answer| answer.location() == "/").count(), 1);
        let second = both.iter().find(|answer| answer.location().is_empty()).expect("one told");
        assert!(
            second.text.contains("le même numéro figure sous un autre code"),
            "{}",
            second.text
        );
        assert!(!second.text.contains("Accepter la fiche"), "{}", second.text);
        told += usize::from(second.text.contains("au même moment"));
    }
    let records = tried.store.records(&Selection::default()).await.expect("records");
    assert_eq!(records.len(), 2, "one of each two");
    assert!(told > 0, "the store refused at least once what the checks had let through");
}

#[tokio::test]
async fn an_older_wave_that_comes_late_or_is_corrected_is_compared_with_the_later_one() {
    let tried = Tried::new("older").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let levels = |code: &str| [("diploma", Answer::Code(code.into()))];
    bring(&tried, vec![record("DUR-1", ("durbuy", "w2"), &levels("CEB"))]).await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let higher = json!({"key": "diploma", "text": "CESS", "seen": 0});
    let reply = tried.save(&anne, &draft, higher).await;
    let found = at(&reply, "diploma");
    assert!(found.contains(&("education-not-lower-than-last-wave", "soft")), "{found:?}");
    let page = end(&tried, &anne, &draft).await;
    let label = tried.codebook().study.waves[1].label.get(catalyse_locale::Language::Fr).to_owned();
    assert!(page.contains("ne va pas avec la réponse de") && page.contains(&label), "{page}");
    let same = json!({"key": "diploma", "text": "CEB", "seen": reply["version"]});
    assert!(at(&tried.save(&anne, &draft, same).await, "diploma").is_empty());
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    // Corrected afterwards, it is compared with the later wave again.
    let again = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let higher = json!({"key": "diploma", "text": "CESS", "seen": 0});
    let reply = tried.save(&anne, &again, higher).await;
    let found = at(&reply, "diploma");
    assert!(found.contains(&("education-not-lower-than-last-wave", "soft")), "{found:?}");
    let page = tried.get(&anne, &format!("/fiches/{again}/fin")).await.text;
    let refused = tried.post(&anne, &format!("/fiches/{again}/fin"), &seen_on(&page)).await;
    assert!(refused.text.contains("demande une correction ou un motif"), "{}", refused.text);
}
