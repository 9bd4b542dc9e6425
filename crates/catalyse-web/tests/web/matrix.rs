//! The authorisation matrix: every route of the table, every role, things of the own and of another centre.

use std::fmt::Write as _;
use std::path::Path;

use axum::http::StatusCode;
use catalyse_codebook::{Answers, CheckId, PartnerId, Severity, WaveId};
use catalyse_locale::{Args, Wording};
use catalyse_store::{
    Author, Delivery, EditionFile, FinishedDraft, NewEdition, NewFinding, NewRecord, NewSlip, Role,
};
use catalyse_testkit::expect_file;
use catalyse_web::{About, Who, routes};
use jiff::Timestamp;

use crate::site::Tried;

const SOFT: Wording = Wording::new("à vérifier", "to be confirmed");

/// Puts a record with a finding into the store, so that there is something to be kept from others.
pub(crate) async fn with_a_finding(tried: &Tried) {
    let finding = NewFinding {
        check: CheckId::new("interview-in-its-wave").expect("a name"),
        variable: "interview_date".into(),
        severity: Severity::Soft,
        message: SOFT.with(Args::new()),
        place: String::new(),
        accepted: None,
    };
    let record = NewRecord {
        form: None,
        wave: WaveId::new("w1").expect("a wave"),
        partner: PartnerId::new("durbuy").expect("a partner"),
        person: Some("DUR-0001".into()),
        number: 0,
        answers: Answers::new(),
        place: "A2".into(),
        findings: vec![finding],
    };
    let delivery = Delivery { rows_read: 1, records: vec![record], ..Delivery::default() };
    let author = Author::new("test", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

/// Puts a slip with a record that was drawn to be keyed twice into the store.
async fn with_a_second_entry(tried: &Tried) {
    let author = Author::new("somebody", Timestamp::now());
    let partner = PartnerId::new("durbuy").expect("a partner");
    let wave = WaveId::new("w1").expect("a wave");
    let new = NewSlip {
        partner: partner.clone(),
        wave: wave.clone(),
        title: "pile".into(),
        n_forms: 1,
        totals: Vec::new(),
    };
    let slip = tried.store.add_slip(&new, &author).await.expect("a slip");
    let draft = tried.store.open_draft(&partner, &wave, None, &author).await.expect("open").draft;
    tried.store.key_from_slip(draft, slip).await.expect("noted");
    let record = NewRecord {
        form: None,
        wave,
        partner,
        person: Some("DUR-0002".into()),
        number: 0,
        answers: Answers::new(),
        place: String::new(),
        findings: Vec::new(),
    };
    let finished = FinishedDraft { draft, seen: 0, seen_line: None, records: vec![record] };
    let made = tried.store.accept_draft(&finished, &author).await.expect("accepted");
    tried.store.draw_second(slip, &made, &author).await.expect("drawn");
}

/// Puts an edition of the report into the store.
async fn with_an_edition(tried: &Tried) {
    let file = EditionFile { name: "fr/rapport.html".into(), bytes: b"une page".to_vec() };
    let new = NewEdition {
        wave: WaveId::new("w1").expect("a wave"),
        number: 1,
        note: String::new(),
        stands_on: 1,
        files: vec![file],
    };
    tried.store.fix_edition(&new, &Author::new("test", Timestamp::now())).await.expect("fixed");
}

fn shown(status: StatusCode) -> &'static str {
    match status.as_u16() {
        // Let in: an answer, a way on, or a complaint about what was sent.
        200 | 204 | 303 | 400 | 409 | 415 | 422 => "yes",
        401 => "sign in",
        403 => "no",
        404 => "absent",
        _ => "?",
    }
}

#[tokio::test]
async fn every_route_is_open_to_whom_the_matrix_says_and_to_nobody_else() {
    let tried = Tried::new("matrix").await;
    with_a_finding(&tried).await;
    with_a_second_entry(&tried).await;
    with_an_edition(&tried).await;
    let own = tried.account("own", Role::Encoder, "durbuy").await;
    let mut visitors = vec![("nobody", None)];
    for (name, role, partner) in [
        ("encoder, own", Role::Encoder, "durbuy"),
        ("encoder, other", Role::Encoder, "hotton"),
        ("partner, own", Role::PartnerCoordinator, "durbuy"),
        ("partner, other", Role::PartnerCoordinator, "hotton"),
        ("network", Role::NetworkCoordinator, ""),
        ("reader", Role::Reader, ""),
        ("administrator", Role::Administrator, ""),
    ] {
        visitors.push((name, Some(tried.add(name, role, partner).await)));
    }
    let mut text = String::from(
        "who may use which route; rewritten by CATALYSE_BLESS=1, to be read before it is committed\n",
    );
    for route in routes() {
        let _ = writeln!(text, "\n{} {}", route.method, route.path);
        for (name, account) in &visitors {
            // A session for each request: one of them ends it.
            let cookie = match account {
                Some(account) => tried.session(*account).await,
                None => String::new(),
            };
            // A draft for each request: some of them throw it away.
            let draft = match route.rule.about {
                About::Draft | About::ClosedDraft => tried.begin(&own, "wave=w1&person=").await,
                About::Nothing | About::Finding | About::Record | About::Slip | About::Second => {
                    "1".to_owned()
                }
            };
            let path = route
                .path
                .replace("{id}", &draft)
                .replace("{section}", "situation.household")
                .replace("{row}", "work-spells")
                .replace("{token}", "x")
                .replace("{edition}/{language}/{*file}", "1/fr/rapport.html");
            let answer = match route.method {
                "GET" => tried.get(&cookie, &path).await,
                _ => tried.post(&cookie, &path, "").await,
            };
            let is_sent_to_sign_in =
                answer.location() == "/entrer" && !["/entrer", "/sortir"].contains(&route.path);
            let what = if is_sent_to_sign_in { "sign in" } else { shown(answer.status) };
            assert_ne!(what, "?", "{} {path} {name}: {}", route.method, answer.status);
            let _ = writeln!(text, "  {name:<16}{what}");
            if let Who::Roles(roles) = route.rule.who
                && name.ends_with("other")
                && route.rule.about != About::Nothing
                && roles.contains(&Role::Encoder)
            {
                assert_eq!(what, "absent", "{path} shows another centre's thing to {name}");
            }
        }
    }
    expect_file(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/matrix.txt"), &text);
}
