//! Does the answer depend on the group? Tests of independence in a table of counts.
//!
//! Empty rows and columns are left out before anything is computed. `association` chooses the test by the expected counts; the
//! strength of what it finds is in `effect`.

pub(crate) mod count_table;
pub(crate) mod effect;
pub(crate) mod fisher;
pub(crate) mod monte_carlo;

use crate::association::count_table::CountTable;
use crate::association::fisher::fisher_exact;
use crate::association::monte_carlo::{MonteCarlo, pearson_monte_carlo};
use crate::{Method, TestResult, Undefined};

/// Below this expected count in any cell, the chi-square distribution is not trusted.
const SMALLEST_EXPECTED: f64 = 1.0;

/// Returns the test of independence that suits the table: the default for every cross-table.
///
/// With an expected count of at least 1 in every cell: Pearson with the N - 1 correction. Otherwise Fisher's exact test for two
/// rows and two columns, and the Monte-Carlo version of Pearson for larger tables. `method` says which it was.
///
/// # Shape
/// Any table; empty rows and columns do not count.
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if all persons stand in one row or one column.
///
/// # Example
/// Rows 12, 5 and 3, 20: all expected counts are above 1, so Pearson with N - 1: 13.5, p = 0.0002.
///
/// # Source
/// I. Campbell, Statistics in Medicine 26 (2007) 3661–3675.
pub fn association(table: &CountTable, plan: MonteCarlo) -> Result<TestResult, Undefined> {
    let filled = table.without_empty()?;
    let smallest =
        filled.observed_and_expected().iter().fold(f64::MAX, |low, cell| low.min(cell.1));
    if smallest >= SMALLEST_EXPECTED {
        pearson_n_minus_one(&filled)
    } else if filled.n_rows() == 2 && filled.n_columns() == 2 {
        fisher_exact(&filled)
    } else {
        pearson_monte_carlo(&filled, plan)
    }
}

/// Returns Pearson's chi-square test multiplied by (N - 1) / N.
///
/// # Errors
/// As [`association`].
///
/// # Example
/// Rows 12, 5 and 3, 20: statistic 13.5, one degree of freedom, p = 0.0002.
///
/// # Source
/// E. S. Pearson, Biometrika 34 (1947) 139–167; I. Campbell, Statistics in Medicine 26 (2007) 3661–3675.
pub fn pearson_n_minus_one(table: &CountTable) -> Result<TestResult, Undefined> {
    let filled = table.without_empty()?;
    let n = filled.n_persons() as f64;
    let statistic = pearson_statistic(&filled) * (n - 1.0) / n;
    Ok(TestResult::chi_square(Method::PearsonNMinusOne, statistic, degrees(&filled)))
}

/// Returns Pearson's chi-square test as textbooks have it, without any correction.
///
/// # Errors
/// As [`association`].
///
/// # Example
/// Rows 12, 5 and 3, 20: statistic 13.8, one degree of freedom, p = 0.0002.
///
/// # Source
/// K. Pearson, Philosophical Magazine 50 (1900) 157–175.
pub fn pearson(table: &CountTable) -> Result<TestResult, Undefined> {
    let filled = table.without_empty()?;
    Ok(TestResult::chi_square(Method::Pearson, pearson_statistic(&filled), degrees(&filled)))
}

/// Returns the sum of (observed - expected)² / expected of a table without empty margins.
pub(crate) fn pearson_statistic(filled: &CountTable) -> f64 {
    filled
        .observed_and_expected()
        .iter()
        .map(|(observed, expected)| (observed - expected).powi(2) / expected)
        .sum()
}

fn degrees(filled: &CountTable) -> f64 {
    ((filled.n_rows() - 1) * (filled.n_columns() - 1)) as f64
}
