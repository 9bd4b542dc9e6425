//! How strong is the link between answer and group: Cramér's V.

use crate::Undefined;
use crate::association::count_table::CountTable;
use crate::association::pearson_statistic;

/// Returns Cramér's V with Bergsma's bias correction, the one to print.
///
/// # Units
/// 0 (no link) to 1 (the group tells the answer).
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if all persons stand in one row or one column, or if the
/// table has as many filled rows or columns as persons allow, so that nothing remains after the correction.
///
/// # Example
/// Rows 12, 5 and 3, 20: 0.573; without correction it would be 0.588.
///
/// # Source
/// W. Bergsma, Journal of the Korean Statistical Society 42 (2013) 323–328.
pub fn cramers_v(table: &CountTable) -> Result<f64, Undefined> {
    let filled = table.without_empty()?;
    let n = filled.n_persons() as f64;
    let (rows, columns) = (filled.n_rows() as f64, filled.n_columns() as f64);
    let squared = pearson_statistic(&filled) / n - (rows - 1.0) * (columns - 1.0) / (n - 1.0);
    let smaller = |size: f64| size - (size - 1.0).powi(2) / (n - 1.0);
    let room = smaller(rows).min(smaller(columns)) - 1.0;
    if room <= 1e-12 {
        return Err(Undefined::NoVariation);
    }
    Ok((squared.max(0.0) / room).sqrt().min(1.0))
}
