//! Two sessions that accept forms of one person at the same moment: one is accepted, and the other is told.

use catalyse_codebook::Answers;
use catalyse_store::{
    DraftId, FinishedDraft, NewRecord, RecordId, Selection, Store, StoreError, Trace,
};

use crate::place::{Place, on_each_engine};
use crate::sample::{author, delivery, identity, partner, record, situation, wave};

const NISS: &str = "93051822361";

/// A form as somebody has it on the screen: checked beside what was there, and found to be alone.
struct Checked {
    store: Store,
    finished: FinishedDraft,
}

/// Opens the store as another session does, with connections of its own, types a form and checks it.
async fn check(place: &Place, code: &str, (at, identity): (&str, Answers)) -> Checked {
    let store = place.open().await;
    let of = (partner(at), wave("w1"));
    let draft = store.open_draft(&of.0, &of.1, None, &author(1)).await.expect("a draft").draft;
    let line = store.last_line().await.expect("a line");
    let trace = Trace { code: Some(code.to_owned()), identity: identity.clone() };
    assert!(store.kindred(&trace, None).await.expect("records").is_empty());
    let mut one = NewRecord { partner: of.0, ..record(code, situation("owner", 1)) };
    one.answers.extend(identity);
    let finished = finished(draft, (line, one));
    Checked { store, finished }
}

fn finished(draft: DraftId, (line, one): (u64, NewRecord)) -> FinishedDraft {
    FinishedDraft { draft, seen: 0, seen_line: Some(line), records: vec![one] }
}

type Outcome = Result<Vec<RecordId>, StoreError>;

/// Accepts both at the same moment: each has connections of its own, and both wait for the same turn.
async fn at_once(one: Checked, other: Checked) -> Vec<Outcome> {
    let accept = |Checked { store, finished }: Checked| {
        tokio::spawn(async move {
            let outcome = store.accept_draft(&finished, &author(2)).await;
            store.close().await;
            outcome
        })
    };
    let both = [accept(one), accept(other)];
    let mut outcomes = Vec::new();
    for task in both {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

/// Accepts two forms at once, many times over, and returns how the second was told each time.
async fn tell(
    place: &Place,
    forms: impl Fn(usize) -> [(String, &'static str, Answers); 2],
) -> Vec<StoreError> {
    let store = place.create().await;
    let mut told = Vec::new();
    for round in 0..5 {
        let [one, other] = forms(round);
        let one = check(place, &one.0, (one.1, one.2)).await;
        let other = check(place, &other.0, (other.1, other.2)).await;
        let outcomes = at_once(one, other).await;
        let (accepted, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((accepted.len(), refused.len()), (1, 1), "round {round}");
        told.extend(refused.into_iter().filter_map(Result::err));
    }
    let records = store.records(&Selection::default()).await.expect("records");
    assert_eq!(records.len(), told.len(), "one of each two, and nothing of the other");
    assert!(store.verify().await.expect("a proof").is_whole());
    told
}

/// Somebody of the round, with a number of their own.
fn somebody(round: usize) -> Answers {
    let birth = 7_000 + i32::try_from(round).expect("a few rounds");
    identity("Anna", &format!("Exemple{}", ["a", "b", "c", "d", "e"][round]), birth, None)
}

#[test]
fn of_two_forms_of_one_code_at_once_one_is_accepted_and_one_told() {
    on_each_engine(async |place| {
        let told = tell(place, |round| {
            let form = || (format!("P{round}"), "durbuy", situation("owner", 2));
            [form(), form()]
        });
        for error in told.await {
            let is_told = matches!(
                error,
                StoreError::MovedBeside
                    | StoreError::Impossible("a record of this code is there already")
            );
            assert!(is_told, "{error}");
        }
    });
}

#[test]
fn of_two_forms_of_one_person_under_two_codes_at_once_one_is_accepted_and_one_told() {
    on_each_engine(async |place| {
        let told = tell(place, |round| {
            let form = |code: &str| (format!("{code}{round}"), "durbuy", somebody(round));
            [form("P"), form("Q")]
        });
        for error in told.await {
            assert!(matches!(error, StoreError::MovedBeside), "{error}");
        }
    });
}

#[test]
fn two_partners_and_two_spellings_are_told_too() {
    on_each_engine(async |place| {
        let told = tell(place, |round| {
            let form = |at, code: &str| (format!("{code}{round}"), at, somebody(round));
            [form("durbuy", "P"), form("hotton", "H")]
        });
        assert!(told.await.iter().all(|error| matches!(error, StoreError::MovedBeside)));
        let store = place.open().await;
        let checked = |code: &'static str| check(place, code, ("durbuy", Answers::new()));
        let (one, other) = (checked("X-007").await, checked("x 7").await);
        let outcomes = at_once(one, other).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn what_changed_of_others_is_no_reason_to_be_told() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mine =
            check(place, "P1", ("durbuy", identity("Anna", "Exemple", 7_000, Some(NISS)))).await;
        let mut other = record("P2", situation("owner", 1));
        other.answers.extend(identity("Bea", "Autre", 7_001, Some("85073003328")));
        store.accept(&delivery("a", vec![other]), &author(2)).await.expect("accepted");
        mine.store.accept_draft(&mine.finished, &author(3)).await.expect("nobody alike came in");
    });
}
