//! Steps of findings: how they are added, and brought in line with what was just found.

use std::collections::BTreeSet;

use catalyse_codebook::Severity;
use sqlx::AnyConnection;

use super::{FindingState, NewFinding, Reason, StoredFinding, comment, finding_of};
use crate::StoreError;
use crate::engine::{next_number, number, text};

/// Where a finding belongs.
pub(crate) struct Belongs<'a> {
    pub(crate) record: Option<i64>,
    pub(crate) batch: Option<i64>,
    pub(crate) partner: &'a str,
    pub(crate) wave: &'a str,
    pub(crate) line: i64,
}

/// Adds a finding with its first step.
async fn add(
    writing: &mut AnyConnection,
    finding: &NewFinding,
    belongs: &Belongs<'_>,
) -> Result<(), StoreError> {
    let id = next_number(writing, "SELECT MAX(id) FROM finding").await?;
    let broken = |_| StoreError::Broken("finding");
    let severity = serde_json::to_value(finding.severity).map_err(broken)?;
    let insert = sqlx::query(
        "INSERT INTO finding (id, batch, record, partner, wave, check_id, variable, severity, message, \
         place, state, reason, steps) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', '', 0)",
    );
    insert
        .bind(id)
        .bind(belongs.batch)
        .bind(belongs.record)
        .bind(belongs.partner.to_owned())
        .bind(belongs.wave.to_owned())
        .bind(finding.check.to_string())
        .bind(finding.variable.clone())
        .bind(severity.as_str().unwrap_or_default().to_owned())
        .bind(serde_json::to_string(&finding.message).map_err(broken)?)
        .bind(finding.place.clone())
        .execute(&mut *writing)
        .await?;
    let none = Reason::default();
    let (state, reason) = match &finding.accepted {
        Some(reason) if finding.severity != Severity::Hard => (FindingState::Accepted, reason),
        _ => (FindingState::Open, &none),
    };
    step(writing, id, (state, reason), belongs.line).await
}

/// Adds a step to a finding.
pub(crate) async fn step(
    writing: &mut AnyConnection,
    finding: i64,
    (state, reason): (FindingState, &Reason),
    line: i64,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT steps FROM finding WHERE id = $1").bind(finding);
    let step = number(&row.fetch_one(&mut *writing).await?, "steps")? + 1;
    let comment = comment::put(writing, (finding, step), &reason.comment).await?;
    let insert = sqlx::query(
        "INSERT INTO finding_step (finding, step, line, state, reason, comment) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    insert
        .bind(finding)
        .bind(step)
        .bind(line)
        .bind(state.name())
        .bind(reason.code.clone())
        .bind(comment)
        .execute(&mut *writing)
        .await?;
    let update =
        sqlx::query("UPDATE finding SET state = $2, reason = $3, steps = $4 WHERE id = $1");
    update
        .bind(finding)
        .bind(state.name())
        .bind(reason.code.clone())
        .bind(step)
        .execute(&mut *writing)
        .await?;
    Ok(())
}

/// The reason of a finding that is no longer found.
const NO_LONGER_FOUND: &str = "no_longer_found";
/// The reason of a finding whose batch was undone.
pub(crate) const BATCH_UNDONE: &str = "batch_undone";

/// Returns the check and variable of each finding of a record that somebody has closed.
pub(crate) async fn settled(
    writing: &mut AnyConnection,
    record: i64,
) -> Result<BTreeSet<(String, String)>, StoreError> {
    let rows = sqlx::query(
        "SELECT check_id, variable FROM finding WHERE record = $1 AND state = 'closed' \
         AND reason <> $2 AND reason <> $3",
    );
    let rows = rows.bind(record).bind(NO_LONGER_FOUND).bind(BATCH_UNDONE);
    let rows = rows.fetch_all(writing).await?;
    rows.iter().map(|row| Ok((text(row, "check_id")?, text(row, "variable")?))).collect()
}

/// Brings the findings of a record in line with what was just found: known ones stay as they are, new ones open, gone ones close.
pub(crate) async fn reconcile(
    writing: &mut AnyConnection,
    found: &[&NewFinding],
    belongs: &Belongs<'_>,
) -> Result<u64, StoreError> {
    let rows = sqlx::query("SELECT * FROM finding WHERE record = $1 ORDER BY id");
    let rows = rows.bind(belongs.record.unwrap_or_default()).fetch_all(&mut *writing).await?;
    let known = rows.iter().map(finding_of).collect::<Result<Vec<_>, _>>()?;
    let is_same = |known: &StoredFinding, new: &NewFinding| {
        known.check == new.check.as_str() && known.variable == new.variable
    };
    let mut n_changes = 0;
    for new in found {
        let reason = new.accepted.as_ref();
        match known.iter().find(|known| is_same(known, new)) {
            None => add(writing, new, belongs).await?,
            Some(known) if known.state == FindingState::Closed || reason.is_some() => {
                let none = Reason::default();
                let next = match reason {
                    Some(reason) if new.severity != Severity::Hard => {
                        (FindingState::Accepted, reason)
                    }
                    _ => (FindingState::Open, &none),
                };
                if known.state == next.0 && known.reason == next.1.code {
                    continue;
                }
                step(writing, known.id.0, next, belongs.line).await?;
            }
            Some(_) => continue,
        }
        n_changes += 1;
    }
    let gone = Reason { code: NO_LONGER_FOUND.into(), comment: String::new() };
    for known in known.iter().filter(|known| known.state != FindingState::Closed) {
        if !found.iter().any(|new| is_same(known, new)) {
            step(writing, known.id.0, (FindingState::Closed, &gone), belongs.line).await?;
            n_changes += 1;
        }
    }
    Ok(n_changes)
}
