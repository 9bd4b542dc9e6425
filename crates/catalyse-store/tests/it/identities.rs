//! Identities: apart, sealed, and known only by who holds the key file.

use catalyse_store::{Action, JournalPage, Selection, Store, StoreError};

use crate::place::on_each_engine;
use crate::sample::{author, codebook, delivery, identity, name, record, situation, text, wave};

#[test]
fn losing_the_key_file_loses_identities_and_no_situation() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.answers.extend(identity("Anna", "Exemple", 7_000, None));
        store.accept(&delivery("a", vec![one.clone()]), &author(1)).await.expect("accepted");
        let person = store.person("P1", None).await.expect("a person").id;
        store.close().await;
        let store = Store::open(&place.url, &codebook(), None).await.expect("a store");
        let records = store.records(&Selection::default()).await.expect("records");
        assert!(records[0].answers == situation("owner", 1));
        assert!(matches!(store.identity(person, &author(2)).await, Err(StoreError::NoKey)));
        let refused = store.accept(&delivery("b", vec![one]), &author(3)).await;
        assert!(matches!(refused, Err(StoreError::NoKey)));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn nothing_of_an_identity_stands_in_clear_anywhere() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.answers.extend(identity("Anna", "Exemple", 7_000, Some("93051822361")));
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let mut all = Vec::new();
        for sql in [
            "SELECT * FROM record",
            "SELECT * FROM revision",
            "SELECT * FROM identity",
            "SELECT * FROM person",
            "SELECT * FROM journal",
        ] {
            all.extend(place.rows(sql).await);
        }
        let all = all.join("\n");
        for secret in ["Anna", "Exemple", "93051822361", "1989"] {
            assert!(!all.contains(secret), "{secret}");
        }
        if store.engine() == catalyse_store::Engine::Sqlite {
            store.close().await;
            #[expect(clippy::disallowed_methods, reason = "the test reads what lies on the disk")]
            let bytes = std::fs::read(&place.url).expect("the file of the store");
            assert!(!bytes.windows(7).any(|window| window == b"Exemple"));
        }
    });
}

#[test]
fn a_code_is_made_of_the_national_number_else_of_names_and_birth() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let code = |answers| store.pseudonym_of(&answers).expect("a key file");
        let number = code(identity("Anna", "Exemple", 7_000, Some("93051822361")));
        assert_eq!(number, code(identity("Anne", "Autre", 9, Some("93051822361"))));
        let names = code(identity("Anna", "Exemple", 7_000, None));
        assert_ne!(number, names);
        // Case, accents and swapped names are the same person; another day of birth is another.
        assert_eq!(names, code(identity("EXEMPLE", "ánna", 7_000, None)));
        assert_ne!(names, code(identity("Anna", "Exemple", 7_001, None)));
        assert_eq!(code(situation("owner", 1)), None);
        let made = names.expect("a code");
        assert!(catalyse_codebook::types::find("pseudonym").is_some());
        assert!(made.len() <= 64 && made.starts_with("p-"));
    });
}

#[test]
fn a_later_wave_adds_to_an_identity_and_takes_nothing_away() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.answers.extend(identity("Anna", "Exemple", 7_000, None));
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let mut two = record("P1", situation("owner", 1));
        two.wave = wave("w2");
        two.answers.insert(name("national_number"), text("93051822361"));
        store.accept(&delivery("b", vec![two]), &author(2)).await.expect("accepted");
        let person = store.person("P1", None).await.expect("a person").id;
        let known = store.identity(person, &author(3)).await.expect("an identity");
        assert!(known == identity("Anna", "Exemple", 7_000, Some("93051822361")));
        // Undone, the second leaves what the first brought.
        let undone = store
            .undo(catalyse_store::BatchId(2), &std::collections::BTreeSet::new(), &author(4))
            .await;
        undone.expect("undone");
        let known = store.identity(person, &author(5)).await.expect("an identity");
        assert!(known == identity("Anna", "Exemple", 7_000, None));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn whoever_looks_at_an_identity_stands_in_the_journal_and_corrections_keep_what_was() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.answers.extend(identity("Anna", "Exmple", 7_000, None));
        store.accept(&delivery("a", vec![one]), &author(1)).await.expect("accepted");
        let person = store.person("P1", None).await.expect("a person").id;
        let right = identity("Anna", "Exemple", 7_000, None);
        store.rectify(person, right.clone(), &author(2)).await.expect("rectified");
        assert!(store.identity(person, &author(3)).await.expect("an identity") == right);
        let page = JournalPage { at_most: 10, action: Some(Action::IdentityRead), before: None };
        let lines = store.journal(&page).await.expect("lines");
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].subject, format!("{{\"person\":{}}}", person.0));
        let wrong = store.rectify(person, situation("owner", 1), &author(4)).await;
        assert!(matches!(wrong, Err(StoreError::Impossible(_))));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}
