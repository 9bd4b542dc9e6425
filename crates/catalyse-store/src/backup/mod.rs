//! Backup and restore: one text file with every table, taken while others work, read back and proven before it is called a backup.
//!
//! The same file goes into SQLite and PostgreSQL, so that a partnership that outgrows one PC moves by a backup and a restore.

mod text;

use std::path::{Path, PathBuf};

use catalyse_codebook::Codebook;
use serde_json::json;

use crate::engine::file::{make_folder, take_away};
use crate::engine::{Engine, Pools};
use crate::journal::{Act, Action, steps};
use crate::keys::cipher::random;
use crate::keys::key_sheet::{self, write_whole};
use crate::person::erase::{Leaves, empty_unopened, erase_in};
use crate::person::mark;
use crate::{Author, KeyFile, Proof, Store, StoreError, about};

use text::{dump, load};

/// Says what a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The file.
    pub file: PathBuf,
    /// Rows of all tables.
    pub n_rows: u64,
    /// The proof of the store that was made of the file again.
    pub proof: Proof,
}

/// Says what a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows of all tables.
    pub n_rows: u64,
    /// Persons who were erased after the backup was taken, and were erased here again.
    pub n_erased_since: u64,
    /// Persons of whom answers were purged after the backup was taken: a purge gives them a new key, and nothing in the backup opens with it.
    pub n_purged_since: u64,
    /// The proof of the restored store.
    pub proof: Proof,
}

impl Store {
    /// Writes a backup into a folder while others work, makes a store of it again in a place of its own, and proves that.
    ///
    /// # Errors
    /// The folder cannot be written; the backup does not prove itself (it is removed, and the store should be proven).
    pub async fn back_up(&self, folder: &Path, author: &Author) -> Result<BackedUp, StoreError> {
        let failed = |source| StoreError::File { path: folder.to_owned(), source };
        make_folder(folder)?;
        let folder = folder.canonicalize().map_err(failed)?;
        let mut act = Act::begin(&self.pools, author, Action::Backup).await?;
        if mark::has_lost_key(&mut act.writing).await? {
            return Err(StoreError::Broken("key"));
        }
        if key_sheet::is_away(&mut act.writing, &folder).await? {
            return Err(StoreError::Impossible("the folder held backups and holds none now"));
        }
        if about::value(&mut act.writing, "store_id").await?.is_none() {
            let id = blake3::Hash::from_bytes(random()?).to_hex().to_string();
            about::set(&mut act.writing, "store_id", &id).await?;
        }
        key_sheet::remember_folder(&mut act.writing, &folder).await?;
        let line = act.finish(&json!({}), None).await?;
        let mut reading = self.pools.begin_reading().await?;
        let (text, n_rows) = dump(&mut reading).await?;
        let day = author.at.to_string();
        let day = day.get(..10).unwrap_or_default();
        let file = folder.join(format!("catalyse-{day}-{line}.sauvegarde"));
        reading.rollback().await?;
        key_sheet::renew(self, &folder).await?;
        // What an erasure could not reach then, a folder or an old page of the file, may be within reach now.
        key_sheet::renew_all(self).await?;
        self.pools.forget().await?;
        write_whole(&file, text.as_bytes())?;
        match self.prove_backup(&file, author).await {
            Ok(proof) => Ok(BackedUp { file, n_rows, proof }),
            Err(error) => {
                std::fs::remove_file(&file).map_err(failed)?;
                Err(error)
            }
        }
    }

    /// Makes a store of a backup in memory, and proves it: with the keys it lies on no disk.
    async fn prove_backup(&self, file: &Path, author: &Author) -> Result<Proof, StoreError> {
        let pools = Pools::in_memory().await?;
        let store = Self { pools, ..self.clone() };
        let proof = async {
            store.pools.migrate().await?;
            load(&store, file).await?;
            let mut reading = store.pools.begin_reading().await?;
            let is_behind = mark::has_lost_key(&mut reading).await?
                || !mark::of_another_key(&mut reading).await?.is_empty();
            reading.rollback().await?;
            // Somebody was erased or purged while the backup was written.
            if is_behind {
                store.erase_without_key(author).await?;
            }
            store.verify().await
        };
        let proof = proof.await;
        store.close().await;
        let proof = proof?;
        if proof.is_whole() { Ok(proof) } else { Err(StoreError::Damaged(file.to_owned())) }
    }

    /// Makes a store of a backup, at a place where there is none. Whoever was erased since the backup is erased in it too.
    ///
    /// # Errors
    /// There is a store already; the file or the sheet of keys beside it is damaged; it holds another study.
    pub async fn restore(
        (url, file): (&str, &Path),
        codebook: &Codebook,
        key: Option<KeyFile>,
        author: &Author,
    ) -> Result<(Self, Restored), StoreError> {
        let place = crate::engine::file_of(url);
        let was_there = place.exists();
        let pools = Pools::connect(url, true).await?;
        if pools.holds_store().await? {
            return Err(StoreError::Exists(crate::store::shown(url)));
        }
        let store = Self::new(url, pools, codebook, key);
        match store.fill(file, author).await {
            Ok(restored) => Ok((store, restored)),
            Err(error) => {
                store.close().await;
                if store.engine() == Engine::Sqlite && !was_there {
                    take_away(&place);
                }
                Err(error)
            }
        }
    }

    /// Fills an empty store from a backup.
    async fn fill(&self, file: &Path, author: &Author) -> Result<Restored, StoreError> {
        self.pools.migrate().await?;
        let n_rows = load(self, file).await?;
        steps::adopt(&self.pools).await?;
        let (n_erased_since, n_purged_since) = self.erase_without_key(author).await?;
        let proof = self.verify().await?;
        Ok(Restored { n_rows, n_erased_since, n_purged_since, proof })
    }

    /// Erases the persons whose key is no longer on the sheet, empties those whose key is another one, and notes the restore.
    async fn erase_without_key(&self, author: &Author) -> Result<(u64, u64), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Restore).await?;
        let rows = sqlx::query(
            "SELECT p.id FROM person p LEFT JOIN person_key k ON k.person = p.id \
             WHERE p.state <> 'erased' AND k.person IS NULL ORDER BY p.id",
        );
        let mut erased = Vec::new();
        for row in rows.fetch_all(&mut *act.writing).await? {
            let person = crate::engine::number(&row, "id")?;
            erase_in(&mut act, person, Leaves::Counts).await?;
            erased.push(person);
        }
        let n_erased = erased.len() as u64;
        let purged = empty_unopened(&mut act).await?;
        erased.extend(&purged);
        act.finish(&json!({ "persons": erased }), None).await?;
        Ok((n_erased, purged.len() as u64))
    }
}
