//! Undoing a batch: what it brought goes, what was there comes back byte for byte, and what was edited since is shown first.

mod past;
mod prepared;
mod touched;

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::batch::BatchId;
use crate::batch::accept::End;
use crate::engine::number;
use crate::journal::{Act, Action, Line};
use crate::record::{RecordId, RecordKey, key_of};
use crate::{Author, Store, StoreError};

use prepared::Prepared;
use touched::{Fate, Touched, touched};

/// Says what undoing a batch would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoPlan {
    /// Records that the batch made: they would go.
    pub taken_away: Vec<RecordId>,
    /// Records that the batch changed: they would be as before.
    pub restored: Vec<RecordId>,
    /// Records that somebody, or a later batch, changed since.
    pub edited_since: Vec<EditedSince>,
    /// Records that stay because another of the person in the wave does: a situation keeps its episodes, and an episode its situation.
    pub kept_with: Vec<RecordId>,
    /// Records whose earlier content was destroyed: they stay as they are.
    pub destroyed: Vec<RecordId>,
}

/// Holds a record that changed after the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct EditedSince {
    /// The record.
    pub record: RecordId,
    /// What it is about.
    pub key: RecordKey,
    /// Who changed it last, when, why.
    pub last: Line,
}

impl Store {
    /// Says what undoing a batch would do, and does nothing.
    ///
    /// # Errors
    /// There is no such batch, or it is undone already.
    pub async fn plan_undo(&self, batch: BatchId) -> Result<UndoPlan, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        line_of(&mut reading, batch).await?;
        let mut plan = UndoPlan::default();
        for touched in touched(&mut reading, batch, &BTreeSet::new()).await? {
            plan.note(&mut reading, &touched).await?;
        }
        Ok(plan)
    }

    /// Undoes a batch. Records that were edited since stay as they are, except those named in `also`: these lose their later edits too.
    ///
    /// It is worked out while others write; they wait only for what is then written, in few statements. If somebody has changed the store
    /// meanwhile, it is worked out anew.
    ///
    /// **Shape**: returns what was done; `edited_since` holds what stayed.
    ///
    /// # Errors
    /// There is no such batch, or it is undone already.
    pub async fn undo(
        &self,
        batch: BatchId,
        also: &BTreeSet<RecordId>,
        author: &Author,
    ) -> Result<UndoPlan, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut reading = self.pools.begin_reading().await?;
            let end = End::of(&mut reading).await?;
            let prepared = self.prepare_undo(&mut reading, (batch, also, end.line + 1)).await?;
            // A store in memory has one connection: it is given back before it is asked for again.
            reading.rollback().await?;
            let mut act = Act::begin(&self.pools, author, Action::Undo).await?;
            if End::of(&mut act.writing).await? == end {
                return write(act, batch, prepared).await;
            }
        }
        // Somebody finishes something every time: now they wait until it is done.
        let mut act = Act::begin(&self.pools, author, Action::Undo).await?;
        let line = act.line;
        let prepared = self.prepare_undo(&mut act.writing, (batch, also, line)).await?;
        write(act, batch, prepared).await
    }
}

/// So often an undo is prepared while others write.
const ATTEMPTS: usize = 3;

/// Writes what was prepared, and the line of the journal.
async fn write(
    mut act: Act,
    batch: BatchId,
    (done, prepared): (UndoPlan, Prepared),
) -> Result<UndoPlan, StoreError> {
    prepared.write(&mut act.writing).await?;
    let update = sqlx::query("UPDATE batch SET undone = $2 WHERE id = $1");
    update.bind(batch.0).bind(act.line).execute(&mut *act.writing).await?;
    let mut subject = serde_json::json!({
        "batch": batch.0,
        "taken_away": done.taken_away.len(),
        "restored": done.restored.len(),
        "edited_since": done.edited_since.len(),
    });
    if !done.kept_with.is_empty() {
        subject["kept_with"] = done.kept_with.len().into();
    }
    act.finish(&subject, Some(batch.0)).await?;
    Ok(done)
}

impl UndoPlan {
    /// Notes what becomes of a record.
    async fn note(
        &mut self,
        connection: &mut AnyConnection,
        touched: &Touched,
    ) -> Result<(), StoreError> {
        let id = RecordId(touched.standing.id);
        match &touched.fate {
            Fate::Edited(revision) => {
                self.edited_since.push(edited_since(connection, &touched.row, *revision).await?);
            }
            Fate::KeptWith => self.kept_with.push(id),
            Fate::TakenAway => self.taken_away.push(id),
            Fate::Restored(_) => self.restored.push(id),
            Fate::Destroyed => self.destroyed.push(id),
            Fate::Same => {}
        }
        Ok(())
    }
}

async fn line_of(connection: &mut AnyConnection, batch: BatchId) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT line, undone FROM batch WHERE id = $1").bind(batch.0);
    let row = row.fetch_optional(connection).await?;
    let row = row.ok_or_else(|| StoreError::unknown("batch", batch.0))?;
    if sqlx::Row::try_get::<Option<i64>, _>(&row, "undone")?.is_some() {
        return Err(StoreError::Impossible("the batch is undone already"));
    }
    number(&row, "line")
}

async fn edited_since(
    connection: &mut AnyConnection,
    row: &AnyRow,
    revision: i64,
) -> Result<EditedSince, StoreError> {
    let last = sqlx::query(
        "SELECT j.* FROM revision v JOIN journal j ON j.line = v.line \
         WHERE v.record = $1 AND v.revision = $2",
    );
    let id = number(row, "id")?;
    let last = last.bind(id).bind(revision).fetch_one(connection).await?;
    Ok(EditedSince { record: RecordId(id), key: key_of(row)?, last: Line::of_row(&last)? })
}
