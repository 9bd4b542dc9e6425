//! A table that grows column by column, so that a condition sees what was set before it: for whoever makes records up.

use catalyse_codebook::{
    Answer, Codebook, Fault, MissingReason, Precision, Row, Storage, Value, Variable,
};
use polars::prelude::*;

use crate::engine::{calculation, columns_read, condition, row_of};
use crate::{
    Chunk, ColumnBuilder, Layout, SourceIndex, Table, column_names, data_type, precision_column,
    precision_type, reason_column, reason_type,
};

/// Holds the columns of a table that were set so far; to a condition the others are empty.
#[derive(Clone)]
pub struct GrowingTable<'c> {
    codebook: &'c Codebook,
    table: Table,
    n_rows: usize,
    frame: DataFrame,
}

/// Says why a condition cannot be worked out.
#[derive(Debug)]
pub enum Unworkable {
    /// It names what does not exist, or compares what cannot be compared.
    Faults(Vec<Fault>),
    /// The engine refuses.
    Engine(PolarsError),
}

impl From<PolarsError> for Unworkable {
    fn from(error: PolarsError) -> Self {
        Self::Engine(error)
    }
}

impl<'c> GrowingTable<'c> {
    /// Makes a table without columns.
    pub fn new(codebook: &'c Codebook, table: Table, n_rows: usize) -> Self {
        Self { codebook, table, n_rows, frame: DataFrame::empty_with_height(n_rows) }
    }

    /// Sets or replaces a variable: for each row its value, or the reason why there is none.
    ///
    /// # Errors
    /// There are not as many values as rows.
    pub fn set<'v>(
        &mut self,
        variable: &Variable,
        values: impl ExactSizeIterator<Item = (Option<Value<'v>>, Option<MissingReason>)>,
    ) -> PolarsResult<()> {
        for beside in [reason_column(&variable.name), precision_column(&variable.name)] {
            if self.frame.get_column_index(&beside).is_some() {
                self.frame.drop_in_place(&beside)?;
            }
        }
        let mut builder = ColumnBuilder::new(self.codebook, variable, values.len())?;
        for (value, reason) in values {
            match value {
                Some(value) => builder.push_value(value),
                None => builder.push_missing(reason),
            }
        }
        for column in builder.finish()? {
            self.frame.with_column(column)?;
        }
        Ok(())
    }

    /// Says of each row whether a condition is true, false or undecided.
    ///
    /// # Errors
    /// The condition has faults, or the engine refuses.
    pub fn truth(&self, text: &str) -> Result<Vec<Option<bool>>, Unworkable> {
        let expression = condition(text, &self.row()).map_err(Unworkable::Faults)?;
        let column = self.evaluate(expression)?;
        Ok(column.cast(&DataType::Boolean)?.bool()?.iter().collect())
    }

    /// Works out a formula or calculation, as answers of a variable.
    ///
    /// **Missing**: nothing where the formula gives nothing; several answers at once cannot be worked out.
    ///
    /// # Errors
    /// The formula has faults, or the engine refuses.
    pub fn work_out(
        &self,
        variable: &Variable,
        text: &str,
    ) -> Result<Vec<Option<Answer>>, Unworkable> {
        let list = self.codebook.list_of(variable);
        let expression = calculation(text, &self.row(), list).map_err(Unworkable::Faults)?;
        Ok(answers_of_column(variable.value_type.storage(), &self.evaluate(expression)?)?)
    }

    /// Returns the rows as a reader would hand them on, numbered from 1.
    ///
    /// # Errors
    /// A code list holds one code twice.
    pub fn chunk(&self) -> PolarsResult<Chunk> {
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

    fn row(&self) -> Row<'c> {
        row_of(self.codebook, &self.table)
    }

    fn evaluate(&self, expression: Expr) -> PolarsResult<Column> {
        let mut columns =
            vec![Column::new("row number".into(), (0..self.n_rows as u32).collect::<Vec<_>>())];
        for name in columns_read(&expression) {
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

    /// Returns the type of a column that was not set yet.
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

/// Reads a column that was worked out as answers of a storage. What does not fit is empty.
fn answers_of_column(storage: Storage, column: &Column) -> PolarsResult<Vec<Option<Answer>>> {
    let as_is = |data_type: DataType| column.cast(&data_type);
    Ok(match storage {
        Storage::Boolean => each(as_is(DataType::Boolean)?.bool()?.iter(), Answer::Boolean),
        Storage::Integer => each(as_is(DataType::Int64)?.i64()?.iter(), Answer::Integer),
        Storage::Decimal => each(as_is(DataType::Float64)?.f64()?.iter(), Answer::Decimal),
        Storage::Date => {
            let days = as_is(DataType::Date)?.cast(&DataType::Int32)?;
            each(days.i32()?.iter(), |day| Answer::Date(day, Precision::Day))
        }
        Storage::Text => {
            each(as_is(DataType::String)?.str()?.iter(), |text| Answer::Text(text.to_owned()))
        }
        Storage::Code => {
            each(as_is(DataType::String)?.str()?.iter(), |code| Answer::Code(code.to_owned()))
        }
        Storage::Codes => vec![None; column.len()],
    })
}

fn each<T>(
    values: impl Iterator<Item = Option<T>>,
    answer: impl Fn(T) -> Answer,
) -> Vec<Option<Answer>> {
    values.map(|value| value.map(&answer)).collect()
}
