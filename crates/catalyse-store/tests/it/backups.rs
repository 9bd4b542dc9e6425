//! Backup and restore, and what an erasure does to old backups.

use std::path::PathBuf;

use catalyse_store::{BackedUp, Break, Leaves, NewRecord, Selection, Store, StoreError};

use crate::place::{Place, on_each_engine, sqlite};
use crate::sample::{author, codebook, delivery, identity, record, situation};

#[expect(clippy::disallowed_methods, reason = "the test looks into the files of a backup")]
fn read(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).expect("a text")
}

#[expect(clippy::disallowed_methods, reason = "the test damages a backup")]
fn write(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).expect("written");
}

/// Makes a store with records, and a backup of it in a folder.
async fn backed_up(place: &Place, records: Vec<NewRecord>) -> (Store, PathBuf, BackedUp) {
    let store = place.create().await;
    store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
    let folder = place.folder.join("sauvegardes");
    let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
    (store, folder, backup)
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
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        let (store, folder, backup) = backed_up(place, records).await;
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
        let records = vec![record("P1", situation("owner", 1))];
        let (_store, _, backup) = backed_up(place, records).await;
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

#[test]
fn an_empty_folder_where_a_disk_was_is_unreached_and_takes_no_backup() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let (folder, disk) = (place.folder.join("disque"), place.folder.join("rangé"));
        let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
        std::fs::rename(&folder, &disk).expect("the disk is taken away");
        std::fs::create_dir(&folder).expect("the empty folder stays");
        let person = store.person("P1", None).await.expect("a person").id;
        let erased = store.erase(person, Leaves::Counts, &author(3)).await.expect("erased");
        assert_eq!(erased.unreached.len(), 1);
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0);
        let refused = store.back_up(&folder, &author(4)).await;
        assert!(matches!(refused, Err(StoreError::Impossible(_))));
        // Any backup, wherever it goes, reaches the disk once it is back.
        std::fs::remove_dir(&folder).expect("removed");
        std::fs::rename(&disk, &folder).expect("the disk is back");
        let elsewhere = place.folder.join("ailleurs");
        store.back_up(&elsewhere, &author(5)).await.expect("a backup");
        let target = sqlite();
        let from = (target.url.as_str(), backup.file.as_path());
        let (_, restored) =
            Store::restore(from, &codebook(), None, &author(6)).await.expect("restored");
        assert_eq!(restored.n_erased_since, 1);
    });
}

#[test]
fn a_lost_key_is_found_and_stays_on_the_sheet() {
    on_each_engine(async |place| {
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        let (store, folder, backup) = backed_up(place, records).await;
        place.rows("DELETE FROM person_key WHERE person = 1").await;
        let proof = store.verify().await.expect("a proof");
        assert_eq!(proof.breaks, [Break::Standing { kind: "person", number: 1 }]);
        let refused = store.back_up(&folder, &author(3)).await;
        assert!(matches!(refused, Err(StoreError::Broken("key"))));
        let person = store.person("P2", None).await.expect("a person").id;
        store.erase(person, Leaves::Counts, &author(4)).await.expect("erased");
        let target = sqlite();
        let from = (target.url.as_str(), backup.file.as_path());
        let (again, restored) =
            Store::restore(from, &codebook(), None, &author(5)).await.expect("restored");
        assert_eq!(restored.n_erased_since, 1);
        let left = again.records(&Selection::default()).await.expect("records");
        assert_eq!(left.iter().map(|one| one.key.person.as_str()).collect::<Vec<_>>(), ["P1"]);
    });
}

#[test]
fn codes_that_were_exchanged_and_persons_erased_behind_the_journal_are_found() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let records =
            vec![record("P1", situation("owner", 1)), record("P2", situation("tenant", 2))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        for sql in [
            "UPDATE person SET pseudonym = 'P0' WHERE id = 1",
            "UPDATE person SET pseudonym = 'P1' WHERE id = 2",
            "UPDATE person SET pseudonym = 'P2' WHERE id = 1",
        ] {
            place.rows(sql).await;
        }
        let breaks = store.verify().await.expect("a proof").breaks;
        let person = |number| Break::Standing { kind: "person", number };
        assert_eq!(breaks, [person(1), person(2)]);
        place.rows("DELETE FROM person_key WHERE person = 1").await;
        place.rows("UPDATE person SET state = 'erased', pseudonym = NULL WHERE id = 1").await;
        assert!(store.verify().await.expect("a proof").breaks.contains(&person(1)));
    });
}

#[test]
fn a_restore_that_failed_leaves_nothing_in_the_way() {
    on_each_engine(async |place| {
        let store = place.create().await;
        store
            .accept(&delivery("a", vec![record("P1", situation("owner", 1))]), &author(1))
            .await
            .expect("accepted");
        let backup = store.back_up(&place.folder.join("sauvegardes"), &author(2)).await;
        let backup = backup.expect("a backup");
        let target = sqlite();
        let other = catalyse_store::KeyFile::draw().expect("random");
        let from = (target.url.as_str(), backup.file.as_path());
        let failed = Store::restore(from, &codebook(), Some(other), &author(3)).await;
        assert!(matches!(failed, Err(StoreError::WrongKey)));
        let missing = (target.url.as_str(), std::path::Path::new("rien.sauvegarde"));
        assert!(Store::restore(missing, &codebook(), None, &author(3)).await.is_err());
        assert_eq!(std::fs::read_dir(&target.folder).expect("a folder").count(), 0);
        let folder = target.folder.display().to_string();
        let into = (folder.as_str(), backup.file.as_path());
        let refused = Store::restore(into, &codebook(), None, &author(3)).await;
        assert!(matches!(refused, Err(StoreError::File { .. })));
        Store::restore(from, &codebook(), None, &author(4)).await.expect("restored");
    });
}

#[cfg(unix)]
#[test]
fn nobody_but_its_owner_reads_a_store_or_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("a file").permissions().mode() & 0o777
    };
    on_each_engine(async |place| {
        let store = place.create().await;
        let folder = place.folder.join("sauvegardes");
        let backup = store.back_up(&folder, &author(2)).await.expect("a backup");
        let target = sqlite();
        let from = (target.url.as_str(), backup.file.as_path());
        let (_restored, _) =
            Store::restore(from, &codebook(), None, &author(3)).await.expect("restored");
        assert_eq!(mode(&folder), 0o700);
        for folder in [&folder, &target.folder, &place.folder] {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("a file").path();
                assert!(path.is_dir() || mode(&path) == 0o600, "{}", path.display());
            }
        }
        let names = std::fs::read_dir(&folder).expect("a folder").count();
        assert_eq!(names, 2, "a backup and its sheet, and no trial");
    });
}

#[expect(clippy::disallowed_methods, reason = "the test looks for a key in the files of a store")]
fn has(path: &str, text: &str) -> bool {
    let bytes = std::fs::read(path).expect("a file of the store");
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_reader_that_keeps_old_pages_is_told_of_and_the_next_backup_lets_go_of_them() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let place = sqlite();
        let store = place.create().await;
        let records = vec![record("P1", situation("owner", 1))];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let key = place.rows("SELECT secret FROM person_key").await.remove(0);
        let pool = place.raw().await;
        let mut reader = pool.begin().await.expect("a reader");
        sqlx::query("SELECT * FROM person").fetch_all(&mut *reader).await.expect("rows");
        let person = store.person("P1", None).await.expect("a person").id;
        let erased = store.erase(person, Leaves::Counts, &author(2)).await.expect("erased");
        assert!(erased.lingers);
        reader.rollback().await.expect("done reading");
        store.back_up(&place.folder.join("sauvegardes"), &author(3)).await.expect("a backup");
        for end in ["", "-wal"] {
            assert!(!has(&format!("{}{end}", place.url), &key), "{end}");
        }
    });
}
