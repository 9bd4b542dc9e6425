//! One invented answer, and the way of answers into typed columns and back.

use std::borrow::Cow;
use std::sync::Arc;

use catalyse_codebook::{Codebook, MissingReason, Precision, Storage, Value, Variable};
use catalyse_records::ColumnBuilder;
use polars::prelude::*;

/// Holds one answer. Nothing real: the persons are invented, so it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing was written.
    Empty,
    /// A reason was written instead.
    Missing(MissingReason),
    /// Of `Storage::Boolean`.
    Boolean(bool),
    /// Of `Storage::Integer`.
    Integer(i64),
    /// Of `Storage::Decimal`.
    Decimal(f64),
    /// Of `Storage::Date`.
    Date(i32, Precision),
    /// Of `Storage::Text`.
    Text(Arc<str>),
    /// Of `Storage::Code`.
    Code(u16),
    /// Of `Storage::Codes`.
    Codes(u64),
}

impl Cell {
    /// Says whether it holds an answer.
    pub(crate) const fn is_answer(&self) -> bool {
        !matches!(self, Self::Empty | Self::Missing(_))
    }

    /// Returns the answer as the types write it.
    pub(crate) fn value(&self) -> Option<Value<'_>> {
        Some(match self {
            Self::Empty | Self::Missing(_) => return None,
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Integer(number) => Value::Integer(*number),
            Self::Decimal(number) => Value::Decimal(*number),
            Self::Date(day, precision) => Value::Date(*day, *precision),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Code(position) => Value::Code(*position),
            Self::Codes(bits) => Value::Codes(*bits),
        })
    }
}

/// Turns answers into the columns of a variable.
pub(crate) fn to_columns(
    codebook: &Codebook,
    variable: &Variable,
    cells: &[Cell],
) -> PolarsResult<Vec<Column>> {
    let mut builder = ColumnBuilder::new(codebook, variable, cells.len())?;
    for cell in cells {
        match (cell, cell.value()) {
            (_, Some(value)) => builder.push_value(value),
            (Cell::Missing(reason), None) => builder.push_missing(Some(*reason)),
            (_, None) => builder.push_missing(None),
        }
    }
    builder.finish()
}

/// Turns a column that was worked out into answers of a variable.
pub(crate) fn from_column(
    codebook: &Codebook,
    variable: &Variable,
    column: &Column,
) -> PolarsResult<Vec<Cell>> {
    let all = |cells: Vec<Option<Cell>>| {
        cells.into_iter().map(|cell| cell.unwrap_or(Cell::Empty)).collect::<Vec<_>>()
    };
    Ok(match variable.value_type.storage() {
        Storage::Boolean => {
            let column = column.cast(&DataType::Boolean)?;
            all(column.bool()?.iter().map(|value| value.map(Cell::Boolean)).collect())
        }
        Storage::Integer => {
            let column = column.cast(&DataType::Int64)?;
            all(column.i64()?.iter().map(|value| value.map(Cell::Integer)).collect())
        }
        Storage::Decimal => {
            let column = column.cast(&DataType::Float64)?;
            all(column.f64()?.iter().map(|value| value.map(Cell::Decimal)).collect())
        }
        Storage::Date => {
            let column = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
            let day = |day| Cell::Date(day, Precision::Day);
            all(column.i32()?.iter().map(|value| value.map(day)).collect())
        }
        Storage::Text => {
            let column = column.cast(&DataType::String)?;
            all(column
                .str()?
                .iter()
                .map(|value| value.map(|text| Cell::Text(text.into())))
                .collect())
        }
        Storage::Code => {
            let column = column.cast(&DataType::String)?;
            let list = codebook.list_of(variable);
            let code = |text: &str| Some(Cell::Code(list?.position(text)? as u16));
            all(column.str()?.iter().map(|value| value.and_then(code)).collect())
        }
        Storage::Codes => vec![Cell::Empty; column.len()],
    })
}
