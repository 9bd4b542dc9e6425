//! Faults: planted one a person, each at a place that is known, each shown by one check alone.

mod truth;

use std::collections::BTreeMap;

use catalyse_codebook::{CheckId, VariableName};

pub(crate) use truth::truth;

use crate::SimulateError;
use crate::simulate::Drawn;
use crate::world::World;

/// Holds one fault with the place where its finding must stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The name of the file.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row as people see it, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// The cell as a spreadsheet names it, `F14`.
    pub cell: String,
    /// The variable that the finding stands at.
    pub variable: VariableName,
    /// The check that must find it.
    pub check: CheckId,
    /// What was done, `out-of-range`.
    pub kind: String,
}

/// Holds a fault in the invented tables.
#[derive(Clone, Debug)]
pub(crate) struct PlantedFault {
    pub(crate) table: usize,
    pub(crate) row_index: usize,
    pub(crate) variable: VariableName,
    pub(crate) check: CheckId,
    pub(crate) kind: String,
}

/// Holds what was planted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planted {
    pub(crate) faults: Vec<PlantedFault>,
    /// Texts that stand in place of an answer: by table, row and variable.
    pub(crate) raw: BTreeMap<(usize, usize, VariableName), String>,
    pub(crate) checks_without_fault: Vec<CheckId>,
}

/// Plants faults of every check that can be broken alone.
pub(crate) fn plant(
    _world: &World<'_>,
    _tables: &mut [Drawn<'_>],
) -> Result<Planted, SimulateError> {
    Ok(Planted::default())
}
