//! The audit: what an attacker could work out from the printed numbers.
//!
//! It is a step of its own that trusts nothing before it. An attacker sees printed numbers, knows how far a printed number may lie from
//! the true one, knows every sum, and, as an insider, the true counts of one partner. For each small count the audit looks for the
//! smallest and the largest value that fit all of that. True counts are used twice only: as the knowledge of an insider, and for the
//! verdict, to tell which counts were small.
//! Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 4.3.1 (the attacker's problem).

mod insiders;
mod knowledge;
mod narrowing;
mod places;
mod program;
mod range;
mod report;
mod search;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use tests::exact_ranges;

pub use report::AuditReport;

use std::collections::BTreeSet;

use crate::advice::{Remedy, answers};
use crate::linked::Linked;
use crate::linked::counts::TableCounts;
use crate::linked::delivered::Attendance;
use crate::linked::relation::Relation;
use crate::modes::{Lesson, Mode, Protected};
use crate::{Heading, Narrowed, Policy, Tabulation};

use insiders::{Insider, insiders};
use knowledge::Knowledge;
use range::{Outcome, attack};
use search::Sums;

/// Attacks a pack as everybody who may read it, and reports.
///
/// Small counts are attacked with all that ties tables together: names of the same persons, sums across tables. That there is nobody of
/// other partners is attacked with the sums of tables alone, because what holds only as nobody is there cannot be known beforehand.
/// They hold the earlier editions too, and know that persons came since and nobody left: no count is less than it can have been. And they
/// know which partners delivered records at which wave.
/// Attackers work in parallel; each is on its own, so the report does not depend on who is first.
pub(crate) fn audit(
    pack: &Linked<'_>,
    protected: &Protected,
    (mode, policy): (&dyn Mode, &Policy),
) -> Findings {
    let insiders = insiders(pack);
    let small = |count: &usize| {
        (1..pack.thresholds.of_readers[*count]).contains(&pack.readers.truths[*count])
    };
    let printed = pack.readers.names.iter().map(|count| protected.values[*count]).collect();
    let attendance = pack.attendance.by(&pack.readers);
    let seen = (printed, pack.before.of_readers.as_slice(), &attendance);
    let linked = Field::new(&pack.readers.relations, &pack.readers.truths, seen);
    let seen = (protected.values.clone(), pack.before.by_name.as_slice(), &pack.attendance);
    let by_name = Field::new(&pack.counts.relations, &pack.counts.truths, seen);
    let terms = (protected.reach, policy.minimum_interval_width.cast_signed());
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let outsider = scope.spawn(|| {
            let targets: Vec<usize> = (0..pack.readers.truths.len()).filter(small).collect();
            linked.attack(&[], &targets, terms)
        });
        let inside = |insider: &Insider| {
            let numbers = |names: Vec<usize>| -> Vec<usize> {
                names
                    .into_iter()
                    .map(|name| pack.readers.number[name])
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect()
            };
            let targets = numbers(insider.targets(&pack.counts, &pack.thresholds.by_name));
            let mut outcome = linked.attack(&numbers(insider.own.clone()), &targets, terms);
            let totals = insider.totals_without_others();
            let of_nobody = by_name.attack(&insider.own, &totals, terms);
            outcome.add(of_nobody, |name| pack.readers.number[name]);
            outcome
        };
        let others: Vec<_> =
            insiders.iter().map(|insider| scope.spawn(move || inside(insider))).collect();
        let threads = std::iter::once(outsider).chain(others);
        threads.map(|thread| thread.join().unwrap_or_else(|_| Outcome::lost())).collect()
    });
    summarise(pack, protected, (mode, policy), (&insiders, &outcomes))
}

/// Holds what all attackers see: printed numbers, and the sums between them.
struct Field<'pack> {
    sums: Sums<'pack>,
    truths: &'pack [u64],
    printed: Vec<Option<u64>>,
    before: &'pack [u64],
    attendance: &'pack Attendance,
}

impl<'pack> Field<'pack> {
    fn new(
        relations: &'pack [Relation],
        truths: &'pack [u64],
        (printed, before, attendance): (Vec<Option<u64>>, &'pack [u64], &'pack Attendance),
    ) -> Self {
        let sums = Sums::new(relations, truths.len());
        Self { sums, truths, printed, before, attendance }
    }

    /// Attacks targets as somebody who knows the true counts of `own`.
    fn attack(&self, own: &[usize], targets: &[usize], (reach, required): (u64, i64)) -> Outcome {
        let mut knowledge = Knowledge::of_reader(&self.printed, reach);
        knowledge.remember(self.before);
        knowledge.attend(self.attendance);
        knowledge.learn(own, self.truths);
        attack(&self.sums, knowledge, targets, required)
    }
}

fn summarise(
    pack: &Linked<'_>,
    protected: &Protected,
    (mode, policy): (&dyn Mode, &Policy),
    (insiders, outcomes): (&[Insider], &[Outcome]),
) -> Findings {
    let failed: BTreeSet<usize> =
        outcomes.iter().flat_map(|outcome| outcome.failed.iter().copied()).collect();
    let names = insiders.iter().map(|insider| insider.partner.clone());
    let report = AuditReport {
        policy: policy.name.clone(),
        mode: mode.name().to_owned(),
        n_counts: pack.counts.n_published,
        n_relations: pack.counts.relations.len(),
        n_attacked: outcomes.iter().map(|outcome| outcome.n_attacked).sum(),
        attackers: std::iter::once("outsider".to_owned()).chain(names).collect(),
        smallest_width: outcomes.iter().filter_map(|outcome| outcome.smallest_width).min(),
        required_width: policy.minimum_interval_width,
        n_by_moves: outcomes.iter().map(|outcome| outcome.n_by_moves).sum(),
        n_by_program: outcomes.iter().map(|outcome| outcome.n_by_program).sum(),
        n_failed: outcomes.iter().map(|outcome| outcome.failed.len()).sum(),
        failed_tables: tables_of(pack, &failed),
        n_lessons: 0,
        n_broken_sums: protected.broken_relations.len(),
    };
    let is_out_of_time = outcomes.iter().any(|outcome| outcome.is_out_of_time);
    let lessons = lessons(pack, protected, &failed);
    Findings { report, narrowed: narrowed(pack, &failed), lessons, is_out_of_time }
}

/// Names the answers under which failed counts stand, table by table, and what would help.
fn narrowed(pack: &Linked<'_>, failed: &BTreeSet<usize>) -> Vec<Narrowed> {
    let around = with_wholes_of_rests(pack, failed);
    let tables = pack.tabulations.iter().zip(&pack.counts.tables);
    let of_table = |(tabulation, table): (&Tabulation, &TableCounts)| {
        let places_of = |wanted: &BTreeSet<usize>| -> Vec<(usize, usize)> {
            let n_columns = tabulation.columns.headings.len().max(1);
            let cells = table.cells.iter().enumerate();
            let wanted = cells.filter(|(_, count)| wanted.contains(&pack.readers.number[**count]));
            wanted.map(|(place, _)| (place / n_columns, place % n_columns)).collect()
        };
        let found = places_of(failed);
        // What is left of a total stands in no row: the rows that it is worked out of are named.
        let found = if found.is_empty() { places_of(&around) } else { found };
        let rows = answers(rows_at_fault(tabulation, &found).into_iter());
        let remedy = Remedy::of(tabulation, &rows);
        let table = tabulation.id.clone();
        let rows = rows.into_iter().map(|row| row.label.clone()).collect();
        (!found.is_empty()).then_some(Narrowed { table, rows, remedy })
    };
    tables.filter_map(of_table).collect()
}

/// Returns the rows of cells that are small because few persons stand in the row: where the column has fewer, it is the column that is
/// at fault, and merging answers would not help.
fn rows_at_fault<'a>(table: &'a Tabulation, places: &[(usize, usize)]) -> Vec<&'a Heading> {
    let persons = |row, column| table.cell(row, column).map_or(0, |cell| cell.persons);
    let n_columns = table.columns.headings.len();
    let of_row = |row| (0..n_columns).map(|column| persons(row, column)).max();
    let of_column = |column| (0..table.rows.headings.len()).map(|row| persons(row, column)).max();
    let at_fault: BTreeSet<usize> = places
        .iter()
        .filter(|(row, column)| of_row(*row) <= of_column(*column))
        .map(|(row, _)| *row)
        .collect();
    at_fault.into_iter().filter_map(|row| table.rows.headings.get(row)).collect()
}

/// Names the tables in which failed counts stand. One that stands in none (what is left of a total) is laid to the tables of its sums.
fn tables_of(pack: &Linked<'_>, failed: &BTreeSet<usize>) -> Vec<String> {
    let wanted = with_wholes_of_rests(pack, failed);
    let tables = pack.tabulations.iter().zip(&pack.counts.tables);
    tables
        .filter(|(_, table)| {
            table.indices().any(|count| wanted.contains(&pack.readers.number[count]))
        })
        .map(|(tabulation, _)| tabulation.id.clone())
        .collect()
}

/// Adds to failed counts, for those that stand in no table, the counts that they are worked out of.
fn with_wholes_of_rests(pack: &Linked<'_>, failed: &BTreeSet<usize>) -> BTreeSet<usize> {
    let number = |count: usize| pack.readers.number[count];
    let published: BTreeSet<usize> = (0..pack.counts.n_published).map(number).collect();
    let mut wanted = failed.clone();
    for relation in &pack.readers.relations {
        let mut terms = relation.terms.iter().map(|term| term.0);
        if terms.clone().any(|count| failed.contains(&count) && !published.contains(&count)) {
            wanted.extend(terms.by_ref());
        }
    }
    wanted
}

/// Lists, for each count that was narrowed down, the printed numbers it shares a sum with.
fn lessons(pack: &Linked<'_>, protected: &Protected, failed: &BTreeSet<usize>) -> Vec<Lesson> {
    let around = |target: &usize| {
        let mut neighbours = BTreeSet::from([*target]);
        for relation in &pack.readers.relations {
            if relation.terms.iter().any(|term| term.0 == *target) {
                neighbours.extend(relation.terms.iter().map(|term| term.0));
            }
        }
        let names = neighbours.into_iter().map(|count| pack.readers.names[count]);
        let numbers = names.filter_map(|count| Some((count, protected.values[count]?)));
        Lesson { numbers: numbers.collect() }
    };
    failed.iter().map(around).collect()
}

/// Holds what the audit found: for everybody, and for the mode to learn from.
pub(crate) struct Findings {
    /// The report, without counts.
    pub(crate) report: AuditReport,
    /// Where the counts stand that were narrowed down.
    pub(crate) narrowed: Vec<Narrowed>,
    /// Which printed numbers gave counts away.
    pub(crate) lessons: Vec<Lesson>,
    /// Whether the clock ran out on an attack, so that nothing is shown.
    pub(crate) is_out_of_time: bool,
}
