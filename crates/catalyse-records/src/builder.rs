//! Builders: from values to typed columns, without a detour by text.

use catalyse_codebook::{Codebook, MissingReason, Precision, Value, Variable};
use polars::prelude::*;

use crate::cells::{Cells, Packed, Plain, code_column};
use crate::{
    Chunk, Layout, SourceIndex, Table, column_names, data_type, precision_column, precision_type,
    reason_column, reason_type,
};

/// Builds the column, or the columns, of one variable.
pub struct ColumnBuilder {
    names: Vec<String>,
    data_type: DataType,
    cells: Cells,
    n_rows: usize,
    // Empty until the first one comes: most variables have none in most chunks.
    reasons: Plain<u16>,
    precisions: Plain<u16>,
    reason_column: String,
    precision_column: String,
}

impl ColumnBuilder {
    /// Makes an empty builder for a variable, with room for some rows.
    ///
    /// # Errors
    /// The variable's code list holds one code twice.
    pub fn new(codebook: &Codebook, variable: &Variable, n_rows: usize) -> PolarsResult<Self> {
        let names = column_names(codebook, variable);
        Ok(Self::of_type(variable, (names, data_type(codebook, variable)?), n_rows))
    }

    fn of_type(
        variable: &Variable,
        (names, data_type): (Vec<String>, DataType),
        n_rows: usize,
    ) -> Self {
        Self {
            names,
            data_type,
            cells: Cells::new(variable.value_type.storage(), variable.name.as_str(), n_rows),
            n_rows: 0,
            reasons: Plain::with_capacity(0),
            precisions: Plain::with_capacity(0),
            reason_column: reason_column(&variable.name),
            precision_column: precision_column(&variable.name),
        }
    }

    /// Adds a value. One that does not fit the variable's storage becomes empty with the reason `to_check`.
    #[inline]
    pub fn push_value(&mut self, value: Value<'_>) {
        if let Value::Date(_, precision) = value
            && precision != Precision::Day
            && matches!(self.cells, Cells::Date(_))
        {
            self.precisions.push_at(self.n_rows, precision as u16);
        }
        if self.cells.push(value) {
            self.n_rows += 1;
        } else {
            self.push_missing(Some(MissingReason::ToCheck));
        }
    }

    /// Adds a value that was packed from one of the same variable.
    #[inline]
    pub fn push_packed(&mut self, packed: Packed) {
        self.cells.push_packed(packed);
        self.n_rows += 1;
    }

    /// Adds an empty value with its reason, if one is known.
    #[inline]
    pub fn push_missing(&mut self, reason: Option<MissingReason>) {
        self.cells.push_missing();
        if let Some(reason) = reason {
            self.reasons.push_at(self.n_rows, reason as u16);
        }
        self.n_rows += 1;
    }

    /// Returns the columns of a variable that no row has: a column that a delivery lacks costs nothing.
    fn finish_empty(self, n_rows: usize) -> Vec<Column> {
        let empty = |name: &String| {
            Column::new_scalar(name.as_str().into(), Scalar::null(self.data_type.clone()), n_rows)
        };
        self.names.iter().map(empty).collect()
    }

    /// Returns the columns: those of the values, then that of the reasons if there is one.
    ///
    /// # Errors
    /// A code lies outside its list.
    pub fn finish(mut self) -> PolarsResult<Vec<Column>> {
        let mut columns = self.cells.finish(&self.names, &self.data_type)?;
        if !self.reasons.is_empty() {
            self.reasons.fill(self.n_rows);
            columns.push(code_column(self.reason_column.into(), self.reasons, &reason_type()?)?);
        }
        if !self.precisions.is_empty() {
            self.precisions.fill(self.n_rows);
            let (name, data_type) = (self.precision_column.into(), precision_type()?);
            columns.push(code_column(name, self.precisions, &data_type)?);
        }
        Ok(columns)
    }
}

/// Builds one chunk of a table: a builder a variable.
pub struct ChunkBuilder {
    table: Table,
    columns: Vec<ColumnBuilder>,
    rows: Vec<u32>,
}

impl ChunkBuilder {
    /// Makes an empty chunk of a table, with room for some rows.
    ///
    /// # Errors
    /// A code list holds one code twice.
    pub fn new(codebook: &Codebook, layout: &Layout, n_rows: usize) -> PolarsResult<Self> {
        let builder = |variable: &Variable| {
            let names = column_names(codebook, variable);
            // The layout has worked out the types: for a list of hundreds of codes that is not free.
            let known = names.first().and_then(|name| layout.schema.get(name.as_str()));
            let data_type = match known {
                Some(known) => known.clone(),
                None => data_type(codebook, variable)?,
            };
            Ok(ColumnBuilder::of_type(variable, (names, data_type), n_rows))
        };
        let columns = layout
            .variables
            .iter()
            .filter_map(|name| codebook.variable(name))
            .map(builder)
            .collect::<PolarsResult<_>>()?;
        Ok(Self { table: layout.table.clone(), columns, rows: Vec::with_capacity(n_rows) })
    }

    /// Begins a row. Every column must then get one value or one missing; a column that never gets any is empty.
    pub fn begin_row(&mut self, row: u32) {
        self.rows.push(row);
    }

    /// Returns the builder of a variable by its index in the layout.
    pub fn column(&mut self, index: usize) -> Option<&mut ColumnBuilder> {
        self.columns.get_mut(index)
    }

    /// Returns how many rows were begun.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Returns the chunk. The columns of the layout come first, then reasons and precisions.
    ///
    /// # Errors
    /// The columns have different lengths, or a code lies outside its list.
    pub fn finish(self, source: SourceIndex) -> PolarsResult<Chunk> {
        let mut columns = Vec::with_capacity(self.columns.len());
        let mut beside = Vec::new();
        for column in self.columns {
            let n_values = column.names.len();
            let mut finished = match column.n_rows {
                0 => column.finish_empty(self.rows.len()),
                _ => column.finish()?,
            };
            beside.extend(finished.split_off(n_values));
            columns.extend(finished);
        }
        columns.extend(beside);
        let frame = DataFrame::new(self.rows.len(), columns)?;
        Ok(Chunk { table: self.table, source, rows: self.rows, frame })
    }
}
