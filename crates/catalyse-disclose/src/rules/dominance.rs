//! Group disclosure: nearly all or nearly none of a group in one category of a sensitive variable.

use std::collections::BTreeSet;

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedShare};

/// What: in a group of a sensitive table that stands nearly whole in one category, prints "≥ 90 %" for that category and "≤ 10 %" for the
/// others; in sensitive tables it also leaves out the words for small bases.
/// Why: "all persons of this partner have a disability" tells it of each of them without any small count.
/// Parameters: `dominance_percent`.
/// Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.2 (group disclosure).
///
/// Whether a group is dominated is decided on its printed shares, so that the mark itself tells nothing new. The rounded counts stay: a
/// printed 50 of 50 is 46 to 54 of 46 to 54, and each printed 0 beside it may be 4, so that nobody can tell that all are in one category.
pub(crate) struct Dominance;

impl Rule for Dominance {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        if !draft.tabulation.is_sensitive {
            return;
        }
        let high = policy.dominance_percent;
        let dominated: BTreeSet<Option<usize>> = draft
            .release
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| matches!(cell.share, ReleasedShare::Percent(percent) if percent >= high))
            .map(|(place, _)| draft.base_of(place))
            .collect();
        let in_dominated: Vec<bool> = (0..draft.release.cells.len())
            .map(|place| dominated.contains(&draft.base_of(place)))
            .collect();
        for (cell, is_dominated) in draft.release.cells.iter_mut().zip(in_dominated) {
            cell.share = match cell.share {
                ReleasedShare::Percent(percent) if is_dominated && percent >= high => {
                    ReleasedShare::AtLeast(high)
                }
                ReleasedShare::Percent(percent) if is_dominated && percent <= 100 - high => {
                    ReleasedShare::AtMost(100 - high)
                }
                ReleasedShare::About { .. } => ReleasedShare::Hidden(Mark::LowBase),
                ReleasedShare::Percent(_)
                | ReleasedShare::AtLeast(_)
                | ReleasedShare::AtMost(_)
                | ReleasedShare::Hidden(_)
                | ReleasedShare::None => continue,
            };
            cell.interval = None;
        }
    }
}
