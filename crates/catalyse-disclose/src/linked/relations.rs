//! The sums that hold inside a table, read from the roles of its headings.

use crate::linked::counts::{CountIndex, Counts, TableCounts};
use crate::{Axis, Refusal, Role, Tabulation, TestSubject};

/// Holds one sum: the counts times their signs add up to 0.
///
/// `total = answered + missing` is `total − answered − missing = 0`. Terms are in the order of counts and the first sign is `+`, so
/// that equal sums are equal values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Relation {
    /// The counts and their signs.
    pub(crate) terms: Vec<(CountIndex, i64)>,
    /// Whether the parts are partners, each of whom knows its own part.
    pub(crate) is_by_partner: bool,
    /// Which side the parts are on.
    sign_of_parts: i64,
}

impl Relation {
    pub(crate) fn new(wholes: &[CountIndex], parts: &[CountIndex], is_by_partner: bool) -> Self {
        let mut terms: Vec<(CountIndex, i64)> = wholes.iter().map(|index| (*index, 1)).collect();
        terms.extend(parts.iter().map(|index| (*index, -1)));
        terms.sort_unstable();
        // A count on both sides says nothing: `total = answered` where both are one population.
        let mut merged: Vec<(CountIndex, i64)> = Vec::with_capacity(terms.len());
        for (index, sign) in terms {
            match merged.last_mut() {
                Some(last) if last.0 == index => last.1 += sign,
                _ => merged.push((index, sign)),
            }
        }
        merged.retain(|term| term.1 != 0);
        let mut sign_of_parts = -1;
        if merged.first().is_some_and(|term| term.1 < 0) {
            for term in &mut merged {
                term.1 = -term.1;
            }
            sign_of_parts = 1;
        }
        Self { terms: merged, is_by_partner, sign_of_parts }
    }

    /// Lists the counts that make up the whole.
    pub(crate) fn parts(&self) -> impl Iterator<Item = CountIndex> {
        let sign = self.sign_of_parts;
        self.terms.iter().filter(move |term| term.1 == sign).map(|term| term.0)
    }

    /// Returns the count that the parts make up, if it is one.
    pub(crate) fn whole(&self) -> Option<CountIndex> {
        let mut wholes = self.terms.iter().filter(|term| term.1 == -self.sign_of_parts);
        wholes.next().filter(|_| wholes.next().is_none()).map(|term| term.0)
    }

    /// Writes the sum with other numbers for its counts. Counts that become one may cancel; nothing is left then.
    pub(crate) fn renumbered(&self, number: &[usize]) -> Option<Self> {
        let side = |wanted: i64| -> Vec<usize> {
            let terms = self.terms.iter().filter(|term| term.1.signum() == wanted);
            terms.flat_map(|term| vec![number[term.0]; term.1.unsigned_abs() as usize]).collect()
        };
        let (wholes, parts) = (side(-self.sign_of_parts), side(self.sign_of_parts));
        let relation = Self::new(&wholes, &parts, self.is_by_partner);
        (!relation.terms.is_empty()).then_some(relation)
    }

    /// Returns by how much the counts miss the sum.
    pub(crate) fn imbalance(&self, values: &[i64]) -> i64 {
        self.terms.iter().map(|(index, sign)| sign * values[*index]).sum()
    }
}

/// Lists the sums of one table. Where categories leave a rest of their total, the rest becomes a count of its own.
///
/// # Errors
/// [`Refusal::Sum`] if parts are more than their whole, [`Refusal::Shape`] if a test names a cell that is not there.
pub(crate) fn relations_of(
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
        sums.push(Sum { whole, parts: categories.clone() });
    }
    match (total, answered) {
        (Some(whole), Some(answered)) => {
            sums.push(Sum { whole, parts: [vec![answered], missing].concat() });
        }
        (Some(whole), None) if axis.is_exclusive && !categories.is_empty() => {
            sums.push(Sum { whole, parts: [categories, missing].concat() });
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
        let is_by_partner = axis.name == "partner";
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
