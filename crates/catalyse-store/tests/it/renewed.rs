//! Going on with a draft under which something changed, and taking over the person whose code was typed.

use std::collections::BTreeSet;

use catalyse_codebook::{Answer, Answers};
use catalyse_store::{
    Author, DraftId, Field, FinishedDraft, NewRecord, SaveField, Saved, Selection, Store,
    StoreError,
};

use crate::place::on_each_engine;
use crate::sample::{
    at, author, delivery, identity, name, partner, record, situation, spell, text, wave,
};

fn field(variable: &str) -> Field {
    Field { form: None, number: 0, variable: name(variable) }
}

async fn bring(store: &Store, bytes: &str, records: Vec<NewRecord>) {
    store.accept(&delivery(bytes, records), &author(1)).await.expect("accepted");
}

async fn open(store: &Store, person: Option<&str>) -> DraftId {
    let opened = store.open_draft(&partner("durbuy"), &wave("w1"), person, &author(1)).await;
    opened.expect("a draft").draft
}

async fn save(store: &Store, draft: DraftId, variable: &str, answer: Answer) {
    let author = Author::new("luc", at(5));
    let answer = Some(answer);
    let save = SaveField { draft, field: field(variable), answer, seen: 0, author };
    assert!(matches!(store.save_field(save).await, Ok(Saved::Done { .. })));
}

async fn accept(store: &Store, draft: DraftId, answers: Answers) -> Result<(), StoreError> {
    let seen = store.draft_stamp(draft).await.expect("a stamp").version;
    let mut new = record("P1", answers);
    new.person = None;
    let finished = FinishedDraft { draft, seen, seen_line: None, records: vec![new] };
    store.accept_draft(&finished, &Author::new("luc", at(9))).await.map(drop)
}

fn known(tenure: &str, adults: i64, last: &str) -> NewRecord {
    let mut one = record("P1", situation(tenure, adults));
    one.answers.extend(identity("Anna", last, 7_000, None));
    one
}

#[test]
fn what_changed_is_shown_beside_what_was_typed_and_the_author_picks() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![known("owner", 1, "Exemple")]).await;
        let draft = open(&store, Some("P1")).await;
        assert_eq!(store.draft_moves(draft).await.expect("asked"), None);
        save(&store, draft, "adults", Answer::Integer(5)).await;
        let mut by_other = situation("tenant", 3);
        by_other.insert(name("children"), Answer::Integer(2));
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        store.edit(id, 1, (by_other.clone(), &[]), &author(6)).await.expect("edited");
        let moves = store.draft_moves(draft).await.expect("asked").expect("something moved");
        let of = |variable: &str| {
            let one = moves.answers.iter().find(|one| one.field == field(variable));
            one.cloned().expect("it moved")
        };
        assert_eq!(moves.answers.len(), 3);
        let adults = of("adults");
        assert_eq!(adults.then, Some(Answer::Integer(1)));
        assert_eq!(adults.now, Some(Answer::Integer(3)));
        assert_eq!(adults.mine, Some(Some(Answer::Integer(5))));
        assert!(adults.is_contested() && adults.by.0 == "marie");
        assert!(!of("children").is_contested() && of("tenure").mine.is_none());
        assert!(matches!(
            accept(&store, draft, situation("tenant", 5)).await,
            Err(StoreError::Moved { kind: "record", .. })
        ));
        // The wrong stamp renews nothing.
        let none = BTreeSet::new();
        let late = store.renew_draft(draft, ("0", &none), &author(7)).await;
        assert!(matches!(late, Err(StoreError::Moved { kind: "draft", .. })));
        store.renew_draft(draft, (&moves.stamp, &none), &author(7)).await.expect("renewed");
        assert!(!store.draft_stamp(draft).await.expect("a stamp").has_moved_base);
        by_other.insert(name("adults"), Answer::Integer(5));
        accept(&store, draft, by_other.clone()).await.expect("accepted");
        assert!(store.record(id).await.expect("it").answers == by_other);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn theirs_takes_the_place_of_what_was_typed_and_a_stale_screen_is_told() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![record("P1", situation("owner", 1))]).await;
        let draft = open(&store, Some("P1")).await;
        save(&store, draft, "adults", Answer::Integer(5)).await;
        bring(&store, "b", vec![record("P1", situation("owner", 4)), spell("P1", 1, 24_000)]).await;
        let moves = store.draft_moves(draft).await.expect("asked").expect("moves");
        let spells = moves.answers.iter().filter(|moved| moved.field.form.is_some()).count();
        assert_eq!(spells, 2, "an episode that came in is shown too");
        let theirs = BTreeSet::from([field("adults")]);
        store.renew_draft(draft, (&moves.stamp, &theirs), &author(7)).await.expect("renewed");
        let after = store.draft(draft).await.expect("it");
        assert_eq!(after.fields[&field("adults")].answer, Some(Answer::Integer(4)));
        assert_eq!(after.base.len(), 2);
        let author = Author::new("luc", at(8));
        let answer = Some(Answer::Integer(6));
        let stale = SaveField { draft, field: field("adults"), answer, seen: 1, author };
        assert!(matches!(store.save_field(stale).await, Ok(Saved::Conflict { .. })));
    });
}

#[test]
fn a_rectified_name_is_taken_and_one_that_was_typed_otherwise_is_asked() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![known("owner", 1, "Exmple")]).await;
        let person = store.person("P1", None).await.expect("a person").id;
        let draft = open(&store, Some("P1")).await;
        // As entry begins: the identity is put into the draft, and the first name is then typed anew.
        save(&store, draft, "last_name", text("Exmple")).await;
        save(&store, draft, "first_name", text("Annette")).await;
        let right = identity("Anne", "Exemple", 7_000, None);
        store.rectify(person, right, &author(2)).await.expect("rectified");
        let moves = store.draft_moves(draft).await.expect("asked").expect("moves");
        assert_eq!(moves.answers.len(), 2);
        let none = BTreeSet::new();
        store.renew_draft(draft, (&moves.stamp, &none), &author(3)).await.expect("renewed");
        let after = store.draft(draft).await.expect("it");
        assert_eq!(after.fields[&field("last_name")].answer, Some(text("Exemple")));
        assert_eq!(after.fields[&field("first_name")].answer, Some(text("Annette")));
    });
}

#[test]
fn a_record_that_was_taken_away_can_be_typed_again() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = delivery("a", vec![record("P1", situation("owner", 1))]);
        let batch = store.accept(&first, &author(1)).await.expect("accepted").batch;
        let draft = open(&store, Some("P1")).await;
        save(&store, draft, "adults", Answer::Integer(5)).await;
        let (none, undone) = (BTreeSet::new(), author(2));
        store.undo(batch.expect("a batch"), &none, &undone).await.expect("undone");
        let moves = store.draft_moves(draft).await.expect("asked").expect("moves");
        assert!(moves.is_taken_away);
        let keep = BTreeSet::new();
        store.renew_draft(draft, (&moves.stamp, &keep), &author(3)).await.expect("renewed");
        accept(&store, draft, situation("owner", 5)).await.expect("accepted");
        let stands = store.records(&Selection::default()).await.expect("records");
        assert!(stands[0].answers == situation("owner", 5) && stands[0].key.person == "P1");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_draft_about_nobody_takes_over_the_person_whose_code_was_typed() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![known("owner", 1, "Exemple")]).await;
        let person = store.person("P1", None).await.expect("a person").id;
        let draft = open(&store, None).await;
        save(&store, draft, "adults", Answer::Integer(5)).await;
        save(&store, draft, "first_name", text("Paul")).await;
        let nobody = store.draft(draft).await.expect("it").state.person;
        let unknown = store.take_over(draft, "P9", &author(3)).await;
        assert!(matches!(unknown, Err(StoreError::Unknown { kind: "person", .. })));
        store.take_over(draft, "P1", &author(3)).await.expect("taken over");
        let after = store.draft(draft).await.expect("it");
        assert_eq!((after.state.person, after.state.pseudonym.as_deref()), (person, Some("P1")));
        assert_eq!(after.fields[&field("first_name")].answer, Some(text("Paul")));
        assert!(store.draft_stamp(draft).await.expect("a stamp").has_moved_base);
        let moves = store.draft_moves(draft).await.expect("asked").expect("moves");
        let contested: Vec<_> = moves.answers.iter().filter(|one| one.is_contested()).collect();
        assert_eq!(contested.len(), 2, "adults and the first name");
        let theirs = BTreeSet::from([field("first_name")]);
        store.renew_draft(draft, (&moves.stamp, &theirs), &author(4)).await.expect("renewed");
        accept(&store, draft, situation("owner", 5)).await.expect("accepted");
        let records = store.records(&Selection::default()).await.expect("records");
        assert!(records.len() == 1 && records[0].answers == situation("owner", 5));
        let stands = store.identity(person, &author(5)).await.expect("an identity");
        assert!(stands == identity("Anna", "Exemple", 7_000, None));
        // Of the draft's own nobody no key is left.
        let key = format!("SELECT COUNT(*) FROM person_key WHERE person = {}", nobody.0);
        assert_eq!(place.rows(Box::leak(key.into_boxed_str())).await, ["0"]);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn nobody_takes_over_a_record_that_somebody_is_at_work_on() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![record("P1", situation("owner", 1))]).await;
        open(&store, Some("P1")).await;
        let draft = open(&store, None).await;
        let refused = store.take_over(draft, "P1", &author(3)).await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
        assert!(store.draft(draft).await.is_ok(), "nothing is lost");
    });
}

fn of_spell(number: i64, variable: &str) -> Field {
    let form = catalyse_codebook::FormName::new("work-spells").expect("a slug");
    Field { form: Some(form), number, variable: name(variable) }
}

async fn save_at(store: &Store, draft: DraftId, field: Field, answer: i64) {
    let author = Author::new("luc", at(5));
    let answer = Some(Answer::Integer(answer));
    let save = SaveField { draft, field, answer, seen: 0, author };
    assert!(matches!(store.save_field(save).await, Ok(Saved::Done { .. })));
}

#[test]
fn two_new_spells_of_one_number_are_both_kept() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", vec![known("owner", 1, "Exemple")]).await;
        let draft = open(&store, Some("P1")).await;
        // The author types spells 1 and 2; meanwhile a delivery brings a spell 1 that is another one, and a spell 2 that is the same.
        for (number, start) in [(1, 24_100), (2, 24_200)] {
            save_at(&store, draft, of_spell(number, "spell_number"), number).await;
            save_at(&store, draft, of_spell(number, "spell_start"), start).await;
        }
        save_at(&store, draft, of_spell(1, "spell_end"), 24_150).await;
        store
            .keep_reason(draft, "gap|work-spells.1|spell_start", "as_on_paper")
            .await
            .expect("kept");
        store
            .keep_reason(draft, "gap|work-spells.2|spell_start", "rare_but_true")
            .await
            .expect("kept");
        bring(&store, "b", vec![spell("P1", 1, 24_000), spell("P1", 2, 24_200)]).await;
        let moves = store.draft_moves(draft).await.expect("asked").expect("something moved");
        assert_eq!(moves.renumbered.len(), 1);
        let one = &moves.renumbered[0];
        assert_eq!((one.form.as_str(), one.number, one.becomes), ("work-spells", 1, 3));
        assert!(moves.answers.iter().all(|moved| !moved.is_contested()), "nothing is mixed");
        let none = BTreeSet::new();
        store.renew_draft(draft, (&moves.stamp, &none), &author(7)).await.expect("renewed");
        assert_eq!(store.draft_moves(draft).await.expect("asked"), None);
        let fields = store.draft(draft).await.expect("a draft").fields;
        let typed = |number, variable: &str| {
            fields.get(&of_spell(number, variable)).and_then(|field| field.answer.clone())
        };
        assert_eq!(typed(1, "spell_start"), None, "what is under 1 is theirs");
        assert_eq!(typed(2, "spell_start"), Some(Answer::Integer(24_200)));
        assert_eq!(typed(3, "spell_number"), Some(Answer::Integer(3)));
        assert_eq!(typed(3, "spell_start"), Some(Answer::Integer(24_100)));
        assert_eq!(typed(3, "spell_end"), Some(Answer::Integer(24_150)));
        let reasons = store.kept_reasons(draft).await.expect("reasons");
        assert_eq!(reasons["gap|work-spells.3|spell_start"], "as_on_paper");
        assert_eq!(reasons["gap|work-spells.2|spell_start"], "rare_but_true");
        // A page that still has the old number on it puts nothing over theirs.
        let answer = Some(Answer::Integer(24_160));
        let author = Author::new("luc", at(8));
        let late = SaveField { draft, field: of_spell(1, "spell_end"), answer, seen: 5, author };
        let late = store.save_field(late).await;
        assert!(matches!(late, Err(StoreError::Moved { kind: "draft", .. })));
    });
}
