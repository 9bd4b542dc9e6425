//! Did the distribution over several categories change between two waves on the same persons?
//!
//! The covariance of the differences is the Laplacian of a graph: categories are its nodes, movers its edges. So it loses one rank for
//! each group of categories between which nobody moved, and not only for empty categories. One category is dropped
//! for each such group; with everybody connected this is the textbook test.

use crate::association::count_table::CountTable;
use crate::{Method, TestResult, Undefined};

/// Returns Stuart and Maxwell's test of equal margins, for more than two categories.
///
/// # Shape
/// Rows are the categories at the first wave, columns the same categories in the same order at the second; only persons seen twice.
///
/// # Units
/// One degree of freedom less than there are categories which persons entered or left (less one for each separate group of such
/// categories). With two categories it is McNemar's chi-square.
///
/// # Errors
/// [`Undefined::SizesDiffer`] if the table is not square, [`Undefined::NoPersons`] if it is empty, [`Undefined::NoVariation`] if nobody
/// moved.
///
/// # Example
/// Rows 20, 10, 5; 3, 30, 15; 0, 5, 40: statistic 13.8, two degrees of freedom, p = 0.0010.
///
/// # Source
/// A. Stuart, Biometrika 42 (1955) 412–416; A. E. Maxwell, British Journal of Psychiatry 116 (1970) 651–655.
pub fn stuart_maxwell(table: &CountTable) -> Result<TestResult, Undefined> {
    let (statistic, degrees) = marginal_statistic(table)?;
    Ok(TestResult::chi_square(Method::StuartMaxwell, statistic, degrees))
}

/// Two categories between which somebody moved.
struct Pair {
    one: usize,
    other: usize,
    there: u64,
    back: u64,
}

impl Pair {
    fn movers(&self) -> f64 {
        (self.there + self.back) as f64
    }
}

fn pairs_with_moves(table: &CountTable) -> Result<Vec<Pair>, Undefined> {
    if table.n_rows() != table.n_columns() {
        return Err(Undefined::SizesDiffer { expected: table.n_rows(), found: table.n_columns() });
    }
    if table.n_persons() == 0 {
        return Err(Undefined::NoPersons);
    }
    let rows: Vec<&[u64]> = table.rows().collect();
    let mut pairs = Vec::new();
    for (one, row) in rows.iter().enumerate() {
        for (other, &there) in row.iter().enumerate().skip(one + 1) {
            // The table is square, so the mirrored cell exists.
            let back = rows[other][one];
            if there + back > 0 {
                pairs.push(Pair { one, other, there, back });
            }
        }
    }
    if pairs.is_empty() { Err(Undefined::NoVariation) } else { Ok(pairs) }
}

fn marginal_statistic(table: &CountTable) -> Result<(f64, f64), Undefined> {
    let pairs = pairs_with_moves(table)?;
    let kept = all_but_one_of_each_group(table.n_rows(), &pairs);
    let gains = category_gains(table);
    let augmented: Vec<Vec<f64>> = kept
        .iter()
        .map(|&row| {
            let covariances = kept.iter().map(|&column| covariance(&pairs, row, column));
            covariances.chain([gains[row]]).collect()
        })
        .collect();
    Ok((quadratic_form(augmented), kept.len() as f64))
}

/// Returns for each category its persons at the first wave less those at the second.
fn category_gains(table: &CountTable) -> Vec<f64> {
    let (first, second) = (table.row_totals(), table.column_totals());
    first.iter().zip(&second).map(|(&before, &after)| before as f64 - after as f64).collect()
}

fn covariance(pairs: &[Pair], row: usize, column: usize) -> f64 {
    let touching = pairs.iter().filter(|pair| {
        let has = |category| pair.one == category || pair.other == category;
        has(row) && has(column)
    });
    let movers: f64 = touching.map(Pair::movers).sum();
    if row == column { movers } else { -movers }
}

/// Returns the categories that are not the last of the group which moves connect them to.
fn all_but_one_of_each_group(n_categories: usize, pairs: &[Pair]) -> Vec<usize> {
    let mut last_of_group: Vec<usize> = (0..n_categories).collect();
    for _ in 0..n_categories {
        for pair in pairs {
            let last = last_of_group[pair.one].max(last_of_group[pair.other]);
            last_of_group[pair.one] = last;
            last_of_group[pair.other] = last;
        }
    }
    (0..n_categories).filter(|&category| last_of_group[category] != category).collect()
}

/// Returns d' S⁻¹ d for the rows `S | d` of a positive definite matrix, by Gaussian elimination.
fn quadratic_form(mut rows: Vec<Vec<f64>>) -> f64 {
    let mut sum = 0.0;
    while let Some((first, rest)) = rows.split_first() {
        let (Some(&pivot), Some(&value)) = (first.first(), first.last()) else { break };
        sum += value * value / pivot;
        let eliminate = |row: &Vec<f64>| {
            let factor = row.first().copied().unwrap_or(0.0) / pivot;
            row.iter().zip(first).skip(1).map(|(entry, above)| entry - factor * above).collect()
        };
        rows = rest.iter().map(eliminate).collect();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[Vec<u64>]) -> CountTable {
        CountTable::new(rows).unwrap()
    }

    #[test]
    fn groups_without_moves_between_them_add_up() {
        let one = stuart_maxwell(&table(&[vec![5, 9], vec![2, 7]])).unwrap();
        let two = stuart_maxwell(&table(&[vec![4, 1], vec![6, 3]])).unwrap();
        let rows = [vec![5, 9, 0, 0], vec![2, 7, 0, 0], vec![0, 0, 4, 1], vec![0, 0, 6, 3]];
        let both = stuart_maxwell(&table(&rows)).unwrap();
        assert_eq!(both.degrees, Some(2.0));
        let sum = one.statistic.unwrap() + two.statistic.unwrap();
        assert!((both.statistic.unwrap() - sum).abs() < 1e-12);
    }

    #[test]
    fn nobody_moved_and_crooked_tables_are_told_apart() {
        assert_eq!(stuart_maxwell(&table(&[vec![5, 0], vec![0, 7]])), Err(Undefined::NoVariation));
        assert_eq!(stuart_maxwell(&table(&[vec![0, 0], vec![0, 0]])), Err(Undefined::NoPersons));
        let crooked = stuart_maxwell(&table(&[vec![5, 1, 2], vec![0, 7, 2]]));
        assert_eq!(crooked, Err(Undefined::SizesDiffer { expected: 2, found: 3 }));
    }
}
