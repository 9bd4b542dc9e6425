//! A frame on its way through the pipe: whole numbers in as few bytes as their chunk needs, codes as their places in their lists.
//!
//! Columns of records hold whole numbers in eight bytes and nothing else, so that a narrower one can only be such a column.
//! Codes are told apart by the types that go along.

use polars::prelude::*;

use crate::cells::categories;

/// Returns the frame with narrow columns, and an empty one that holds the types of its codes.
pub(crate) fn narrow(frame: &DataFrame) -> PolarsResult<(DataFrame, DataFrame)> {
    let mut types = Vec::new();
    let columns = frame.columns().iter().map(|column| match column.dtype() {
        // A column that is one value all along is cheap as it is.
        _ if column.as_scalar_column().is_some() => Ok(column.clone()),
        DataType::Int64 => {
            let numbers = column.as_materialized_series().i64()?;
            column.cast(&narrowest(numbers.min(), numbers.max()))
        }
        DataType::Enum(..) => {
            types.push(column.clear());
            Ok(column.to_physical_repr())
        }
        _ => Ok(column.clone()),
    });
    let narrowed = DataFrame::new(frame.height(), columns.collect::<PolarsResult<_>>()?)?;
    Ok((narrowed, DataFrame::new(0, types)?))
}

/// Returns the frame as it was before it was narrowed.
///
/// # Errors
/// A code lies outside its list.
pub(crate) fn widen(frame: DataFrame, types: &DataFrame) -> PolarsResult<DataFrame> {
    let height = frame.height();
    let columns = frame.into_columns().into_iter().map(|column| match column.dtype() {
        DataType::Int8 | DataType::Int16 | DataType::Int32 => column.cast(&DataType::Int64),
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 => {
            let data_type = types.column(column.name())?.dtype().clone();
            let places = column.as_materialized_series().cast(&IDX_DTYPE)?;
            Ok(categories(places.idx()?, &data_type)?.into_column())
        }
        _ => Ok(column),
    });
    DataFrame::new(height, columns.collect::<PolarsResult<_>>()?)
}

fn narrowest(least: Option<i64>, greatest: Option<i64>) -> DataType {
    let (least, greatest) = (least.unwrap_or(0), greatest.unwrap_or(0));
    let fits = |low: i64, high: i64| low <= least && greatest <= high;
    if fits(i8::MIN.into(), i8::MAX.into()) {
        DataType::Int8
    } else if fits(i16::MIN.into(), i16::MAX.into()) {
        DataType::Int16
    } else if fits(i32::MIN.into(), i32::MAX.into()) {
        DataType::Int32
    } else {
        DataType::Int64
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::{narrow, widen};

    #[test]
    fn codes_come_back_as_they_were_and_one_outside_its_list_is_refused() {
        let list = FrozenCategories::new(["low", "high"]).expect("two codes");
        let codes = Column::new("code".into(), [Some("high"), None, Some("low")]);
        let codes = codes.cast(&DataType::from_frozen_categories(list)).expect("codes");
        let frame = DataFrame::new(3, vec![codes]).expect("a frame");
        let (narrowed, types) = narrow(&frame).expect("codes");
        assert_eq!(narrowed.columns()[0].dtype(), &DataType::UInt8);
        let back = widen(narrowed, &types).expect("codes");
        assert_eq!(back.schema(), frame.schema());
        assert!(back.equals_missing(&frame));
        let outside = Column::new("code".into(), [2_u8, 0, 0]);
        let outside = DataFrame::new(3, vec![outside]).expect("a frame");
        assert!(widen(outside, &types).is_err());
    }

    #[test]
    fn numbers_come_back_as_they_were_whatever_their_size() {
        let bounds = [
            ("a", [Some(-128), None, Some(127)], DataType::Int8),
            ("b", [Some(-129), None, Some(0)], DataType::Int16),
            ("c", [Some(0), Some(32_768), None], DataType::Int32),
            ("d", [Some(i64::MIN), Some(i64::MAX), None], DataType::Int64),
            ("e", [None; 3], DataType::Int8),
        ];
        let columns = bounds.iter().map(|(name, values, _)| Column::new((*name).into(), values));
        let frame = DataFrame::new(3, columns.collect()).expect("a frame");
        let (narrowed, types) = narrow(&frame).expect("numbers");
        for (column, (name, _, data_type)) in narrowed.columns().iter().zip(&bounds) {
            assert_eq!(column.dtype(), data_type, "{name}");
        }
        assert!(widen(narrowed, &types).expect("numbers").equals_missing(&frame));
    }
}
