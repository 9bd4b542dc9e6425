//! Pearson's chi-square against random tables, for tables too thin for the chi-square distribution.
//!
//! Fisher's test of larger tables by enumeration does not end on tables of the size of ours (R's network algorithm gives up on
//! 4 by 4 with 592 persons), so random tables with the same margins take its place, from a stated seed.

use crate::association::count_table::CountTable;
use crate::association::pearson_statistic;
use crate::special::random::SplitMix;
use crate::{Method, Simulation, TestResult, Undefined};

/// Two tables whose statistics differ by less than this part are taken as equally far from independence.
const SAME_STATISTIC: f64 = 1e-9;

/// How many random tables are drawn, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonteCarlo {
    /// Random tables. The smallest possible p is 1 / (draws + 1).
    pub draws: u32,
    /// Seed of the generator; printed with the result.
    pub seed: u64,
}

impl Default for MonteCarlo {
    /// 99 999 draws: the standard error of a p of 0.05 is then 0.0007.
    fn default() -> Self {
        Self { draws: 99_999, seed: 1 }
    }
}

/// Returns Pearson's test with a simulated p-value: (1 + tables at least as far from independence) / (draws + 1).
///
/// # Shape
/// Any table; empty rows and columns do not count. Takes time in proportion to draws times the persons outside the largest
/// row or column.
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if all persons stand in one row or one column.
///
/// # Example
/// Rows 3, 0, 1 and 0, 4, 1: p close to 0.024 (exact: 1/42).
///
/// # Source
/// A. C. A. Hope, Journal of the Royal Statistical Society B 30 (1968) 582–598; random tables by drawing persons without
/// replacement (R. A. Fisher's permutation argument), which gives each table its exact probability.
pub fn pearson_monte_carlo(table: &CountTable, plan: MonteCarlo) -> Result<TestResult, Undefined> {
    let filled = table.without_empty()?;
    let statistic = pearson_statistic(&filled);
    let rounding = SAME_STATISTIC * 1e-3 * filled.n_persons() as f64;
    let limit = statistic * (1.0 - SAME_STATISTIC) - rounding;
    let mut urn = Urn::new(&filled, plan.seed);
    let as_far = (0..plan.draws).filter(|_| urn.draw() >= limit).count();
    let p = (1.0 + as_far as f64) / (f64::from(plan.draws) + 1.0);
    let standard_error = (p * (1.0 - p) / f64::from(plan.draws.max(1))).sqrt();
    let simulation = Simulation { draws: plan.draws, seed: plan.seed, standard_error };
    Ok(TestResult {
        method: Method::PearsonMonteCarlo,
        statistic: Some(statistic),
        degrees: None,
        p,
        simulation: Some(simulation),
    })
}

/// All persons of a table with their row, from which the columns are drawn anew.
///
/// Rows and columns change places if that saves draws: the persons of the largest column are those who remain in the urn.
struct Urn {
    rows_of_persons: Vec<usize>,
    row_totals: Vec<u64>,
    /// Largest first.
    column_totals: Vec<u64>,
    random: SplitMix,
}

impl Urn {
    fn new(filled: &CountTable, seed: u64) -> Self {
        let (mut row_totals, mut column_totals) = (filled.row_totals(), filled.column_totals());
        if row_totals.iter().max() > column_totals.iter().max() {
            std::mem::swap(&mut row_totals, &mut column_totals);
        }
        column_totals.sort_unstable_by(|a, b| b.cmp(a));
        let persons = |(row, &total): (usize, &u64)| std::iter::repeat_n(row, total as usize);
        let rows_of_persons = row_totals.iter().enumerate().flat_map(persons).collect();
        Self { rows_of_persons, row_totals, column_totals, random: SplitMix::new(seed) }
    }

    /// Draws a table with the same margins and returns its chi-square.
    fn draw(&mut self) -> f64 {
        let n = self.rows_of_persons.len();
        let mut remaining = self.row_totals.clone();
        let (mut sum, mut drawn) = (0.0, 0);
        for &column in self.column_totals.iter().skip(1) {
            let mut counts = vec![0_u64; self.row_totals.len()];
            for _ in 0..column {
                // One step of the Fisher–Yates shuffle; the order of earlier draws may stay as it is. `chosen` is below n,
                // and a person's row is an index into the row totals.
                let chosen = drawn + self.random.below((n - drawn) as u64) as usize;
                self.rows_of_persons.swap(drawn, chosen);
                counts[self.rows_of_persons[drawn]] += 1;
                drawn += 1;
            }
            for (left, count) in remaining.iter_mut().zip(&counts) {
                *left -= count;
            }
            sum += self.squares_over_margins(&counts, column);
        }
        let largest = self.column_totals.first().copied().unwrap_or(1);
        sum += self.squares_over_margins(&remaining, largest);
        n as f64 * (sum - 1.0)
    }

    /// Returns the column's part of Σ o² / (row total × column total); n (Σ - 1) is the chi-square.
    fn squares_over_margins(&self, counts: &[u64], column: u64) -> f64 {
        let squares = counts.iter().zip(&self.row_totals);
        squares.map(|(&count, &row)| (count * count) as f64 / row as f64).sum::<f64>()
            / column as f64
    }
}
