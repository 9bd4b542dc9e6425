//! Undoing several batches, in any order, and what stays of a person is whole.

use std::collections::BTreeSet;

use catalyse_codebook::Severity;
use catalyse_store::{
    BatchId, FindingFilter, FindingState, NewRecord, Reason, Selection, Store, UndoPlan,
};

use crate::place::on_each_engine;
use crate::sample::{author, delivery, finding, identity, record, situation, spell};

async fn bring(store: &Store, bytes: &str, records: Vec<NewRecord>) -> BatchId {
    let accepted = store.accept(&delivery(bytes, records), &author(1)).await.expect("accepted");
    accepted.batch.expect("a batch")
}

async fn undo(store: &Store, batch: BatchId) -> UndoPlan {
    let plan = store.plan_undo(batch).await.expect("a plan");
    let done = store.undo(batch, &BTreeSet::new(), &author(5)).await.expect("undone");
    assert_eq!(plan, done);
    done
}

async fn standing(store: &Store) -> usize {
    store.records(&Selection::default()).await.expect("records").len()
}

async fn is_whole(store: &Store) {
    let proof = store.verify().await.expect("a proof");
    assert!(proof.is_whole(), "{:?}", proof.breaks);
}

fn known(person: &str, adults: i64) -> NewRecord {
    let mut one = record(person, situation("owner", adults));
    one.answers.extend(identity("Anna", "Exemple", 7_000, None));
    one
}

#[test]
fn two_batches_are_undone_in_either_order_and_nothing_is_left() {
    for is_first_first in [true, false] {
        on_each_engine(async |place| {
            let store = place.create().await;
            let one = bring(&store, "a", vec![known("P1", 1)]).await;
            let two = bring(&store, "b", vec![known("P1", 2)]).await;
            let (first, second) = if is_first_first { (one, two) } else { (two, one) };
            undo(&store, first).await;
            assert_eq!(standing(&store).await, 1);
            let done = undo(&store, second).await;
            assert_eq!((done.taken_away.len(), standing(&store).await), (1, 0));
            let person = store.person("P1", None).await.expect("a person").id;
            assert!(store.identity(person, &author(6)).await.expect("asked").is_empty());
            is_whole(&store).await;
        });
    }
}

#[test]
fn a_record_that_stays_keeps_its_episodes_and_its_identity_and_the_plan_says_so() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records =
            vec![known("P1", 1), spell("P1", 1, 24_000), record("P2", situation("owner", 2))];
        let batch = bring(&store, "a", records).await;
        let all = store.records(&Selection::default()).await.expect("records");
        store.edit(all[0].id, 1, (situation("owner", 9), &[]), &author(2)).await.expect("edited");
        let done = undo(&store, batch).await;
        assert_eq!(
            (done.edited_since.len(), done.kept_with.len(), done.taken_away.len()),
            (1, 1, 1)
        );
        assert_eq!(standing(&store).await, 2);
        let person = store.person("P1", None).await.expect("a person").id;
        assert!(!store.identity(person, &author(6)).await.expect("asked").is_empty());
        is_whole(&store).await;
    });
}

#[test]
fn an_episode_that_stays_keeps_its_situation_until_it_goes_itself() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let one = bring(&store, "a", vec![known("P1", 1)]).await;
        let two = bring(&store, "b", vec![spell("P1", 1, 24_000)]).await;
        let done = undo(&store, one).await;
        assert_eq!((done.kept_with.len(), standing(&store).await), (1, 2));
        let done = undo(&store, two).await;
        assert_eq!((done.taken_away.len(), standing(&store).await), (2, 0));
        is_whole(&store).await;
    });
}

#[test]
fn a_finding_that_was_answered_goes_with_its_record() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 30));
        one.findings = vec![finding("many-adults", Severity::Soft)];
        let batch = bring(&store, "a", vec![one]).await;
        let id = store.findings(&FindingFilter::default()).await.expect("findings")[0].id;
        let (reason, by) = (Reason::default(), author(3));
        store.step_finding(id, FindingState::Answered, &reason, &by).await.expect("answered");
        undo(&store, batch).await;
        let left = store.findings(&FindingFilter::default()).await.expect("findings");
        assert_eq!(
            (left[0].state, left[0].reason.as_str()),
            (FindingState::Closed, "batch_undone")
        );
        is_whole(&store).await;
    });
}
