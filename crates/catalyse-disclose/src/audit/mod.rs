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

use crate::counts::{CountIndex, Counts};
use crate::modes::{Lesson, Mode, Protected};
use crate::{Policy, Tabulation};

use insiders::{Insider, insiders};
use knowledge::Knowledge;
use range::{Outcome, attack};
use search::Sums;

/// Attacks a pack as everybody who may read it, and reports.
///
/// Attackers work in parallel; each is on its own, so the report does not depend on who is first.
pub(crate) fn audit(
    tabulations: &[Tabulation],
    counts: &Counts,
    protected: &Protected,
    (mode, policy): (&dyn Mode, &Policy),
) -> Findings {
    let insiders = insiders(tabulations, counts);
    let targets: Vec<CountIndex> = (0..counts.truths.len())
        .filter(|count| (1..policy.threshold).contains(&counts.truths[*count]))
        .collect();
    let required = policy.minimum_interval_width.cast_signed();
    let sums = Sums::new(&counts.relations, counts.truths.len());
    let attack_as = |own: &[CountIndex], targets: &[CountIndex]| {
        let mut knowledge = Knowledge::of_reader(protected);
        knowledge.learn(own, &counts.truths);
        attack(&sums, knowledge, targets, required)
    };
    let of_insiders: Vec<Vec<CountIndex>> =
        insiders.iter().map(|insider| insider.targets(counts, policy.threshold)).collect();
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let outsider = scope.spawn(|| attack_as(&[], &targets));
        let others: Vec<_> = insiders
            .iter()
            .zip(&of_insiders)
            .map(|(insider, targets)| scope.spawn(|| attack_as(&insider.own, targets)))
            .collect();
        let all_targets = std::iter::once(&targets).chain(&of_insiders);
        std::iter::once(outsider)
            .chain(others)
            .zip(all_targets)
            .map(|(thread, targets)| thread.join().unwrap_or_else(|_| Outcome::lost(targets)))
            .collect()
    });
    summarise(tabulations, counts, protected, (mode, policy), (&insiders, &outcomes))
}

fn summarise(
    tabulations: &[Tabulation],
    counts: &Counts,
    protected: &Protected,
    (mode, policy): (&dyn Mode, &Policy),
    (insiders, outcomes): (&[Insider], &[Outcome]),
) -> Findings {
    let failed: BTreeSet<CountIndex> =
        outcomes.iter().flat_map(|outcome| outcome.failed.iter().copied()).collect();
    let failed_tables = tabulations
        .iter()
        .zip(&counts.tables)
        .filter(|(_, table)| table.indices().any(|index| failed.contains(&index)))
        .map(|(tabulation, _)| tabulation.id.clone())
        .collect();
    let names = insiders.iter().map(|insider| insider.partner.clone());
    let report = AuditReport {
        policy: policy.name.clone(),
        mode: mode.name().to_owned(),
        n_counts: counts.n_published,
        n_relations: counts.relations.len(),
        n_attacked: outcomes.iter().map(|outcome| outcome.n_attacked).sum(),
        attackers: std::iter::once("outsider".to_owned()).chain(names).collect(),
        smallest_width: outcomes.iter().filter_map(|outcome| outcome.smallest_width).min(),
        required_width: policy.minimum_interval_width,
        n_by_moves: outcomes.iter().map(|outcome| outcome.n_by_moves).sum(),
        n_by_program: outcomes.iter().map(|outcome| outcome.n_by_program).sum(),
        n_failed: outcomes.iter().map(|outcome| outcome.failed.len()).sum(),
        failed_tables,
        n_lessons: 0,
        n_broken_sums: protected.broken_relations.len(),
    };
    Findings { report, lessons: lessons(counts, protected, &failed) }
}

/// Lists, for each count that was narrowed down, the printed numbers it shares a sum with.
fn lessons(counts: &Counts, protected: &Protected, failed: &BTreeSet<CountIndex>) -> Vec<Lesson> {
    let around = |target: &CountIndex| {
        let mut neighbours = BTreeSet::from([*target]);
        for relation in &counts.relations {
            if relation.terms.iter().any(|term| term.0 == *target) {
                neighbours.extend(relation.terms.iter().map(|term| term.0));
            }
        }
        let numbers =
            neighbours.into_iter().filter_map(|count| Some((count, protected.values[count]?)));
        Lesson { numbers: numbers.collect() }
    };
    failed.iter().map(around).collect()
}

/// Holds what the audit found: for everybody, and for the mode to learn from.
pub(crate) struct Findings {
    /// The report, without counts.
    pub(crate) report: AuditReport,
    /// Which printed numbers gave counts away.
    pub(crate) lessons: Vec<Lesson>,
}
