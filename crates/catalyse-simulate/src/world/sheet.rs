//! A table of invented rows: its answers one by one, and as the columns that conditions see.

use std::collections::BTreeMap;

use catalyse_codebook::{Codebook, VariableName};
use catalyse_locale::{Label, Language};
use catalyse_records::{Chunk, GrowingTable, Table, Unworkable};

use crate::SimulateError;
use crate::world::cell::Cell;

/// Holds the rows of one table.
#[derive(Clone)]
pub(crate) struct Sheet<'c> {
    pub(crate) codebook: &'c Codebook,
    pub(crate) table: Table,
    pub(crate) n_rows: usize,
    cells: BTreeMap<VariableName, Vec<Cell>>,
    columns: GrowingTable<'c>,
}

impl<'c> Sheet<'c> {
    /// Makes a table without columns.
    pub(crate) fn new(codebook: &'c Codebook, table: Table, n_rows: usize) -> Self {
        let columns = GrowingTable::new(codebook, table.clone(), n_rows);
        Self { codebook, table, n_rows, cells: BTreeMap::new(), columns }
    }

    /// Adds or replaces the answers of a variable.
    pub(crate) fn set(
        &mut self,
        name: &VariableName,
        cells: Vec<Cell>,
    ) -> Result<(), SimulateError> {
        let Some(variable) = self.codebook.variable(name) else { return Ok(()) };
        self.columns.set(variable, cells.iter().map(|cell| (cell.value(), cell.reason())))?;
        self.cells.insert(name.clone(), cells);
        Ok(())
    }

    /// Returns the answers of a variable; nothing before it was drawn.
    pub(crate) fn cells(&self, name: &VariableName) -> &[Cell] {
        self.cells.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns one answer.
    pub(crate) fn cell(&self, name: &VariableName, row_index: usize) -> &Cell {
        self.cells(name).get(row_index).unwrap_or(&Cell::Empty)
    }

    /// Lists the variables that have answers.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &VariableName> {
        self.cells.keys()
    }

    /// Says of each row whether a condition is true.
    pub(crate) fn truth(&self, text: &str) -> Result<Vec<Option<bool>>, SimulateError> {
        self.columns.truth(text).map_err(|reason| not_worked_out(text, reason))
    }

    /// Works out the value of a variable from a formula or calculation.
    pub(crate) fn work_out(
        &self,
        name: &VariableName,
        text: &str,
    ) -> Result<Vec<Cell>, SimulateError> {
        let Some(variable) = self.codebook.variable(name) else { return Ok(Vec::new()) };
        let answers = self.columns.work_out(variable, text);
        let answers = answers.map_err(|reason| not_worked_out(text, reason))?;
        let list = self.codebook.list_of(variable);
        let cell = |answer: &Option<_>| match answer {
            Some(answer) => Cell::of_answer(answer, list),
            None => Cell::Empty,
        };
        Ok(answers.iter().map(cell).collect())
    }

    /// Returns the rows as a reader would hand them on, numbered from 1.
    pub(crate) fn chunk(&self) -> Result<Chunk, SimulateError> {
        Ok(self.columns.chunk()?)
    }

    /// Returns the table with only some rows, in the given order.
    pub(crate) fn take(&self, row_indices: &[usize]) -> Result<Self, SimulateError> {
        let mut taken = Self::new(self.codebook, self.table.clone(), row_indices.len());
        for (name, cells) in &self.cells {
            let cells = row_indices.iter().filter_map(|&index| cells.get(index).cloned()).collect();
            taken.set(name, cells)?;
        }
        Ok(taken)
    }
}

fn not_worked_out(text: &str, reason: Unworkable) -> SimulateError {
    let faults = match reason {
        Unworkable::Faults(faults) => faults,
        Unworkable::Engine(error) => return SimulateError::Engine(error),
    };
    let say = |language| {
        let reasons: Vec<String> = faults.iter().map(|fault| fault.message.say(language)).collect();
        reasons.join(" ; ")
    };
    let reason = Label::new(say(Language::Fr), say(Language::En));
    SimulateError::Condition { text: text.to_owned(), reason }
}
