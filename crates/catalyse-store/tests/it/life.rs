//! Any life of a store: imports, corrections, undoing and erasing in any order keep the chain whole and the ledger balanced.

use std::collections::BTreeSet;

use catalyse_store::{BatchId, Leaves, Selection, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::place::on_each_engine;
use crate::sample::{author, delivery, record, situation, wave};

#[derive(Clone, Debug)]
enum Deed {
    /// Persons, their wave and one answer; the number makes the bytes of the file.
    Import(Vec<(u8, u8, i64)>, u8),
    Edit(u8, i64),
    Undo(u8, bool),
    Erase(u8, bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let rows = proptest::collection::vec((0..6_u8, 1..3_u8, 1..4_i64), 1..6);
    let deed = prop_oneof![
        4 => (rows, 0..4_u8).prop_map(|(rows, bytes)| Deed::Import(rows, bytes)),
        2 => (any::<u8>(), 1..9_i64).prop_map(|(record, adults)| Deed::Edit(record, adults)),
        2 => (1..6_u8, any::<bool>()).prop_map(|(batch, also)| Deed::Undo(batch, also)),
        1 => (0..6_u8, any::<bool>()).prop_map(|(person, counts)| Deed::Erase(person, counts)),
    ];
    proptest::collection::vec(deed, 1..10)
}

/// Does one deed and returns by how many the standing records grow.
async fn act(store: &Store, deed: &Deed, second: i64) -> i64 {
    let author = author(second);
    match deed {
        Deed::Import(rows, bytes) => {
            let records = rows.iter().map(|(person, in_wave, adults)| {
                let mut one = record(&format!("P{person}"), situation("owner", *adults));
                one.wave = wave(&format!("w{in_wave}"));
                one
            });
            let delivery = delivery(&bytes.to_string(), records.collect());
            let accepted = store.accept(&delivery, &author).await.expect("accepted");
            assert!(accepted.counts.is_balanced());
            i64::try_from(accepted.counts.new).expect("few")
        }
        Deed::Edit(record, adults) => {
            let all = store.records(&Selection::default()).await.expect("records");
            if let Some(one) = all.get(usize::from(*record) % all.len().max(1)) {
                let answers = situation("tenant", *adults);
                let edited = store.edit(one.id, one.revision, (answers, &[]), &author).await;
                edited.expect("nobody else writes");
            }
            0
        }
        Deed::Undo(batch, also) => {
            let batch = BatchId(i64::from(*batch));
            let Ok(plan) = store.plan_undo(batch).await else { return 0 };
            let edited = plan.edited_since.iter().map(|one| one.record);
            let also: BTreeSet<_> = if *also { edited.collect() } else { BTreeSet::new() };
            let before = store.about().await.expect("about").n_records;
            let done = store.undo(batch, &also, &author).await.expect("undone");
            let after = store.about().await.expect("about").n_records;
            // A record that an undo of an earlier batch had taken away may come back, so that what was planned is a bound only.
            assert!(done.taken_away.len() >= plan.taken_away.len());
            i64::try_from(after).expect("few") - i64::try_from(before).expect("few")
        }
        Deed::Erase(person, counts) => {
            let Ok(person) = store.person(&format!("P{person}"), None).await else { return 0 };
            let leaves = if *counts { Leaves::Counts } else { Leaves::Nothing };
            let erased = store.erase(person.id, leaves, &author).await.expect("erased");
            -i64::try_from(erased.n_records).expect("few")
        }
    }
}

#[test]
fn any_life_keeps_the_chain_whole_and_the_ledger_balanced() {
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let held = runner.run(&deeds(), |deeds| {
        on_each_engine(async |place| {
            let store = place.create().await;
            let mut standing = 0;
            for (deed, second) in deeds.iter().zip(1..) {
                standing += act(&store, deed, second).await;
                let about = store.about().await.expect("about");
                assert_eq!(i64::try_from(about.n_records).expect("few"), standing, "{deed:?}");
                let proof = store.verify().await.expect("a proof");
                assert!(proof.is_whole(), "{deed:?}: {:?}", proof.breaks);
            }
            let batches = store.batches(None).await.expect("batches");
            assert!(batches.iter().all(|batch| batch.counts.is_balanced()));
            let all = store.records(&Selection::default()).await.expect("records");
            assert_eq!(i64::try_from(all.len()).expect("few"), standing);
            store.close().await;
        });
        Ok(())
    });
    held.expect("every life");
}
