//! Editions: fixed once, byte for byte, counted by wave, and proven with the rest.

use std::collections::BTreeSet;

use catalyse_store::{
    Action, EditionChange, EditionFile, JournalPage, Leaves, NewEdition, Selection, Store,
    StoreError,
};
use sqlx::Executor;

use crate::place::{on_each_engine, sqlite};
use crate::sample::{author, codebook, delivery, record, situation, wave};

fn edition(number: u64, stands_on: u64, bytes: &[u8]) -> NewEdition {
    let file = |name: &str, bytes: &[u8]| EditionFile { name: name.into(), bytes: bytes.to_vec() };
    NewEdition {
        wave: wave("w1"),
        number,
        note: "pour le comité".into(),
        stands_on,
        files: vec![file("fr/rapport.html", bytes), file("fr/rapport.zip", &[0, 255, 10, 0])],
    }
}

async fn bring(store: &Store, name: &str, codes: &[&str], adults: i64) {
    let records = codes.iter().map(|code| record(code, situation("owner", adults))).collect();
    store.accept(&delivery(name, records), &author(1)).await.expect("accepted");
}

#[test]
fn an_edition_keeps_its_bytes_and_says_who_fixed_it() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let on = store.last_line().await.expect("a line");
        let id = store.fix_edition(&edition(1, on, b"une page"), &author(2)).await.expect("fixed");
        let listed = store.editions().await.expect("editions").remove(0);
        assert_eq!((listed.id, listed.number, listed.stands_on), (id, 1, on));
        assert_eq!((listed.wave.as_str(), listed.note.as_str()), ("w1", "pour le comité"));
        assert_eq!(listed.line.who, "marie");
        let sizes = [("fr/rapport.html".to_owned(), 8), ("fr/rapport.zip".to_owned(), 4)];
        assert_eq!(listed.files, sizes);
        let bytes = store.edition_file(id, "fr/rapport.zip").await.expect("a file");
        assert_eq!(bytes, [0, 255, 10, 0]);
        let none = store.edition_file(id, "fr/autre.zip").await;
        assert!(matches!(none, Err(StoreError::Unknown { .. })));
        let of_action = JournalPage { action: Some(Action::Edition), at_most: 9, before: None };
        assert_eq!(store.journal(&of_action).await.expect("lines").len(), 1);
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn printed_counts_are_kept_from_edition_to_edition() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let until = ["w1"];
        let outlook = store.edition_outlook("w1", &until).await.expect("an outlook");
        assert_eq!((outlook.number, outlook.change), (1, EditionChange::First));
        bring(&store, "a.csv", &["DUR-1", "DUR-2"], 1).await;
        for (number, counts) in [(1, Some("un")), (2, None), (3, Some("trois"))] {
            let on = store.last_line().await.expect("a line");
            let mut edition = edition(number, on, b"une page");
            if let Some(counts) = counts {
                let name = EditionFile::PRINTED.to_owned();
                edition.files.push(EditionFile { name, bytes: counts.into() });
            }
            store.fix_edition(&edition, &author(2)).await.expect("fixed");
        }
        let printed = store.printed_counts().await.expect("counts");
        assert_eq!(printed, [b"un".to_vec(), b"trois".to_vec()]);
        let change = async || {
            let outlook = store.edition_outlook("w1", &until).await.expect("an outlook");
            assert_eq!(outlook.number, 4);
            outlook.change
        };
        assert_eq!(change().await, EditionChange::Nothing);
        bring(&store, "b.csv", &["DUR-1"], 3).await;
        assert_eq!(change().await, EditionChange::Few);
        let codes: Vec<String> = (0..10).map(|number| format!("DUR-1{number}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        bring(&store, "c.csv", &codes, 1).await;
        assert_eq!(change().await, EditionChange::Many);
    });
}

#[test]
fn of_two_who_fix_the_same_edition_the_second_is_told() {
    on_each_engine(async |place| {
        let store = place.create().await;
        store.fix_edition(&edition(1, 1, b"une"), &author(2)).await.expect("fixed");
        let again = store.fix_edition(&edition(1, 1, b"autre"), &author(3)).await;
        assert!(matches!(again, Err(StoreError::Moved { kind: "edition", .. })));
        store.fix_edition(&edition(2, 1, b"autre"), &author(4)).await.expect("the next");
        let numbers: Vec<u64> =
            store.editions().await.expect("editions").iter().map(|one| one.number).collect();
        assert_eq!(numbers, [2, 1]);
    });
}

#[test]
fn persons_who_changed_since_are_counted_once_with_those_who_were_erased() {
    on_each_engine(async |place| {
        let store = place.create().await;
        bring(&store, "a", &["P1", "P2", "P3"], 1).await;
        let line = store.last_line().await.expect("a line");
        assert!(store.changed_since(line).await.expect("persons").is_empty());
        bring(&store, "b", &["P1", "P2", "P3"], 2).await;
        bring(&store, "c", &["P1"], 3).await;
        let changed = store.changed_since(line).await.expect("persons");
        assert_eq!(changed.get("w1").map(BTreeSet::len), Some(3));
        let line = store.last_line().await.expect("a line");
        let person = store.records(&Selection::default()).await.expect("records")[0].person;
        store.erase(person, Leaves::Counts, &author(5)).await.expect("erased");
        let changed = store.changed_since(line).await.expect("persons");
        assert_eq!(changed.get("w1").map(|persons| persons.contains(&person)), Some(true));
    });
}

#[test]
fn an_edition_that_was_changed_behind_the_store_is_found_and_not_handed_out() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let fixed = store.fix_edition(&edition(1, 1, b"une page"), &author(2)).await;
        let id = fixed.expect("fixed");
        let raw = place.raw().await;
        for (change, back) in [
            (
                "UPDATE edition_file SET content = 'AAAA' WHERE position = 1",
                "UPDATE edition_file SET content = 'dW5lIHBhZ2U' WHERE position = 1",
            ),
            ("UPDATE edition SET note = 'autre'", "UPDATE edition SET note = 'pour le comité'"),
            (
                "UPDATE edition_file SET name = 'autre' WHERE position = 2",
                "UPDATE edition_file SET name = 'fr/rapport.zip' WHERE position = 2",
            ),
            ("DELETE FROM edition_file WHERE position = 2", "SELECT 1"),
        ] {
            raw.execute(change).await.expect("changed");
            assert!(!store.verify().await.expect("a proof").is_whole(), "{change}");
            if change.contains("content") {
                let file = store.edition_file(id, "fr/rapport.html").await;
                assert!(matches!(file, Err(StoreError::Broken("edition"))));
            }
            raw.execute(back).await.expect("changed back");
            let is_whole = store.verify().await.expect("a proof").is_whole();
            assert_eq!(is_whole, !change.starts_with("DELETE"), "{back}");
        }
        raw.close().await;
    });
}

#[test]
fn a_backup_brings_the_editions_back() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let fixed = store.fix_edition(&edition(1, 1, b"une page"), &author(2)).await;
        let id = fixed.expect("fixed");
        let folder = place.folder.join("sauvegardes");
        let backed_up = store.back_up(&folder, &author(3)).await.expect("a backup");
        let other = sqlite();
        let from = (other.url.as_str(), backed_up.file.as_path());
        let restored = Store::restore(from, &codebook(), Some(place.key.clone()), &author(4)).await;
        let (store, said) = restored.expect("restored");
        assert!(said.proof.is_whole());
        assert_eq!(store.edition_file(id, "fr/rapport.html").await.expect("bytes"), b"une page");
    });
}
