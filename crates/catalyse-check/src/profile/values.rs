//! What the values of one variable amount to, before anything is folded. It stays inside the module.

use catalyse_codebook::{Codebook, Level, Sensitivity, Storage, Variable};
use catalyse_records::{column_names, precision_column};
use polars::prelude::*;

use super::order::{count_distinct, count_far, mean, quantile, standard_deviation};
use crate::sighting::hash_keys;

/// How many robust standard deviations from the median are far: as the check kind `outlier` unless it is told otherwise.
pub(super) const FAR: f64 = 6.0;

/// Holds what the values of a variable amount to.
pub(super) enum Values {
    /// Nothing beyond the counts: the variable identifies, or its numbers are names.
    CountsOnly,
    /// Quantities.
    Quantity(Quantity),
    /// One category a record: how often each comes, in the order of the list. Yes comes before no.
    Categories(Vec<u64>),
    /// Several categories a record.
    Answers(Vec<u64>),
    /// Points in time.
    Times(Times),
    /// Texts by their length in letters.
    Lengths([f64; 3]),
}

/// Holds the figures of a quantity.
pub(super) struct Quantity {
    /// Smallest value, quartiles, greatest value.
    pub(super) quantiles: [f64; 5],
    pub(super) mean: f64,
    pub(super) standard_deviation: Option<f64>,
    /// How many values are multiples of 5, 10 and 100.
    pub(super) n_multiples: [u64; 3],
    /// How many values are far from the median, if that can be told.
    pub(super) n_far: Option<u64>,
}

/// Holds the figures of points in time.
pub(super) struct Times {
    /// The first and the last: days since 1970-01-01, or months since the year 0.
    pub(super) bounds: [i64; 2],
    pub(super) is_months: bool,
    /// How many are known to the month or the year only.
    pub(super) n_partial: u64,
}

/// Returns how many different values there are, and what they amount to.
pub(super) fn summarise(
    codebook: &Codebook,
    variable: &Variable,
    frame: &DataFrame,
) -> PolarsResult<(u64, Values)> {
    let columns = column_names(codebook, variable)
        .iter()
        .map(|name| frame.column(name))
        .collect::<PolarsResult<Vec<_>>>()?;
    let Some(column) = columns.first() else { return Ok((0, Values::CountsOnly)) };
    let series = column.as_materialized_series();
    let (n_distinct, values) = match variable.value_type.storage() {
        Storage::Boolean => of_yes_no(series)?,
        Storage::Integer if variable.value_type.level() == Level::Time => {
            of_times(series, true, None)?
        }
        Storage::Integer | Storage::Decimal => of_numbers(series, variable.value_type.level())?,
        Storage::Date => {
            let precision = frame.column(&precision_column(&variable.name)).ok();
            of_times(series, false, precision)?
        }
        Storage::Text => of_texts(column)?,
        Storage::Code => {
            of_codes(series, codebook.list_of(variable).map_or(0, |list| list.categories.len()))?
        }
        Storage::Codes => of_answers(&columns)?,
    };
    match variable.sensitivity {
        Sensitivity::Identifying => Ok((n_distinct, Values::CountsOnly)),
        Sensitivity::Health | Sensitivity::Sensitive | Sensitivity::Plain => {
            Ok((n_distinct, values))
        }
    }
}

fn of_yes_no(series: &Series) -> PolarsResult<(u64, Values)> {
    let n_yes = u64::from(series.bool()?.sum().unwrap_or(0));
    let n_no = (series.len() - series.null_count()) as u64 - n_yes;
    let counts = vec![n_yes, n_no];
    Ok((count_used(&counts), Values::Categories(counts)))
}

fn of_codes(series: &Series, n_categories: usize) -> PolarsResult<(u64, Values)> {
    let mut counts = vec![0; n_categories];
    for code in codes(series)?.into_iter().flatten() {
        if let Some(count) = counts.get_mut(code as usize) {
            *count += 1;
        }
    }
    Ok((count_used(&counts), Values::Categories(counts)))
}

fn of_answers(columns: &[&Column]) -> PolarsResult<(u64, Values)> {
    let counts = columns
        .iter()
        .map(|column| Ok(u64::from(column.as_materialized_series().bool()?.sum().unwrap_or(0))))
        .collect::<PolarsResult<Vec<u64>>>()?;
    Ok((count_used(&counts), Values::Answers(counts)))
}

fn of_numbers(series: &Series, level: Level) -> PolarsResult<(u64, Values)> {
    let numbers = series.cast(&DataType::Float64)?;
    let mut values: Vec<f64> = numbers.f64()?.iter().flatten().collect();
    values.sort_unstable_by(f64::total_cmp);
    let n_distinct = count_distinct(&values);
    let (Level::Quantity, Some(mean)) = (level, mean(&values)) else {
        return Ok((n_distinct, Values::CountsOnly));
    };
    let quantity = Quantity {
        quantiles: [0.0, 0.25, 0.5, 0.75, 1.0]
            .map(|probability| quantile(&values, probability).unwrap_or(mean)),
        mean,
        standard_deviation: standard_deviation(&values),
        n_multiples: [5.0, 10.0, 100.0]
            .map(|step| values.iter().filter(|value| **value % step == 0.0).count() as u64),
        n_far: count_far(&values, FAR),
    };
    Ok((n_distinct, Values::Quantity(quantity)))
}

fn of_times(
    series: &Series,
    is_months: bool,
    precision: Option<&Column>,
) -> PolarsResult<(u64, Values)> {
    let mut times = times(series)?.into_iter().flatten().collect::<Vec<i64>>();
    times.sort_unstable();
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return Ok((0, Values::CountsOnly));
    };
    let n_partial = match precision {
        // A day known to the day has no precision beside it, or `day`, which is the first of the list.
        Some(column) => codes(column.as_materialized_series())?
            .into_iter()
            .filter(|known| known.is_some_and(|known| known > 0))
            .count(),
        None => 0,
    };
    let values = Times { bounds: [*first, *last], is_months, n_partial: n_partial as u64 };
    Ok((count_distinct(&times), Values::Times(values)))
}

fn of_texts(column: &Column) -> PolarsResult<(u64, Values)> {
    let mut keys: Vec<[u64; 2]> =
        hash_keys(std::slice::from_ref(column), column.len())?.into_iter().flatten().collect();
    keys.sort_unstable();
    let texts = column.as_materialized_series().str()?;
    let mut lengths: Vec<f64> =
        texts.iter().flatten().map(|text| text.chars().count() as f64).collect();
    lengths.sort_unstable_by(f64::total_cmp);
    let values = match [0.0, 0.5, 1.0].map(|probability| quantile(&lengths, probability)) {
        [Some(shortest), Some(median), Some(longest)] => {
            Values::Lengths([shortest, median, longest])
        }
        _ => Values::CountsOnly,
    };
    Ok((count_distinct(&keys), values))
}

fn count_used(counts: &[u64]) -> u64 {
    counts.iter().filter(|count| **count > 0).count() as u64
}

/// Returns the index of each code in its list.
pub(super) fn codes(series: &Series) -> PolarsResult<Vec<Option<u32>>> {
    let codes = series.to_physical_repr().cast(&DataType::UInt32)?;
    Ok(codes.u32()?.iter().collect())
}

/// Returns each point in time as a number.
pub(super) fn times(series: &Series) -> PolarsResult<Vec<Option<i64>>> {
    let times = series.to_physical_repr().cast(&DataType::Int64)?;
    Ok(times.i64()?.iter().collect())
}
