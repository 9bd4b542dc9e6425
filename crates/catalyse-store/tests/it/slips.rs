//! Slips and second entries: what was announced and what was entered, a sample keyed twice, and who may do which.

use std::task::Poll;

use catalyse_codebook::Answer;
use catalyse_store::{
    Author, DecidedCounts, Decision, DraftId, Field, FinishedDraft, Leaves, NewSlip, RecordId,
    SaveField, SecondId, SecondRow, SecondState, SlipId, Store, StoreError,
};

use crate::place::on_each_engine;
use crate::sample::{at, author, name, partner, record, situation, wave};

fn by(who: &str) -> Author {
    Author::new(who, at(50))
}

/// A slip of two forms with one of them keyed by anne.
async fn slip_with_one(store: &Store) -> (SlipId, RecordId) {
    let new = NewSlip {
        partner: partner("durbuy"),
        wave: wave("w1"),
        title: "campagne de mars".into(),
        n_forms: 2,
        totals: vec![(name("adults"), 5.5)],
    };
    let slip = store.add_slip(&new, &author(1)).await.expect("a slip");
    let opened = store.open_draft(&new.partner, &new.wave, None, &by("anne")).await;
    let draft = opened.expect("a draft").draft;
    store.key_from_slip(draft, slip).await.expect("noted");
    let records = vec![record("P1", situation("owner", 2))];
    let finished = FinishedDraft { draft, seen: 0, seen_line: None, records };
    let made = store.accept_draft(&finished, &by("anne")).await.expect("a record");
    (slip, made[0])
}

/// The record is drawn, and bert begins to key it again.
async fn begun(store: &Store, slip: SlipId, made: RecordId) -> (SecondId, DraftId) {
    store.draw_second(slip, &[made], &author(2)).await.expect("drawn");
    let id = store.seconds(&partner("durbuy")).await.expect("a list")[0].id;
    let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &by("bert")).await;
    let draft = opened.expect("a draft").draft;
    store.begin_second(id, draft, &by("bert")).await.expect("begun");
    (id, draft)
}

/// Waits for two at once, without the macros of tokio, which this crate alone does not ask for.
async fn at_once<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |context| {
        if first.is_none()
            && let Poll::Ready(done) = one.as_mut().poll(context)
        {
            first = Some(done);
        }
        if second.is_none()
            && let Poll::Ready(done) = other.as_mut().poll(context)
        {
            second = Some(done);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

fn typed(adults: i64) -> Vec<SecondRow> {
    vec![SecondRow { form: None, number: 0, answers: situation("owner", adults) }]
}

#[test]
fn a_slip_knows_what_was_announced_and_which_records_came_of_it() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        let known = store.slip(slip).await.expect("the slip");
        assert_eq!((known.announced.n_forms, known.records.as_slice()), (2, [made].as_slice()));
        assert_eq!(known.announced.totals, [(name("adults"), 5.5)]);
        assert_eq!(known.closed, None);
        store.close_slip(slip, Some("un formulaire perdu"), &author(2)).await.expect("closed");
        let closed = store.slips(&partner("durbuy")).await.expect("slips");
        assert_eq!(closed[0].closed.as_deref(), Some("un formulaire perdu"));
        store.close_slip(slip, None, &author(3)).await.expect("open again");
        assert_eq!(store.slip(slip).await.expect("the slip").closed, None);
        assert!(store.slips(&partner("hotton")).await.expect("slips").is_empty());
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
    });
}

#[test]
fn three_persons_key_and_decide_and_none_of_them_twice() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        store.draw_second(slip, &[made, made], &author(2)).await.expect("drawn");
        let drawn = store.seconds(&partner("durbuy")).await.expect("a list");
        assert_eq!((drawn.len(), drawn[0].first_by.as_str()), (1, "anne"));
        let id = drawn[0].id;
        let open = async || {
            let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &by("bert")).await;
            opened.expect("a draft").draft
        };
        let draft = open().await;
        let own = store.begin_second(id, draft, &by("anne")).await;
        assert!(matches!(own, Err(StoreError::Impossible(_))), "not by who keyed it first");
        store.begin_second(id, draft, &by("bert")).await.expect("begun");
        assert_eq!(store.second_in(draft).await.expect("asked"), Some(id));
        assert!(store.begin_second(id, open().await, &by("carl")).await.is_err());
        let as_record = FinishedDraft {
            draft,
            seen: 0,
            seen_line: None,
            records: vec![record("P9", situation("owner", 1))],
        };
        assert!(store.accept_draft(&as_record, &by("bert")).await.is_err());
        store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
        assert_eq!(store.second_rows(id).await.expect("rows"), typed(3));
        let sealed = place.rows("SELECT content FROM second_step").await.join(" ");
        assert!(!sealed.contains("adults"), "what was typed is sealed");
        let counts = DecidedCounts { n_fields: 3, n_first_wrong: 1, n_second_wrong: 0 };
        let decision = Decision { counts, ..Decision::default() };
        for who in ["anne", "bert"] {
            assert!(store.decide_second(id, &decision, &by(who)).await.is_err(), "{who}");
        }
        store.decide_second(id, &decision, &by("carl")).await.expect("decided");
        assert_eq!(store.second(id).await.expect("it").state, SecondState::Decided(counts));
        assert!(store.second_rows(id).await.is_err(), "the counts stay, the answers go");
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
    });
}

/// A record that was drawn and keyed by bert, with another number of adults.
async fn keyed_twice(store: &Store) -> (RecordId, SecondId) {
    let (slip, made) = slip_with_one(store).await;
    store.draw_second(slip, &[made], &author(2)).await.expect("drawn");
    let id = store.seconds(&partner("durbuy")).await.expect("a list")[0].id;
    let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &by("bert")).await;
    let draft = opened.expect("a draft").draft;
    store.begin_second(id, draft, &by("bert")).await.expect("begun");
    store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
    (made, id)
}

fn correction(adults: i64) -> Decision {
    let field = Field { form: None, number: 0, variable: name("adults") };
    let counts = DecidedCounts { n_fields: 2, n_first_wrong: 1, n_second_wrong: 0 };
    Decision { counts, corrections: vec![(field, Some(Answer::Integer(adults)))] }
}

#[test]
fn of_two_who_begin_or_decide_at_once_one_does() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        store.draw_second(slip, &[made], &author(2)).await.expect("drawn");
        let id = store.seconds(&partner("durbuy")).await.expect("a list")[0].id;
        let open = async || {
            let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &by("bert")).await;
            opened.expect("a draft").draft
        };
        let (one, other) = (open().await, open().await);
        let (bert, dora) = (by("bert"), by("dora"));
        let both =
            at_once(store.begin_second(id, one, &bert), store.begin_second(id, other, &dora)).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "one of the two types it");
        store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
        let (three, four) = (correction(3), correction(4));
        let (carl, emma) = (by("carl"), by("emma"));
        let both =
            at_once(store.decide_second(id, &three, &carl), store.decide_second(id, &four, &emma))
                .await;
        assert!(both.0.is_ok() != both.1.is_ok(), "one of the two decides");
        let steps = place.rows("SELECT state FROM second_step ORDER BY step").await;
        assert_eq!(steps, ["typed", "decided"]);
        let done = both.0.or(both.1).expect("one did").expect("a correction");
        let draft = store.draft(done).await.expect("the draft");
        assert_eq!(draft.fields.len(), 1, "the other one's answers are nowhere");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn the_first_entry_is_what_it_was_when_it_was_drawn() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (made, id) = keyed_twice(&store).await;
        let first = record("P1", situation("owner", 2));
        let then = store.first_rows(id).await.expect("read").expect("there");
        assert_eq!(then, typed(2));
        let opened =
            store.open_draft(&partner("durbuy"), &wave("w1"), Some("P1"), &by("dora")).await;
        let draft = opened.expect("a correction").draft;
        let changed = record("P1", situation("tenant", 5));
        let finished = FinishedDraft { draft, seen: 0, seen_line: None, records: vec![changed] };
        store.accept_draft(&finished, &by("dora")).await.expect("changed since");
        assert_eq!(store.first_rows(id).await.expect("read").expect("there"), then);
        let stands = store.record(made).await.expect("the record");
        assert_ne!(stands.answers, first.answers, "what stands is the changed one");
    });
}

#[test]
fn nobody_decides_over_a_correction_that_is_under_way() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (_, id) = keyed_twice(&store).await;
        let opened =
            store.open_draft(&partner("durbuy"), &wave("w1"), Some("P1"), &by("dora")).await;
        let draft = opened.expect("a correction").draft;
        let refused = store.decide_second(id, &correction(3), &by("carl")).await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
        assert!(matches!(store.second(id).await.expect("it").state, SecondState::Typed(_)));
        store.drop_draft(draft, &by("dora")).await.expect("dropped");
        let begun = store.decide_second(id, &correction(3), &by("carl")).await.expect("decided");
        assert!(begun.is_some());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_person_erased_between_typing_and_deciding_leaves_nothing_to_decide() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (_, id) = keyed_twice(&store).await;
        let person = store.person("P1", None).await.expect("a person");
        store.erase(person.id, Leaves::Counts, &author(3)).await.expect("erased");
        assert!(store.second_rows(id).await.is_err());
        assert_eq!(store.first_rows(id).await.expect("asked"), None);
        assert!(store.decide_second(id, &correction(3), &by("carl")).await.is_err());
        assert!(store.decide_second(id, &Decision::default(), &by("carl")).await.is_err());
        assert!(store.drafts(None).await.expect("drafts").is_empty(), "no correction was begun");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn erasing_a_person_reaches_what_was_typed_a_second_time() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        let (id, draft) = begun(&store, slip, made).await;
        let person = store.person("P1", None).await.expect("a person");
        store.erase(person.id, Leaves::Counts, &author(3)).await.expect("erased");
        assert!(store.draft(draft).await.is_err(), "the draft is gone too");
        assert!(store.second_rows(id).await.is_err());
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
    });
}

#[test]
fn reasons_that_were_picked_wait_in_the_draft() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &author(1)).await;
        let draft = opened.expect("a draft").draft;
        store.keep_reason(draft, "sum||adults", "as_on_paper").await.expect("kept");
        store.keep_reason(draft, "sum||adults", "rare_but_true").await.expect("kept");
        let kept = store.kept_reasons(draft).await.expect("reasons");
        assert_eq!(kept.get("sum||adults").map(String::as_str), Some("rare_but_true"));
        store.drop_draft(draft, &author(2)).await.expect("dropped");
        assert!(store.kept_reasons(draft).await.expect("reasons").is_empty());
        assert!(store.keep_reason(draft, "sum||adults", "as_on_paper").await.is_err());
    });
}

#[test]
fn whoever_typed_first_neither_types_nor_ends_the_second_and_a_purge_takes_it_away() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        let (id, draft) = begun(&store, slip, made).await;
        let field = Field { form: None, number: 0, variable: name("adults") };
        let answer = Some(Answer::Integer(2));
        let save = SaveField { draft, field, answer, seen: 0, author: by("anne") };
        let own = store.save_field(save).await;
        assert!(matches!(own, Err(StoreError::Impossible(_))));
        let own = store.finish_second(id, &typed(3), &by("anne")).await;
        assert!(matches!(own, Err(StoreError::Impossible(_))));
        store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
        let person = store.person("P1", None).await.expect("a person").id;
        let named = crate::sample::identity("Anna", "Exemple", 7_000, None);
        store.rectify(person, named, &author(3)).await.expect("named");
        let day = jiff::civil::date(2026, 1, 1);
        let purged = store.purge(day, Leaves::Counts, &author(4)).await.expect("purged");
        assert_eq!(purged.n_trimmed, 1);
        assert!(matches!(store.second_rows(id).await, Err(StoreError::Unknown { .. })));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn what_was_typed_a_second_time_is_handed_out_to_the_person() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        let (id, _) = begun(&store, slip, made).await;
        store.finish_second(id, &typed(73), &by("bert")).await.expect("typed");
        let person = store.person("P1", None).await.expect("a person").id;
        let export = store.export_person(person, &author(9)).await.expect("an export");
        let second = &export.json()["records"][0]["second_entries"][0];
        assert_eq!(second["who"], "bert");
        assert_eq!(second["rows"][0]["answers"]["adults"], 73);
    });
}

#[test]
fn whoever_typed_any_field_of_the_second_entry_does_not_decide() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        let (id, draft) = begun(&store, slip, made).await;
        let field = Field { form: None, number: 0, variable: name("adults") };
        let answer = Some(Answer::Integer(2));
        let save = SaveField { draft, field, answer, seen: 0, author: by("dora") };
        store.save_field(save).await.expect("saved");
        store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
        let state = store.second(id).await.expect("it").state;
        assert_eq!(state, SecondState::Typed(vec!["bert".into(), "dora".into()]));
        for typist in ["anne", "bert", "dora"] {
            let decided = store.decide_second(id, &Decision::default(), &by(typist)).await;
            assert!(matches!(decided, Err(StoreError::Impossible(_))), "{typist}");
        }
        store.decide_second(id, &Decision::default(), &by("carl")).await.expect("decided");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}
