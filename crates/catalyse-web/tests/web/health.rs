//! Answers about health in a study that lists coordinators alone: an encoder neither sees nor changes them, on no page and in no answer.

use std::fmt::Write as _;
use std::path::Path;

use axum::http::StatusCode;
use catalyse_codebook::{
    Answer, Answers, CheckId, Codebook, PartnerId, SchemaFiles, Severity, VariableName, WaveId,
};
use catalyse_locale::{Args, Wording};
use catalyse_store::{
    Author, Delivery, FindingFilter, NewFinding, NewRecord, NewSlip, Role, Selection, StoredFinding,
};
use catalyse_testkit::expect_file;
use catalyse_web::{About, routes};
use jiff::Timestamp;
use serde_json::json;

use crate::site::Tried;

/// What a finding about health tells, in words that stand nowhere else.
const TOLD: Wording = Wording::new("constat de santé planté", "planted finding of health");

/// integra, of which encoders see no answer about health.
fn study() -> Codebook {
    let mut files = SchemaFiles::bundled();
    let text = files.get("integra/study.toml").expect("bundled");
    let mut parts = text.split("[[access]]");
    let (before, of_encoders) = (parts.next().expect("text"), parts.next().expect("a line"));
    assert!(of_encoders.contains("\"encoder\""), "{of_encoders}");
    let changed = format!("{before}[[access]]{}", parts.collect::<String>());
    files.add("integra/study.toml", changed);
    Codebook::open(&files, "integra").expect("a good study").codebook
}

fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a name")
}

/// The answers of the record: very good and severely limited at once, which a check finds, in numbers that a page would show.
fn answers() -> Answers {
    Answers::from([
        (name("adults"), Answer::Integer(2)),
        (name("health"), Answer::Code("1".into())),
        (name("limitation"), Answer::Code("1".into())),
        (name("long_illness"), Answer::Boolean(true)),
    ])
}

/// Puts a record with a finding about health into the store, and a slip.
async fn filled(tried: &Tried) {
    let finding = NewFinding {
        check: CheckId::new("good-health-not-severely-limited").expect("a name"),
        variable: "health".into(),
        severity: Severity::Soft,
        message: TOLD.with(Args::new()),
        place: String::new(),
        accepted: None,
    };
    let (wave, partner) = (WaveId::new("w1").expect("a wave"), durbuy());
    let record = NewRecord {
        form: None,
        wave: wave.clone(),
        partner: partner.clone(),
        person: Some("DUR-0001".into()),
        number: 0,
        answers: answers(),
        place: "A2".into(),
        findings: vec![finding],
    };
    let delivery = Delivery { rows_read: 1, records: vec![record], ..Delivery::default() };
    let author = Author::new("test", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
    let new = NewSlip { partner, wave, title: "pile".into(), n_forms: 1, totals: Vec::new() };
    tried.store.add_slip(&new, &author).await.expect("a slip");
}

fn durbuy() -> PartnerId {
    PartnerId::new("durbuy").expect("a partner")
}

/// Says whether a page shows something of the answers about health: a field of one, or what was found of one.
fn shows_health(codebook: &Codebook, text: &str) -> bool {
    let fields = codebook.hidden_from(Role::Encoder);
    let is_field = |name: &VariableName| {
        [format!("\"f-{name}\""), format!("\"key\":\"{name}\""), format!("name=\"{name}\"")]
            .iter()
            .any(|mark| text.contains(mark))
    };
    let is_told =
        ["constat de santé planté", "sévèrement limité"].iter().any(|told| text.contains(told));
    fields.iter().any(is_field) || is_told
}

#[tokio::test]
async fn no_page_shows_answers_about_health_to_a_role_that_is_not_listed() {
    let codebook = study();
    let tried = Tried::of("health", study()).await;
    filled(&tried).await;
    let mut text = String::from(
        "which pages show answers about health, in a study that lists coordinators alone; rewritten by CATALYSE_BLESS=1\n",
    );
    let visitors = [("encoder", Role::Encoder), ("partner", Role::PartnerCoordinator)];
    let sections: Vec<String> = codebook
        .forms
        .iter()
        .flat_map(|form| form.sections.iter().map(|one| format!("{}.{}", form.name, one.name)))
        .collect();
    for route in routes().iter().filter(|route| route.method == "GET") {
        let _ = writeln!(text, "\n{}", route.path);
        for (role_name, role) in visitors {
            let account = tried.store.account(role_name).await;
            let account = match account {
                Ok(account) => account.id,
                Err(_) => tried.add(role_name, role, "durbuy").await,
            };
            let cookie = tried.session(account).await;
            let id = match route.rule.about {
                About::Draft | About::ClosedDraft => {
                    tried.begin(&cookie, "wave=w1&person=DUR-0001").await
                }
                About::Nothing | About::Finding | About::Record | About::Slip | About::Second => {
                    "1".to_owned()
                }
            };
            let path = route.path.replace("{id}", &id).replace("{token}", "x");
            let sections = if path.contains("{section}") { sections.as_slice() } else { &[] };
            let mut shown = Vec::new();
            for section in
                sections.iter().map(String::as_str).chain(sections.is_empty().then_some(""))
            {
                let page = tried.get(&cookie, &path.replace("{section}", section)).await;
                let is_shown = shows_health(&codebook, &page.text);
                shown.push((section, page.status.as_u16(), is_shown));
            }
            for (section, status, is_shown) in shown {
                // A paper form has no answers on it, and is filled in by whoever sits with the person.
                let is_blank = route.path == "/papier";
                assert!(
                    role == Role::PartnerCoordinator || !is_shown || is_blank,
                    "{path} {section}"
                );
                let what = if is_shown { "shows" } else { "" };
                let _ = writeln!(
                    text,
                    "{}",
                    format!("  {role_name:<8} {status} {section:<28} {what}").trim_end()
                );
            }
        }
    }
    expect_file(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/health.txt"), &text);
}

/// The record of the person, as it is accepted.
async fn accepted(tried: &Tried) -> Answers {
    let records = tried.store.records(&Selection::default()).await.expect("records");
    let main = records.into_iter().find(|record| record.key.form.is_none());
    main.expect("a record").answers
}

#[tokio::test]
async fn what_is_hidden_is_kept_as_it_was_and_cannot_be_typed_over() {
    let tried = Tried::of("health-kept", study()).await;
    filled(&tried).await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-0001").await;
    for body in [
        json!({"key": "health", "text": "5", "seen": 0}),
        json!({"key": "health", "text": "", "seen": 7}),
    ] {
        let refused = tried.try_save(&anne, &draft, body).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert!(!refused.text.contains("très bon"), "{}", refused.text);
    }
    let path = format!("/fiches/{draft}/situation.household");
    let smuggled = tried.post(&anne, &path, "health:seen=0&health=5").await;
    assert_eq!(smuggled.status, StatusCode::NOT_FOUND);
    let section = tried.get(&anne, &format!("/fiches/{draft}/situation.health")).await;
    assert_eq!(section.status, StatusCode::NOT_FOUND);
    let reply = tried.save(&anne, &draft, json!({"key": "adults", "text": "3", "seen": 0})).await;
    assert!(!shows_health(&study(), &reply.to_string()), "{reply}");
    let end = format!("/fiches/{draft}/fin");
    let page = tried.get(&anne, &end).await.text;
    assert!(
        page.contains("une personne habilitée la termine") && !shows_health(&study(), &page),
        "{page}"
    );
    let refused = tried.post(&anne, &end, &tried.reasons(&anne, &draft).await).await.text;
    assert!(refused.contains("une personne habilitée la termine"), "{refused}");
    assert_eq!(
        accepted(&tried).await.get(&name("adults")),
        Some(&Answer::Integer(2)),
        "nothing is accepted yet"
    );
    let page = tried.get(&carl, &end).await.text;
    assert!(page.contains("sévèrement limité"), "who sees it is asked");
    let done = tried.post(&carl, &end, &tried.reasons(&carl, &draft).await).await;
    assert_eq!(done.location(), "/", "{}", done.text);
    // From now on the finding has its reason, and a correction elsewhere needs nobody else.
    let draft = tried.begin(&anne, "wave=w1&person=DUR-0001").await;
    tried.save(&anne, &draft, json!({"key": "adults", "text": "4", "seen": 0})).await;
    let end = format!("/fiches/{draft}/fin");
    let done = tried.post(&anne, &end, &tried.reasons(&anne, &draft).await).await;
    assert_eq!(done.location(), "/", "{}", done.text);
    let after = accepted(&tried).await;
    assert_eq!(after.get(&name("adults")), Some(&Answer::Integer(4)));
    for (name, answer) in answers() {
        assert!(
            name.as_str() == "adults" || after.get(&name) == Some(&answer),
            "{name} is untouched"
        );
    }
}

#[tokio::test]
async fn findings_about_health_are_counted_and_settled_by_those_who_see_them() {
    let tried = Tried::of("health-findings", study()).await;
    filled(&tried).await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    assert_eq!(tried.get(&anne, "/constats/1").await.status, StatusCode::NOT_FOUND);
    let step = tried.post(&anne, "/constats/1", "state=answered").await;
    assert_eq!(step.status, StatusCode::NOT_FOUND);
    let found: Vec<StoredFinding> =
        tried.store.findings(&FindingFilter::default()).await.expect("findings");
    assert_eq!(found[0].state, catalyse_store::FindingState::Open, "nothing was done");
    assert!(!tried.get(&anne, "/").await.text.contains("badge soft"), "nor is it counted");
    assert!(tried.get(&carl, "/").await.text.contains("badge soft"));
    assert_eq!(tried.get(&carl, "/constats/1").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_of_access_names_accounts_with_the_reason_of_their_role() {
    let tried = Tried::of("health-list", study()).await;
    tried.account("anne", Role::Encoder, "durbuy").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    tried.account("dora", Role::PartnerCoordinator, "hotton").await;
    let root = tried.account("root", Role::Administrator, "").await;
    let all = tried.get(&root, "/acces-sante").await.text;
    assert!(all.contains("carl") && all.contains("dora") && !all.contains("anne"), "{all}");
    assert!(all.contains("répond des fiches du centre"), "the reason is printed: {all}");
    let own = tried.get(&carl, "/acces-sante").await.text;
    assert!(own.contains("carl") && !own.contains("dora"), "a centre lists its own: {own}");
}

#[tokio::test]
async fn the_paper_form_asks_what_its_printer_types_and_no_more() {
    let tried = Tried::of("paper-health", study()).await;
    let encoder = tried.account("anne", Role::Encoder, "durbuy").await;
    let coordinator = tried.account("zoe", Role::PartnerCoordinator, "durbuy").await;
    let asks = async |cookie: &str| tried.get(cookie, "/papier").await.text;
    let (of_encoder, of_coordinator) = (asks(&encoder).await, asks(&coordinator).await);
    for question in ["Santé en général", "Handicap reconnu"] {
        assert!(!of_encoder.contains(question), "{question}");
        assert!(of_coordinator.contains(question), "{question}");
    }
    assert!(of_encoder.contains("Adultes dans le ménage"));
}
