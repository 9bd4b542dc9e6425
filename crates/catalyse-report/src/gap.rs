//! Two shares that differ by more than chance alone would bring, where no test was made.

use catalyse_disclose::{ReleasedShare, Role};

use crate::table::{Heading, Row, Table};

/// Holds one category with two shares far enough apart to say so.
pub(crate) struct Gap<'a> {
    pub row: &'a Row,
    pub from: (&'a Heading, u8),
    pub to: (&'a Heading, u8),
}

impl Gap<'_> {
    fn points(&self) -> u8 {
        self.from.1.abs_diff(self.to.1)
    }
}

/// Returns a category whose shares in two columns differ clearly, for one of so many comparisons.
pub(crate) fn gap<'a>(
    table: &'a Table,
    row: &'a Row,
    (from, to): (usize, usize),
    n_comparisons: usize,
) -> Option<Gap<'a>> {
    let share = |column: usize| {
        let cell = row.cells.get(column)?;
        Some((table.columns.get(column)?, percent_of(row, column)?, cell.interval?))
    };
    let ((one, first, interval), (other, last, other_interval)) = (share(from)?, share(to)?);
    let points = first.abs_diff(last);
    is_clear(points, [interval, other_interval], n_comparisons).then_some(Gap {
        row,
        from: (one, first),
        to: (other, last),
    })
}

/// Says whether two shares are farther apart than chance alone would bring, the largest of so many differences being looked at.
///
/// **Source** Bonferroni's bound over the comparisons, with the bound exp(−z²/2) for both tails of the normal distribution
/// (Chernoff, Annals of Mathematical Statistics 23:493, 1952), which asks for more than the exact tail. A standard error is the
/// width of a 95 % interval divided by 3.92; whole percentages make it a little coarse, never zero.
fn is_clear(points: u8, intervals: [(u8, u8); 2], n_comparisons: usize) -> bool {
    const LEVEL: f64 = 0.05;
    let variance: f64 = intervals
        .into_iter()
        .map(|(low, high)| (f64::from(high.saturating_sub(low).max(1)) / 3.92).powi(2))
        .sum();
    let z_squared = f64::from(points).powi(2) / variance;
    z_squared >= 2.0 * (n_comparisons.max(1) as f64 / LEVEL).ln()
}

/// Returns the widest gap.
pub(crate) fn widest<'a>(gaps: impl Iterator<Item = Gap<'a>>) -> Option<Gap<'a>> {
    // Of equal gaps the first stands.
    gaps.fold(None, |widest: Option<Gap<'a>>, gap| match widest {
        Some(widest) if widest.points() >= gap.points() => Some(widest),
        Some(_) | None => Some(gap),
    })
}

/// Lists the columns (from 0) in which some share is a percentage.
pub(crate) fn filled_columns(table: &Table) -> Vec<usize> {
    let is_filled =
        |column: &usize| table.categories().any(|(_, row)| percent_of(row, *column).is_some());
    let categories = table.columns.iter().enumerate();
    let categories = categories.filter(|(_, column)| column.role == Role::Category);
    categories.map(|(index, _)| index).filter(is_filled).collect()
}

/// Returns the share of a cell, if it is a percentage.
pub(crate) fn percent_of(row: &Row, column: usize) -> Option<u8> {
    match row.cells.get(column)?.share {
        ReleasedShare::Percent(share) => Some(share),
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_clear;

    #[test]
    fn the_more_one_looks_the_larger_a_difference_must_be() {
        // 57 % of 70 persons and 83 % of 60: z is 3.5.
        let intervals = [(45, 68), (72, 90)];
        assert!(is_clear(26, intervals, 1));
        assert!(is_clear(26, intervals, 18));
        assert!(!is_clear(26, intervals, 120));
        assert!(!is_clear(10, intervals, 1));
        assert!(!is_clear(0, [(0, 0), (0, 0)], 1));
    }
}
