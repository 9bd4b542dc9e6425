//! The end of a sheet: what is accepted is what was on the screen, reasons belong to the answers they were given for, and nothing is thrown away
//! by one click.

use axum::http::StatusCode;
use catalyse_codebook::Answer;
use catalyse_store::{FindingFilter, FindingState, Role};
use serde_json::json;

use crate::site::Tried;

const RENT: &str = "rent-in-usual-range";

/// A tenant with this rent; returns the draft.
async fn tenant(tried: &Tried, cookie: &str, rent: &str) -> String {
    let draft = tried.begin(cookie, "wave=w2&person=DUR-0201").await;
    for (key, text) in [("tenure", "3"), ("housing_cost", rent)] {
        tried.save(cookie, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    draft
}

/// The rent of the one record.
async fn accepted_rent(tried: &Tried) -> Option<Answer> {
    let records = tried.store.records(&catalyse_store::Selection::default()).await;
    let records = records.expect("records");
    let answers = &records.first()?.answers;
    let mut rents = answers.iter().filter(|(name, _)| name.as_str() == "housing_cost");
    rents.next().map(|(_, answer)| answer.clone())
}

/// Saves another rent over the one that stands.
async fn save_rent(tried: &Tried, cookie: &str, (draft, rent): (&str, &str)) {
    let state = tried.store.drafts(None).await.expect("drafts");
    let id: i64 = draft.parse().expect("a number");
    let seen = state.iter().find(|one| one.id.0 == id).expect("it").version;
    let body = json!({"key": "housing_cost", "text": rent, "seen": seen});
    assert_eq!(tried.save(cookie, draft, body).await["outcome"], "saved");
}

#[tokio::test]
async fn nobody_accepts_answers_that_a_colleague_saved_behind_the_page() {
    let tried = Tried::new("behind").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let draft = tenant(&tried, &anne, "2900").await;
    let end = format!("/fiches/{draft}/fin");
    let shown = tried.reasons(&anne, &draft).await;
    save_rent(&tried, &bert, (&draft, "3333")).await;
    for sent in [shown.as_str(), ""] {
        let again = tried.post(&anne, &end, sent).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.text.contains("a changé pendant que cette page"), "{}", again.text);
        assert_eq!(accepted_rent(&tried).await, None, "nothing is accepted");
    }
    let again = tried.post(&anne, &end, &shown).await.text;
    assert!(again.contains("<span>3333</span> <span class=\"light\">bert, "), "{again}");
    let reasons = tried.reasons(&anne, &draft).await;
    assert_eq!(tried.post(&anne, &end, &reasons).await.location(), "/");
    assert_eq!(accepted_rent(&tried).await, Some(Answer::Integer(3333)));
}

#[tokio::test]
async fn a_reason_goes_with_the_answer_it_was_given_for() {
    let tried = Tried::new("goes-with").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tenant(&tried, &anne, "1800").await;
    let end = format!("/fiches/{draft}/fin");
    let pick = format!("finding={RENT}%7C%7Chousing_cost&reason=rare_but_true");
    let kept = tried.post(&anne, &format!("/fiches/{draft}/motif"), &pick).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    let is_ticked = async || {
        let page = tried.get(&anne, &end).await.text;
        assert!(page.contains(&format!("data-key=\"{RENT}||housing_cost\"")), "{page}");
        page.contains("value=\"rare_but_true\" data-pick=\"3\" checked")
    };
    assert!(is_ticked().await);
    tried.save(&anne, &draft, json!({"key": "adults", "text": "1", "seen": 0})).await;
    assert!(is_ticked().await, "an answer that the check does not read changes nothing");
    save_rent(&tried, &anne, (&draft, "2900")).await;
    assert!(!is_ticked().await, "it was given for another rent");
}

#[tokio::test]
async fn a_correction_asks_for_no_reason_again_unless_its_answer_changes() {
    let tried = Tried::new("asked-once").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let draft = tenant(&tried, &carl, "1800").await;
    let reasons = tried.reasons(&carl, &draft).await;
    let end = format!("/fiches/{draft}/fin");
    assert_eq!(tried.post(&carl, &end, &reasons).await.location(), "/");
    let draft = tried.begin(&carl, "wave=w2&person=DUR-0201").await;
    tried.save(&carl, &draft, json!({"key": "adults", "text": "2", "seen": 0})).await;
    let end = format!("/fiches/{draft}/fin");
    let is_ticked = async || {
        let page = tried.get(&carl, &end).await.text;
        let finding = page.split(&format!("data-key=\"{RENT}||housing_cost\"")).nth(1);
        finding.expect("the finding").split("</fieldset>").next().unwrap_or("").contains(" checked")
    };
    assert!(is_ticked().await, "the reason of the accepted record stands");
    save_rent(&tried, &carl, (&draft, "1900")).await;
    assert!(!is_ticked().await, "another rent asks for a reason of its own");
}

#[tokio::test]
async fn a_sheet_is_thrown_away_after_one_question_by_its_author_or_the_coordinator() {
    let tried = Tried::new("jeter").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let draft = tenant(&tried, &anne, "700").await;
    let path = format!("/fiches/{draft}/jeter");
    let end = tried.get(&anne, &format!("/fiches/{draft}/fin")).await.text;
    assert!(!end.contains(&format!("action=\"{path}\"")), "one click throws nothing away: {end}");
    let asked = tried.get(&anne, &path).await.text;
    assert!(asked.contains("Jeter cette saisie ?") && asked.contains(&path), "{asked}");
    let of_bert = tried.get(&bert, &path).await.text;
    assert!(of_bert.contains("Commencée par anne") && !of_bert.contains("<button>Jeter"));
    assert_eq!(tried.post(&bert, &path, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(tried.get(&anne, &format!("/fiches/{draft}")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(tried.post(&anne, &path, "").await.location(), "/");
    assert_eq!(tried.post(&anne, &path, "").await.status, StatusCode::NOT_FOUND);
    let draft = tenant(&tried, &anne, "700").await;
    let thrown = tried.post(&carl, &format!("/fiches/{draft}/jeter"), "").await;
    assert_eq!(thrown.location(), "/");
}

#[tokio::test]
async fn a_finding_is_settled_with_a_known_reason_and_counted() {
    let tried = Tried::new("settled").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    crate::matrix::with_a_finding(&tried).await;
    let state = async || {
        tried.store.findings(&FindingFilter::default()).await.expect("findings").remove(0).state
    };
    let empty = tried.post(&carl, "/constats/1", "state=closed&reason=&comment=").await;
    assert!(empty.text.contains("role=\"alert\""), "{}", empty.text);
    let words =
        tried.post(&carl, "/constats/1", "state=closed&reason=&comment=vu+sur+papier").await;
    assert!(words.text.contains("Choisissez un motif de la liste"), "{}", words.text);
    assert!(words.text.contains(">vu sur papier</textarea>"), "nothing that was typed is lost");
    let made_up = tried.post(&carl, "/constats/1", "state=accepted&reason=parce+que").await;
    assert_eq!(made_up.status, StatusCode::BAD_REQUEST);
    let silent = tried.post(&carl, "/constats/1", "state=answered").await;
    assert!(silent.text.contains("écrivez un commentaire"), "{}", silent.text);
    assert_eq!(state().await, FindingState::Open);
    let closed = tried.post(&carl, "/constats/1", "state=closed&reason=as_on_paper").await;
    assert_eq!(closed.location(), "/constats/1");
    assert_eq!(state().await, FindingState::Closed);
    let counted = tried.store.overrides(None).await.expect("overrides");
    assert_eq!((counted.len(), counted[0].accepted, counted[0].found), (1, 1, 1));
}
