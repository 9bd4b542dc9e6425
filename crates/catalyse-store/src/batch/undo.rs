//! Undoing a batch: what it brought goes, what was there comes back byte for byte, and what was edited since is shown first.

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::batch::BatchId;
use crate::engine::{maybe, number, text};
use crate::finding::{FindingState, Reason, step};
use crate::journal::{Act, Action, Line};
use crate::person::identity::{self, sealed_of};
use crate::record::{self, RecordId, RecordKey, Standing, key_of};
use crate::{Author, Store, StoreError};

/// Says what undoing a batch would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoPlan {
    /// Records that the batch made: they would go.
    pub taken_away: Vec<RecordId>,
    /// Records that the batch changed: they would be as before.
    pub restored: Vec<RecordId>,
    /// Records that somebody, or a later batch, changed since.
    pub edited_since: Vec<EditedSince>,
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

struct Touched {
    standing: Standing,
    /// The revision that the batch made.
    made: i64,
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
        for row in touched_rows(&mut reading, batch).await? {
            let touched = touched_of(&row)?;
            let id = RecordId(touched.standing.id);
            if touched.standing.revision != touched.made {
                plan.edited_since.push(edited_since(&mut reading, &row).await?);
            } else if touched.made == 1 {
                plan.taken_away.push(id);
            } else if before(&mut reading, &touched).await?.is_gone() {
                plan.destroyed.push(id);
            } else {
                plan.restored.push(id);
            }
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
        for row in touched_rows(&mut act.writing, batch).await? {
            let touched = touched_of(&row)?;
            let id = RecordId(touched.standing.id);
            if touched.standing.revision != touched.made && !also.contains(&id) {
                done.edited_since.push(edited_since(&mut act.writing, &row).await?);
                continue;
            }
            match before(&mut act.writing, &touched).await? {
                Before::Destroyed => done.destroyed.push(id),
                Before::Nothing => {
                    record::revise(&mut act.writing, &touched.standing, None, (act.line, None))
                        .await?;
                    done.taken_away.push(id);
                }
                Before::Content(sealed) => {
                    let of = (act.line, None);
                    record::revise(&mut act.writing, &touched.standing, Some(&sealed), of).await?;
                    done.restored.push(id);
                }
            }
        }
        self.undo_identities(&mut act, line).await?;
        undo_findings(&mut act, line).await?;
        let update = sqlx::query("UPDATE batch SET undone = $2 WHERE id = $1");
        update.bind(batch.0).bind(act.line).execute(&mut *act.writing).await?;
        let subject = serde_json::json!({
            "batch": batch.0,
            "taken_away": done.taken_away.len(),
            "restored": done.restored.len(),
            "edited_since": done.edited_since.len(),
        });
        act.finish(&subject, Some(batch.0)).await?;
        Ok(done)
    }

    /// Brings identities back that the line changed, unless they were corrected since.
    async fn undo_identities(&self, act: &mut Act, line: i64) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT i.person, i.revision FROM identity i WHERE i.line = $1 AND i.revision = \
             (SELECT MAX(l.revision) FROM identity l WHERE l.person = i.person) ORDER BY i.person",
        );
        let rows = rows.bind(line).fetch_all(&mut *act.writing).await?;
        for row in rows {
            let (person, revision) = (number(&row, "person")?, number(&row, "revision")?);
            let before = sqlx::query("SELECT * FROM identity WHERE person = $1 AND revision = $2");
            let before = before.bind(person).bind(revision - 1);
            let before = before.fetch_optional(&mut *act.writing).await?;
            let sealed = before.as_ref().map(sealed_of).transpose()?.flatten();
            identity::revise(&mut act.writing, person, sealed.as_ref(), act.line).await?;
            if self.has_key() {
                let known = self.identity_of(&mut act.writing, person).await?;
                identity::set_tokens(&mut act.writing, person, &self.tokens(&known)?).await?;
            }
        }
        Ok(())
    }
}

/// What a record was before a batch.
enum Before {
    Nothing,
    Content(crate::keys::content::Sealed),
    Destroyed,
}

impl Before {
    const fn is_gone(&self) -> bool {
        matches!(self, Self::Destroyed)
    }
}

async fn before(connection: &mut AnyConnection, touched: &Touched) -> Result<Before, StoreError> {
    let row = sqlx::query(
        "SELECT v.content, v.seal, v.fingerprint, k.person FROM revision v \
         JOIN record r ON r.id = v.record LEFT JOIN person_key k ON k.person = r.person \
         WHERE v.record = $1 AND v.revision = $2",
    );
    let row = row.bind(touched.standing.id).bind(touched.made - 1);
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(Before::Nothing) };
    if text(&row, "seal")? == crate::keys::content::REMOVED {
        return Ok(Before::Nothing);
    }
    let has_key = sqlx::Row::try_get::<Option<i64>, _>(&row, "person")?.is_some();
    Ok(sealed_of(&row)?.filter(|_| has_key).map_or(Before::Destroyed, Before::Content))
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

async fn touched_rows(
    connection: &mut AnyConnection,
    batch: BatchId,
) -> Result<Vec<AnyRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT r.*, v.revision AS made, p.pseudonym FROM revision v \
         JOIN batch b ON b.id = v.batch AND b.line = v.line JOIN record r ON r.id = v.record \
         JOIN person p ON p.id = r.person WHERE v.batch = $1 ORDER BY r.id",
    );
    Ok(rows.bind(batch.0).fetch_all(connection).await?)
}

fn touched_of(row: &AnyRow) -> Result<Touched, StoreError> {
    Ok(Touched {
        standing: Standing {
            id: number(row, "id")?,
            revision: number(row, "revision")?,
            fingerprint: maybe(row, "fingerprint")?,
        },
        made: number(row, "made")?,
    })
}

async fn edited_since(
    connection: &mut AnyConnection,
    row: &AnyRow,
) -> Result<EditedSince, StoreError> {
    let last = sqlx::query(
        "SELECT j.* FROM revision v JOIN journal j ON j.line = v.line \
         WHERE v.record = $1 AND v.revision = $2",
    );
    let id = number(row, "id")?;
    let last = last.bind(id).bind(number(row, "revision")?).fetch_one(connection).await?;
    Ok(EditedSince { record: RecordId(id), key: key_of(row)?, last: Line::of_row(&last)? })
}

/// Brings findings back to the state they had before the line, unless somebody has gone on with them.
async fn undo_findings(act: &mut Act, line: i64) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT f.id, f.steps, (SELECT s.state FROM finding_step s WHERE s.finding = f.id \
         AND s.step = f.steps - 1) AS state_before, (SELECT s.reason FROM finding_step s \
         WHERE s.finding = f.id AND s.step = f.steps - 1) AS reason_before \
         FROM finding f JOIN finding_step l ON l.finding = f.id AND l.step = f.steps \
         WHERE l.line = $1 ORDER BY f.id",
    );
    let rows = rows.bind(line).fetch_all(&mut *act.writing).await?;
    for row in rows {
        let state = maybe(&row, "state_before")?.and_then(|name| FindingState::from_name(&name));
        let code = match state {
            Some(_) => maybe(&row, "reason_before")?.unwrap_or_default(),
            None => "batch_undone".to_owned(),
        };
        let reason = Reason { code, comment: String::new() };
        let state = state.unwrap_or(FindingState::Closed);
        step(&mut act.writing, number(&row, "id")?, (state, &reason), act.line).await?;
    }
    Ok(())
}
