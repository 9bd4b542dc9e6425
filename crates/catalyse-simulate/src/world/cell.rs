//! One invented answer.

use std::borrow::Cow;
use std::sync::Arc;

use catalyse_codebook::{Answer, CodeList, MissingReason, Precision, Value};

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

    /// Returns the reason that was written in place of an answer.
    pub(crate) const fn reason(&self) -> Option<MissingReason> {
        if let Self::Missing(reason) = self { Some(*reason) } else { None }
    }

    /// Makes the cell of an answer that was worked out. A code outside the list is empty.
    pub(crate) fn of_answer(answer: &Answer, list: Option<&CodeList>) -> Self {
        match (answer.value(list), answer.missing()) {
            (Some(Value::Boolean(truth)), _) => Self::Boolean(truth),
            (Some(Value::Integer(number)), _) => Self::Integer(number),
            (Some(Value::Decimal(number)), _) => Self::Decimal(number),
            (Some(Value::Date(day, precision)), _) => Self::Date(day, precision),
            (Some(Value::Text(text)), _) => Self::Text(text.into()),
            (Some(Value::Code(position)), _) => Self::Code(position),
            (Some(Value::Codes(bits)), _) => Self::Codes(bits),
            (None, Some(reason)) => Self::Missing(reason),
            (None, None) => Self::Empty,
        }
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
