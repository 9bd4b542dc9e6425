//! Going on with a sheet under which something changed, and taking over the person whose code was typed.

use axum::http::StatusCode;
use catalyse_codebook::{Answer, Answers, FormName, PartnerId, VariableName, WaveId};
use catalyse_store::{Author, DeliveredFile, Delivery, NewRecord, Role, Selection};
use jiff::Timestamp;
use serde_json::json;

use crate::site::Tried;

fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a name")
}

/// Brings a record of the wave w2 in, as a delivery does.
async fn bring(tried: &Tried, code: &str, numbers: &[(&str, i64)]) {
    let answers: Answers =
        numbers.iter().map(|(variable, n)| (name(variable), Answer::Integer(*n))).collect();
    let record = NewRecord {
        form: None,
        wave: WaveId::new("w2").expect("a wave"),
        partner: PartnerId::new("durbuy").expect("a partner"),
        person: Some(code.to_owned()),
        number: 0,
        answers,
        place: "A2".into(),
        findings: Vec::new(),
    };
    let bytes = format!("{code} {numbers:?}");
    let delivery = Delivery {
        files: vec![DeliveredFile::of("a.csv", bytes.as_bytes())],
        rows_read: 1,
        records: vec![record],
        ..Delivery::default()
    };
    let author = Author::new("livraison", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

/// Brings a work spell of the wave w2 in, the first.
async fn bring_spell(tried: &Tried, code: &str) {
    let months = [("spell_number", 1), ("spell_start", 2022 * 12 + 5)];
    let answers = months.iter().map(|(variable, n)| (name(variable), Answer::Integer(*n)));
    let record = NewRecord {
        form: Some(FormName::new("work-spells").expect("a form")),
        wave: WaveId::new("w2").expect("a wave"),
        partner: PartnerId::new("durbuy").expect("a partner"),
        person: Some(code.to_owned()),
        number: 1,
        answers: answers.collect(),
        place: "B2".into(),
        findings: Vec::new(),
    };
    let files = vec![DeliveredFile::of("b.csv", b"spell")];
    let delivery = Delivery { files, rows_read: 1, records: vec![record], ..Delivery::default() };
    let author = Author::new("livraison", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

fn stamp(page: &str) -> String {
    let rest = page.split("name=\"stamp\" value=\"").nth(1).expect("a stamp");
    rest.split('"').next().expect("a value").replace(' ', "+")
}

async fn adults_of(tried: &Tried, code: &str) -> Vec<(Option<Answer>, Option<Answer>)> {
    let records = tried.store.records(&Selection::default()).await.expect("records");
    let own = records.into_iter().filter(|record| record.key.person == code);
    own.map(|one| {
        (one.answers.get(&name("adults")).cloned(), one.answers.get(&name("children")).cloned())
    })
    .collect()
}

#[tokio::test]
async fn a_sheet_whose_record_changed_is_gone_on_with_field_by_field() {
    let tried = Tried::new("resume").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, "DUR-1", &[("adults", 1), ("children", 0)]).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let field = json!({"key": "adults", "text": "5", "seen": 0});
    tried.save(&anne, &draft, field).await;
    let nothing = tried.get(&anne, &format!("/fiches/{draft}/reprendre")).await;
    assert_eq!(nothing.location(), format!("/fiches/{draft}/fin"));
    bring(&tried, "DUR-1", &[("adults", 3), ("children", 2)]).await;
    let section = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await;
    assert!(section.text.contains("/reprendre\">"), "the sheet says so: {}", section.text);
    let end = format!("/fiches/{draft}/fin");
    let refused = tried.post(&anne, &end, &tried.reasons(&anne, &draft).await).await;
    assert!(refused.text.contains("/reprendre\">"), "{}", refused.text);
    let path = format!("/fiches/{draft}/reprendre");
    let page = tried.get(&anne, &path).await.text;
    for words in ["À choisir", "livraison", "Avant : 1", "tapé dans cette saisie", "0 → 2"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let unpicked = tried.post(&anne, &path, &format!("stamp={}", stamp(&page))).await;
    assert!(unpicked.text.contains("Choisissez pour chaque question"), "{}", unpicked.text);
    let late = tried.post(&anne, &path, "stamp=1&adults=mine").await;
    assert!(late.text.contains("encore changé"), "{}", late.text);
    let picked = format!("stamp={}&adults=mine", stamp(&page));
    let renewed = tried.post(&anne, &path, &picked).await;
    assert_eq!(renewed.location(), end, "{}", renewed.text);
    let accepted = tried.post(&anne, &end, &tried.reasons(&anne, &draft).await).await;
    assert_eq!(accepted.location(), "/", "{}", accepted.text);
    let stands = adults_of(&tried, "DUR-1").await;
    assert!(stands == [(Some(Answer::Integer(5)), Some(Answer::Integer(2)))]);
}

#[tokio::test]
async fn a_code_that_is_known_offers_to_take_its_record_over() {
    let tried = Tried::new("over").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-7").await;
    let field = json!({"key": "adults", "text": "2", "seen": 0});
    tried.save(&anne, &draft, field).await;
    bring(&tried, "DUR-7", &[("adults", 4), ("children", 1)]).await;
    let end = tried.get(&anne, &format!("/fiches/{draft}/fin")).await.text;
    assert!(end.contains("C’est elle : reprendre DUR-7"), "{end}");
    let path = format!("/fiches/{draft}/reprendre/personne");
    let over = tried.post(&anne, &path, "person=DUR-7").await;
    assert_eq!(over.location(), format!("/fiches/{draft}/reprendre"), "{}", over.text);
    let page = tried.get(&anne, over.location()).await.text;
    assert!(page.contains("À choisir"), "{page}");
    let theirs = format!("stamp={}&adults=theirs", stamp(&page));
    tried.post(&anne, over.location(), &theirs).await;
    let section = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await.text;
    assert!(section.contains("DUR-7") && section.contains("value=\"4\""), "{section}");
    let end = format!("/fiches/{draft}/fin");
    let page = tried.get(&anne, &end).await.text;
    assert!(!page.contains("C’est elle"), "it is about her now");
    let accepted = tried.post(&anne, &end, &tried.reasons(&anne, &draft).await).await;
    assert_eq!(accepted.location(), "/", "{}", accepted.text);
    let stands = adults_of(&tried, "DUR-7").await;
    assert!(stands == [(Some(Answer::Integer(4)), Some(Answer::Integer(1)))]);
}

#[tokio::test]
async fn a_code_that_looks_like_a_known_one_is_asked_about_first() {
    let tried = Tried::new("alike").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, "T-1", &[("adults", 1)]).await;
    let asked = tried.post(&anne, "/fiches", "wave=w2&person=t-1").await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("Oui, ouvrir T-1"), "{}", asked.text);
    assert!(tried.store.drafts(None).await.expect("drafts").is_empty());
    let other = tried.begin(&anne, "wave=w2&person=t-1&other=1").await;
    let end = tried.get(&anne, &format!("/fiches/{other}/fin")).await.text;
    assert!(end.contains("ressemble à celui"), "the end says so too: {end}");
    let known = tried.begin(&anne, "wave=w2&person=T-1").await;
    assert_ne!(known, other);
    tried.begin(&anne, "wave=w2&person=T-2").await;
}

#[tokio::test]
async fn a_spell_whose_number_was_given_to_another_one_is_kept_beside_it() {
    let tried = Tried::new("twins").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    bring(&tried, "DUR-1", &[("adults", 1)]).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells/ajouter"), "").await;
    for (key, text) in [("spell_start", "0123"), ("spell_end", "0323")] {
        let key = format!("work-spells.1.{key}");
        tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    bring_spell(&tried, "DUR-1").await;
    let path = format!("/fiches/{draft}/reprendre");
    let page = tried.get(&anne, &path).await.text;
    assert!(
        page.contains("Les deux sont gardés") && page.contains("devient le numéro 2"),
        "{page}"
    );
    assert!(!page.contains("À choisir"), "the two are not mixed: {page}");
    let renewed = tried.post(&anne, &path, &format!("stamp={}", stamp(&page))).await;
    assert_eq!(renewed.location(), format!("/fiches/{draft}/fin"), "{}", renewed.text);
    let page = tried.get(&anne, &format!("/fiches/{draft}/work-spells.spell")).await.text;
    for both in
        ["work-spells.1.spell_start", "work-spells.2.spell_start", "06/2022", "01/2023", "03/2023"]
    {
        assert!(page.contains(both), "{both}: {page}");
    }
}
