//! Batches: put in by key, the same again changes nothing, undone byte for byte.

use std::collections::BTreeSet;

use catalyse_codebook::Severity;
use catalyse_store::{BatchId, Counts, FindingFilter, FindingState, Past, Selection, StoreError};

use crate::place::{Place, on_each_engine};
use crate::sample::{author, delivery, finding, name, record, situation, spell};

/// All that stands, as it lies in the tables.
async fn standing(place: &Place) -> Vec<String> {
    let mut rows = place
        .rows("SELECT r.form, r.wave, r.partner, r.person, r.number, r.content, r.fingerprint FROM record r WHERE content IS NOT NULL ORDER BY r.id")
        .await;
    rows.extend(
        place
            .rows("SELECT id, state, reason FROM finding WHERE state <> 'closed' ORDER BY id")
            .await,
    );
    rows
}

#[test]
fn a_rehearsal_says_what_would_happen_and_writes_nothing() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let brought =
            delivery("a", vec![record("P1", situation("owner", 1)), spell("P1", 1, 24_000)]);
        let about = store.about().await.expect("about");
        let rehearsed = store.rehearse(&brought).await.expect("rehearsed");
        assert_eq!(rehearsed.batch, None);
        assert_eq!(rehearsed.counts, Counts { read: 2, new: 2, ..Counts::default() });
        assert_eq!(store.about().await.expect("about"), about);
        let accepted = store.accept(&brought, &author(2)).await.expect("accepted");
        assert_eq!(accepted.counts, rehearsed.counts);
    });
}

#[test]
fn the_same_file_again_changes_nothing() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records = || {
            let mut first = record("P1", situation("owner", 1));
            first.findings = vec![finding("many-adults", Severity::Soft)];
            vec![first, record("P2", situation("tenant", 2)), spell("P1", 1, 24_000)]
        };
        let accepted = store.accept(&delivery("a", records()), &author(1)).await.expect("accepted");
        assert_eq!(accepted.batch, Some(BatchId(1)));
        assert_eq!(accepted.counts, Counts { read: 3, new: 3, ..Counts::default() });
        assert_eq!(accepted.n_findings, 1);
        let (about, before) = (store.about().await.expect("about"), standing(place).await);
        let again = store.accept(&delivery("a", records()), &author(2)).await.expect("accepted");
        assert_eq!(again.batch, None);
        assert_eq!(again.counts, Counts { read: 3, same: 3, ..Counts::default() });
        assert_eq!(store.about().await.expect("about"), about);
        assert_eq!(standing(place).await, before);
        // Other bytes with the same content are noted as a batch, and change no record.
        let other = store.accept(&delivery("b", records()), &author(3)).await.expect("accepted");
        assert_eq!(other.batch, Some(BatchId(2)));
        assert_eq!(standing(place).await, before);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn the_same_file_again_closes_no_finding_that_the_store_has_answered_itself() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut first = record("P1", situation("owner", 1));
        first.findings = vec![finding("many-adults", Severity::Soft)];
        store.accept(&delivery("a", vec![first]), &author(1)).await.expect("accepted");
        let before = standing(place).await;
        // The first import changed what the check compared with: a second look finds nothing.
        let again = delivery("a", vec![record("P1", situation("owner", 1))]);
        let accepted = store.accept(&again, &author(2)).await.expect("accepted");
        assert_eq!((accepted.batch, accepted.n_findings), (None, 0));
        assert_eq!(standing(place).await, before);
        // Another file that says the same was judged anew.
        let other = delivery("b", vec![record("P1", situation("owner", 1))]);
        let accepted = store.accept(&other, &author(3)).await.expect("accepted");
        assert_eq!((accepted.batch, accepted.n_findings), (Some(BatchId(2)), 1));
    });
}

#[test]
fn undo_takes_new_records_away_and_restores_changed_ones_byte_for_byte() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", first), &author(1)).await.expect("accepted");
        let before = standing(place).await;
        let mut changed = record("P1", situation("owner", 5));
        changed.findings = vec![finding("many-adults", Severity::Soft)];
        let second = vec![
            changed,
            record("P2", situation("tenant", 2)),
            record("P3", situation("owner", 1)),
        ];
        let accepted = store.accept(&delivery("b", second), &author(2)).await.expect("accepted");
        let counts = Counts { read: 3, new: 1, changed: 1, same: 1, aside: 0 };
        assert_eq!(accepted.counts, counts);
        assert_ne!(standing(place).await, before);
        let batch = accepted.batch.expect("a batch");
        let plan = store.plan_undo(batch).await.expect("a plan");
        assert_eq!((plan.taken_away.len(), plan.restored.len()), (1, 1));
        let done = store.undo(batch, &BTreeSet::new(), &author(3)).await.expect("undone");
        assert_eq!(done, plan);
        assert_eq!(standing(place).await, before);
        assert!(store.verify().await.expect("a proof").is_whole());
        let twice = store.undo(batch, &BTreeSet::new(), &author(4)).await;
        assert!(matches!(twice, Err(StoreError::Impossible(_))));
        assert_eq!(store.batch(batch).await.expect("a batch").undone, Some(4));
        // What was undone can come again.
        let again = vec![record("P3", situation("owner", 1))];
        let again = store.accept(&delivery("c", again), &author(5)).await.expect("accepted");
        assert_eq!(again.counts.new, 1);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn undo_shows_what_was_edited_since_and_keeps_it_unless_told_otherwise() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        let accepted = store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let batch = accepted.batch.expect("a batch");
        let all = store.records(&Selection::default()).await.expect("records");
        let edited = all[0].id;
        let why = author(2).because("téléphone");
        store.edit(edited, 1, (situation("owner", 9), &[]), &why).await.expect("edited");
        let plan = store.plan_undo(batch).await.expect("a plan");
        assert_eq!(plan.taken_away, [all[1].id]);
        assert_eq!(plan.edited_since.len(), 1);
        let since = &plan.edited_since[0];
        assert_eq!((since.record, since.last.why.as_str()), (edited, "téléphone"));
        store.undo(batch, &BTreeSet::new(), &author(3)).await.expect("undone");
        let left = store.records(&Selection::default()).await.expect("records");
        assert_eq!(left.len(), 1);
        assert!(left[0].answers == situation("owner", 9));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
    on_each_engine(async |place| {
        let store = place.create().await;
        let records = vec![record("P1", situation("owner", 1))];
        let accepted = store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let record = store.records(&Selection::default()).await.expect("records")[0].id;
        store.edit(record, 1, (situation("owner", 9), &[]), &author(2)).await.expect("edited");
        let also = BTreeSet::from([record]);
        let batch = accepted.batch.expect("a batch");
        store.undo(batch, &also, &author(3)).await.expect("undone");
        assert!(store.records(&Selection::default()).await.expect("records").is_empty());
        let history = store.history(record).await.expect("history");
        assert_eq!(history.len(), 3);
        assert!(history[2].was == Past::TakenAway);
    });
}

#[test]
fn an_old_file_does_not_undo_a_correction_and_a_new_one_says_that_it_does() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let old = || vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", old()), &author(1)).await.expect("accepted");
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        store.edit(id, 1, (situation("owner", 3), &[]), &author(2)).await.expect("edited");
        let again = store.accept(&delivery("a", old()), &author(3)).await.expect("accepted");
        assert_eq!((again.batch, again.kept_edits.len()), (None, 1));
        assert!(store.record(id).await.expect("a record").answers == situation("owner", 3));
        let new = vec![record("P1", situation("tenant", 1))];
        let new = store.accept(&delivery("b", new), &author(4)).await.expect("accepted");
        assert_eq!(new.overwritten_edits, ["durbuy.csv!P1"]);
        assert_eq!(store.history(id).await.expect("history").len(), 3);
    });
}

#[test]
fn every_row_is_counted_or_nothing_is_imported() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut records =
            vec![record("P1", situation("owner", 1)), record("P1", situation("owner", 2))];
        records.push(record("", situation("owner", 1)));
        records[2].person = None;
        let mut short = delivery("a", records.clone());
        short.rows_read = 4;
        let refused = store.accept(&short, &author(1)).await;
        assert!(matches!(refused, Err(StoreError::Unbalanced { read: 4, accounted: 3 })));
        let accepted = store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        assert_eq!((accepted.twice.len(), accepted.without_person.len()), (1, 1));
        assert_eq!(accepted.counts, Counts { read: 3, aside: 2, new: 1, ..Counts::default() });
        assert!(accepted.counts.is_balanced());
        let batch = accepted.batch.expect("a batch");
        assert_eq!(store.set_aside(batch).await.expect("rows").len(), 2);
        assert!(store.batch(batch).await.expect("a batch").counts.is_balanced());
    });
}

#[test]
fn findings_follow_their_records_from_batch_to_batch() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let with = |checks: &[&str]| {
            let mut one =
                record("P1", situation("owner", i64::try_from(checks.len()).expect("few")));
            one.findings = checks.iter().map(|check| finding(check, Severity::Soft)).collect();
            vec![one]
        };
        store.accept(&delivery("a", with(&["one", "two"])), &author(1)).await.expect("accepted");
        let second = store.accept(&delivery("b", with(&["two"])), &author(2)).await.expect("b");
        let states = async || {
            let all = store.findings(&FindingFilter::default()).await.expect("findings");
            all.into_iter().map(|one| (one.check, one.state)).collect::<Vec<_>>()
        };
        let named = |check: &str, state| (check.to_owned(), state);
        assert_eq!(
            states().await,
            [named("one", FindingState::Closed), named("two", FindingState::Open)]
        );
        let batch = second.batch.expect("a batch");
        store.undo(batch, &BTreeSet::new(), &author(3)).await.expect("undone");
        assert_eq!(
            states().await,
            [named("one", FindingState::Open), named("two", FindingState::Open)]
        );
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn two_partners_with_one_code_are_two_records() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut other = record("P1", situation("tenant", 2));
        other.partner = crate::sample::partner("hotton");
        let records = vec![record("P1", situation("owner", 1)), other];
        let accepted = store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        assert_eq!(accepted.counts.new, 2);
        let several = store.person("P1", None).await;
        assert!(matches!(several, Err(StoreError::Several { .. })));
        let one = store.person("P1", Some("hotton")).await.expect("a person");
        let selection = Selection { person: Some(one.id), ..Selection::default() };
        let records = store.records(&selection).await.expect("records");
        assert_eq!(records.len(), 1);
        assert!(records[0].answers.contains_key(&name("adults")));
    });
}
