//! Undoing a batch: what it brought goes, what was there comes back byte for byte, and what was edited since is shown first.

mod past;
mod touched;

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::batch::BatchId;
use crate::engine::{maybe, number};
use crate::finding::{BATCH_UNDONE, FindingState, Reason, step};
use crate::journal::{Act, Action, Line};
use crate::person::identity;
use crate::record::{self, RecordId, RecordKey, key_of};
use crate::{Author, Store, StoreError};

use past::Left;
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
        let mut act = Act::begin(&self.pools, author, Action::Undo).await?;
        let line = line_of(&mut act.writing, batch).await?;
        let mut done = UndoPlan::default();
        let all = touched(&mut act.writing, batch, also).await?;
        for touched in &all {
            let content = match &touched.fate {
                Fate::TakenAway => None,
                Fate::Restored(sealed) => Some(sealed),
                Fate::Edited(_) | Fate::KeptWith | Fate::Destroyed | Fate::Same => {
                    done.note(&mut act.writing, touched).await?;
                    continue;
                }
            };
            let of = (act.line, None);
            record::revise(&mut act.writing, &touched.standing, content, of).await?;
            done.note(&mut act.writing, touched).await?;
        }
        self.undo_identities(&mut act, (batch.0, line), &all).await?;
        undo_findings(&mut act, line, &done).await?;
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

    /// Brings the identities back of the persons the batch touched, as far as revisions that count leave them. Whoever keeps a record keeps
    /// the identity.
    async fn undo_identities(
        &self,
        act: &mut Act,
        (batch, line): (i64, i64),
        all: &[Touched],
    ) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT DISTINCT person FROM identity WHERE line = $1").bind(line);
        let rows = rows.fetch_all(&mut *act.writing).await?;
        let mut persons: BTreeSet<i64> = all.iter().map(|touched| touched.group.0).collect();
        for row in rows {
            persons.insert(number(&row, "person")?);
        }
        let kept = all.iter().filter(|one| matches!(one.fate, Fate::Edited(_) | Fate::KeptWith));
        let kept: BTreeSet<i64> = kept.map(|touched| touched.group.0).collect();
        for person in persons.difference(&kept) {
            self.undo_identity(act, (*person, batch)).await?;
        }
        Ok(())
    }

    async fn undo_identity(
        &self,
        act: &mut Act,
        (person, batch): (i64, i64),
    ) -> Result<(), StoreError> {
        let revisions = past::of_identity(&mut act.writing, (person, batch)).await?;
        let Some(last) = revisions.first() else { return Ok(()) };
        let sealed = match past::left(&revisions, 0) {
            Left::Nothing if last.is_removed => return Ok(()),
            // Somebody of whom a record stands stays who it is.
            Left::Nothing if has_records(&mut act.writing, person).await? => return Ok(()),
            Left::Nothing => None,
            Left::At(place) => match revisions.get(place) {
                Some(was) if place > 0 && !was.is_same(last) && was.sealed.is_some() => {
                    was.sealed.as_ref()
                }
                Some(_) | None => return Ok(()),
            },
        };
        identity::revise(&mut act.writing, person, sealed, act.line).await?;
        if self.has_key() {
            let known = self.identity_of(&mut act.writing, person).await?;
            identity::set_tokens(&mut act.writing, person, &self.tokens(&known)?).await?;
        }
        Ok(())
    }
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

async fn has_records(connection: &mut AnyConnection, person: i64) -> Result<bool, StoreError> {
    let standing =
        sqlx::query("SELECT id FROM record WHERE person = $1 AND content IS NOT NULL LIMIT 1");
    Ok(standing.bind(person).fetch_optional(connection).await?.is_some())
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

/// Brings findings back to the state they had before the line, unless somebody has gone on with them or their record stays; those of a record
/// that goes are closed, whatever somebody said of them.
async fn undo_findings(act: &mut Act, line: i64, done: &UndoPlan) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT f.id, f.record, (SELECT s.state FROM finding_step s WHERE s.finding = f.id \
         AND s.step = f.steps - 1) AS state_before, (SELECT s.reason FROM finding_step s \
         WHERE s.finding = f.id AND s.step = f.steps - 1) AS reason_before \
         FROM finding f JOIN finding_step l ON l.finding = f.id AND l.step = f.steps \
         WHERE l.line = $1 ORDER BY f.id",
    );
    let stays = done.edited_since.iter().map(|edited| edited.record);
    let stays = stays.chain(done.kept_with.iter().copied()).chain(done.taken_away.iter().copied());
    let stays: BTreeSet<i64> = stays.map(|record| record.0).collect();
    for row in rows.bind(line).fetch_all(&mut *act.writing).await? {
        let record: Option<i64> = sqlx::Row::try_get(&row, "record")?;
        if record.is_some_and(|record| stays.contains(&record)) {
            continue;
        }
        let state = maybe(&row, "state_before")?.and_then(|name| FindingState::from_name(&name));
        let code = match state {
            Some(_) => maybe(&row, "reason_before")?.unwrap_or_default(),
            None => BATCH_UNDONE.to_owned(),
        };
        let reason = Reason { code, comment: String::new() };
        let state = state.unwrap_or(FindingState::Closed);
        step(&mut act.writing, number(&row, "id")?, (state, &reason), act.line).await?;
    }
    let reason = Reason { code: BATCH_UNDONE.to_owned(), comment: String::new() };
    for record in &done.taken_away {
        let open = sqlx::query(
            "SELECT id FROM finding WHERE record = $1 AND state <> 'closed' ORDER BY id",
        );
        for row in open.bind(record.0).fetch_all(&mut *act.writing).await? {
            let closed = (FindingState::Closed, &reason);
            step(&mut act.writing, number(&row, "id")?, closed, act.line).await?;
        }
    }
    Ok(())
}
