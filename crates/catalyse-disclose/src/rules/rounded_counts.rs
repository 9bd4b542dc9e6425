//! Tells the reader where sums could not be kept. That counts are rounded, and to what, a release says by itself: `Release::rounding`.

use catalyse_locale::{Args, Wording};

use super::Rule;
use crate::Policy;
use crate::draft::Draft;

const SUMS: Wording = Wording::new(
    "Dans ce tableau, certains totaux arrondis diffèrent de la somme de leurs parties.",
    "In this table some rounded totals differ from the sum of their parts.",
);

/// What: a note where rounded parts do not add up. Why: a reader who adds up numbers must know. Parameters: none.
pub(crate) struct RoundedCounts;

impl Rule for RoundedCounts {
    fn apply(&self, draft: &mut Draft<'_>, _policy: &Policy) {
        if draft.protected.has_broken_sum(&draft.table.relations) {
            draft.note(&SUMS, Args::new());
        }
    }
}
