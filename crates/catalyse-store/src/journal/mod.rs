//! The journal: every change of the store is one line, and each line carries the hash of the line before it.

mod action;
pub(crate) mod proof;
mod standing;
pub(crate) mod steps;
pub(crate) mod verify;

pub use action::Action;

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::engine::{Pools, Writing, maybe, number, text};
use crate::keys::seal::{Digest, SEALED, line_hash};
use crate::{Author, Store, StoreError};

/// Holds one line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was done.
    pub action: Action,
    /// On what: numbers and names of variables as JSON, never a value.
    pub subject: String,
    /// Why, in the author's words.
    pub why: String,
    /// The batch it belongs to.
    pub batch: Option<i64>,
    /// The hash of the line, which the next one carries.
    pub hash: String,
}

impl Line {
    pub(crate) fn of_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: number(row, "line")?.unsigned_abs(),
            at: time(row, "at")?,
            who: text(row, "who")?,
            action: Action::from_name(&text(row, "action")?)
                .ok_or(StoreError::Broken("journal"))?,
            subject: text(row, "subject")?,
            why: text(row, "why")?,
            batch: sqlx::Row::try_get(row, "batch")?,
            hash: text(row, "hash")?,
        })
    }
}

/// Reads a time.
pub(crate) fn time(row: &AnyRow, column: &str) -> Result<Timestamp, StoreError> {
    text(row, column)?.parse().map_err(|_| StoreError::Broken("time"))
}

/// One change under way: a transaction with the line that it will be. Dropped before its end, nothing has happened.
pub(crate) struct Act {
    pub(crate) writing: Writing,
    pub(crate) line: i64,
    previous: String,
    author: Author,
    action: Action,
}

impl Act {
    /// Begins a change. Nobody else writes until it ends.
    pub(crate) async fn begin(
        pools: &Pools,
        author: &Author,
        action: Action,
    ) -> Result<Self, StoreError> {
        let mut writing = pools.begin().await?;
        let head = sqlx::query("SELECT line, hash FROM head WHERE one = 1");
        let head = head.fetch_one(&mut *writing).await?;
        let (line, previous) = (number(&head, "line")? + 1, text(&head, "hash")?);
        Ok(Self { writing, line, previous, author: author.clone(), action })
    }

    /// Ends the change: seals its rows, writes its line, and brings all to the disk.
    pub(crate) async fn finish(
        mut self,
        subject: &serde_json::Value,
        batch: Option<i64>,
    ) -> Result<u64, StoreError> {
        let digest = digest_of_line(&mut self.writing, self.line).await?;
        self.close(digest, subject, batch).await
    }

    /// Ends a change whose rows were sealed beforehand: reading them all again would take as long as writing them.
    pub(crate) async fn close(
        mut self,
        digest: String,
        subject: &serde_json::Value,
        batch: Option<i64>,
    ) -> Result<u64, StoreError> {
        let insert = sqlx::query(
            "INSERT INTO journal (line, at, who, action, subject, why, batch, digest, previous, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        );
        insert
            .bind(self.line)
            .bind(self.author.at.to_string())
            .bind(self.author.who)
            .bind(self.action.name())
            .bind(subject.to_string())
            .bind(self.author.why)
            .bind(batch)
            .bind(digest)
            .bind(self.previous)
            .execute(&mut *self.writing)
            .await?;
        let written = sqlx::query("SELECT * FROM journal WHERE line = $1").bind(self.line);
        let hash = line_hash(&written.fetch_one(&mut *self.writing).await?)?;
        for sql in [
            "UPDATE journal SET hash = $1 WHERE line = $2",
            "UPDATE head SET hash = $1, line = $2 WHERE one = 1",
        ] {
            let update = sqlx::query(sql).bind(hash.clone()).bind(self.line);
            update.execute(&mut *self.writing).await?;
        }
        self.writing.commit().await?;
        Ok(self.line.unsigned_abs())
    }
}

/// Works out the digest of a line from the rows it answers for.
pub(crate) async fn digest_of_line(
    reading: &mut AnyConnection,
    line: i64,
) -> Result<String, StoreError> {
    let mut digest = Digest::default();
    for sealed in SEALED {
        let rows = sqlx::query(sealed.of_line).bind(line).fetch_all(&mut *reading).await?;
        for row in rows {
            digest.add(sealed.hash(&row)?);
        }
    }
    Ok(digest.finish())
}

/// Says which lines of the journal are wanted.
#[derive(Clone, Debug, Default)]
pub struct JournalPage {
    /// Lines before this number only; from the newest if absent.
    pub before: Option<u64>,
    /// At most so many.
    pub at_most: u32,
    /// Of one action only.
    pub action: Option<Action>,
}

impl Store {
    /// Lists lines of the journal, the newest first.
    ///
    /// # Errors
    /// The database breaks, or a line cannot be understood.
    pub async fn journal(&self, page: &JournalPage) -> Result<Vec<Line>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM journal WHERE line < $1 AND ($2 = '' OR action = $2) ORDER BY line DESC LIMIT $3",
        );
        let rows = rows
            .bind(page.before.map_or(i64::MAX, |line| i64::try_from(line).unwrap_or(i64::MAX)))
            .bind(page.action.map_or("", Action::name))
            .bind(i64::from(page.at_most))
            .fetch_all(&self.pools.reading)
            .await?;
        rows.iter().map(Line::of_row).collect()
    }

    /// Writes a line about something that changes no record: an identity was looked at, a report was made.
    ///
    /// # Errors
    /// The database breaks.
    pub(crate) async fn note(
        &self,
        author: &Author,
        action: Action,
        subject: &serde_json::Value,
    ) -> Result<u64, StoreError> {
        Act::begin(&self.pools, author, action).await?.finish(subject, None).await
    }
}

/// Reads the head: the number and hash of the last line.
pub(crate) async fn head(reading: &mut AnyConnection) -> Result<(i64, String), StoreError> {
    let row = sqlx::query("SELECT line, hash FROM head WHERE one = 1").fetch_one(reading).await?;
    Ok((number(&row, "line")?, maybe(&row, "hash")?.unwrap_or_default()))
}
