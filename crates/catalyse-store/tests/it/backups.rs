//! Backup and restore, and what an erasure does to old backups.

use catalyse_store::{Leaves, Selection, Store, StoreError};

use crate::place::{on_each_engine, sqlite};
use crate::sample::{author, codebook, delivery, identity, record, situation};

#[expect(clippy::disallowed_methods, reason = "the test looks into the files of a backup")]
fn read(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).expect("a text")
}

#[expect(clippy::disallowed_methods, reason = "the test damages a backup")]
fn write(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).expect("written");
}

#[test]
fn a_backup_from_before_a_purge_gives_whoever_was_purged_back_empty() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let known = identity("Anne", "Exemple", 6_000, None);
        let both: catalyse_codebook::Answers =
            situation("owner", 1).into_iter().chain(known).collect();
        let records = vec![record("P1", both), record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let folder = place.folder.join("sauvegardes");
        let old = store.back_up(&folder, &author(2)).await.expect("a backup");
        // The identity of P1 is past its retention; of P2 nothing is known that is.
        let day = jiff::civil::date(2026, 1, 1);
        let purged = store.purge(day, Leaves::Counts, &author(3)).await.expect("purged");
        assert_eq!((purged.n_trimmed, purged.n_erased), (1, 0));
        let to = place.folder.join("ancien.db").display().to_string();
        let (restored, said) = Store::restore((&to, &old.file), &codebook(), None, &author(4))
            .await
            .expect("restored");
        assert_eq!((said.n_erased_since, said.n_purged_since), (0, 1));
        assert_eq!(said.proof.breaks, Vec::new());
        let left = restored.records(&Selection::default()).await.expect("records");
        assert_eq!(left.iter().map(|one| one.key.person.as_str()).collect::<Vec<_>>(), ["P2"]);
        restored.close().await;
        let new = store.back_up(&folder, &author(5)).await.expect("a backup");
        let to = place.folder.join("nouveau.db").display().to_string();
        let (restored, said) = Store::restore((&to, &new.file), &codebook(), None, &author(6))
            .await
            .expect("restored");
        assert_eq!((said.n_erased_since, said.n_purged_since), (0, 0));
        assert_eq!(restored.records(&Selection::default()).await.expect("records").len(), 2);
    });
}

#[test]
fn a_backup_becomes_the_same_store_on_either_engine() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let mut one = record("P1", situation("owner", 1));
        one.answers.extend(identity("Anna", "Exemple", 7_000, None));
        let records = vec![one, record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let folder = place.folder.join("sauvegardes");
        let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
        assert!(backup.proof.is_whole());
        let text = read(&backup.file);
        assert!(!text.contains("Exemple") && !text.contains("person_key"));
        let target = sqlite();
        let from = (target.url.as_str(), backup.file.as_path());
        let key = Some(place.key.clone());
        let (again, restored) =
            Store::restore(from, &codebook(), key, &author(3)).await.expect("restored");
        assert!(restored.proof.is_whole());
        assert_eq!((restored.n_rows, restored.n_erased_since), (backup.n_rows, 0));
        let all = Selection::default();
        assert_eq!(
            again.records(&all).await.expect("records"),
            store.records(&all).await.expect("records")
        );
        let person = again.person("P1", None).await.expect("a person").id;
        assert!(again.identity(person, &author(4)).await.expect("identity").len() == 3);
        let twice = Store::restore(from, &codebook(), None, &author(5)).await;
        assert!(matches!(twice, Err(StoreError::Exists(_))));
    });
}

#[test]
fn whoever_is_erased_is_gone_from_old_backups() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let folder = place.folder.join("sauvegardes");
        let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
        let person = store.person("P1", None).await.expect("a person").id;
        let erased = store.erase(person, Leaves::Counts, &author(3)).await.expect("erased");
        assert!(erased.unreached.is_empty());
        let target = sqlite();
        let from = (target.url.as_str(), backup.file.as_path());
        let (again, restored) =
            Store::restore(from, &codebook(), None, &author(4)).await.expect("restored");
        assert_eq!(restored.n_erased_since, 1);
        assert!(restored.proof.is_whole(), "{:?}", restored.proof.breaks);
        let left = again.records(&Selection::default()).await.expect("records");
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].key.person, "P2");
        // A folder that cannot be reached is told.
        std::fs::remove_dir_all(&folder).expect("removed");
        let person = store.person("P2", None).await.expect("a person").id;
        let erased = store.erase(person, Leaves::Counts, &author(5)).await.expect("erased");
        assert_eq!(erased.unreached.len(), 1);
    });
}

#[test]
fn a_damaged_backup_is_refused() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let folder = place.folder.join("sauvegardes");
        let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
        let whole = read(&backup.file);
        let half = whole.get(..whole.len() / 2).expect("ASCII").to_owned();
        for damaged in [half, whole.replacen("durbuy", "hotton", 1), String::new()] {
            write(&backup.file, &damaged);
            let target = sqlite();
            let from = (target.url.as_str(), backup.file.as_path());
            let refused = Store::restore(from, &codebook(), None, &author(3)).await;
            assert!(matches!(refused, Err(StoreError::Damaged(_))));
        }
    });
}
