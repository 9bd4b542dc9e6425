//! Editions of the report: prepared beside the page, looked over and fixed by a coordinator, read byte for byte by all, and one more only
//! where a comparison tells of many.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use catalyse_codebook::{Answer, Answers, Codebook, PartnerId, SchemaFiles, VariableName, WaveId};
use catalyse_locale::{Args, Label, Wording};
use catalyse_store::{Author, DeliveredFile, Delivery, EditionFile, NewRecord, Role};
use catalyse_web::{EditionOrder, MadeEdition, ReportMaker, day_of};
use jiff::Timestamp;

use crate::site::{Answer as Page, Tried};

/// Two files and an archive with a figure, in which the number of records stands; too few records give none. What is printed is kept.
fn maker() -> ReportMaker {
    const FEW: Wording = Wording::new("il y a trop peu de personnes", "there are too few persons");
    Arc::new(|order: &EditionOrder| {
        assert!(order.records.len() != 13, "the maker breaks down");
        if order.records.len() < 20 {
            return Err(FEW.with(Args::new()));
        }
        let adults: i64 = order
            .records
            .iter()
            .flat_map(|record| record.answers.values())
            .map(|answer| if let Answer::Integer(n) = answer { *n } else { 0 })
            .sum();
        let page = format!("<p>{} fiches, {adults} adultes</p>", order.records.len());
        let known: Vec<_> = order.earlier.iter().map(|one| String::from_utf8_lossy(one)).collect();
        let printed =
            format!("{} après [{}] le {}", order.records.len(), known.join(" "), order.date);
        let file =
            |name: &str, bytes: &[u8]| EditionFile { name: name.into(), bytes: bytes.into() };
        let files = vec![
            file("fr/rapport.html", page.as_bytes()),
            file("fr/rapport.zip", include_bytes!("figure.zip")),
            file("en/report.html", b"<p>English</p>"),
            file(EditionFile::PRINTED, printed.as_bytes()),
        ];
        let left_out = vec![Label::new("Le travail est laissé de côté.", "Work is left out.")];
        Ok(MadeEdition { files, n_kept_out: 5, left_out })
    })
}

/// Prepares an edition and waits until something is to be seen; returns the page.
async fn prepare(tried: &Tried, cookie: &str, form: &str) -> Page {
    let begun = tried.post(cookie, "/rapport/preparer", form).await;
    if begun.location() != "/rapport/preparation" {
        return begun;
    }
    loop {
        let page = tried.get(cookie, "/rapport/preparation").await;
        if !page.text.contains("id=\"waiting\"") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

/// Prepares an edition and fixes it.
async fn fix(tried: &Tried, cookie: &str, form: &str) -> Page {
    prepare(tried, cookie, form).await;
    tried.post(cookie, "/rapport", form).await
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
    assert!(before.text.contains("Aucune édition") && !before.text.contains("Préparer l’édition"));
    assert_eq!(
        tried.post(&reader, "/rapport", "wave=w1&number=1").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(tried.get(&network, "/rapport").await.text.contains("Préparer l’édition 1"));
    let seen = prepare(&tried, &network, "wave=w1&number=1").await.text;
    for told in [
        "Vague 1",
        "Environ 30 fiches",
        "environ 5 n’y comptent pas",
        "première édition",
        "Le travail est laissé",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    // What it holds is not to be seen before it is fixed.
    assert!(!seen.contains("30 adultes"));
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
    fix(&tried, &network, "wave=w1&number=1").await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(
        page.contains("Éditions de cette vague : 1") && page.contains("Rien n’a changé"),
        "{page}"
    );
    bring(&tried, 5, 3).await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(
        page.contains("Moins de dix personnes") && !page.contains("Préparer l’édition 2"),
        "{page}"
    );
    let refused = fix(&tried, &network, "wave=w1&number=2&note=erreur").await;
    assert_eq!(refused.location(), "/rapport/preparation");
    let refused = tried.post(&network, "/rapport/preparer", "wave=w1&number=2").await;
    assert!(refused.text.contains("Rien n’est fixé"), "{}", refused.text);
    bring(&tried, 12, 4).await;
    let page = tried.get(&network, "/rapport").await.text;
    assert!(page.contains("deux éditions d’une vague se comparent"), "{page}");
    let no_reason = fix(&tried, &network, "wave=w1&number=2&note=+").await;
    assert!(no_reason.text.contains("Écrivez pourquoi"), "{}", no_reason.text);
    let late = tried.post(&network, "/rapport/preparer", "wave=w1&number=1").await;
    assert!(late.text.contains("entre-temps"), "{}", late.text);
    assert_eq!(tried.store.editions().await.expect("editions").len(), 1);
    let more = tried.post(&network, "/rapport", "wave=w1&number=2&note=fichier+corrig%C3%A9").await;
    assert_eq!(more.status, StatusCode::SEE_OTHER, "{}", more.text);
    let editions = tried.store.editions().await.expect("editions");
    assert_eq!(editions[0].number, 2);
    // The second one was made with what the first one printed, and of the day it was in Belgium.
    let printed = tried.store.printed_counts().await.expect("counts");
    let day = day_of(editions[1].line.at);
    assert_eq!(String::from_utf8_lossy(&printed[0]), format!("30 après [] le {day}"));
    let second = String::from_utf8_lossy(&printed[1]).into_owned();
    assert!(second.starts_with(&format!("30 après [30 après [] le {day}] le ")), "{second}");
}

#[tokio::test]
async fn what_is_prepared_can_be_dropped_and_what_breaks_down_says_so() {
    let tried = tried("dropped").await;
    let network = tried.account("nora", Role::NetworkCoordinator, "").await;
    let marie = tried.account("marie", Role::PartnerCoordinator, "durbuy").await;
    bring(&tried, 13, 1).await;
    let broken = prepare(&tried, &network, "wave=w1&number=1").await.text;
    assert!(broken.contains("recommencez"), "{broken}");
    bring(&tried, 30, 1).await;
    let seen = prepare(&tried, &network, "wave=w1&number=1").await.text;
    assert!(seen.contains("Fixer l’édition 1") && seen.contains("par nora"), "{seen}");
    // The other coordinators see that one waits.
    let list = tried.get(&marie, "/rapport").await.text;
    assert!(list.contains("attend d’être fixée"), "{list}");
    tried.post(&marie, "/rapport/abandonner", "").await;
    assert_eq!(tried.get(&network, "/rapport/preparation").await.location(), "/rapport");
    let gone = tried.post(&network, "/rapport", "wave=w1&number=1").await;
    assert_eq!(gone.location(), "/rapport/preparation");
    assert!(tried.store.editions().await.expect("editions").is_empty());
}

#[tokio::test]
async fn too_few_persons_are_told_in_words() {
    let tried = tried("few").await;
    let network = tried.account("nora", Role::NetworkCoordinator, "").await;
    bring(&tried, 5, 1).await;
    let told = prepare(&tried, &network, "wave=w1&number=1").await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.text.contains("il y a trop peu de personnes"), "{}", told.text);
    assert!(tried.store.editions().await.expect("editions").is_empty());
}
