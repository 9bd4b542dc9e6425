//! One change that may be the fault that is looked for, and what it shows.

use catalyse_codebook::{CheckId, VariableName};

use super::values::Change;

/// Names what a changed row breaks, and at which variable that shows.
pub(super) type Shown = Vec<(CheckId, VariableName)>;

/// Holds a change of a row that may be the fault that is looked for.
pub(super) struct Try {
    pub(super) wanted: usize,
    pub(super) row_index: usize,
    pub(super) edit: Change,
}
