//! Sums of weights, without the count that they would give away.

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, Shown};

/// What: prints the rounded count times the mean weight of the cell, rounded to the base. Why: with weights near 1 a rounded sum of
/// weights beside a rounded count would narrow the count; this sum is a function of what is printed and of weights only.
/// Parameters: `base`.
pub(crate) struct WeightedSums;

impl Rule for WeightedSums {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        for (place, cell) in draft.tabulation.cells.iter().enumerate() {
            let Some(weighted) = cell.weighted else { continue };
            let shown = draft.printed(place).map_or(Shown::Hidden(Mark::Confidential), |printed| {
                let mean_weight = if cell.count == 0 { 0.0 } else { weighted / cell.count as f64 };
                let steps = printed as f64 * mean_weight / policy.base as f64;
                Shown::Value(steps.round().max(0.0) as u64 * policy.base)
            });
            draft.release.cells[place].weighted = Some(shown);
        }
    }
}
