//! Builders: from values to typed columns, without a detour by text.

use catalyse_codebook::{Codebook, MissingReason, Precision, Storage, Value, Variable};
use polars::prelude::*;

use crate::{
    Chunk, Layout, SourceIndex, column_names, data_type, precision_column, precision_type,
    reason_column, reason_type,
};

/// Builds the column, or the columns, of one variable.
pub struct ColumnBuilder {
    names: Vec<String>,
    data_type: DataType,
    cells: Cells,
    n_rows: usize,
    // Empty until the first one comes: most variables have none in most chunks.
    reasons: Vec<Option<MissingReason>>,
    precisions: Vec<Option<Precision>>,
    reason_column: String,
    precision_column: String,
}

enum Cells {
    Boolean(Vec<Option<bool>>),
    Integer(Vec<Option<i64>>),
    Decimal(Vec<Option<f64>>),
    Date(Vec<Option<i32>>),
    Text(StringChunkedBuilder),
    Code(Vec<Option<u16>>),
    Codes(Vec<Option<u64>>),
}

impl ColumnBuilder {
    /// Makes an empty builder for a variable, with room for some rows.
    ///
    /// # Errors
    /// The variable's code list holds one code twice.
    pub fn new(codebook: &Codebook, variable: &Variable, n_rows: usize) -> PolarsResult<Self> {
        let cells = match variable.value_type.storage() {
            Storage::Boolean => Cells::Boolean(Vec::with_capacity(n_rows)),
            Storage::Integer => Cells::Integer(Vec::with_capacity(n_rows)),
            Storage::Decimal => Cells::Decimal(Vec::with_capacity(n_rows)),
            Storage::Date => Cells::Date(Vec::with_capacity(n_rows)),
            Storage::Text => {
                Cells::Text(StringChunkedBuilder::new(variable.name.as_str().into(), n_rows))
            }
            Storage::Code => Cells::Code(Vec::with_capacity(n_rows)),
            Storage::Codes => Cells::Codes(Vec::with_capacity(n_rows)),
        };
        let names = column_names(codebook, variable);
        let data_type = data_type(codebook, variable)?;
        Ok(Self {
            names,
            data_type,
            cells,
            n_rows: 0,
            reasons: Vec::new(),
            precisions: Vec::new(),
            reason_column: reason_column(&variable.name),
            precision_column: precision_column(&variable.name),
        })
    }

    /// Adds a value. One that does not fit the variable's storage becomes empty with the reason `to_check`.
    pub fn push_value(&mut self, value: Value<'_>) {
        match (&mut self.cells, value) {
            (Cells::Boolean(cells), Value::Boolean(value)) => cells.push(Some(value)),
            (Cells::Integer(cells), Value::Integer(value)) => cells.push(Some(value)),
            (Cells::Decimal(cells), Value::Decimal(value)) => cells.push(Some(value)),
            (Cells::Date(cells), Value::Date(days, precision)) => {
                if precision != Precision::Day {
                    self.precisions.resize(cells.len(), None);
                    self.precisions.push(Some(precision));
                }
                cells.push(Some(days));
            }
            (Cells::Text(cells), Value::Text(value)) => cells.append_value(&value),
            (Cells::Code(cells), Value::Code(value)) => cells.push(Some(value)),
            (Cells::Codes(cells), Value::Codes(value)) => cells.push(Some(value)),
            _ => return self.push_missing(Some(MissingReason::ToCheck)),
        }
        self.n_rows += 1;
    }

    /// Adds an empty value with its reason, if one is known.
    pub fn push_missing(&mut self, reason: Option<MissingReason>) {
        match &mut self.cells {
            Cells::Boolean(cells) => cells.push(None),
            Cells::Integer(cells) => cells.push(None),
            Cells::Decimal(cells) => cells.push(None),
            Cells::Date(cells) => cells.push(None),
            Cells::Text(cells) => cells.append_null(),
            Cells::Code(cells) => cells.push(None),
            Cells::Codes(cells) => cells.push(None),
        }
        if let Some(reason) = reason {
            self.reasons.resize(self.n_rows, None);
            self.reasons.push(Some(reason));
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
        let name = PlSmallStr::from_string(self.names.first().cloned().unwrap_or_default());
        let mut columns = match self.cells {
            Cells::Boolean(cells) => vec![Column::new(name, cells)],
            Cells::Integer(cells) => vec![Column::new(name, cells)],
            Cells::Decimal(cells) => vec![Column::new(name, cells)],
            Cells::Date(cells) => vec![Column::new(name, cells).cast(&DataType::Date)?],
            Cells::Text(cells) => vec![cells.finish().into_column()],
            Cells::Code(cells) => vec![code_column(name, &cells, &self.data_type)?],
            Cells::Codes(cells) => {
                let bit = |index: usize| {
                    cells.iter().map(move |bits| bits.map(|bits| bits >> index & 1 == 1))
                };
                self.names
                    .iter()
                    .enumerate()
                    .map(|(index, name)| {
                        Column::new(name.as_str().into(), bit(index).collect::<Vec<_>>())
                    })
                    .collect()
            }
        };
        if !self.reasons.is_empty() {
            self.reasons.resize(self.n_rows, None);
            let codes: Vec<_> =
                self.reasons.iter().map(|reason| reason.map(|reason| reason as u16)).collect();
            columns.push(code_column(self.reason_column.into(), &codes, &reason_type()?)?);
        }
        if !self.precisions.is_empty() {
            self.precisions.resize(self.n_rows, None);
            let codes: Vec<_> =
                self.precisions.iter().map(|known| known.map(|known| known as u16)).collect();
            columns.push(code_column(self.precision_column.into(), &codes, &precision_type()?)?);
        }
        Ok(columns)
    }
}

fn code_column(
    name: PlSmallStr,
    codes: &[Option<u16>],
    data_type: &DataType,
) -> PolarsResult<Column> {
    // A short list lies in one byte a row, a longer one in two: polars decides, and a cast needs the same width.
    let physical = data_type.cat_physical()?.dtype();
    let wide = Series::new(name, codes.iter().map(|code| code.map(u32::from)).collect::<Vec<_>>());
    Ok(Series::from_cats_and_dtype(&wide.strict_cast(&physical)?, data_type, true)?.into_column())
}

/// Builds one chunk of a table: a builder a variable.
pub struct ChunkBuilder {
    layout: Layout,
    columns: Vec<ColumnBuilder>,
    rows: Vec<u32>,
}

impl ChunkBuilder {
    /// Makes an empty chunk of a table, with room for some rows.
    ///
    /// # Errors
    /// A code list holds one code twice.
    pub fn new(codebook: &Codebook, layout: &Layout, n_rows: usize) -> PolarsResult<Self> {
        let columns = layout
            .variables
            .iter()
            .filter_map(|name| codebook.variable(name))
            .map(|variable| ColumnBuilder::new(codebook, variable, n_rows))
            .collect::<PolarsResult<_>>()?;
        Ok(Self { layout: layout.clone(), columns, rows: Vec::with_capacity(n_rows) })
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
        let mut columns = Vec::with_capacity(self.layout.schema.len());
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
        Ok(Chunk { table: self.layout.table, source, rows: self.rows, frame })
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::code_column;

    #[test]
    fn a_code_column_keeps_the_order_of_its_list_and_refuses_a_code_outside_it() {
        let list = FrozenCategories::new(["low", "high"]).expect("two codes");
        let data_type = DataType::from_frozen_categories(list);
        let column = code_column("x".into(), &[Some(1), None, Some(0)], &data_type)
            .expect("codes of the list");
        let texts = column.cast(&DataType::String).expect("texts");
        let texts: Vec<_> = texts.str().expect("texts").iter().collect();
        assert_eq!(texts, [Some("high"), None, Some("low")]);
        assert!(code_column("x".into(), &[Some(2)], &data_type).is_err());
    }
}
