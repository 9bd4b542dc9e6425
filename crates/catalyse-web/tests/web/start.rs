//! The start and the way from it: what it says once a record is accepted, what can be no code, where a finding leads, an empty slip.

use catalyse_store::{FindingFilter, Role};
use serde_json::json;

use crate::across::accept;
use crate::site::Tried;

#[tokio::test]
async fn the_start_says_once_which_record_was_accepted_and_has_the_next_code_in_hand() {
    let tried = Tried::new("accepted").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let there = tried.account("hugo", Role::Encoder, "hotton").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let reasons = tried.reasons(&anne, &draft).await;
    let accepted = tried.post(&anne, &format!("/fiches/{draft}/fin"), &reasons).await;
    let cookie = accepted.headers.get("set-cookie").expect("a cookie").to_str().expect("ascii");
    let said = cookie.split(';').next().expect("a pair");
    assert!(!cookie.contains("DUR"), "nothing of the person travels in it: {cookie}");
    let home = tried.get(&format!("{anne}; {said}"), "/").await;
    assert!(home.text.contains("Fiche <strong>DUR-1</strong> acceptée."), "{}", home.text);
    assert!(home.text.contains("autocomplete=\"off\" autofocus"), "{}", home.text);
    let taken = home.headers.get("set-cookie").expect("it is taken").to_str().expect("ascii");
    assert!(taken.starts_with("acceptee=;") && taken.contains("Max-Age=0"), "{taken}");
    for (cookie, who) in [(anne, "later"), (format!("{there}; {said}"), "another centre")] {
        let home = tried.get(&cookie, "/").await.text;
        assert!(!home.contains("acceptée.</p>") && !home.contains("autofocus"), "{who}: {home}");
    }
}

#[tokio::test]
async fn a_national_number_is_nobodys_code() {
    let tried = Tried::new("number").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    for (code, why) in [
        ("93051822361", "numéro national"),
        ("93.05.18-223.61", "numéro national"),
        ("DUR 12/3", "un code de personne est attendu"),
    ] {
        let page = tried.post(&anne, "/fiches", &format!("wave=w1&person={code}")).await;
        assert_eq!(page.location(), "", "{code}");
        assert!(page.text.contains(why) && page.text.contains("role=\"alert\""), "{}", page.text);
    }
    assert!(tried.store.drafts(None).await.expect("drafts").is_empty(), "nothing was begun");
}

#[tokio::test]
async fn a_finding_leads_to_its_question_and_says_in_words_why_it_is_closed() {
    let tried = Tried::new("question").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    for (key, text) in [("housing_situation", "0"), ("tenure", "3"), ("housing_cost", "2000")] {
        tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    accept(&tried, &anne, &draft).await;
    let all = tried.store.findings(&FindingFilter::default()).await.expect("findings");
    let one = all.iter().find(|one| one.variable == "housing_cost").expect("a high rent");
    let finding = format!("/constats/{}", one.id.0);
    let page = tried.get(&anne, &finding).await.text;
    assert!(page.contains("name=\"variable\" value=\"housing_cost\""), "{page}");
    let record = one.record.expect("a record").0;
    let correct = format!("wave=w1&person=DUR-1&variable=housing_cost&record={record}");
    let begun = tried.post(&anne, "/fiches", &correct).await;
    let (draft, place) =
        begun.location().trim_start_matches("/fiches/").split_once('/').expect("a section");
    assert_eq!(place, "situation.housing#f-housing_cost");
    let seen = tried.get(&anne, &format!("/fiches/{draft}/situation.housing")).await.text;
    assert!(seen.contains("id=\"f-housing_cost\""), "{seen}");
    let field = json!({"key": "housing_cost", "text": "500", "seen": 0});
    tried.save(&anne, draft, field).await;
    accept(&tried, &anne, draft).await;
    let page = tried.get(&anne, &finding).await.text;
    assert!(page.contains("le contrôle ne le trouve plus"), "{page}");
    assert!(!page.contains("no_longer_found"), "{page}");
}

#[tokio::test]
async fn a_new_slip_has_no_difference_yet() {
    let tried = Tried::new("empty-slip").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let announced = "title=pile&wave=w2&n_forms=2&variable=adults&total=5";
    let slip = tried.post(&anne, "/bordereaux", announced).await.location().to_owned();
    let page = tried.get(&anne, &slip).await.text;
    assert!(page.contains("Rien n’est encore saisi"), "{page}");
    assert!(!page.contains("Il y a un écart") && !page.contains(">-0<"), "{page}");
}

#[tokio::test]
async fn a_place_that_was_found_by_a_part_of_its_name_is_said() {
    let tried = Tried::new("place").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let mut seen = json!(0);
    for (text, said) in [
        ("durbu", "83012 – Durbuy"),
        ("83012 – Durbuy", ""),
        ("saint josse", "21014 – Saint-Josse-ten-Noode"),
    ] {
        let field = json!({"key": "area_of_residence", "text": text, "seen": seen});
        let reply = tried.save(&anne, &draft, field).await;
        assert_eq!(reply["understood"], said, "{text}");
        seen = reply["version"].clone();
    }
    let field = json!({"key": "work-spells.1.spell_start", "text": "2022", "seen": 0});
    let reply = tried.save(&anne, &draft, field).await;
    let say = reply["say"].as_str().expect("words");
    assert!(say.contains("un mois est attendu, avec son année"), "{say}");
}

#[tokio::test]
async fn a_page_that_no_longer_fits_is_told_without_the_names_of_its_parts() {
    let tried = Tried::new("stale").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let page = tried.post(&anne, "/fiches", "wave=w99&person=DUR-1").await.text;
    assert!(page.contains("rechargez-la") && !page.contains("(wave)"), "{page}");
}
