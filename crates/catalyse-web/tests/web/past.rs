//! A record and its past on a page: every state, who made it so, and nothing of what a role may not see.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use catalyse_codebook::Answer;
use catalyse_store::{Role, Selection};
use serde_json::json;

use crate::across::{accept, bring, record};
use crate::site::Tried;

#[tokio::test]
async fn every_past_state_is_shown_with_who_made_it_so() {
    let tried = Tried::new("past").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let answers =
        [("adults", Answer::Integer(1)), ("last_name", Answer::Text("Exemplaire".into()))];
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &answers)]).await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "3", "seen": 0})).await;
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    let home = tried.get(&anne, "/").await.text;
    let id = tried.store.records(&Selection::default()).await.expect("records")[0].id.0;
    assert!(home.contains(&format!("href=\"/acceptees/{id}\"")), "{home}");
    let page = tried.get(&anne, &format!("/acceptees/{id}")).await.text;
    for words in ["1 → 3", "anne", "livraison", "fiche saisie", "import"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Exemplaire"), "the identity is not on it: {page}");
    assert!(tried.store.drafts(None).await.expect("drafts").is_empty(), "no draft was opened");
    let then = page.split("?etat=").nth(1).expect("a link to the past");
    let then = then.split('"').next().expect("a number");
    let past = tried.get(&anne, &format!("/acceptees/{id}?etat={then}")).await;
    assert_eq!(past.status, StatusCode::OK);
    assert!(past.text.contains("Telle qu’elle était"), "{}", past.text);
    assert!(past.text.contains("<strong>1</strong>"), "{}", past.text);
    let nothing = tried.get(&anne, &format!("/acceptees/{id}?etat=9999")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let carl = tried.account("carl", Role::Encoder, "hotton").await;
    let theirs = tried.get(&carl, &format!("/acceptees/{id}")).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_record_that_was_taken_away_still_has_its_past() {
    let tried = Tried::new("taken-away").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &[("adults", Answer::Integer(2))])]).await;
    let id = tried.store.records(&Selection::default()).await.expect("records")[0].id.0;
    let batch = tried.store.batches(None).await.expect("batches")[0].id;
    let author = catalyse_store::Author::new("test", jiff::Timestamp::now());
    tried.store.undo(batch, &BTreeSet::new(), &author).await.expect("undone");
    let page = tried.get(&anne, &format!("/acceptees/{id}")).await.text;
    assert!(page.contains("Retiré.") && page.contains("lot annulé"), "{page}");
}
