//! Steps of findings: how they are added, and brought in line with what was just found.

use catalyse_codebook::Severity;
use sqlx::AnyConnection;

use super::rows::{FINDINGS, cells_of};
use super::{FindingState, NewFinding, Reason, StoredFinding, comment, finding_of};
use crate::StoreError;
use crate::engine::bulk::put_all;
use crate::engine::{next_number, number};

/// Where a finding belongs.
pub(crate) struct Belongs<'a> {
    pub(crate) record: Option<i64>,
    pub(crate) batch: Option<i64>,
    pub(crate) partner: &'a str,
    pub(crate) wave: &'a str,
    pub(crate) line: i64,
}

/// Adds a finding, as yet without a step.
async fn add(
    writing: &mut AnyConnection,
    finding: &NewFinding,
    belongs: &Belongs<'_>,
) -> Result<i64, StoreError> {
    let id = next_number(writing, "SELECT MAX(id) FROM finding").await?;
    let mut row = cells_of(id, finding, belongs)?;
    row.extend([FindingState::Open.name().into(), "".into(), 0.into()]);
    put_all(writing, &FINDINGS, vec![row]).await?;
    Ok(id)
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
    comment::put(writing, (finding, step), &reason.comment).await?;
    let insert = sqlx::query(
        "INSERT INTO finding_step (finding, step, line, state, reason, comment) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    insert
        .bind(finding)
        .bind(step)
        .bind(line)
        .bind(state.name())
        .bind(reason.code.clone())
        .bind("")
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
pub const NO_LONGER_FOUND: &str = "no_longer_found";
/// The reason of a finding whose batch was undone.
pub const BATCH_UNDONE: &str = "batch_undone";

/// A step that a finding is to take.
pub(crate) struct Next<'f> {
    pub(crate) of: Of<'f>,
    pub(crate) state: FindingState,
    pub(crate) reason: Reason,
}

/// Says which finding takes a step.
#[derive(Clone, Copy)]
pub(crate) enum Of<'f> {
    New(&'f NewFinding),
    /// The known one of this place in the list.
    Known(usize),
}

/// Compares the known findings of a record with what was just found: known ones stay as they are, new ones open, gone ones close.
pub(crate) fn decide<'f>(known: &[&StoredFinding], found: &[&'f NewFinding]) -> Vec<Next<'f>> {
    let mut steps = Vec::new();
    for new in found {
        let (state, reason) = match &new.accepted {
            Some(reason) if new.severity != Severity::Hard => {
                (FindingState::Accepted, reason.clone())
            }
            Some(_) | None => (FindingState::Open, Reason::default()),
        };
        let place = known.iter().position(|known| known.is_of(new));
        let of = place.map_or(Of::New(new), Of::Known);
        let stays = place.and_then(|place| known.get(place)).is_some_and(|known| {
            let may_move = known.state == FindingState::Closed || new.accepted.is_some();
            !may_move || (known.state == state && known.reason == reason.code)
        });
        if !stays {
            steps.push(Next { of, state, reason });
        }
    }
    for (place, known) in known.iter().enumerate() {
        let is_open = known.state != FindingState::Closed;
        if is_open && !found.iter().any(|new| known.is_of(new)) {
            let reason = Reason { code: NO_LONGER_FOUND.into(), comment: String::new() };
            steps.push(Next { of: Of::Known(place), state: FindingState::Closed, reason });
        }
    }
    steps
}

/// Brings the findings of a record in line with what was just found.
pub(crate) async fn reconcile(
    writing: &mut AnyConnection,
    found: &[&NewFinding],
    belongs: &Belongs<'_>,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT * FROM finding WHERE record = $1 ORDER BY id");
    let rows = rows.bind(belongs.record.unwrap_or_default()).fetch_all(&mut *writing).await?;
    let known = rows.iter().map(finding_of).collect::<Result<Vec<_>, _>>()?;
    for next in decide(&known.iter().collect::<Vec<_>>(), found) {
        let id = match next.of {
            Of::New(new) => add(writing, new, belongs).await?,
            Of::Known(place) => match known.get(place) {
                Some(known) => known.id.0,
                None => continue,
            },
        };
        step(writing, id, (next.state, &next.reason), belongs.line).await?;
    }
    Ok(())
}
