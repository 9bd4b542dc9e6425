//! The sums that hold inside a table, read from the roles of its headings.

use crate::linked::counts::{Counts, TableCounts};
use crate::linked::relation::{CountIndex, Relation};
use crate::{Axis, Refusal, Role, Tabulation, TestSubject};

/// Lists the sums of one table. Where categories leave a rest of their total, the rest becomes a count of its own.
///
/// # Errors
/// [`Refusal::Sum`] if parts are more than their whole, [`Refusal::Shape`] if a test names a cell that is not there.
pub(crate) fn table_sums(
    tabulation: &Tabulation,
    table: &TableCounts,
    counts: &mut Counts,
) -> Result<Vec<Relation>, Refusal> {
    let (n_rows, n_columns) = (tabulation.rows.headings.len(), tabulation.columns.headings.len());
    let refusal = || Refusal::Sum { table: tabulation.id.clone() };
    let columns: Vec<Vec<CountIndex>> = (0..n_columns)
        .map(|column| (0..n_rows).map(|row| table.cells[row * n_columns + column]).collect())
        .collect();
    let rows: Vec<Vec<CountIndex>> =
        (0..n_rows).map(|row| table.cells[row * n_columns..][..n_columns].to_vec()).collect();
    let mut relations = Vec::new();
    for (axis, lines) in [(&tabulation.rows, &columns), (&tabulation.columns, &rows)] {
        for sum in sums_of(axis) {
            relations.extend(sum.over(lines, axis, counts).ok_or_else(refusal)?);
        }
    }
    for (test, paired) in tabulation.tests.iter().zip(&table.paired) {
        if let (TestSubject::Row { row, from, to }, Some([came, left])) = (test.subject, *paired) {
            let cell = |column: usize| {
                let is_there = row < n_rows && column < n_columns;
                is_there.then(|| table.cells[row * n_columns + column])
            };
            let (Some(from), Some(to)) = (cell(from), cell(to)) else {
                return Err(Refusal::Shape { table: tabulation.id.clone() });
            };
            let truth = |count: CountIndex| counts.truths[count];
            if truth(to) + truth(left) != truth(from) + truth(came) {
                return Err(refusal());
            }
            relations.push(Relation::new(&[to, left], &[from, came], false));
        }
    }
    relations.retain(|relation| !relation.terms.is_empty());
    Ok(relations)
}

/// Holds one kind of sum along an axis, by the places of its headings.
struct Sum {
    whole: usize,
    parts: Vec<usize>,
    /// Whether the parts are the categories of the axis, and not those who answered beside those who did not.
    is_of_categories: bool,
}

/// Lists the sums an axis promises. Categories that a person may choose together add up to nothing.
fn sums_of(axis: &Axis) -> Vec<Sum> {
    let places = |role: Role| -> Vec<usize> {
        let headings = axis.headings.iter().enumerate();
        headings.filter(|(_, heading)| heading.role == role).map(|(place, _)| place).collect()
    };
    let categories = places(Role::Category);
    let missing = places(Role::Missing);
    let answered = places(Role::Answered).first().copied();
    let total = places(Role::Total).first().copied();
    let mut sums = Vec::new();
    if let (Some(whole), true) = (answered, axis.is_exclusive && !categories.is_empty()) {
        sums.push(Sum { whole, parts: categories.clone(), is_of_categories: true });
    }
    match (total, answered) {
        (Some(whole), Some(answered)) => {
            let parts = [vec![answered], missing].concat();
            sums.push(Sum { whole, parts, is_of_categories: false });
        }
        (Some(whole), None) if axis.is_exclusive && !categories.is_empty() => {
            let parts = [categories, missing].concat();
            sums.push(Sum { whole, parts, is_of_categories: true });
        }
        (Some(_) | None, _) => {}
    }
    sums
}

impl Sum {
    /// Writes the sum for every line across the axis; nothing if parts are more than their whole.
    fn over(
        &self,
        lines: &[Vec<CountIndex>],
        axis: &Axis,
        counts: &mut Counts,
    ) -> Option<Vec<Relation>> {
        let sides: Vec<(CountIndex, Vec<CountIndex>)> = lines
            .iter()
            .map(|line| (line[self.whole], self.parts.iter().map(|part| line[*part]).collect()))
            .collect();
        let mut is_whole = true;
        for (whole, parts) in &sides {
            // If one line leaves a rest, readers know of all lines that they may.
            is_whole &= counts.rest(*whole, parts)?.0 == 0;
        }
        let is_by_partner = axis.is_of_partners() && self.is_of_categories;
        let mut relations = Vec::with_capacity(sides.len());
        for (whole, mut parts) in sides {
            if !is_whole {
                let rest = counts.push_rest(whole, &parts)?;
                parts.push(rest);
            }
            relations.push(Relation::new(&[whole], &parts, is_by_partner));
        }
        Some(relations)
    }
}
