//! Editions of the report: fixed by a coordinator, read byte for byte by all, and one more only where a comparison tells of many.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use catalyse_codebook::{Answer, Answers, Codebook, PartnerId, SchemaFiles, VariableName, WaveId};
use catalyse_locale::{Args, Wording};
use catalyse_store::{Author, DeliveredFile, Delivery, EditionFile, NewRecord, Record, Role};
use catalyse_web::ReportMaker;
use jiff::Timestamp;

use crate::site::Tried;

/// Two files and an archive with a figure, in which the number of records stands; too few records give none.
fn maker() -> ReportMaker {
    const FEW: Wording = Wording::new("il y a trop peu de personnes", "there are too few persons");
    Arc::new(|records: &[Record]| {
        if records.len() < 20 {
            return Err(FEW.with(Args::new()));
        }
        let adults: i64 = records
            .iter()
            .flat_map(|record| record.answers.values())
            .map(|answer| if let Answer::Integer(n) = answer { *n } else { 0 })
            .sum();
        let page = format!("<p>{} fiches, {adults} adultes</p>", records.len());
        let file =
            |name: &str, bytes: &[u8]| EditionFile { name: name.into(), bytes: bytes.into() };
        Ok(vec![
            file("fr/rapport.html", page.as_bytes()),
            file("fr/rapport.zip", include_bytes!("figure.zip")),
            file("en/report.html", b"<p>English</p>"),
        ])
    })
}

async fn tried(name: &str) -> Tried {
    let codebook = Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled").codebook;
    Tried::with(name, codebook, Some(maker())).await
}

/// Brings so many persons in, with so many adults each.
async fn bring(tried: &Tried, n_persons: usize, adults: i64) {
    let record = |number: usize| NewRecord {
        form: None,
        wave: WaveId::new("w1").expect("a wave"),
        partner: PartnerId::new("durbuy").expect("a partner"),
        person: Some(format!("DUR-{number:04}")),
        number: 0,
        answers: Answers::from([(
            VariableName::new("adults").expect("a name"),
            Answer::Integer(adults),
        )]),
        place: format!("A{number}"),
        findings: Vec::new(),
    };
    let delivery = Delivery {
        files: vec![DeliveredFile::of("a.csv", format!("{n_persons} {adults}").as_bytes())],
        rows_read: n_persons as u64,
        records: (0..n_persons).map(record).collect(),
        ..Delivery::default()
    };
    let author = Author::new("test", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

#[tokio::test]
async fn readers_get_what_was_fixed_whatever_changes_since() {
    let tried = tried("fixed").await;
    let network = tried.account("nora", Role::NetworkCoordinator, "").await;
    let reader = tried.account("lea", Role::Reader, "").await;
    bring(&tried, 30, 1).await;
    let before = tried.get(&reader, "/rapport").await;
    assert!(before.text.contains("Aucune édition") && !before.text.contains("Fixer l’édition"));
    assert_eq!(
        tried.post(&reader, "/rapport", "wave=w1&number=1").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(tried.get(&network, "/rapport").await.text.contains("Fixer l’édition 1"));
    let fixed = tried.post(&network, "/rapport", "wave=w1&number=1&note=comit%C3%A9").await;
    assert_eq!(
        (fixed.status, fixed.location()),
        (StatusCode::SEE_OTHER, "/rapport"),
        "{}",
        fixed.text
    );
    bring(&tried, 30, 2).await;
    for cookie in [&reader, &network] {
        let list = tried.get(cookie, "/rapport").await.text;
        assert!(list.contains("nora") && list.contains("comité"), "{list}");
        assert!(list.contains("/rapport/1/fr/rapport.html") && !list.contains("/en/"), "{list}");
        let page = tried.get(cookie, "/rapport/1/fr/rapport.html").await;
        assert_eq!(page.text, "<p>30 fiches, 30 adultes</p>");
        assert_eq!(page.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(
            page.headers[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .expect("ascii")
                .contains("data:")
        );
    }
    let zip = tried.get(&reader, "/rapport/1/fr/rapport.zip").await;
    assert_eq!(zip.headers[header::CONTENT_DISPOSITION], "attachment");
    let figure = tried.get(&reader, "/rapport/1/fr/figures/a.svg").await;
    assert_eq!((figure.status, figure.text.as_str()), (StatusCode::OK, "<svg/>"));
    for absent in
        ["/rapport/2/fr/rapport.html", "/rapport/1/fr/figures/b.svg", "/rapport/1/nl/x.html"]
    {
        assert_eq!(tried.get(&reader, absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
    let english = tried.get(&format!("{reader}; langue=en"), "/rapport").await.text;
    assert!(english.contains("/rapport/1/en/report.html") && !english.contains("/fr/"));
}

#[tokio::test]
async fn one_more_edition_needs_a_reason_and_is_not_made_for_a_few() {
    let tried = tried("more").await;
    let network = tried.account("nora", Role::NetworkCoordinator, "").await;
    bring(&tried, 30, 1).await;
    tried.post(&network, "/rapport", "wave=w1&number=1").await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(
        page.contains("Éditions de cette vague : 1") && page.contains("Rien n’a changé"),
        "{page}"
    );
    bring(&tried, 5, 3).await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(
        page.contains("Moins de dix personnes") && !page.contains("Fixer l’édition 2"),
        "{page}"
    );
    let refused = tried.post(&network, "/rapport", "wave=w1&number=2&note=erreur").await;
    assert!(refused.text.contains("Rien n’est fixé"), "{}", refused.text);
    bring(&tried, 12, 4).await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(page.contains("deux éditions d’une vague se comparent"), "{page}");
    let no_reason = tried.post(&network, "/rapport", "wave=w1&number=2&note=+").await;
    assert!(no_reason.text.contains("Écrivez pourquoi"), "{}", no_reason.text);
    let late = tried.post(&network, "/rapport", "wave=w1&number=1&note=x").await;
    assert!(late.text.contains("entre-temps"), "{}", late.text);
    assert_eq!(tried.store.editions().await.expect("editions").len(), 1);
    let more = tried.post(&network, "/rapport", "wave=w1&number=2&note=fichier+corrig%C3%A9").await;
    assert_eq!(more.status, StatusCode::SEE_OTHER, "{}", more.text);
    assert_eq!(tried.store.editions().await.expect("editions")[0].number, 2);
}

#[tokio::test]
async fn too_few_persons_are_told_in_words() {
    let tried = tried("few").await;
    let network = tried.account("nora", Role::NetworkCoordinator, "").await;
    bring(&tried, 5, 1).await;
    let told = tried.post(&network, "/rapport", "wave=w1&number=1").await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.text.contains("il y a trop peu de personnes"), "{}", told.text);
    assert!(tried.store.editions().await.expect("editions").is_empty());
}
