//! Records: as they stand and as they were.

use catalyse_codebook::Answer;
use catalyse_store::{Past, Selection, StoreError, changes};

use crate::place::on_each_engine;
use crate::sample::{at, author, delivery, identity, name, record, situation, wave};

#[test]
fn every_past_state_can_be_shown_with_who_when_and_why() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", first), &author(10)).await.expect("accepted");
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        let why = author(20).because("relu avec la personne");
        let revision = store.edit(id, 1, (situation("owner", 2), &[]), &why).await.expect("edited");
        assert_eq!(revision, 2);
        let history = store.history(id).await.expect("history");
        assert_eq!(history[0].line.batch, Some(1));
        assert_eq!(history[1].line.why, "relu avec la personne");
        assert_eq!((history[1].line.at, history[1].line.who.as_str()), (at(20), "marie"));
        let (Past::Answers(old), Past::Answers(new)) = (&history[0].was, &history[1].was) else {
            panic!("both revisions are there")
        };
        let changed = changes(old, new);
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].variable, name("adults"));
        assert!(changed[0].old == Some(Answer::Integer(1)));
        assert!(store.record_at(id, at(5)).await.expect("history").is_none());
        let between = store.record_at(id, at(15)).await.expect("history");
        assert!(between == Some(Past::Answers(situation("owner", 1))));
    });
}

#[test]
fn two_people_on_one_record_are_told() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", first), &author(1)).await.expect("accepted");
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        store.edit(id, 1, (situation("owner", 2), &[]), &author(2)).await.expect("edited");
        let late = store.edit(id, 1, (situation("owner", 3), &[]), &author(3)).await;
        assert!(matches!(late, Err(StoreError::Moved { .. })));
        assert!(store.record(id).await.expect("a record").answers == situation("owner", 2));
    });
}

#[test]
fn records_are_chosen_by_wave_partner_and_person() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut second = record("P1", situation("owner", 1));
        second.wave = wave("w2");
        let records = vec![record("P1", situation("owner", 1)), second];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        for (selection, n_records) in [
            (Selection::default(), 2),
            (Selection { wave: Some(wave("w2")), ..Selection::default() }, 1),
            (Selection { wave: Some(wave("w3")), ..Selection::default() }, 0),
            (
                Selection {
                    partner: Some(crate::sample::partner("hotton")),
                    ..Selection::default()
                },
                0,
            ),
        ] {
            assert_eq!(store.records(&selection).await.expect("records").len(), n_records);
        }
    });
}

#[test]
fn an_identity_is_not_put_in_through_an_edit() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", first), &author(1)).await.expect("accepted");
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        let answers = identity("Anna", "Exemple", 0, None);
        let refused = store.edit(id, 1, (answers, &[]), &author(2)).await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
    });
}
