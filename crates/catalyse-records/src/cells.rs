//! The cells of a column while it is built: values side by side, and which of them are there from the first one that is not.

use catalyse_codebook::{Precision, Storage, Value};
use polars::prelude::*;

/// Holds the values of one column.
pub(crate) enum Cells {
    Boolean(Plain<bool>),
    Integer(Plain<i64>),
    Decimal(Plain<f64>),
    Date(Plain<i32>),
    Text(StringChunkedBuilder),
    Code(Plain<u16>),
    Codes(Plain<u64>),
}

/// Holds values of one width. A missing one has a value that means nothing.
pub(crate) struct Plain<T> {
    values: Vec<T>,
    // Empty while all are there: most columns have no gap in most chunks.
    is_there: Vec<bool>,
}

/// Holds a value of one storage as bare bits: what a reader keeps of a cell that it will meet again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed(u64);

impl Packed {
    /// Packs a value. Texts, and dates that are not known to the day, are not packed.
    pub const fn of(value: &Value<'_>) -> Option<Self> {
        Some(Self(match value {
            Value::Boolean(truth) => *truth as u64,
            Value::Integer(number) => number.cast_unsigned(),
            Value::Decimal(number) => number.to_bits(),
            Value::Date(days, Precision::Day) => (*days as i64).cast_unsigned(),
            Value::Code(place) => *place as u64,
            Value::Codes(bits) => *bits,
            Value::Text(_) | Value::Date(_, Precision::Month | Precision::Year) => return None,
        }))
    }
}

impl<T: Copy + Default> Plain<T> {
    /// Makes room for some values.
    pub(crate) fn with_capacity(n_rows: usize) -> Self {
        Self { values: Vec::with_capacity(n_rows), is_there: Vec::new() }
    }

    #[inline]
    fn push(&mut self, value: T) {
        if !self.is_there.is_empty() {
            self.is_there.push(true);
        }
        self.values.push(value);
    }

    #[inline]
    fn push_missing(&mut self) {
        if self.is_there.is_empty() {
            self.is_there.reserve(self.values.capacity());
            self.is_there.resize(self.values.len(), true);
        }
        self.is_there.push(false);
        self.values.push(T::default());
    }

    /// Adds missing values up to a length.
    pub(crate) fn fill(&mut self, n_rows: usize) {
        while self.values.len() < n_rows {
            self.push_missing();
        }
    }

    /// Adds a value behind missing ones, as many as are needed to make it the value of that row.
    pub(crate) fn push_at(&mut self, row: usize, value: T) {
        self.fill(row);
        self.push(value);
    }

    /// Says whether nothing was added.
    pub(crate) const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    fn iter(&self) -> impl Iterator<Item = Option<T>> {
        let is_there = |index| self.is_there.get(index).copied().unwrap_or(true);
        self.values.iter().enumerate().map(move |(index, value)| is_there(index).then_some(*value))
    }

    fn numbers<N: PolarsNumericType<Native = T>>(self, name: PlSmallStr) -> ChunkedArray<N> {
        let bits = (!self.is_there.is_empty()).then(|| self.is_there.iter().copied().collect());
        ChunkedArray::from_vec_validity(name, self.values, bits)
    }
}

impl Cells {
    /// Makes room for the values of a storage.
    pub(crate) fn new(storage: Storage, name: &str, n_rows: usize) -> Self {
        match storage {
            Storage::Boolean => Self::Boolean(Plain::with_capacity(n_rows)),
            Storage::Integer => Self::Integer(Plain::with_capacity(n_rows)),
            Storage::Decimal => Self::Decimal(Plain::with_capacity(n_rows)),
            Storage::Date => Self::Date(Plain::with_capacity(n_rows)),
            Storage::Text => Self::Text(StringChunkedBuilder::new(name.into(), n_rows)),
            Storage::Code => Self::Code(Plain::with_capacity(n_rows)),
            Storage::Codes => Self::Codes(Plain::with_capacity(n_rows)),
        }
    }

    /// Adds a value and says whether it fits.
    #[inline]
    pub(crate) fn push(&mut self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Boolean(cells), Value::Boolean(value)) => cells.push(value),
            (Self::Integer(cells), Value::Integer(value)) => cells.push(value),
            (Self::Decimal(cells), Value::Decimal(value)) => cells.push(value),
            (Self::Date(cells), Value::Date(days, _)) => cells.push(days),
            (Self::Text(cells), Value::Text(value)) => cells.append_value(&value),
            (Self::Code(cells), Value::Code(value)) => cells.push(value),
            (Self::Codes(cells), Value::Codes(value)) => cells.push(value),
            _ => return false,
        }
        true
    }

    /// Adds a value that was packed for this storage.
    #[inline]
    pub(crate) fn push_packed(&mut self, Packed(bits): Packed) {
        match self {
            Self::Boolean(cells) => cells.push(bits != 0),
            Self::Integer(cells) => cells.push(bits.cast_signed()),
            Self::Decimal(cells) => cells.push(f64::from_bits(bits)),
            Self::Date(cells) => cells.push(bits.cast_signed() as i32),
            // No text is ever packed.
            Self::Text(cells) => cells.append_null(),
            Self::Code(cells) => cells.push(bits as u16),
            Self::Codes(cells) => cells.push(bits),
        }
    }

    /// Adds a missing value.
    #[inline]
    pub(crate) fn push_missing(&mut self) {
        match self {
            Self::Boolean(cells) => cells.push_missing(),
            Self::Integer(cells) => cells.push_missing(),
            Self::Decimal(cells) => cells.push_missing(),
            Self::Date(cells) => cells.push_missing(),
            Self::Text(cells) => cells.append_null(),
            Self::Code(cells) => cells.push_missing(),
            Self::Codes(cells) => cells.push_missing(),
        }
    }

    /// Returns the columns, one a name.
    ///
    /// # Errors
    /// A code lies outside its list.
    pub(crate) fn finish(
        self,
        names: &[String],
        data_type: &DataType,
    ) -> PolarsResult<Vec<Column>> {
        let name = PlSmallStr::from_str(names.first().map_or("", String::as_str));
        Ok(vec![match self {
            Self::Boolean(cells) => {
                BooleanChunked::from_iter_options(name, cells.iter()).into_column()
            }
            Self::Integer(cells) => cells.numbers::<Int64Type>(name).into_column(),
            Self::Decimal(cells) => cells.numbers::<Float64Type>(name).into_column(),
            Self::Date(cells) => {
                cells.numbers::<Int32Type>(name).into_column().cast(&DataType::Date)?
            }
            Self::Text(cells) => cells.finish().into_column(),
            Self::Code(cells) => code_column(name, cells, data_type)?,
            Self::Codes(cells) => {
                let bit = |index: usize| {
                    cells.iter().map(move |bits| bits.map(|bits| bits >> index & 1 == 1))
                };
                let columns = names.iter().enumerate().map(|(index, name)| {
                    BooleanChunked::from_iter_options(name.as_str().into(), bit(index))
                        .into_column()
                });
                return Ok(columns.collect());
            }
        }])
    }
}

/// Makes a column of categories of their places in the list.
///
/// # Errors
/// A code lies outside its list.
pub(crate) fn code_column(
    name: PlSmallStr,
    codes: Plain<u16>,
    data_type: &DataType,
) -> PolarsResult<Column> {
    let Plain { values, is_there } = codes;
    let values = values.into_iter().map(IdxSize::from).collect();
    let places = Plain { values, is_there }.numbers::<IdxType>(name);
    Ok(categories(&places, data_type)?.into_column())
}

/// Returns the categories that stand at some places of a list, and NULL where a place is NULL.
///
/// They are taken from a column of the whole list: polars looks each category up when it makes a column of numbers, which for a short
/// list and many rows costs several times as much.
///
/// # Errors
/// A place lies outside the list.
pub(crate) fn categories(places: &IdxCa, data_type: &DataType) -> PolarsResult<Series> {
    let DataType::Enum(list, _) = data_type else {
        polars_bail!(SchemaMismatch: "codes of {} instead of a list", data_type)
    };
    // A short list lies in one byte a row, a longer one in two: polars decides, and wants the same width.
    let physical = data_type.cat_physical()?.dtype();
    let whole =
        IdxCa::from_vec(places.name().clone(), (0..list.categories().len() as IdxSize).collect());
    let whole =
        Series::from_cats_and_dtype(&whole.into_series().cast(&physical)?, data_type, true)?;
    whole.take(places)
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::{Plain, code_column};

    fn codes(list: &[Option<u16>]) -> Plain<u16> {
        let mut codes = Plain::with_capacity(0);
        for (row, code) in list.iter().enumerate() {
            match code {
                Some(code) => codes.push_at(row, *code),
                None => codes.push_missing(),
            }
        }
        codes
    }

    #[test]
    fn a_code_column_keeps_the_order_of_its_list_and_refuses_a_code_outside_it() {
        let list = FrozenCategories::new(["low", "high"]).expect("two codes");
        let data_type = DataType::from_frozen_categories(list);
        let column = code_column("x".into(), codes(&[Some(1), None, Some(0)]), &data_type)
            .expect("codes of the list");
        let texts = column.cast(&DataType::String).expect("texts");
        let texts: Vec<_> = texts.str().expect("texts").iter().collect();
        assert_eq!(texts, [Some("high"), None, Some("low")]);
        assert!(code_column("x".into(), codes(&[Some(2)]), &data_type).is_err());
        assert!(code_column("x".into(), codes(&[None, Some(300)]), &data_type).is_err());
    }

    #[test]
    fn a_gap_at_the_beginning_or_the_end_is_kept() {
        let mut cells = Plain::<i64>::with_capacity(4);
        cells.push_at(1, 5);
        cells.fill(3);
        let column = cells.numbers::<Int64Type>("x".into());
        assert_eq!(column.iter().collect::<Vec<_>>(), [None, Some(5), None]);
    }
}
