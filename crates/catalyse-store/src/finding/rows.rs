//! Findings as rows: those that stand with what a seal covers of them, and new ones.

use sqlx::any::AnyRow;

use super::{BATCH_UNDONE, Belongs, FindingState, NewFinding, StoredFinding, finding_of};
use crate::StoreError;
use crate::engine::bulk::{Cell, Target};
use crate::engine::{number, text};
use crate::finding::steps::NO_LONGER_FOUND;

/// The table of findings.
pub(crate) const FINDINGS: Target = Target {
    table: "finding",
    columns: &[
        "id", "batch", "record", "partner", "wave", "check_id", "variable", "severity", "message",
        "place", "state", "reason", "steps",
    ],
    renewed: &["state", "reason", "steps"],
};

/// Holds a finding that stands.
pub(crate) struct Known {
    pub(crate) finding: StoredFinding,
    pub(crate) n_steps: i64,
    /// What it is about, as [`cells_of`] gives it.
    pub(crate) cells: Vec<Cell>,
}

impl Known {
    /// Says whether somebody has closed it.
    pub(crate) fn is_settled(&self) -> bool {
        self.finding.state == FindingState::Closed
            && ![NO_LONGER_FOUND, BATCH_UNDONE].contains(&self.finding.reason.as_str())
    }
}

/// Reads a finding that stands.
pub(crate) fn known_of(row: &AnyRow) -> Result<Known, StoreError> {
    let maybe_number = |column| sqlx::Row::try_get::<Option<i64>, _>(row, column);
    Ok(Known {
        finding: finding_of(row)?,
        n_steps: number(row, "steps")?,
        cells: vec![
            number(row, "id")?.into(),
            maybe_number("batch")?.into(),
            maybe_number("record")?.into(),
            text(row, "partner")?.into(),
            text(row, "wave")?.into(),
            text(row, "check_id")?.into(),
            text(row, "variable")?.into(),
            text(row, "severity")?.into(),
            text(row, "message")?.into(),
            text(row, "place")?.into(),
        ],
    })
}

/// Returns what a new finding is about: `id`, `batch`, `record`, `partner`, `wave`, `check_id`, `variable`, `severity`, `message`, `place`.
pub(crate) fn cells_of(
    id: i64,
    finding: &NewFinding,
    belongs: &Belongs<'_>,
) -> Result<Vec<Cell>, StoreError> {
    let broken = |_| StoreError::Broken("finding");
    let severity = serde_json::to_value(finding.severity).map_err(broken)?;
    Ok(vec![
        id.into(),
        belongs.batch.into(),
        belongs.record.into(),
        belongs.partner.into(),
        belongs.wave.into(),
        finding.check.as_str().into(),
        finding.variable.as_str().into(),
        severity.as_str().unwrap_or_default().into(),
        serde_json::to_string(&finding.message).map_err(broken)?.into(),
        finding.place.as_str().into(),
    ])
}
