//! Group disclosure: nearly all or nearly none of a group in one category of a sensitive variable.

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedShare};

/// What: in sensitive tables prints "≥ 90 %" or "≤ 10 %" for shares beyond these, and no words for small bases.
/// Why: "all persons of this partner have a disability" tells it of each of them without any small count.
/// Parameters: `dominance_percent`.
/// Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.2 (group disclosure).
///
/// The rounded counts stay: a printed 50 of 50 is 46 to 54 of 46 to 54, and each printed 0 beside it may be 4, so that nobody can tell
/// that all are in one category.
pub(crate) struct Dominance;

impl Rule for Dominance {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        if !draft.tabulation.is_sensitive {
            return;
        }
        for cell in &mut draft.release.cells {
            let share = match cell.share {
                ReleasedShare::Percent(percent) if percent >= policy.dominance_percent => {
                    ReleasedShare::AtLeast(policy.dominance_percent)
                }
                ReleasedShare::Percent(percent) if percent <= 100 - policy.dominance_percent => {
                    ReleasedShare::AtMost(100 - policy.dominance_percent)
                }
                ReleasedShare::About { .. } => ReleasedShare::Hidden(Mark::LowBase),
                ReleasedShare::Percent(_)
                | ReleasedShare::AtLeast(_)
                | ReleasedShare::AtMost(_)
                | ReleasedShare::Hidden(_)
                | ReleasedShare::None => continue,
            };
            cell.share = share;
            cell.interval = None;
        }
    }
}
