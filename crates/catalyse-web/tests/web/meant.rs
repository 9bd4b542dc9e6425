//! What a site does with requests that nobody means: out of range, twice, too many, too late.

use axum::http::StatusCode;
use catalyse_codebook::{Answers, FormName, PartnerId, WaveId};
use catalyse_store::{Author, Delivery, NewRecord, Role};
use jiff::Timestamp;
use serde_json::json;

use crate::site::Tried;

/// Accepts a draft, with the same reason for all that is soft.
async fn accept(tried: &Tried, cookie: &str, draft: &str) -> (String, crate::site::Answer) {
    let end = format!("/fiches/{draft}/fin");
    let reasons = tried.reasons(cookie, draft).await;
    let answer = tried.post(cookie, &end, &reasons).await;
    (reasons, answer)
}

#[tokio::test]
async fn what_is_no_field_of_the_sheet_is_not_saved_and_no_page_breaks() {
    let tried = Tried::new("rows").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0011").await;
    let field = |key: &str, text: &str| json!({"key": key, "text": text, "seen": 0});
    for key in ["nix.1.adults", "work-spells.1.adults", "spell_start", "work-spells.0.spell_start"]
    {
        let answer = tried.try_save(&anne, &draft, field(key, "1")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{key}");
    }
    for number in ["2", "4294967295"] {
        let key = format!("work-spells.{number}.spell_start");
        let reply = tried.save(&anne, &draft, field(&key, "0123")).await;
        assert_eq!(reply["outcome"], "unreadable", "{key}");
    }
    let next = tried.save(&anne, &draft, field("work-spells.1.spell_start", "0123")).await;
    assert_eq!(next["outcome"], "saved", "the next one may be typed");
    let emptied = json!({"key": "work-spells.1.spell_start", "text": "", "seen": next["version"]});
    let emptied = tried.save(&anne, &draft, emptied).await;
    let again =
        json!({"key": "work-spells.1.spell_start", "text": "0223", "seen": emptied["version"]});
    assert_eq!(tried.save(&anne, &draft, again).await["outcome"], "saved");
    for page in ["work-spells.spell", "situation.household", "fin"] {
        let answer = tried.get(&anne, &format!("/fiches/{draft}/{page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_reason_that_does_not_hold_is_refused_and_the_answer_stays() {
    let tried = Tried::new("reasons").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0012").await;
    let saved = tried.save(&anne, &draft, json!({"key": "adults", "text": "2", "seen": 0})).await;
    for reason in ["not_asked", "because"] {
        let field = json!({"key": "adults", "missing": reason, "seen": saved["version"]});
        let reply = tried.save(&anne, &draft, field).await;
        assert_eq!(reply["outcome"], "unreadable", "{reason}");
        assert!(reply["say"].as_str().expect("words").contains("motif"), "{reply}");
    }
    let path = format!("/fiches/{draft}/situation.household");
    let plain = format!("adults:seen={}&adults:missing=because", saved["version"]);
    let page = tried.post(&anne, &path, &plain).await;
    assert!(page.text.contains("role=\"alert\"") && page.text.contains("value=\"2\""));
}

#[tokio::test]
async fn an_episode_of_an_accepted_record_can_be_removed() {
    let tried = Tried::new("episode").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0013").await;
    for (key, text) in [
        ("work-spells.1.spell_number", "1"),
        ("work-spells.1.spell_start", "0123"),
        ("work-spells.2.spell_number", "2"),
        ("work-spells.2.spell_start", "0623"),
    ] {
        tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    let (_, accepted) = accept(&tried, &anne, &draft).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0013").await;
    tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells.2/retirer"), "").await;
    let page = tried.get(&anne, &format!("/fiches/{draft}/work-spells.spell")).await;
    assert!(page.text.contains("work-spells.1.") && !page.text.contains("work-spells.2."));
    let (_, accepted) = accept(&tried, &anne, &draft).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    let spells = FormName::new("work-spells").expect("a form");
    let records = tried.store.records(&catalyse_store::Selection::default()).await;
    let records = records.expect("records");
    let spells = records.iter().filter(|record| record.key.form.as_ref() == Some(&spells));
    assert_eq!(spells.map(|record| record.key.number).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn a_draft_whose_record_was_taken_away_opens_and_can_be_thrown_away() {
    let tried = Tried::new("base").await;
    let record = NewRecord {
        form: None,
        wave: WaveId::new("w1").expect("a wave"),
        partner: PartnerId::new("durbuy").expect("a partner"),
        person: Some("DUR-0014".into()),
        number: 0,
        answers: Answers::new(),
        place: "A2".into(),
        findings: Vec::new(),
    };
    let delivery = Delivery { rows_read: 1, records: vec![record], ..Delivery::default() };
    let author = Author::new("test", Timestamp::now());
    let batch =
        tried.store.accept(&delivery, &author).await.expect("accepted").batch.expect("a batch");
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let other = tried.account("hugo", Role::Encoder, "hotton").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-0014").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "1", "seen": 0})).await;
    tried.store.undo(batch, &std::collections::BTreeSet::new(), &author).await.expect("undone");
    let page = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert_eq!(tried.get(&anne, &format!("/fiches/{draft}/fin")).await.status, StatusCode::OK);
    let away = format!("/fiches/{draft}/jeter");
    assert_eq!(tried.post(&other, &away, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(tried.post(&anne, &away, "").await.location(), "/");
    assert!(tried.store.drafts(None).await.expect("drafts").is_empty());
}

#[tokio::test]
async fn who_accepts_twice_is_led_where_the_record_stands() {
    let tried = Tried::new("twice").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let other = tried.account("hugo", Role::Encoder, "hotton").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0015").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "1", "seen": 0})).await;
    let end = format!("/fiches/{draft}/fin");
    let reasons = tried.reasons(&anne, &draft).await;
    let clicks = tokio::join!(
        tried.post(&anne, &end, &reasons),
        tried.post(&anne, &end, &reasons),
        tried.post(&anne, &end, &reasons),
    );
    for answer in [clicks.0, clicks.1, clicks.2, tried.post(&anne, &end, &reasons).await] {
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    }
    let of_other = tried.post(&other, &end, &reasons).await;
    assert_eq!(of_other.status, StatusCode::NOT_FOUND);
    let late = json!({"key": "adults", "text": "2", "seen": 1});
    assert_eq!(tried.try_save(&anne, &draft, late).await.status, StatusCode::NOT_FOUND);
    let records = tried.store.records(&catalyse_store::Selection::default()).await;
    assert_eq!(records.expect("records").len(), 1);
}
