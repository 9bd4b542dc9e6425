//! The attack from outside: what somebody can work out who has every file of a pack, knows the study, and may be a partner.
//!
//! It shares no code with the gate's own audit: names of populations, sums and ranges are made anew from `tables/*.json` of the
//! partnership's report and all partner editions together. True counts judge the outcome and are what a partner knows of its own.

mod claims;
mod figures;
mod narrow;
mod system;
mod tables;
mod truth;
mod two_partners;

use std::collections::BTreeMap;

use catalyse_disclose::TableSpec;

use crate::sample::report;
use narrow::{Target, narrow};
use system::System;
use tables::{Name, Table};

/// What the policy of the partnership promises: a count of 1 to 4 is never placed within fewer than five values.
const THRESHOLD: i64 = 5;
const LEAST_WIDTH: i64 = 4;
const BASE: i64 = 5;

/// Holds a pack with its truth.
struct Field {
    printed: BTreeMap<Name, i64>,
    truth: Vec<i64>,
    system: System,
    partners: Vec<String>,
}

/// Says who attacks.
type Insider<'a> = Option<&'a str>;

fn field() -> Field {
    let codebook = truth::codebook();
    let specs = truth::specs();
    let printed = tables::printed(report(), &specs, &codebook);
    let partners: Vec<String> =
        codebook.study.partners.iter().map(|partner| partner.id.to_string()).collect();
    let names: Vec<&str> = partners.iter().map(String::as_str).collect();
    let system = System::of(&printed, &names);
    // The editions show some tables by partner that the report shows for all.
    let by_partner = specs
        .iter()
        .filter(|spec| spec.kind == "frequency" && spec.columns.is_none() && spec.count.is_none());
    let by_partner =
        by_partner.map(|spec| TableSpec { columns: Some("partner".to_owned()), ..spec.clone() });
    let specs: Vec<TableSpec> = specs.iter().cloned().chain(by_partner).collect();
    let truths = truth::count(&specs);
    let truths: Vec<Table> = truths
        .iter()
        .zip(&specs)
        .map(|(table, spec)| tables::of_truth(table, spec, &codebook))
        .collect();
    let true_counts = one_count_each(&truths);
    let truth = system
        .names
        .iter()
        .map(|name| *true_counts.get(name).unwrap_or_else(|| panic!("{name:?} is not counted")))
        .collect();
    Field { printed: one_count_each(&printed), truth, system, partners }
}

/// Collects the counts of tables. One population has one number, whatever table it stands in.
fn one_count_each(tables: &[Table]) -> BTreeMap<Name, i64> {
    let mut counts = BTreeMap::new();
    for table in tables {
        for (name, count) in &table.cells {
            let known = counts.insert(name.clone(), *count);
            assert!(
                known.is_none_or(|known| known == *count),
                "{}: {name:?} has two numbers",
                table.id
            );
        }
    }
    counts
}

impl Field {
    /// Lists what must not be told: counts of 1 to 4, and as many persons between two counts of which the one are among the other.
    fn targets(&self, insider: Insider<'_>) -> Vec<Target> {
        let counts = (0..self.truth.len()).map(|count| vec![(count, 1)]);
        let differences = self.system.ties.iter().flat_map(|tie| {
            let wholes = tie.terms.iter().filter(|(_, factor)| *factor < 0);
            wholes.flat_map(|(whole, _)| {
                let parts = tie.terms.iter().filter(|(_, factor)| *factor > 0);
                parts.map(|(part, _)| vec![(*whole, 1), (*part, -1)])
            })
        });
        let is_small = |target: &Target| {
            let value: i64 = target.iter().map(|(count, factor)| self.truth[*count] * factor).sum();
            (1..THRESHOLD).contains(&value)
        };
        let mut targets: Vec<Target> = counts.chain(differences).filter(is_small).collect();
        targets.sort();
        targets.dedup();
        targets.retain(|target| !target.iter().all(|(count, _)| self.is_own(*count, insider)));
        targets
    }

    fn is_own(&self, count: usize, insider: Insider<'_>) -> bool {
        insider.is_some() && self.system.names[count].partner() == insider
    }

    /// Attacks the pack with the box that a printed number leaves to the true one.
    fn attack(&self, insider: Insider<'_>, box_of: impl Fn(usize) -> (i64, i64)) -> Vec<String> {
        let boxes: Vec<(i64, i64)> = (0..self.truth.len())
            .map(|count| {
                if self.is_own(count, insider) {
                    (self.truth[count], self.truth[count])
                } else {
                    box_of(count)
                }
            })
            .collect();
        let targets = self.targets(insider);
        let found = narrow(&self.system, &boxes, &targets, LEAST_WIDTH);
        found
            .into_iter()
            .map(|(place, low, high)| self.say(&targets[place], insider, (low, high)))
            .collect()
    }

    fn say(&self, target: &Target, insider: Insider<'_>, (low, high): (f64, f64)) -> String {
        let names: Vec<String> = target
            .iter()
            .map(|(count, _)| {
                let name = &self.system.names[*count];
                format!("{} {:?}", name.universe, name.conditions)
            })
            .collect();
        format!(
            "{}: {} lies between {low} and {high}",
            insider.unwrap_or("a reader"),
            names.join(" without ")
        )
    }

    /// Returns the box of a number that was rounded to a neighbouring multiple of the base.
    fn rounded(&self, count: usize) -> (i64, i64) {
        let printed = self.printed[&self.system.names[count]];
        ((printed - BASE + 1).max(0), printed + BASE - 1)
    }
}

#[test]
fn what_the_attacker_takes_for_known_is_true() {
    let field = field();
    let n_equal = field.system.ties.iter().filter(|tie| tie.is_equal).count();
    assert!(
        field.truth.len() > 1_000 && n_equal > 400,
        "{} counts, {n_equal} sums",
        field.truth.len()
    );
    for tie in &field.system.ties {
        let sum: i64 = tie.terms.iter().map(|(count, factor)| field.truth[*count] * factor).sum();
        let holds = if tie.is_equal { sum == 0 } else { sum <= 0 };
        let names: Vec<_> =
            tie.terms.iter().map(|(count, factor)| (factor, &field.system.names[*count])).collect();
        assert!(holds, "{names:?} do not go together");
    }
    for (count, truth) in field.truth.iter().enumerate() {
        let (low, high) = field.rounded(count);
        assert!((low..=high).contains(truth), "{:?}", field.system.names[count]);
    }
}

#[test]
fn no_reader_and_no_partner_can_place_a_small_count() {
    let field = field();
    let found: Vec<String> = std::thread::scope(|scope| {
        let insiders: Vec<Insider<'_>> = [None]
            .into_iter()
            .chain(field.partners.iter().map(|partner| Some(partner.as_str())))
            .collect();
        let field = &field;
        let attacks: Vec<_> = insiders
            .into_iter()
            .map(|insider| scope.spawn(move || field.attack(insider, |count| field.rounded(count))))
            .collect();
        attacks.into_iter().flat_map(|attack| attack.join().expect("the attack ends")).collect()
    });
    assert!(found.is_empty(), "the pack tells:\n{}", found.join("\n"));
}

#[test]
fn the_same_attack_breaks_a_pack_that_blanks_what_is_below_five() {
    let field = field();
    let blanked = |count: usize| {
        let truth = field.truth[count];
        if (1..THRESHOLD).contains(&truth) { (1, THRESHOLD - 1) } else { (truth, truth) }
    };
    let found = field.attack(None, blanked);
    assert!(found.len() > 50, "only {} counts of the naive pack are told", found.len());
}
