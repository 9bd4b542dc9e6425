//! How strong is the link between answer and group: Cramér's V, and which cells make it.

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
/// Rows 12, 5 and 3, 20: 0.573, where the uncorrected V is 0.588.
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

/// Returns Cramér's V without correction, to compare with other tools; it is too large for few persons.
///
/// # Units
/// 0 (no link) to 1 (the group tells the answer).
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if all persons stand in one row or one column.
///
/// # Example
/// Rows 12, 5 and 3, 20: 0.588.
///
/// # Source
/// H. Cramér, Mathematical Methods of Statistics (1946), section 21.9: √(X² / (n min(r - 1, c - 1))).
pub fn cramers_v_uncorrected(table: &CountTable) -> Result<f64, Undefined> {
    let filled = table.without_empty()?;
    let smaller = filled.n_rows().min(filled.n_columns()) - 1;
    Ok((pearson_statistic(&filled) / (filled.n_persons() as f64 * smaller as f64)).sqrt().min(1.0))
}

/// Returns the adjusted residual of each cell: beyond about ±2, a cell has more or fewer persons than independence would give.
///
/// # Shape
/// As the table, row by row. A cell of an empty row or column, or of one that holds everybody, has none.
///
/// # Units
/// Standard deviations; positive where there are more persons than expected.
///
/// # Example
/// Rows 12, 5 and 3, 20: 3.72, -3.72 and -3.72, 3.72.
///
/// # Source
/// S. Haberman, Biometrics 29 (1973) 205–220: (o - e) / √(e (1 - row share) (1 - column share)).
pub fn adjusted_residuals(table: &CountTable) -> Vec<Vec<Option<f64>>> {
    let n = table.n_persons() as f64;
    let columns = table.column_totals();
    let residual = |count: u64, row: u64, column: u64| {
        let (row, column) = (row as f64, column as f64);
        let expected = row * column / n;
        let variance = expected * (1.0 - row / n) * (1.0 - column / n);
        (variance > 0.0).then(|| (count as f64 - expected) / variance.sqrt())
    };
    let residuals_of = |row: &[u64]| {
        let total = row.iter().sum();
        row.iter().zip(&columns).map(|(&count, &column)| residual(count, total, column)).collect()
    };
    table.rows().map(residuals_of).collect()
}
