//! Tells the reader that counts are rounded, and where sums could not be kept.

use catalyse_locale::{Args, Wording};

use super::Rule;
use crate::Policy;
use crate::draft::Draft;

const ROUNDED: Wording = Wording::new(
    "Effectifs arrondis à un multiple de { $base } pour protéger les personnes ; les pourcentages sont calculés sur ces effectifs arrondis. 0 veut dire moins de { $base }.",
    "Counts are rounded to a multiple of { $base } to protect persons; percentages are taken of rounded counts. 0 means fewer than { $base }.",
);
const SUMS: Wording = Wording::new(
    "Dans ce tableau, certains totaux arrondis diffèrent de la somme de leurs parties.",
    "In this table some rounded totals differ from the sum of their parts.",
);

/// What: notes on rounding. Why: a reader who adds up numbers must know. Parameters: `base`.
pub(crate) struct RoundedCounts;

impl Rule for RoundedCounts {
    fn apply(&self, draft: &mut Draft<'_>, _policy: &Policy) {
        let reach = draft.protected.reach;
        if reach > 1 {
            draft.note(&ROUNDED, Args::new().count("base", reach));
        }
        if draft.table.has_broken_sum(draft.protected) {
            draft.note(&SUMS, Args::new());
        }
    }
}
