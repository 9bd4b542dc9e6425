//! A table of invented rows that grows column by column, so that conditions see what was drawn before them.

use std::collections::BTreeMap;

use catalyse_codebook::{Codebook, Row, VariableName};
use catalyse_locale::{Label, Language};
use catalyse_records::{
    self as records, Chunk, Layout, SourceIndex, Table, column_names, data_type, precision_type,
    reason_type,
};
use polars::prelude::*;

use crate::SimulateError;
use crate::cell::{Cell, from_column, to_columns};

/// Holds the rows of one table.
#[derive(Clone)]
pub(crate) struct Sheet<'c> {
    pub(crate) codebook: &'c Codebook,
    pub(crate) table: Table,
    pub(crate) n_rows: usize,
    cells: BTreeMap<VariableName, Vec<Cell>>,
    frame: DataFrame,
}

impl<'c> Sheet<'c> {
    /// Makes a table without columns.
    pub(crate) fn new(codebook: &'c Codebook, table: Table, n_rows: usize) -> Self {
        let frame = DataFrame::empty_with_height(n_rows);
        Self { codebook, table, n_rows, cells: BTreeMap::new(), frame }
    }

    /// Adds or replaces the answers of a variable.
    pub(crate) fn set(
        &mut self,
        name: &VariableName,
        cells: Vec<Cell>,
    ) -> Result<(), SimulateError> {
        let Some(variable) = self.codebook.variable(name) else { return Ok(()) };
        for beside in [records::reason_column(name), records::precision_column(name)] {
            if self.frame.get_column_index(&beside).is_some() {
                self.frame.drop_in_place(&beside)?;
            }
        }
        for column in to_columns(self.codebook, variable, &cells)? {
            self.frame.with_column(column)?;
        }
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
        let expression =
            records::condition(text, &self.row()).map_err(|faults| not_read(text, &faults))?;
        let column = self.evaluate(expression)?;
        Ok(column.cast(&DataType::Boolean)?.bool()?.iter().collect())
    }

    /// Works out the value of a variable from a formula or calculation.
    pub(crate) fn work_out(
        &self,
        name: &VariableName,
        text: &str,
    ) -> Result<Vec<Cell>, SimulateError> {
        let Some(variable) = self.codebook.variable(name) else { return Ok(Vec::new()) };
        let list = self.codebook.list_of(variable);
        let expression = records::calculation(text, &self.row(), list)
            .map_err(|faults| not_read(text, &faults))?;
        Ok(from_column(self.codebook, variable, &self.evaluate(expression)?)?)
    }

    /// Returns the rows as a reader would hand them on, numbered from 1.
    pub(crate) fn chunk(&self) -> Result<Chunk, SimulateError> {
        let layout = Layout::new(self.codebook, self.table.clone())?;
        let mut columns = Vec::with_capacity(layout.schema.len());
        for (name, data_type) in layout.schema.iter() {
            columns.push(match self.frame.column(name) {
                Ok(column) => column.clone(),
                Err(_) => self.nulls(name, data_type),
            });
        }
        let beside =
            self.frame.columns().iter().filter(|column| !layout.schema.contains(column.name()));
        columns.extend(beside.cloned());
        let frame = DataFrame::new(self.n_rows, columns)?;
        let rows = (1..=self.n_rows as u32).collect();
        Ok(Chunk { table: self.table.clone(), source: SourceIndex(0), rows, frame })
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

    fn row(&self) -> Row<'c> {
        records::row_of(self.codebook, &self.table)
    }

    fn evaluate(&self, expression: Expr) -> Result<Column, SimulateError> {
        let mut columns =
            vec![Column::new("row number".into(), (0..self.n_rows as u32).collect::<Vec<_>>())];
        for name in records::columns_read(&expression) {
            columns.push(match self.frame.column(&name) {
                Ok(column) => column.clone(),
                Err(_) => self.nulls(&name, &self.type_of(&name)?),
            });
        }
        let frame = DataFrame::new(self.n_rows, columns)?;
        let answered = frame.lazy().with_columns([expression.alias("answer")]).collect()?;
        Ok(answered.column("answer")?.clone())
    }

    fn nulls(&self, name: &PlSmallStr, data_type: &DataType) -> Column {
        Column::new_scalar(name.clone(), Scalar::null(data_type.clone()), self.n_rows)
    }

    /// Returns the type of a column that was not drawn yet.
    fn type_of(&self, column: &str) -> PolarsResult<DataType> {
        for form in &self.codebook.forms {
            for variable in form.variables() {
                if column_names(self.codebook, variable).iter().any(|name| name == column) {
                    return data_type(self.codebook, variable);
                }
            }
        }
        if column.ends_with("_precision") { precision_type() } else { reason_type() }
    }
}

fn not_read(text: &str, faults: &[catalyse_codebook::Fault]) -> SimulateError {
    let say = |language| {
        let reasons: Vec<String> = faults.iter().map(|fault| fault.message.say(language)).collect();
        reasons.join(" ; ")
    };
    let reason = Label::new(say(Language::Fr), say(Language::En));
    SimulateError::Condition { text: text.to_owned(), reason }
}
