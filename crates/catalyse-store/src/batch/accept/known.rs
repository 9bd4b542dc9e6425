//! What the store knows of the files of a delivery: whether they were accepted before, and which of their rows stayed out then.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AnyConnection;

use crate::StoreError;
use crate::batch::DeliveredFile;
use crate::engine::{number, text};

/// Holds which files of a delivery were part of a batch that counts.
pub(super) struct Known {
    /// The files of the delivery by name, with the hash of each.
    files: BTreeMap<String, String>,
    /// The hashes of files that were accepted before.
    accepted: BTreeSet<String>,
    /// Of those, the hashes of files that the study judged as it is now.
    judged: BTreeSet<String>,
    /// Rows that stayed out then, by the hash of their file and their place in it.
    aside: BTreeSet<(String, String)>,
    /// Partners of which persons were erased.
    lossy: BTreeSet<String>,
}

impl Known {
    pub(super) async fn of(
        writing: &mut AnyConnection,
        (files, version): (&[DeliveredFile], &str),
    ) -> Result<Self, StoreError> {
        let files = files.iter().map(|file| (file.name.clone(), file.hash.clone())).collect();
        let (accepted, aside) = (BTreeSet::new(), BTreeSet::new());
        let (judged, lossy) = (BTreeSet::new(), BTreeSet::new());
        let mut known = Self { files, accepted, judged, aside, lossy };
        let rows = sqlx::query(
            "SELECT id, files, study_version FROM batch WHERE undone IS NULL ORDER BY id",
        );
        for row in rows.fetch_all(&mut *writing).await? {
            let of_batch: Vec<DeliveredFile> = serde_json::from_str(&text(&row, "files")?)
                .map_err(|_| StoreError::Broken("batch"))?;
            let hashes = || of_batch.iter().map(|file| file.hash.clone());
            known.accepted.extend(hashes());
            if text(&row, "study_version")? == version {
                known.judged.extend(hashes());
            }
            known.read_aside(writing, (number(&row, "id")?, &of_batch)).await?;
        }
        let erased = sqlx::query(
            "SELECT DISTINCT r.partner FROM record r JOIN person p ON p.id = r.person WHERE p.state = 'erased'",
        );
        for row in erased.fetch_all(writing).await? {
            known.lossy.insert(text(&row, "partner")?);
        }
        Ok(known)
    }

    /// Notes which rows of a batch stayed out, where the batch has a file of the delivery.
    async fn read_aside(
        &mut self,
        writing: &mut AnyConnection,
        (batch, files): (i64, &[DeliveredFile]),
    ) -> Result<(), StoreError> {
        if !files.iter().any(|file| self.files.values().any(|hash| *hash == file.hash)) {
            return Ok(());
        }
        let rows = sqlx::query("SELECT place FROM set_aside WHERE batch = $1").bind(batch);
        for row in rows.fetch_all(writing).await? {
            let place = text(&row, "place")?;
            let Some((name, rest)) = place.split_once('!') else { continue };
            let of_file = files.iter().find(|file| file.name == name);
            if let Some(file) = of_file {
                self.aside.insert((file.hash.clone(), rest.to_owned()));
            }
        }
        Ok(())
    }

    /// Says whether every file was accepted before.
    pub(super) fn is_whole(&self) -> bool {
        !self.files.is_empty() && self.files.values().all(|hash| self.accepted.contains(hash))
    }

    /// Says whether the study judged every file before as it is now: what it would find anew or no more comes of what changed in the
    /// store since, and that is not for an old file to say.
    pub(super) fn is_judged(&self) -> bool {
        self.is_whole() && self.files.values().all(|hash| self.judged.contains(hash))
    }

    /// Says whether a row was taken in before: its file was accepted, and the row did not stay out.
    pub(super) fn has(&self, place: &str) -> bool {
        let (name, rest) = place.split_once('!').unwrap_or((place, ""));
        match self.files.get(name) {
            Some(hash) => {
                self.accepted.contains(hash)
                    && !self.aside.contains(&(hash.clone(), rest.to_owned()))
            }
            None => false,
        }
    }

    /// Says whether a person of a partner who is not there may be one who was erased.
    pub(super) fn lost_persons_of(&self, partner: &str) -> bool {
        self.lossy.contains(partner)
    }
}
