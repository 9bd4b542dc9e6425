//! Slips and second entries: what was announced and what was entered, a sample keyed twice, and who may do which.

use catalyse_store::{
    Author, DecidedCounts, FinishedDraft, Leaves, NewSlip, RecordId, SecondRow, SecondState,
    SlipId, Store, StoreError,
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
    let finished = FinishedDraft { draft, seen: 0, records };
    let made = store.accept_draft(&finished, &by("anne")).await.expect("a record");
    (slip, made[0])
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
        let as_record =
            FinishedDraft { draft, seen: 0, records: vec![record("P9", situation("owner", 1))] };
        assert!(store.accept_draft(&as_record, &by("bert")).await.is_err());
        store.finish_second(id, &typed(3), &by("bert")).await.expect("typed");
        assert_eq!(store.second_rows(id).await.expect("rows"), typed(3));
        let sealed = place.rows("SELECT content FROM second_step").await.join(" ");
        assert!(!sealed.contains("adults"), "what was typed is sealed");
        let counts = DecidedCounts { n_fields: 3, n_first_wrong: 1, n_second_wrong: 0 };
        for who in ["anne", "bert"] {
            assert!(store.decide_second(id, counts, &by(who)).await.is_err(), "{who}");
        }
        store.decide_second(id, counts, &by("carl")).await.expect("decided");
        assert_eq!(store.second(id).await.expect("it").state, SecondState::Decided(counts));
        assert!(store.second_rows(id).await.is_err(), "the counts stay, the answers go");
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
    });
}

#[test]
fn erasing_a_person_reaches_what_was_typed_a_second_time() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let (slip, made) = slip_with_one(&store).await;
        store.draw_second(slip, &[made], &author(2)).await.expect("drawn");
        let id = store.seconds(&partner("durbuy")).await.expect("a list")[0].id;
        let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &by("bert")).await;
        let draft = opened.expect("a draft").draft;
        store.begin_second(id, draft, &by("bert")).await.expect("begun");
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
