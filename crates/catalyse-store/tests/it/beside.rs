//! Somebody types while a long delivery goes in: the one hardly waits for the other, and neither loses anything.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use catalyse_codebook::Answer;
use catalyse_store::{DraftId, Field, NewRecord, SaveField, Saved, Selection, Store};

use crate::place::{Place, on_each_engine};
use crate::sample::{
    author, codebook, delivery, identity, name, partner, record, situation, spell, wave,
};

/// So many persons are delivered, each with a record and an episode; another number measures by hand.
const PERSONS: &str = "CATALYSE_TEST_LONG_IMPORT";

#[expect(clippy::disallowed_methods, reason = "who measures by hand says how much")]
fn n_persons() -> usize {
    std::env::var(PERSONS).ok().and_then(|number| number.parse().ok()).unwrap_or(1_000)
}

#[expect(clippy::disallowed_methods, reason = "what is measured here is time")]
fn now() -> Instant {
    Instant::now()
}

fn long(n_persons: usize) -> Vec<NewRecord> {
    let records = (0..n_persons).flat_map(|number| {
        let person = format!("P{number}");
        let mut answers = situation("owner", 2);
        answers.extend(identity(&format!("Prénom{number}"), "Nom", 9_000, None));
        [record(&person, answers), spell(&person, 1, 24_000)]
    });
    records.collect()
}

/// Types one answer after the other until told to stop, and returns how long each took to be on the disk.
async fn typist(store: &Store, draft: DraftId, stop: &AtomicBool) -> Vec<Duration> {
    let field = Field { form: None, number: 0, variable: name("adults") };
    let mut took = Vec::new();
    let mut seen = 0;
    while !stop.load(Ordering::Relaxed) {
        let answer = Some(Answer::Integer(i64::try_from(took.len() % 9).expect("few")));
        let save = SaveField { draft, field: field.clone(), answer, seen, author: author(5) };
        let from = now();
        let saved = store.save_field(save).await.expect("saved");
        took.push(from.elapsed());
        let Saved::Done { version, .. } = saved else { panic!("nobody else types here") };
        seen = version;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    took
}

/// Does something beside a typist in another program; returns how long it took, and how long each save.
async fn beside_typist(
    place: &Place,
    store: &Store,
    work: impl Future<Output = ()>,
) -> (Duration, Vec<Duration>) {
    let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &author(1)).await;
    let draft = opened.expect("a draft").draft;
    let (stop, key, url) = (Arc::new(AtomicBool::new(false)), place.key.clone(), place.url.clone());
    let told = Arc::clone(&stop);
    let typing = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let store = Store::open(&url, &codebook(), Some(key)).await.expect("a store");
            typist(&store, draft, &told).await
        })
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let from = now();
    work.await;
    let took = from.elapsed();
    stop.store(true, Ordering::Relaxed);
    let waits = typing.join().expect("the typist");
    let draft = store.draft(draft).await.expect("the draft");
    assert_eq!(draft.state.version, waits.len() as u64);
    assert!(store.verify().await.expect("a proof").is_whole());
    (took, waits)
}

#[expect(clippy::print_stderr, reason = "the figures are for who measures by hand")]
fn hardly_waited(what: &str, (took, mut waits): (Duration, Vec<Duration>)) {
    waits.sort_unstable();
    let (longest, p95) = (waits[waits.len() - 1], waits[waits.len() * 95 / 100]);
    eprintln!("{what} {took:?}; {} saves, p95 {p95:?}, longest {longest:?}", waits.len());
    // A slow disk makes all of it slow: what counts is that it did not take the whole time for itself.
    assert!(longest < took, "a save waited {longest:?} while the {what} took {took:?}");
}

#[test]
fn who_types_while_a_long_delivery_goes_in_and_is_undone_waits_for_a_small_part_of_it() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let n_records = 2 * n_persons();
        let brought = delivery("a", long(n_persons()));
        let import = async {
            let accepted = store.accept(&brought, &author(2)).await.expect("accepted");
            assert_eq!(accepted.counts.new, n_records as u64);
        };
        hardly_waited("import", beside_typist(place, &store, import).await);
        let batch = store.batches(None).await.expect("batches").remove(0).id;
        let undo = async {
            let done = store.undo(batch, &BTreeSet::new(), &author(3)).await.expect("undone");
            assert_eq!(done.taken_away.len(), n_records);
        };
        hardly_waited("undo", beside_typist(place, &store, undo).await);
        assert!(store.records(&Selection::default()).await.expect("records").is_empty());
    });
}

#[test]
fn a_delivery_is_prepared_while_somebody_else_writes() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let brought = delivery("a", long(3));
        let other = place.hold(store.engine()).await;
        // Whoever needed the turn to write would wait for it in vain.
        let rehearsed = store.rehearse(&brought).await.expect("rehearsed");
        assert_eq!(rehearsed.counts.new, 6);
        drop(other);
        let accepted = store.accept(&brought, &author(1)).await.expect("accepted");
        assert_eq!(accepted.counts, rehearsed.counts);
    });
}

#[test]
fn what_others_finish_meanwhile_is_neither_lost_nor_written_over() {
    on_each_engine(async |place| {
        let (store, other) = (place.create().await, place.open().await);
        let brought = delivery("a", long(150));
        // A person of the long delivery and one more come in a second way, again and again.
        let often = tokio::spawn(async move {
            for number in 1..=6 {
                let records = vec![
                    record("P7", situation("tenant", number)),
                    record("Q1", situation("owner", number)),
                ];
                let small = delivery(&format!("s{number}"), records);
                let accepted = other.accept(&small, &author(number)).await.expect("accepted");
                assert!(accepted.batch.is_some());
            }
        });
        let accepted = store.accept(&brought, &author(2)).await;
        often.await.expect("no panic");
        assert!(accepted.expect("accepted").counts.is_balanced());
        let batches = store.batches(None).await.expect("batches");
        assert_eq!(batches.len(), 7);
        assert!(store.verify().await.expect("a proof").is_whole());
        let all = store.records(&Selection::default()).await.expect("records");
        assert_eq!(all.len(), 301);
        let seventh = all.iter().find(|one| one.key.person == "P7" && one.key.form.is_none());
        let history = store.history(seventh.expect("a record").id).await.expect("history");
        assert_eq!(history.len(), 7);
    });
}
