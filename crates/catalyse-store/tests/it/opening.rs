//! Opening and creating.

use catalyse_codebook::{Codebook, SchemaFiles, starter};
use catalyse_store::{Engine, KeyFile, Store, StoreError};

use crate::place::{on_each_engine, sqlite};
use crate::sample::{author, codebook};

#[test]
fn a_store_is_made_once_and_opened_again() {
    on_each_engine(async |place| {
        let nothing = Store::open(&place.url, &codebook(), None).await;
        assert!(matches!(nothing, Err(StoreError::NotThere(_))));
        let store = place.create().await;
        let about = store.about().await.expect("about");
        assert_eq!((about.study.as_str(), about.n_lines), ("integra", 1));
        store.close().await;
        let again = Store::create(&place.url, &codebook(), None, &author(1)).await;
        assert!(matches!(again, Err(StoreError::Exists(_))));
        let store = place.open().await;
        assert_eq!(store.about().await.expect("about"), about);
        assert!(store.is_current().await.expect("about"));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn another_study_and_another_key_file_are_refused() {
    on_each_engine(async |place| {
        place.create().await.close().await;
        let mut files = SchemaFiles::bundled();
        for (path, text) in starter() {
            files.add(format!("mine/{path}"), text);
        }
        let other = Codebook::open(&files, "mine").expect("the starter").codebook;
        let opened = Store::open(&place.url, &other, None).await;
        assert!(matches!(opened, Err(StoreError::OtherStudy { .. })));
        let wrong = KeyFile::draw().expect("random");
        let opened = Store::open(&place.url, &codebook(), Some(wrong)).await;
        assert!(matches!(opened, Err(StoreError::WrongKey)));
        assert!(Store::open(&place.url, &codebook(), None).await.is_ok());
    });
}

#[test]
fn a_changed_study_is_told_and_adopted_with_a_line_in_the_journal() {
    on_each_engine(async |place| {
        place.create().await.close().await;
        let mut changed = codebook();
        changed.forms.pop();
        let store = Store::open(&place.url, &changed, None).await.expect("a store");
        assert!(!store.is_current().await.expect("about"));
        store.adopt_study(&author(1)).await.expect("adopted");
        assert!(store.is_current().await.expect("about"));
        assert_eq!(store.about().await.expect("about").n_lines, 2);
        store.adopt_study(&author(2)).await.expect("nothing to adopt");
        assert_eq!(store.about().await.expect("about").n_lines, 2);
    });
}

#[test]
fn a_path_may_hold_blanks_and_signs() {
    let place = sqlite();
    let path = place.folder.join("dépôt n° 1 #50% ?.db");
    let url = path.display().to_string().replace('?', "");
    let runtime = catalyse_store::Waiter::new().expect("a runtime");
    runtime.wait(async {
        let store = Store::create(&url, &codebook(), None, &author(0)).await.expect("created");
        assert_eq!(store.engine(), Engine::Sqlite);
        store.close().await;
        assert!(std::path::Path::new(&url).is_file());
        assert!(Store::open(&url, &codebook(), None).await.is_ok());
    });
}

#[test]
fn sqlite_is_safe_against_a_power_cut() {
    let place = sqlite();
    let runtime = catalyse_store::Waiter::new().expect("a runtime");
    runtime.wait(async {
        let store = place.create().await;
        let journal = place.rows("PRAGMA journal_mode").await;
        assert_eq!(journal, ["wal"]);
        store.close().await;
    });
}
