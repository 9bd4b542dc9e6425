//! Fisher's exact test of a table of two rows and two columns.

use crate::association::count_table::CountTable;
use crate::{Method, TestResult, Undefined};

/// Probabilities that differ by less than this part are taken as equal, as R and SciPy do: they are, but for rounding.
const SAME_PROBABILITY: f64 = 1e-7;

/// Returns Fisher's exact test, two-sided: the probability of all tables with these margins that are at most as likely as this one.
///
/// # Shape
/// Two rows and two columns once empty ones are left out. Time and memory grow with the smallest margin.
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if all persons stand in one row or one column,
/// [`Undefined::SizesDiffer`] for a larger table.
///
/// # Example
/// Rows 3, 1 and 1, 3: p = 0.4857.
///
/// # Source
/// R. A. Fisher, Journal of the Royal Statistical Society 85 (1922) 87–94; two-sided as in J. O. Irwin, Metron 12 (1935) 83–94.
pub fn fisher_exact(table: &CountTable) -> Result<TestResult, Undefined> {
    let filled = table.without_empty()?;
    let cells: Vec<u64> = filled.rows().flatten().copied().collect();
    let [a, b, c, d] = cells[..] else {
        return Err(Undefined::SizesDiffer { expected: 4, found: cells.len() });
    };
    let weights = Hypergeometric { row: a + b, column: a + c, n: a + b + c + d }.weights();
    let lowest = (a + b + a + c).saturating_sub(a + b + c + d);
    let observed = weights.get((a - lowest) as usize).copied().unwrap_or(0.0);
    let limit = observed * (1.0 + SAME_PROBABILITY);
    let total: f64 = weights.iter().sum();
    let as_rare: f64 = weights.iter().filter(|weight| **weight <= limit).sum();
    Ok(TestResult::exact(Method::FisherExact, as_rare / total))
}

/// The count in the first cell when both margins are given.
struct Hypergeometric {
    row: u64,
    column: u64,
    n: u64,
}

impl Hypergeometric {
    /// Returns the probability of each possible count, from the lowest, as a multiple of that of the likeliest.
    ///
    /// Ratios of neighbours are products of whole numbers, so no logarithm of a factorial is needed and no digit is lost.
    fn weights(&self) -> Vec<f64> {
        let lowest = (self.row + self.column).saturating_sub(self.n);
        let highest = self.row.min(self.column);
        let mode =
            ((self.row as f64 + 1.0) * (self.column as f64 + 1.0) / (self.n as f64 + 2.0)) as u64;
        let mode = mode.clamp(lowest, highest);
        let mut weights = Vec::new();
        let mut weight = 1.0;
        for count in (lowest..mode).rev() {
            weight /= self.ratio_to_previous(count + 1);
            weights.push(weight);
        }
        weights.reverse();
        weights.push(1.0);
        weight = 1.0;
        for count in mode + 1..=highest {
            weight *= self.ratio_to_previous(count);
            weights.push(weight);
        }
        weights
    }

    fn ratio_to_previous(&self, count: u64) -> f64 {
        let ways = (self.row - count + 1) as f64 * (self.column - count + 1) as f64;
        ways / (count as f64 * (self.n + count - self.row - self.column) as f64)
    }
}
