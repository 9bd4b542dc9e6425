//! Drafts: a record that is being typed, saved field by field, by one person or two.

mod code;
mod finish;
mod moved;
pub(crate) mod open;
pub(crate) mod queue;
mod reasons;
mod renew;
mod save;
mod stamp;

pub use moved::{Moved, Moves, Renumbered};
pub use stamp::DraftStamp;

use std::collections::BTreeMap;

use catalyse_codebook::{Answer, FormName, VariableName};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::batch::accept::NewRecord;
use crate::engine::{count, maybe, number, text};
use crate::journal::time;
use crate::person::PersonId;
use crate::record::RecordId;
use crate::{Author, StoreError};

/// Numbers a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub i64);

/// Names a field of a draft: a variable of the person in the wave, or of one of the episodes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// The repeat form, or none.
    pub form: Option<FormName>,
    /// The number of the episode; 0 without a form.
    pub number: i64,
    /// The variable.
    pub variable: VariableName,
}

/// Holds one field to be saved.
#[derive(Clone, Debug)]
pub struct SaveField {
    /// The draft.
    pub draft: DraftId,
    /// The field.
    pub field: Field,
    /// The answer; none empties the field.
    pub answer: Option<Answer>,
    /// The version of the field that the author has on the screen; 0 for one that was empty.
    pub seen: u64,
    /// Who types, and when.
    pub author: Author,
}

/// Says what became of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// It is on the disk.
    Done {
        /// Its version from now on.
        version: u64,
        /// Who else has saved something in this draft, if somebody has: two persons are on one record.
        others: Vec<String>,
    },
    /// Somebody else wrote something else since. Nothing was changed: the author decides.
    Conflict {
        /// What stands there.
        theirs: Option<Answer>,
        /// Its version: saving again with it means "mine counts".
        version: u64,
        /// Who wrote it.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// Says what a draft begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The draft.
    pub draft: DraftId,
    /// It was open already: who opened it, and when. Two persons are on one record.
    pub already: Option<(String, Timestamp)>,
}

/// Holds one field of a draft as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftField {
    /// The answer; none if it was emptied.
    pub answer: Option<Answer>,
    /// How often anything was saved in the draft when this was: what [`SaveField::seen`] takes.
    pub version: u64,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Holds what a draft is about.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftState {
    /// The draft.
    pub id: DraftId,
    /// The partner.
    pub partner: String,
    /// The wave.
    pub wave: String,
    /// The person's number.
    pub person: PersonId,
    /// The person's code, once there is one.
    pub pseudonym: Option<String>,
    /// How often anything was saved in it.
    pub version: u64,
    /// Who opened it.
    pub opened_by: String,
    /// When.
    pub opened_at: Timestamp,
    /// When something was saved in it last.
    pub changed_at: Timestamp,
}

impl std::fmt::Debug for DraftState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, partner, wave, version, .. } = self;
        write!(formatter, "DraftState({}, {partner}, {wave}, version {version})", id.0)
    }
}

/// Holds a draft with its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is about.
    pub state: DraftState,
    /// The fields.
    pub fields: BTreeMap<Field, DraftField>,
    /// The records that it stands on, as they are now; their answers hold where the draft has no field.
    pub base: Vec<RecordId>,
}

/// Holds a draft that is complete: what becomes of it.
#[derive(Clone, Debug)]
pub struct FinishedDraft {
    /// The draft.
    pub draft: DraftId,
    /// The version that was checked.
    pub seen: u64,
    /// The line of the journal at which the records were looked up that it was checked beside ([`crate::Store::kindred`]); none if it was beside
    /// none. What comes in after that line, of whoever may be the same person, was not seen by the checks.
    pub seen_line: Option<u64>,
    /// The records, whole, derived variables among them, with what the checks found. Records the draft stands on that are not here go.
    pub records: Vec<NewRecord>,
}

pub(super) fn field_of(row: &AnyRow) -> Result<Field, StoreError> {
    let broken = |_| StoreError::Broken("draft");
    let form = text(row, "form")?;
    Ok(Field {
        form: if form.is_empty() { None } else { Some(FormName::new(&form).map_err(broken)?) },
        number: number(row, "number")?,
        variable: VariableName::new(&text(row, "variable")?).map_err(broken)?,
    })
}

pub(super) fn state_of(row: &AnyRow) -> Result<DraftState, StoreError> {
    Ok(DraftState {
        id: DraftId(number(row, "id")?),
        partner: text(row, "partner")?,
        wave: text(row, "wave")?,
        person: PersonId(number(row, "person")?),
        pseudonym: maybe(row, "pseudonym")?,
        version: count(row, "version")?,
        opened_by: text(row, "opened_by")?,
        opened_at: time(row, "opened_at")?,
        changed_at: time(row, "changed_at")?,
    })
}

/// Removes a draft with its fields.
pub(crate) async fn remove(writing: &mut AnyConnection, draft: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM slip_draft WHERE draft = $1",
        "DELETE FROM second_draft WHERE draft = $1",
        "DELETE FROM draft_reason WHERE draft = $1",
        "DELETE FROM draft_field WHERE draft = $1",
        "DELETE FROM draft_base WHERE draft = $1",
        "DELETE FROM draft WHERE id = $1",
    ] {
        sqlx::query(sql).bind(draft).execute(&mut *writing).await?;
    }
    Ok(())
}

/// Removes a person who was never more than a draft, with the key.
pub(crate) async fn forget_nobody(
    writing: &mut AnyConnection,
    person: i64,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM person_key WHERE person IN (SELECT id FROM person WHERE id = $1 AND state = 'draft')",
        "UPDATE person SET state = 'erased' WHERE id = $1 AND state = 'draft'",
    ] {
        sqlx::query(sql).bind(person).execute(&mut *writing).await?;
    }
    Ok(())
}
