//! What somebody did here stays: nothing is put over it by a colleague's draft, an old file or an undone batch.

use catalyse_codebook::Severity;
use catalyse_store::{
    Author, DraftId, FindingFilter, FindingState, FinishedDraft, Leaves, NewRecord, Reason,
    RecordId, Selection, Store, StoreError,
};
use jiff::civil::date;

use crate::place::on_each_engine;
use crate::sample::{
    at, author, delivery, finding, identity, name, partner, record, situation, spell, wave,
};

async fn open(store: &Store, person: Option<&str>, of_wave: &str) -> DraftId {
    let opened = store.open_draft(&partner("durbuy"), &wave(of_wave), person, &author(1)).await;
    opened.expect("a draft").draft
}

async fn accept(
    store: &Store,
    draft: DraftId,
    records: Vec<NewRecord>,
) -> Result<Vec<RecordId>, StoreError> {
    let seen = store.draft_stamp(draft).await.expect("a stamp").version;
    store
        .accept_draft(
            &FinishedDraft { draft, seen, seen_line: None, records },
            &Author::new("luc", at(9)),
        )
        .await
}

fn with_identity(person: &str, first: &str, last: &str) -> NewRecord {
    let mut one = record(person, situation("owner", 1));
    one.answers.extend(identity(first, last, 7_000, None));
    one
}

#[test]
fn of_two_drafts_about_one_new_person_the_second_writes_over_nothing() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (paul, luc) = (open(&store, None, "w1").await, open(&store, None, "w1").await);
        let made = accept(&store, paul, vec![record("NEU-2", situation("owner", 2))]).await;
        let id = made.expect("paul's record")[0];
        let second = accept(&store, luc, vec![record("NEU-2", situation("tenant", 7))]).await;
        assert!(matches!(second, Err(StoreError::Impossible(_))));
        assert!(store.record(id).await.expect("it").answers == situation("owner", 2));
        assert!(store.draft(luc).await.is_ok(), "nothing of luc's is lost");
        // In another wave the same code is the same person.
        let later = open(&store, None, "w2").await;
        let mut of_w2 = record("NEU-2", situation("tenant", 3));
        of_w2.wave = wave("w2");
        assert!(accept(&store, later, vec![of_w2]).await.is_ok());
    });
}

#[test]
fn a_record_that_came_in_while_a_draft_was_open_is_not_written_over() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", first), &author(1)).await.expect("accepted");
        let draft = open(&store, Some("P1"), "w2").await;
        assert!(!store.draft_stamp(draft).await.expect("a stamp").has_moved_base);
        let mut later = record("P1", situation("tenant", 4));
        later.wave = wave("w2");
        store.accept(&delivery("b", vec![later.clone()]), &author(2)).await.expect("accepted");
        assert!(store.draft_stamp(draft).await.expect("a stamp").has_moved_base);
        let mut typed = later.clone();
        typed.answers = situation("owner", 9);
        let refused = accept(&store, draft, vec![typed]).await;
        assert!(matches!(refused, Err(StoreError::Moved { kind: "record", .. })));
        let selection = Selection { wave: Some(wave("w2")), ..Selection::default() };
        let stands = store.records(&selection).await.expect("records");
        assert!(stands[0].answers == later.answers);
    });
}

#[test]
fn a_mistyped_code_gives_nobody_another_identity() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let known = vec![with_identity("P1", "Anna", "Exemple")];
        store.accept(&delivery("a", known), &author(1)).await.expect("accepted");
        let draft = open(&store, None, "w2").await;
        let mut typed = with_identity("P1", "Paul", "Autre");
        typed.wave = wave("w2");
        let refused = accept(&store, draft, vec![typed]).await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
        let person = store.person("P1", None).await.expect("a person").id;
        let stands = store.identity(person, &author(3)).await.expect("an identity");
        assert!(stands == identity("Anna", "Exemple", 7_000, None));
    });
}

#[test]
fn an_open_draft_does_not_take_a_rectified_name_back() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let known = vec![with_identity("P1", "Anna", "Exmple")];
        store.accept(&delivery("a", known), &author(1)).await.expect("accepted");
        let person = store.person("P1", None).await.expect("a person").id;
        let (one, other) =
            (open(&store, Some("P1"), "w1").await, open(&store, Some("P1"), "w2").await);
        let right = identity("Anna", "Exemple", 7_000, None);
        store.rectify(person, right.clone(), &author(2)).await.expect("rectified");
        // The draft has the name as it was when it was opened, and its author has changed the first name.
        accept(&store, one, vec![with_identity("P1", "Annette", "Exmple")]).await.expect("taken");
        let stands = store.identity(person, &author(3)).await.expect("an identity");
        assert!(stands == identity("Annette", "Exemple", 7_000, None));
        let mut both = with_identity("P1", "Anna", "Exempel");
        both.wave = wave("w2");
        let refused = accept(&store, other, vec![both]).await;
        assert!(matches!(refused, Err(StoreError::Moved { kind: "identity", .. })));
    });
}

#[test]
fn the_same_file_again_takes_no_rectified_name_back() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let file = || delivery("a", vec![with_identity("P1", "Anna", "Exmple")]);
        store.accept(&file(), &author(1)).await.expect("accepted");
        let person = store.person("P1", None).await.expect("a person").id;
        let right = identity("Anna", "Exemple", 7_000, None);
        store.rectify(person, right.clone(), &author(2)).await.expect("rectified");
        let again = store.accept(&file(), &author(3)).await.expect("accepted");
        assert_eq!((again.batch, again.kept_edits.len()), (None, 1));
        assert!(store.identity(person, &author(4)).await.expect("it") == right);
        // A file that says something new counts, and says what it wrote over.
        let new = vec![with_identity("P1", "Anna", "Nouveau")];
        let new = store.accept(&delivery("b", new), &author(5)).await.expect("accepted");
        assert_eq!(new.overwritten_edits.len(), 1);
        assert!(
            store.identity(person, &author(6)).await.expect("it")
                == identity("Anna", "Nouveau", 7_000, None)
        );
    });
}

#[test]
fn the_same_file_again_brings_nobody_back_who_was_erased_or_purged() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let file = || {
            let stopped =
                catalyse_store::SetAsideRow { place: "durbuy.csv!P3".into(), checks: Vec::new() };
            let mut file = delivery(
                "a",
                vec![
                    with_identity("P1", "Anna", "Exemple"),
                    record("P2", situation("tenant", 2)),
                    with_identity("P4", "Zoé", "Seule"),
                ],
            );
            file.set_aside.push(stopped);
            file.rows_read += 1;
            file
        };
        store.accept(&file(), &author(1)).await.expect("accepted");
        let id = async |code| store.person(code, None).await.expect("a person").id;
        let erased = id("P2").await;
        store.erase(erased, Leaves::Counts, &author(2)).await.expect("erased");
        let purged = store.purge(date(2025, 12, 1), Leaves::Counts, &author(3)).await;
        assert_eq!(purged.expect("purged").n_trimmed, 2);
        let (before, about) = (
            store.records(&Selection::default()).await.expect("records"),
            store.about().await.expect("about"),
        );
        let again = store.accept(&file(), &author(4)).await.expect("accepted");
        assert_eq!(again.batch, None);
        assert_eq!(again.destroyed_since, ["durbuy.csv!P1", "durbuy.csv!P2", "durbuy.csv!P4"]);
        assert!(again.counts.is_balanced());
        assert_eq!(store.records(&Selection::default()).await.expect("records"), before);
        assert_eq!(store.about().await.expect("about"), about);
        let names = store.identity(id("P1").await, &author(5)).await.expect("an identity");
        assert!(!names.contains_key(&name("last_name")));
        // A row that stayed out the first time was never there: corrected in its study, it comes in.
        let mut mended = file();
        mended.set_aside.clear();
        mended.records.push(record("P3", situation("owner", 1)));
        let mended = store.accept(&mended, &author(6)).await.expect("accepted");
        assert_eq!((mended.counts.new, mended.destroyed_since.len()), (1, 3));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn the_same_file_again_opens_no_finding_that_a_correction_closed() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let file = || {
            let mut one = record("P1", situation("owner", 30));
            one.findings = vec![finding("many-adults", Severity::Soft)];
            let mut two = record("P2", situation("owner", 31));
            two.findings = vec![finding("many-adults", Severity::Soft)];
            delivery("a", vec![one, two, spell("P1", 1, 24_000)])
        };
        store.accept(&file(), &author(1)).await.expect("accepted");
        let all = store.records(&Selection::default()).await.expect("records");
        store.edit(all[0].id, 1, (situation("owner", 3), &[]), &author(2)).await.expect("edited");
        let open = store.findings(&FindingFilter::default()).await.expect("findings");
        let reason = Reason { code: "checked".into(), comment: String::new() };
        let by = author(3);
        let closed = store.step_finding(open[1].id, FindingState::Closed, &reason, &by).await;
        closed.expect("closed");
        // The episode is removed at entry.
        let draft = open_on(&store).await;
        accept(&store, draft, vec![record("P1", situation("owner", 3))]).await.expect("removed");
        let about = store.about().await.expect("about");
        let again = store.accept(&file(), &author(5)).await.expect("accepted");
        assert_eq!((again.batch, again.n_findings, again.kept_edits.len()), (None, 0, 2));
        assert_eq!(store.about().await.expect("about"), about);
        let states = store.findings(&FindingFilter::default()).await.expect("findings");
        assert!(states.iter().all(|one| one.state == FindingState::Closed));
    });
}

async fn open_on(store: &Store) -> DraftId {
    open(store, Some("P1"), "w1").await
}
