//! What was planted: the findings that must show, with their places once the deliveries are written.

use std::collections::BTreeMap;

use catalyse_codebook::{CheckId, VariableName};

/// Holds one finding that a fault must show, with its place.
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
    /// The fault it belongs to, from 1: a fault that several checks or rows show stands here several times.
    pub number: usize,
}

/// Holds a finding that must show in the invented tables.
#[derive(Clone, Debug)]
pub(crate) struct PlantedFault {
    pub(crate) table: usize,
    pub(crate) row_index: usize,
    pub(crate) variable: VariableName,
    pub(crate) check: CheckId,
    pub(crate) kind: String,
    pub(crate) number: usize,
}

/// Holds what was planted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planted {
    pub(crate) faults: Vec<PlantedFault>,
    /// Texts that stand in place of an answer: by table, row and variable.
    pub(crate) raw: BTreeMap<(usize, usize, VariableName), String>,
    pub(crate) checks_without_fault: Vec<CheckId>,
    n_faults: usize,
}

impl Planted {
    /// Adds the findings of one more fault.
    pub(crate) fn add(&mut self, shown: Vec<PlantedFault>) {
        self.n_faults += 1;
        let number = self.n_faults;
        self.faults.extend(shown.into_iter().map(|fault| PlantedFault { number, ..fault }));
    }
}
