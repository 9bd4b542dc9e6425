//! Findings (*constats*) with their state, and the reasons for which soft ones were accepted.

pub(crate) mod comment;
pub(crate) mod former;
mod rows;
mod steps;

use catalyse_codebook::{CheckId, PartnerId, Severity};
use catalyse_locale::Message;
use sqlx::any::AnyRow;

use crate::batch::BatchId;
use crate::engine::{count, number, text};
use crate::journal::{Act, Action, Line};
use crate::record::RecordId;
use crate::{Author, Store, StoreError};

pub(crate) use rows::{FINDINGS, Known, cells_of, known_of};
pub use steps::{BATCH_UNDONE, NO_LONGER_FOUND};
pub(crate) use steps::{Belongs, Of, decide, reconcile, step};

/// Numbers a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub i64);

/// Says what became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingState {
    /// Somebody has to look.
    Open,
    /// The encoder has answered; the coordinator has not read it.
    Answered,
    /// The value is right although the check says otherwise, for a reason (an override).
    Accepted,
    /// It is settled: corrected, no longer found, or its batch was undone.
    Closed,
}

impl FindingState {
    /// Lists every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Answered, Self::Accepted, Self::Closed];

    /// Returns the name, `open`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
        }
    }

    /// Returns the state of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Holds what a check says of a record, before the store knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFinding {
    /// The check.
    pub check: CheckId,
    /// The variable it stands at, or empty.
    pub variable: String,
    /// What follows.
    pub severity: Severity,
    /// What it tells. Never a person's value.
    pub message: Message,
    /// Where it stands in a delivery, or empty.
    pub place: String,
    /// The reason with which it is accepted at once: an override at entry.
    pub accepted: Option<Reason>,
}

/// Holds why a finding is accepted or closed: a short code picked in one key, and words if there are any. Both stay in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// The code, `checked_with_person`.
    pub code: String,
    /// Words. They must name nobody.
    pub comment: String,
}

/// Holds a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFinding {
    /// Its number.
    pub id: FindingId,
    /// The record it is about; none for a row that was set aside.
    pub record: Option<RecordId>,
    /// The batch that brought it; none for entry.
    pub batch: Option<BatchId>,
    /// The partner.
    pub partner: String,
    /// The wave.
    pub wave: String,
    /// The check.
    pub check: String,
    /// The variable it stands at, or empty.
    pub variable: String,
    /// What follows.
    pub severity: Severity,
    /// What it tells.
    pub message: Message,
    /// Where it stood in the delivery.
    pub place: String,
    /// What became of it.
    pub state: FindingState,
    /// The code of the last reason.
    pub reason: String,
}

impl StoredFinding {
    /// Says whether it is what a check says again.
    pub(crate) fn is_of(&self, new: &NewFinding) -> bool {
        self.check == new.check.as_str() && self.variable == new.variable
    }
}

/// Holds one step in the life of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it became.
    pub state: FindingState,
    /// Why.
    pub reason: Reason,
    /// Who and when.
    pub line: Line,
}

/// Counts how often a check was overridden, and why: a check that is overridden most of the time is a bad check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrides {
    /// The check.
    pub check: String,
    /// The code of the reason.
    pub reason: String,
    /// Findings accepted with it.
    pub accepted: u64,
    /// All findings of the check, closed ones included.
    pub found: u64,
}

/// Says which findings are wanted. What is absent does not restrict.
#[derive(Clone, Debug, Default)]
pub struct FindingFilter {
    /// In one state.
    pub state: Option<FindingState>,
    /// Of one partner.
    pub partner: Option<PartnerId>,
    /// Of one record.
    pub record: Option<RecordId>,
    /// Of one batch.
    pub batch: Option<BatchId>,
}

impl Store {
    /// Lists findings in the order they were found.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn findings(&self, filter: &FindingFilter) -> Result<Vec<StoredFinding>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM finding WHERE ($1 = '' OR state = $1) AND ($2 = '' OR partner = $2) \
             AND ($3 = 0 OR record = $3) AND ($4 = 0 OR batch = $4) ORDER BY id",
        );
        let rows = rows
            .bind(filter.state.map_or("", FindingState::name))
            .bind(filter.partner.as_ref().map(ToString::to_string).unwrap_or_default())
            .bind(filter.record.map_or(0, |record| record.0))
            .bind(filter.batch.map_or(0, |batch| batch.0))
            .fetch_all(&self.pools.reading)
            .await?;
        rows.iter().map(finding_of).collect()
    }

    /// Brings a finding to its next state, for a reason.
    ///
    /// # Errors
    /// There is no such finding, or a hard one is to be accepted: what is impossible stays impossible.
    pub async fn step_finding(
        &self,
        id: FindingId,
        state: FindingState,
        reason: &Reason,
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Finding).await?;
        let row = sqlx::query("SELECT * FROM finding WHERE id = $1").bind(id.0);
        let row = row.fetch_optional(&mut *act.writing).await?;
        let finding = finding_of(&row.ok_or_else(|| StoreError::unknown("finding", id.0))?)?;
        if finding.severity == Severity::Hard && state == FindingState::Accepted {
            return Err(StoreError::Impossible("a hard finding cannot be accepted"));
        }
        step(&mut act.writing, id.0, (state, reason), act.line).await?;
        let subject = serde_json::json!({ "finding": id.0, "state": state.name() });
        act.finish(&subject, None).await?;
        Ok(())
    }

    /// Returns the steps of a finding, the oldest first.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn finding_steps(&self, id: FindingId) -> Result<Vec<Step>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.state, s.reason, s.step, s.comment, c.content, k.secret, j.* FROM finding_step s \
             JOIN journal j ON j.line = s.line JOIN finding f ON f.id = s.finding \
             LEFT JOIN record r ON r.id = f.record LEFT JOIN person_key k ON k.person = r.person \
             LEFT JOIN finding_comment c ON c.finding = s.finding AND c.step = s.step \
             WHERE s.finding = $1 ORDER BY s.step",
        );
        let rows = rows.bind(id.0).fetch_all(&self.pools.reading).await?;
        let step = |row: &AnyRow| {
            let comment = comment::of_row(row, id.0)?;
            let reason = Reason { code: text(row, "reason")?, comment };
            Ok(Step { state: state_of(row)?, reason, line: Line::of_row(row)? })
        };
        rows.iter().map(step).collect()
    }

    /// Counts overrides by check and reason, of one partner if one is named, the most overridden check first. Whoever closes a soft finding
    /// for a reason has overridden it as well.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn overrides(
        &self,
        partner: Option<&PartnerId>,
    ) -> Result<Vec<Overrides>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.check_id, a.reason, COUNT(*) AS accepted, \
             (SELECT COUNT(*) FROM finding f WHERE f.check_id = a.check_id \
             AND ($1 = '' OR f.partner = $1)) AS found FROM finding a \
             WHERE ($1 = '' OR a.partner = $1) AND (a.state = 'accepted' OR (a.state = 'closed' \
             AND a.severity = 'soft' AND a.reason NOT IN ('', $2, $3))) GROUP BY a.check_id, a.reason \
             ORDER BY accepted DESC, a.check_id, a.reason",
        );
        let rows = rows
            .bind(partner.map(ToString::to_string).unwrap_or_default())
            .bind(steps::NO_LONGER_FOUND)
            .bind(BATCH_UNDONE)
            .fetch_all(&self.pools.reading)
            .await?;
        let overrides = |row: &AnyRow| {
            Ok(Overrides {
                check: text(row, "check_id")?,
                reason: text(row, "reason")?,
                accepted: count(row, "accepted")?,
                found: count(row, "found")?,
            })
        };
        rows.iter().map(overrides).collect()
    }
}

fn state_of(row: &AnyRow) -> Result<FindingState, StoreError> {
    FindingState::from_name(&text(row, "state")?).ok_or(StoreError::Broken("finding"))
}

pub(crate) fn finding_of(row: &AnyRow) -> Result<StoredFinding, StoreError> {
    let broken = |_| StoreError::Broken("finding");
    let severity = serde_json::Value::String(text(row, "severity")?);
    let record: Option<i64> = sqlx::Row::try_get(row, "record")?;
    let batch: Option<i64> = sqlx::Row::try_get(row, "batch")?;
    Ok(StoredFinding {
        id: FindingId(number(row, "id")?),
        record: record.map(RecordId),
        batch: batch.map(BatchId),
        partner: text(row, "partner")?,
        wave: text(row, "wave")?,
        check: text(row, "check_id")?,
        variable: text(row, "variable")?,
        severity: serde_json::from_value(severity).map_err(broken)?,
        message: serde_json::from_str(&text(row, "message")?).map_err(broken)?,
        place: text(row, "place")?,
        state: state_of(row)?,
        reason: text(row, "reason")?,
    })
}
