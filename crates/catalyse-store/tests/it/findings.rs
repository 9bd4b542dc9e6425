//! Findings: their states, and overrides counted by check.

use catalyse_codebook::Severity;
use catalyse_store::{FindingFilter, FindingId, FindingState, Leaves, Reason, Store, StoreError};

use sqlx::Executor;

use crate::place::on_each_engine;
use crate::sample::{author, delivery, finding, record, situation};

#[test]
fn a_finding_goes_from_open_to_answered_to_closed_and_each_step_is_kept() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.findings = vec![finding("soft-one", Severity::Soft)];
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let open = FindingFilter { state: Some(FindingState::Open), ..FindingFilter::default() };
        let found = store.findings(&open).await.expect("findings");
        let id = found[0].id;
        for state in [FindingState::Answered, FindingState::Closed] {
            let reason = Reason { code: "seen".into(), comment: "dossier relu".into() };
            store.step_finding(id, state, &reason, &author(2)).await.expect("a step");
        }
        let steps = store.finding_steps(id).await.expect("steps");
        let states: Vec<_> = steps.iter().map(|step| step.state).collect();
        assert_eq!(states, [FindingState::Open, FindingState::Answered, FindingState::Closed]);
        assert!(store.findings(&open).await.expect("findings").is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn overrides_are_counted_by_check_and_reason() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let accepted = |check: &str, code: &str| {
            let mut one = finding(check, Severity::Soft);
            one.accepted = Some(Reason { code: code.into(), comment: String::new() });
            one
        };
        let mut records = Vec::new();
        for (person, code) in [("P1", "confirmed"), ("P2", "confirmed"), ("P3", "document")] {
            let mut one = record(person, situation("owner", 1));
            one.findings = vec![accepted("soft-one", code), finding("soft-two", Severity::Soft)];
            records.push(one);
        }
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let overrides = store.overrides(None).await.expect("overrides");
        let counted: Vec<_> = overrides
            .iter()
            .map(|one| (one.check.as_str(), one.reason.as_str(), one.accepted, one.found))
            .collect();
        assert_eq!(counted, [("soft-one", "confirmed", 2, 3), ("soft-one", "document", 1, 3)]);
    });
}

#[test]
fn a_hard_finding_is_never_accepted() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        let mut hard = finding("hard-one", Severity::Hard);
        hard.accepted = Some(Reason::default());
        one.findings = vec![hard];
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let found = store.findings(&FindingFilter::default()).await.expect("findings");
        assert_eq!(found[0].state, FindingState::Open);
        let refused = store
            .step_finding(found[0].id, FindingState::Accepted, &Reason::default(), &author(2))
            .await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
    });
}

/// Says something about the one finding of the store.
async fn said(store: &Store, comment: &str) -> FindingId {
    let id = store.findings(&FindingFilter::default()).await.expect("findings")[0].id;
    let reason = Reason { code: "seen".into(), comment: comment.into() };
    store.step_finding(id, FindingState::Answered, &reason, &author(2)).await.expect("a step");
    id
}

#[test]
fn what_was_said_of_a_finding_is_sealed_handed_out_and_goes_with_the_person() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.findings = vec![finding("soft-one", Severity::Soft)];
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let id = said(&store, "elle a déménagé en mai").await;
        let steps = store.finding_steps(id).await.expect("steps");
        assert_eq!(steps[1].reason.comment, "elle a déménagé en mai");
        let columns =
            "SELECT comment FROM finding_step UNION ALL SELECT content FROM finding_comment";
        assert!(!place.rows(columns).await.join(" ").contains("mai"), "nothing lies open");
        let person = store.person("P1", None).await.expect("a person").id;
        let export = store.export_person(person, &author(3)).await.expect("an export");
        assert!(export.to_text().contains("elle a déménagé en mai"), "{}", export.to_text());
        assert!(store.verify().await.expect("a proof").is_whole());
        store.erase(person, Leaves::Counts, &author(4)).await.expect("erased");
        let steps = store.finding_steps(id).await.expect("steps");
        assert!(steps.iter().all(|step| step.reason.comment.is_empty()));
        assert_eq!(place.rows("SELECT content FROM finding_comment").await, ["∅"]);
        assert!(store.verify().await.expect("a proof").is_whole());
        // Of somebody who is erased nothing more is kept.
        let reason = Reason { code: "seen".into(), comment: "encore".into() };
        let by = author(5);
        store.step_finding(id, FindingState::Open, &reason, &by).await.expect("a step");
        assert!(store.finding_steps(id).await.expect("steps")[3].reason.comment.is_empty());
    });
}

#[test]
fn a_comment_that_was_exchanged_is_found() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.findings = vec![finding("soft-one", Severity::Soft)];
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        said(&store, "juste").await;
        let raw = place.raw().await;
        raw.execute("UPDATE finding_comment SET content = 'x'").await.expect("changed");
        assert!(!store.verify().await.expect("a proof").is_whole());
        raw.execute("DELETE FROM finding_comment").await.expect("changed");
        assert!(!store.verify().await.expect("a proof").is_whole());
        raw.close().await;
    });
}
