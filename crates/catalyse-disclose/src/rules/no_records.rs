//! Partners without records at a wave: not "fewer than 5", none.

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, Shown};

/// What: marks the cells of a partner that delivered no record at a wave. Why: a printed 0 stands for nobody or a few, and of whom no record
/// came it would say that there may be some; that none came is known to all partners. Parameters: none.
pub(crate) struct NoRecords;

impl Rule for NoRecords {
    fn apply(&self, draft: &mut Draft<'_>, _policy: &Policy) {
        for (cell, count) in draft.release.cells.iter_mut().zip(&draft.table.cells) {
            if draft.attendance.nobody.contains(count) {
                cell.count = Shown::Hidden(Mark::NoRecords);
            }
        }
    }
}
