//! Drafts: saved field by field, two people told, records at the end.

use catalyse_codebook::{Answer, MissingReason};
use catalyse_store::{
    Author, DraftId, Field, FinishedDraft, SaveField, Saved, Selection, Store, StoreError,
};
use sqlx::Executor;

use crate::place::on_each_engine;
use crate::sample::{
    at, author, delivery, identity, name, partner, record, situation, spell, text, wave,
};

fn field(variable: &str) -> Field {
    Field { form: None, number: 0, variable: name(variable) }
}

fn save(
    draft: DraftId,
    variable: &str,
    answer: Option<Answer>,
    (seen, who): (u64, &str),
) -> SaveField {
    SaveField { draft, field: field(variable), answer, seen, author: Author::new(who, at(100)) }
}

async fn open(store: &Store, person: Option<&str>) -> DraftId {
    let opened = store.open_draft(&partner("durbuy"), &wave("w1"), person, &author(1)).await;
    opened.expect("a draft").draft
}

#[test]
fn every_field_is_there_after_it_was_saved() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let draft = open(&store, None).await;
        for (variable, answer) in [
            ("tenure", Some(Answer::Code("owner".into()))),
            ("adults", Some(Answer::Missing(MissingReason::Refused))),
            ("last_name", Some(text("Exemple"))),
            ("adults", Some(Answer::Integer(2))),
            ("tenure", None),
        ] {
            let seen = store.draft(draft).await.expect("a draft").state.version;
            let saved = store.save_field(save(draft, variable, answer, (seen, "marie"))).await;
            assert_eq!(
                saved.expect("saved"),
                Saved::Done { version: seen + 1, others: Vec::new() }
            );
        }
        store.close().await;
        let draft = place.open().await.draft(draft).await.expect("a draft");
        let answer = |variable: &str| draft.fields[&field(variable)].answer.clone();
        assert!(answer("adults") == Some(Answer::Integer(2)));
        assert!(answer("last_name") == Some(text("Exemple")));
        assert!(answer("tenure").is_none());
        assert_eq!(draft.state.version, 5);
        // Nothing of it can be read in the tables.
        let rows = place.rows("SELECT content FROM draft_field ORDER BY variable").await.join(" ");
        assert!(!rows.contains("Exemple"));
    });
}

#[test]
fn nothing_is_overwritten_silently() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let draft = open(&store, None).await;
        let adults = |n| Some(Answer::Integer(n));
        store.save_field(save(draft, "adults", adults(1), (0, "marie"))).await.expect("saved");
        let saved = store.save_field(save(draft, "adults", adults(2), (0, "paul"))).await;
        let Saved::Conflict { theirs, version, by, .. } = saved.expect("told") else {
            panic!("paul had not seen marie's answer")
        };
        assert!(theirs == adults(1));
        assert_eq!((version, by.as_str()), (1, "marie"));
        // The same answer twice is no conflict; with the version seen, the second counts.
        let same = store.save_field(save(draft, "adults", adults(1), (0, "paul"))).await;
        assert!(matches!(same, Ok(Saved::Done { .. })));
        let mine = store.save_field(save(draft, "adults", adults(2), (2, "marie"))).await;
        assert_eq!(mine.expect("saved"), Saved::Done { version: 3, others: Vec::new() });
        let other = store.save_field(save(draft, "tenure", None, (0, "paul"))).await;
        assert_eq!(other.expect("saved"), Saved::Done { version: 4, others: vec!["marie".into()] });
    });
}

#[test]
fn a_draft_becomes_records_of_a_new_person() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let draft = open(&store, None).await;
        store
            .save_field(save(draft, "adults", Some(Answer::Integer(1)), (0, "marie")))
            .await
            .expect("saved");
        let mut main = record("", situation("owner", 1));
        main.person = None;
        main.answers.extend(identity("Anna", "Exemple", 7_000, Some("93051822361")));
        let mut one_spell = spell("", 1, 24_000);
        one_spell.person = None;
        let finished = |seen| FinishedDraft {
            draft,
            seen,
            seen_line: None,
            records: vec![main.clone(), one_spell.clone()],
        };
        let early = store.accept_draft(&finished(0), &author(2)).await;
        assert!(matches!(early, Err(StoreError::Moved { .. })));
        let made = store.accept_draft(&finished(1), &author(2)).await.expect("accepted");
        assert_eq!(made.len(), 2);
        let main = store.record(made[0]).await.expect("a record");
        assert!(main.key.person.starts_with("p-"));
        assert!(main.answers == situation("owner", 1));
        let known = store.identity(main.person, &author(3)).await.expect("an identity");
        assert!(known.get(&name("last_name")) == Some(&text("Exemple")));
        assert!(store.drafts(None).await.expect("drafts").is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_draft_stands_on_records_and_is_refused_once_they_moved() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records = vec![record("P1", situation("owner", 1)), spell("P1", 1, 24_000)];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let draft = open(&store, Some("P1")).await;
        let again = store.open_draft(&partner("durbuy"), &wave("w1"), Some("P1"), &author(5)).await;
        assert_eq!(again.expect("a draft").already, Some(("marie".to_owned(), at(1))));
        assert_eq!(store.draft(draft).await.expect("a draft").base.len(), 2);
        // The spell is gone from the finished draft: it goes from the records, and its history stays.
        let finished = FinishedDraft {
            draft,
            seen: 0,
            seen_line: None,
            records: vec![record("P1", situation("owner", 4))],
        };
        store.accept_draft(&finished, &author(6)).await.expect("accepted");
        let left = store.records(&Selection::default()).await.expect("records");
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].revision, 2);
        let draft = open(&store, Some("P1")).await;
        store.edit(left[0].id, 2, (situation("owner", 5), &[]), &author(7)).await.expect("edited");
        let finished = FinishedDraft { draft, seen: 0, ..finished };
        let moved = store.accept_draft(&finished, &author(8)).await;
        assert!(matches!(moved, Err(StoreError::Moved { kind: "record", .. })));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_dropped_draft_leaves_neither_fields_nor_key() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let draft = open(&store, None).await;
        store
            .save_field(save(draft, "last_name", Some(text("Exemple")), (0, "marie")))
            .await
            .expect("saved");
        store.drop_draft(draft, &author(2)).await.expect("dropped");
        for sql in ["SELECT * FROM draft_field", "SELECT * FROM person_key", "SELECT * FROM draft"]
        {
            assert!(place.rows(sql).await.is_empty(), "{sql}");
        }
        let unknown = store.save_field(save(draft, "tenure", None, (0, "marie"))).await;
        assert!(matches!(unknown, Err(StoreError::Unknown { .. })));
    });
}

#[test]
fn the_number_of_a_draft_that_is_gone_is_given_to_no_other() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let first = open(&store, None).await;
        store.drop_draft(first, &author(2)).await.expect("dropped");
        let late = store.save_field(save(first, "adults", Some(Answer::Integer(2)), (0, "marie")));
        assert!(late.await.is_err(), "a page that is still open saves into nothing");
        let second = open(&store, None).await;
        assert_ne!(first, second);
        let stamp = store.draft_stamp(second).await.expect("a stamp");
        assert_eq!((stamp.version, stamp.has_moved_base), (0, false));
        assert!(store.draft_stamp(first).await.is_err());
    });
}

#[test]
fn a_listing_opens_nothing_and_leaves_other_partners_out() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records = vec![record("DUR-1", situation("owner", 2))];
        store.accept(&delivery("1", records), &author(1)).await.expect("accepted");
        let listed = store.listing(&partner("durbuy")).await.expect("a list");
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].key.person, "DUR-1");
        let opened = store.record(listed[0].id).await.expect("a record");
        let of_person = store.records_of(listed[0].person).await.expect("records");
        assert!(of_person.contains(&opened));
        assert!(store.listing(&partner("hotton")).await.expect("a list").is_empty());
    });
}

#[test]
fn a_save_waits_behind_a_long_import_and_reading_goes_on() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let draft = open(&store, None).await;
        let mut import = place.hold(store.engine()).await;
        let typed = save(draft, "adults", Some(Answer::Integer(2)), (0, "marie"));
        let typist = store.clone();
        let saving = tokio::spawn(async move { typist.save_field(typed).await });
        for _ in 0..50 {
            assert_eq!(store.draft(draft).await.expect("a draft").state.version, 0);
        }
        assert!(!saving.is_finished(), "nothing is written over another's change");
        import.execute("COMMIT").await.expect("the import ends");
        let saved = saving.await.expect("it ends").expect("saved");
        assert_eq!(saved, Saved::Done { version: 1, others: Vec::new() });
    });
}

#[test]
fn a_new_code_opens_the_draft_in_which_it_was_typed() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let open = async |of_wave: &str, of_partner: &str, second: i64| {
            let (partner, wave) = (partner(of_partner), wave(of_wave));
            store.open_draft(&partner, &wave, Some("NEW-1"), &author(second)).await.expect("open")
        };
        let first = open("w1", "durbuy", 1).await;
        assert_eq!(first.already, None);
        let again = open("w1", "durbuy", 2).await;
        assert_eq!(again.draft, first.draft);
        assert_eq!(again.already, Some(("marie".to_owned(), at(1))));
        assert_ne!(open("w2", "durbuy", 3).await.draft, first.draft);
        assert_ne!(open("w1", "hotton", 4).await.draft, first.draft);
        let typed = store.typed_codes(&partner("durbuy")).await.expect("codes");
        assert_eq!(typed.len(), 2);
        assert_eq!(typed.get(&first.draft).map(String::as_str), Some("NEW-1"));
        let rows = place.rows("SELECT * FROM draft_field").await.join("\n");
        assert!(!rows.contains("NEW-1"), "the code is sealed");
        store.drop_draft(first.draft, &author(5)).await.expect("dropped");
        assert_eq!(open("w1", "durbuy", 6).await.already, None);
    });
}
