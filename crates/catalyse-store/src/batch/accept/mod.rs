//! Accepting a delivery: its records are put in by key, what was there the same stays untouched, what was corrected here is not undone by
//! an old file, and every row is counted.

mod known;
mod prepared;
mod stands;
mod taking;

use std::collections::BTreeSet;
use std::fmt;

use catalyse_codebook::{Answers, FormName, PartnerId, WaveId};
use sqlx::AnyConnection;

use crate::batch::{BatchId, Counts, DeliveredFile, SetAsideRow, list_text};
use crate::engine::bulk::Cell;
use crate::finding::NewFinding;
use crate::journal::{Act, Action};
use crate::{Author, Store, StoreError};

use known::Known;
use prepared::Prepared;
pub(super) use stands::End;
use stands::Stands;
use taking::Taking;

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
    /// Rows are compared, sealed and hashed while others write; they wait only for what is then written, in few statements. If somebody has
    /// changed the store meanwhile, it is prepared anew.
    ///
    /// # Errors
    /// The counts do not add up; an identity comes and there is no key file; the database breaks.
    pub async fn accept(
        &self,
        delivery: &Delivery,
        author: &Author,
    ) -> Result<Accepted, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut reading = self.pools.begin_reading().await?;
            let taken = self.take_in(&mut reading, delivery).await?;
            // A store in memory has one connection: it is given back before it is asked for again.
            reading.rollback().await?;
            let Some(prepared) = taken.prepared else { return Ok(taken.accepted) };
            let mut act = Act::begin(&self.pools, author, Action::Import).await?;
            if End::of(&mut act.writing).await? == taken.end {
                return write(act, prepared, taken.accepted).await;
            }
        }
        // Somebody finishes something every time: now they wait until it is done.
        let mut act = Act::begin(&self.pools, author, Action::Import).await?;
        let taken = self.take_in(&mut act.writing, delivery).await?;
        match taken.prepared {
            Some(prepared) => write(act, prepared, taken.accepted).await,
            None => Ok(taken.accepted),
        }
    }

    /// Says what accepting a delivery would do, and does nothing. Nobody waits for it.
    ///
    /// # Errors
    /// As of [`Store::accept`].
    pub async fn rehearse(&self, delivery: &Delivery) -> Result<Accepted, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let taken = self.take_in(&mut reading, delivery).await?;
        reading.rollback().await?;
        Ok(taken.accepted)
    }

    /// Takes a delivery in, as far as what is to be written.
    async fn take_in(
        &self,
        connection: &mut AnyConnection,
        delivery: &Delivery,
    ) -> Result<Taken, StoreError> {
        let listed = delivery.records.len() + delivery.set_aside.len();
        let accounted = listed as u64 + delivery.rows_aside_by_reader;
        if accounted != delivery.rows_read {
            return Err(StoreError::Unbalanced { read: delivery.rows_read, accounted });
        }
        let end = End::of(connection).await?;
        let known = Known::of(connection, (&delivery.files, &self.catalogue.version)).await?;
        let mut stands = Stands::default();
        for partner in partners_of(delivery) {
            stands.read(connection, partner).await?;
        }
        let mut taking = Taking::new(self, (&end, stands), (known, delivery));
        for new in &delivery.records {
            taking.take(new)?;
        }
        let Taking { mut accepted, set_aside, mut prepared, known, batch, line, .. } = taking;
        accepted.counts.aside = set_aside.len() as u64 + delivery.rows_aside_by_reader;
        let counts = &accepted.counts;
        let is_silent = accepted.n_findings == 0 || known.is_judged();
        if known.is_whole() && counts.new + counts.changed == 0 && is_silent {
            accepted.n_findings = 0;
            return Ok(Taken { end, accepted, prepared: None });
        }
        prepared.batch(batch_row((batch, line), delivery, counts, &self.catalogue.version)?)?;
        prepared.aside(batch, &set_aside)?;
        Ok(Taken { end, accepted, prepared: Some((batch, prepared)) })
    }
}

/// So often a delivery is prepared while others write.
const ATTEMPTS: usize = 3;

/// A delivery that was taken in.
struct Taken {
    /// Where the store ended then.
    end: End,
    accepted: Accepted,
    /// The batch, with what is to be written; nothing if the store already holds all of it.
    prepared: Option<(i64, Prepared)>,
}

/// Writes what was prepared.
async fn write(
    mut act: Act,
    (batch, prepared): (i64, Prepared),
    mut accepted: Accepted,
) -> Result<Accepted, StoreError> {
    let counts = &accepted.counts;
    let subject =
        serde_json::json!({ "batch": batch, "new": counts.new, "changed": counts.changed });
    let digest = prepared.write(&mut act.writing).await?;
    act.close(digest.finish(), &subject, Some(batch)).await?;
    accepted.batch = Some(BatchId(batch));
    Ok(accepted)
}

fn partners_of(delivery: &Delivery) -> BTreeSet<&str> {
    delivery.records.iter().map(|record| record.partner.as_str()).collect()
}

/// Returns the row of a batch, in the order of its columns.
fn batch_row(
    (batch, line): (i64, i64),
    delivery: &Delivery,
    counts: &Counts,
    version: &str,
) -> Result<Vec<Cell>, StoreError> {
    let partners: Vec<&str> = partners_of(delivery).into_iter().collect();
    let waves: BTreeSet<&str> =
        delivery.records.iter().map(|record| record.wave.as_str()).collect();
    let waves: Vec<&str> = waves.into_iter().collect();
    let count = |count: u64| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
    Ok(vec![
        batch.into(),
        line.into(),
        list_text(&partners)?.into(),
        list_text(&waves)?.into(),
        list_text(&delivery.files)?.into(),
        count(counts.read),
        count(counts.aside),
        count(counts.new),
        count(counts.changed),
        count(counts.same),
        version.into(),
    ])
}
