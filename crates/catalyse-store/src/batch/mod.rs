//! Batches: the deliveries that were accepted, with their ledger and the rows that were set aside.

pub(crate) mod accept;
mod targets;
pub(crate) mod undo;

use catalyse_codebook::{CheckId, PartnerId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::engine::{count, number, text};
use crate::journal::time;
use crate::{Store, StoreError};

/// Numbers a batch, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub i64);

/// Holds one file of a delivery: its name without its folder, and the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeliveredFile {
    /// The name.
    pub name: String,
    /// The hash of the bytes.
    pub hash: String,
}

impl DeliveredFile {
    /// Names a file by its bytes.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), hash: blake3::hash(bytes).to_hex().to_string() }
    }
}

/// Holds the counts of a delivery. `read = aside + new + changed + same`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that were read.
    pub read: u64,
    /// Rows that did not become records.
    pub aside: u64,
    /// Records that were not there before.
    pub new: u64,
    /// Records that changed.
    pub changed: u64,
    /// Records that were there already, the same.
    pub same: u64,
}

impl Counts {
    /// Says whether every row is accounted for.
    pub const fn is_balanced(&self) -> bool {
        self.read == self.aside + self.new + self.changed + self.same
    }
}

/// Holds an accepted delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// The partners whose records it holds.
    pub partners: Vec<String>,
    /// The waves.
    pub waves: Vec<String>,
    /// The files.
    pub files: Vec<DeliveredFile>,
    /// The counts.
    pub counts: Counts,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// By whom.
    pub accepted_by: String,
    /// The journal line that undid it.
    pub undone: Option<u64>,
}

/// Holds a row that did not become a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAsideRow {
    /// Where it stands, `nord.xlsx!Feuil1!14`.
    pub place: String,
    /// The checks that stopped it.
    pub checks: Vec<CheckId>,
}

impl Store {
    /// Says whether a batch brought something of who persons are: undoing it then takes the key file, so that they are known by what is left.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn brought_identities(&self, id: BatchId) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS n FROM identity i JOIN batch b ON b.line = i.line WHERE b.id = $1",
        );
        Ok(count(&row.bind(id.0).fetch_one(&self.pools.reading).await?, "n")? > 0)
    }

    /// Lists the batches, the newest first; of one partner if one is named.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn batches(&self, partner: Option<&PartnerId>) -> Result<Vec<Batch>, StoreError> {
        let rows = sqlx::query(
            "SELECT b.*, j.at, j.who FROM batch b JOIN journal j ON j.line = b.line ORDER BY b.id DESC",
        );
        let rows = rows.fetch_all(&self.pools.reading).await?;
        let batches = rows.iter().map(batch_of).collect::<Result<Vec<_>, _>>()?;
        let is_wanted = |batch: &Batch| {
            partner.is_none_or(|partner| batch.partners.iter().any(|one| one == partner.as_str()))
        };
        Ok(batches.into_iter().filter(is_wanted).collect())
    }

    /// Returns a batch.
    ///
    /// # Errors
    /// There is none of this number.
    pub async fn batch(&self, id: BatchId) -> Result<Batch, StoreError> {
        let row = sqlx::query(
            "SELECT b.*, j.at, j.who FROM batch b JOIN journal j ON j.line = b.line WHERE b.id = $1",
        );
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        batch_of(&row.ok_or_else(|| StoreError::unknown("batch", id.0))?)
    }

    /// Lists the rows of a batch that did not become records.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn set_aside(&self, id: BatchId) -> Result<Vec<SetAsideRow>, StoreError> {
        let rows =
            sqlx::query("SELECT place, checks FROM set_aside WHERE batch = $1 ORDER BY position");
        let rows = rows.bind(id.0).fetch_all(&self.pools.reading).await?;
        let row = |row: &AnyRow| {
            Ok(SetAsideRow { place: text(row, "place")?, checks: list(&text(row, "checks")?)? })
        };
        rows.iter().map(row).collect()
    }
}

fn batch_of(row: &AnyRow) -> Result<Batch, StoreError> {
    let undone: Option<i64> = sqlx::Row::try_get(row, "undone")?;
    Ok(Batch {
        id: BatchId(number(row, "id")?),
        partners: list(&text(row, "partners")?)?,
        waves: list(&text(row, "waves")?)?,
        files: list(&text(row, "files")?)?,
        counts: Counts {
            read: count(row, "rows_read")?,
            aside: count(row, "rows_aside")?,
            new: count(row, "rows_new")?,
            changed: count(row, "rows_changed")?,
            same: count(row, "rows_same")?,
        },
        accepted_at: time(row, "at")?,
        accepted_by: text(row, "who")?,
        undone: undone.map(i64::unsigned_abs),
    })
}

fn list<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Broken("batch"))
}

/// Writes a list as JSON.
pub(crate) fn list_text<T: Serialize>(list: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(list).map_err(|_| StoreError::Broken("batch"))
}
