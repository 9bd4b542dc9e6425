//! Changing a row of a drawn table, and what undoes it.

use super::values::Change;
use crate::SimulateError;
use crate::draw::tables::Drawn;

/// Changes a row, and returns what stood there.
pub(super) fn apply(
    tables: &mut [Drawn<'_>],
    table: usize,
    row_index: usize,
    edit: &Change,
) -> Result<Change, SimulateError> {
    let mut kept = Change::new();
    let Some(drawn) = tables.get_mut(table) else { return Ok(kept) };
    for (name, cell) in edit {
        let mut cells = drawn.sheet.cells(name).to_vec();
        if let Some(place) = cells.get_mut(row_index) {
            kept.insert(name.clone(), std::mem::replace(place, cell.clone()));
        }
        drawn.sheet.set(name, cells)?;
    }
    Ok(kept)
}
