//! What is known while faults are looked for, and how each check is broken.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_check::{Breaking, CheckKind, Way, kinds};
use catalyse_codebook::{CheckId, CheckSpec, Variable};

use crate::draw::tables::Drawn;
use crate::world::World;
use crate::world::panel::Unit;
use crate::world::style::names_partner;

/// Says how many checks may show a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Company {
    /// The wanted one only.
    Alone,
    /// The wanted one and those that cannot be avoided.
    Together,
}

/// Holds what is known while faults are looked for.
pub(crate) struct Planting<'a, 'c> {
    pub(crate) world: &'a World<'c>,
    /// How many rows each person has, over all tables.
    pub(crate) n_rows: BTreeMap<u64, usize>,
    /// Persons that have a fault or had one.
    pub(crate) used: BTreeSet<u64>,
    /// What has its fault: by table, by number.
    pub(crate) found: BTreeSet<(usize, usize)>,
    /// What was looked for in vain.
    pub(crate) given_up: BTreeSet<(usize, usize)>,
    /// What another wave of the same person showed too: it is looked for where there is no other.
    pub(crate) lone: BTreeSet<(usize, usize)>,
}

impl<'a, 'c> Planting<'a, 'c> {
    /// Knows the rows of everybody, and has found nothing yet.
    pub(crate) fn new(world: &'a World<'c>, tables: &[Drawn<'c>]) -> Self {
        let mut n_rows = BTreeMap::new();
        for unit in tables.iter().flat_map(|drawn| &drawn.units) {
            *n_rows.entry(unit.person).or_default() += 1;
        }
        let (used, found, given_up, lone) = Default::default();
        Self { world, n_rows, used, found, given_up, lone }
    }

    /// Says whether the person of a row has no fault yet.
    pub(crate) fn is_free(&self, unit: &Unit) -> bool {
        !self.used.contains(&unit.person)
    }

    /// Says whether what is wanted has its fault, or was looked for in vain.
    pub(crate) fn is_done(&self, wanted: (usize, usize), company: Company) -> bool {
        let is_in_vain = company == Company::Alone && self.given_up.contains(&wanted);
        is_in_vain || self.found.contains(&wanted)
    }

    /// Says whether a row can lose its answer to a variable: what a delivery does not write cannot be missing, and a code that further
    /// rows name leaves them without their person.
    pub(crate) fn writes(&self, unit: &Unit, variable: &Variable) -> bool {
        let study = &self.world.codebook.study;
        if variable.name == study.person {
            return self.n_rows.get(&unit.person) == Some(&1);
        }
        variable.name != study.partner || names_partner(unit.partner)
    }
}

/// Returns a check of the study.
pub(crate) fn spec_of<'c>(world: &World<'c>, check: &CheckId) -> Option<&'c CheckSpec> {
    world.codebook.checks.iter().find(|spec| spec.id == *check)
}

/// Says in a word what was done to break a check.
pub(crate) fn kind_of(world: &World<'_>, check: &CheckId) -> &'static str {
    spec_of(world, check).and_then(breaking).map_or("", |breaking| breaking.word)
}

/// Says how a check comes to be violated.
fn breaking(spec: &CheckSpec) -> Option<Breaking> {
    kinds::find(&spec.kind).map(CheckKind::breaking)
}

/// Says what is changed so that a check is violated.
pub(crate) fn way_of(spec: &CheckSpec) -> Way {
    breaking(spec).map_or(Way::OtherAnswer, |breaking| breaking.way)
}
