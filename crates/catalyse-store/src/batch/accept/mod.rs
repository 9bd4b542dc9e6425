//! Accepting a delivery: its records are put in by key, what was there the same stays untouched, what was corrected here is not undone by
//! an old file, and every row is counted.

mod known;
mod rows;
mod taking;

use std::fmt;

use catalyse_codebook::{Answers, FormName, PartnerId, WaveId};

use crate::batch::{BatchId, Counts, DeliveredFile, SetAsideRow};
use crate::engine::next_number;
use crate::finding::NewFinding;
use crate::journal::{Act, Action};
use crate::{Author, Store, StoreError};

use known::Known;
use rows::{write_batch, write_set_aside};
use taking::Accepting;

/// Holds one record of a delivery.
#[derive(Clone)]
pub struct NewRecord {
    /// The repeat form, or none for the record of a person in a wave.
    pub form: Option<FormName>,
    /// The wave.
    pub wave: WaveId,
    /// The partner.
    pub partner: PartnerId,
    /// The code of the person; without one it is made of the identity, with the key file.
    pub person: Option<String>,
    /// The number of the episode; 0 for the record of a person in a wave.
    pub number: i64,
    /// All answers, derived variables and those that say who the person is among them.
    pub answers: Answers,
    /// Where it stands in the delivery, `nord.xlsx!Feuil1!14`.
    pub place: String,
    /// What the checks found in it. None of them is hard.
    pub findings: Vec<NewFinding>,
}

/// Holds a delivery that was read and checked.
#[derive(Clone, Default)]
pub struct Delivery {
    /// Its files.
    pub files: Vec<DeliveredFile>,
    /// Rows that were read: those below, and those the reader itself set aside.
    pub rows_read: u64,
    /// Rows that the reader itself set aside and only counted.
    pub rows_aside_by_reader: u64,
    /// Rows that a hard check stopped.
    pub set_aside: Vec<SetAsideRow>,
    /// The records.
    pub records: Vec<NewRecord>,
}

// What a delivery holds is persons': Debug gives places and counts.
impl fmt::Debug for NewRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NewRecord({}, {} answers)", self.place, self.answers.len())
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Delivery({} rows, {} records)", self.rows_read, self.records.len())
    }
}

/// Says what a delivery did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The batch; none if the store already held all of it from the same files, and nothing was written.
    pub batch: Option<BatchId>,
    /// The counts.
    pub counts: Counts,
    /// Rows of which the delivery itself had an earlier one with the same key: they were set aside.
    pub twice: Vec<String>,
    /// Rows without a person: no code, and no identity to make one of. They were set aside.
    pub without_person: Vec<String>,
    /// Rows of a file that was accepted before, whose person was erased or purged since: they were set aside. The same file brings nobody back.
    pub destroyed_since: Vec<String>,
    /// Records corrected here since their last import, whose correction stays because the delivery says the same as that import.
    pub kept_edits: Vec<String>,
    /// Records corrected here since their last import that the delivery now changes: their history has both.
    pub overwritten_edits: Vec<String>,
    /// Findings that opened, closed or opened again.
    pub n_findings: u64,
}

impl Store {
    /// Accepts a delivery: one batch, one line of the journal, all or nothing.
    ///
    /// A record goes where its key is: form, wave, partner, person, number. The same files again change nothing.
    ///
    /// # Errors
    /// The counts do not add up; an identity comes and there is no key file; the database breaks.
    pub async fn accept(
        &self,
        delivery: &Delivery,
        author: &Author,
    ) -> Result<Accepted, StoreError> {
        let (act, mut accepted) = self.take_in(delivery, author).await?;
        let Some((act, batch)) = act else { return Ok(accepted) };
        let counts = &accepted.counts;
        let subject =
            serde_json::json!({ "batch": batch, "new": counts.new, "changed": counts.changed });
        act.finish(&subject, Some(batch)).await?;
        accepted.batch = Some(BatchId(batch));
        Ok(accepted)
    }

    /// Says what accepting a delivery would do, and does nothing.
    ///
    /// # Errors
    /// As of [`Store::accept`].
    pub async fn rehearse(
        &self,
        delivery: &Delivery,
        author: &Author,
    ) -> Result<Accepted, StoreError> {
        // Dropped before its end, the change has not happened.
        self.take_in(delivery, author).await.map(|(_, accepted)| accepted)
    }

    /// Takes a delivery in, as far as the end of the change; without one if there is nothing to write.
    async fn take_in(
        &self,
        delivery: &Delivery,
        author: &Author,
    ) -> Result<(Option<(Act, i64)>, Accepted), StoreError> {
        let listed = delivery.records.len() + delivery.set_aside.len();
        let accounted = listed as u64 + delivery.rows_aside_by_reader;
        if accounted != delivery.rows_read {
            return Err(StoreError::Unbalanced { read: delivery.rows_read, accounted });
        }
        let mut act = Act::begin(&self.pools, author, Action::Import).await?;
        let batch = next_number(&mut act.writing, "SELECT MAX(id) FROM batch").await?;
        let known = Known::of(&mut act.writing, &delivery.files).await?;
        let mut accepting = Accepting::new(self, (batch, act.line), (known, delivery));
        for new in &delivery.records {
            accepting.take(&mut act.writing, new).await?;
        }
        let is_known = accepting.known.is_whole();
        let Accepting { mut accepted, set_aside, .. } = accepting;
        accepted.counts.aside = set_aside.len() as u64 + delivery.rows_aside_by_reader;
        let counts = &accepted.counts;
        if is_known && counts.new + counts.changed + accepted.n_findings == 0 {
            return Ok((None, accepted));
        }
        write_batch(&mut act, (batch, delivery), counts, &self.catalogue.version).await?;
        write_set_aside(&mut act.writing, batch, &set_aside).await?;
        Ok((Some((act, batch)), accepted))
    }
}
