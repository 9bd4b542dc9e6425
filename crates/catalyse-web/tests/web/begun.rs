//! Sheets that were begun and left: known again by their code, and nobody begins a second one beside a colleague's unawares.

use catalyse_store::Role;
use serde_json::json;

use crate::across::{accept, bring, record};
use crate::site::Tried;

#[tokio::test]
async fn a_new_code_is_known_again_on_the_start_and_opens_the_same_sheet() {
    let tried = Tried::new("begun").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-9001").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "2", "seen": 0})).await;
    let home = tried.get(&anne, "/").await.text;
    assert!(home.contains("<strong>DUR-9001</strong>"), "{home}");
    assert_eq!(tried.begin(&anne, "wave=w1&person=DUR-9001").await, draft);
    let page = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await.text;
    assert!(!page.contains("ouverte par"), "it is her own: {page}");
    let other = tried.begin(&anne, "wave=w2&person=DUR-9001").await;
    assert_ne!(other, draft, "another wave is another sheet");
    let there = tried.account("carl", Role::Encoder, "hotton").await;
    let home = tried.get(&there, "/").await.text;
    assert!(!home.contains("DUR-9001"), "another centre sees no code: {home}");
    let theirs = tried.begin(&there, "wave=w1&person=DUR-9001").await;
    assert_ne!(theirs, draft);
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
}

#[tokio::test]
async fn a_colleague_with_the_same_new_code_is_told_and_meets_in_one_sheet() {
    let tried = Tried::new("met").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-9001").await;
    assert_eq!(tried.begin(&bert, "wave=w1&person=DUR-9001").await, draft);
    let page = tried.get(&bert, &format!("/fiches/{draft}/situation.household")).await.text;
    assert!(page.contains("anne"), "{page}");
    // Whoever types the code later is told too.
    let late = tried.begin(&bert, "wave=w1&person=").await;
    tried.save(&bert, &late, json!({"key": "person_id", "text": "DUR-9001", "seen": 0})).await;
    let page = tried.get(&bert, &format!("/fiches/{late}/situation.household")).await.text;
    assert!(page.contains("Une autre saisie en cours porte le même code"), "{page}");
}

#[tokio::test]
async fn the_empty_sheet_of_a_colleague_says_whose_it_is() {
    let tried = Tried::new("whose").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &[])]).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    assert_eq!(tried.begin(&bert, "wave=w2&person=DUR-1").await, draft);
    let section = format!("/fiches/{draft}/situation.household");
    let page = tried.get(&bert, &section).await.text;
    assert!(page.contains("Cette saisie a été ouverte par anne"), "{page}");
    assert!(!page.contains("Travaille aussi"), "she has opened no page of it: {page}");
    let page = tried.get(&anne, &section).await.text;
    assert!(!page.contains("ouverte par"), "{page}");
    assert!(page.contains("Travaille aussi sur cette fiche : bert."), "he is at it: {page}");
    let reply = tried.save(&bert, &draft, json!({"key": "adults", "text": "2", "seen": 0})).await;
    assert_eq!(reply["say"], "anne", "and so is she");
}
