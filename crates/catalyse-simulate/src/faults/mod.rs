//! Faults: planted one a person, each at a place that is known. One check alone shows a fault, wherever the study allows that.
//!
//! Some checks cannot be broken alone: whoever is too young for one is too young for another. Such a fault is planted too, with as few
//! checks as possible showing it; the truth names them all under one number.

mod across;
mod involved;
mod near;
mod proposal;
mod search;
mod truth;
mod values;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

use catalyse_check::{Breaking, CheckKind, Way, kinds};
use catalyse_codebook::{CheckId, CheckSpec, Variable, VariableName};

pub(crate) use truth::truth;

use self::across::{all_violations, apply, compared, plant_across, without_fault};
use self::search::{Found, Search};
use crate::SimulateError;
use crate::delivery::names_partner;
use crate::draw::Unit;
use crate::random::Draw;
use crate::simulate::Drawn;
use crate::world::World;

/// Holds one finding that a fault must show, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The name of the file.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row as people see it, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// The cell as a spreadsheet names it, `F14`.
    pub cell: String,
    /// The variable that the finding stands at.
    pub variable: VariableName,
    /// The check that must find it.
    pub check: CheckId,
    /// What was done, `out-of-range`.
    pub kind: String,
    /// The fault it belongs to, from 1: a fault that several checks or rows show stands here several times.
    pub number: usize,
}

/// Holds a finding that must show in the invented tables.
#[derive(Clone, Debug)]
pub(crate) struct PlantedFault {
    pub(crate) table: usize,
    pub(crate) row_index: usize,
    pub(crate) variable: VariableName,
    pub(crate) check: CheckId,
    pub(crate) kind: String,
    pub(crate) number: usize,
}

/// Holds what was planted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planted {
    pub(crate) faults: Vec<PlantedFault>,
    /// Texts that stand in place of an answer: by table, row and variable.
    pub(crate) raw: BTreeMap<(usize, usize, VariableName), String>,
    pub(crate) checks_without_fault: Vec<CheckId>,
    n_faults: usize,
}

impl Planted {
    /// Adds the findings of one more fault.
    fn add(&mut self, shown: Vec<PlantedFault>) {
        self.n_faults += 1;
        let number = self.n_faults;
        self.faults.extend(shown.into_iter().map(|fault| PlantedFault { number, ..fault }));
    }
}

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
    world: &'a World<'c>,
    /// How many rows each person has, over all tables.
    n_rows: BTreeMap<u64, usize>,
    /// Persons that have a fault or had one.
    used: BTreeSet<u64>,
    /// What has its fault: by table, by number.
    found: BTreeSet<(usize, usize)>,
    /// What was looked for in vain.
    given_up: BTreeSet<(usize, usize)>,
    /// What another wave of the same person showed too: it is looked for where there is no other.
    lone: BTreeSet<(usize, usize)>,
}

impl<'a, 'c> Planting<'a, 'c> {
    fn new(world: &'a World<'c>, tables: &[Drawn<'c>]) -> Self {
        let mut n_rows = BTreeMap::new();
        for unit in tables.iter().flat_map(|drawn| &drawn.units) {
            *n_rows.entry(unit.person).or_default() += 1;
        }
        let (used, found, given_up, lone) = Default::default();
        Self { world, n_rows, used, found, given_up, lone }
    }

    /// Says whether the person of a row has no fault yet.
    fn is_free(&self, unit: &Unit) -> bool {
        !self.used.contains(&unit.person)
    }

    fn is_done(&self, wanted: (usize, usize), company: Company) -> bool {
        let is_in_vain = company == Company::Alone && self.given_up.contains(&wanted);
        is_in_vain || self.found.contains(&wanted)
    }

    /// Says whether a row can lose its answer to a variable: what a delivery does not write cannot be missing, and a code that further
    /// rows name leaves them without their person.
    fn writes(&self, unit: &Unit, variable: &Variable) -> bool {
        let study = &self.world.codebook.study;
        if variable.name == study.person {
            return self.n_rows.get(&unit.person) == Some(&1);
        }
        variable.name != study.partner || names_partner(unit.partner)
    }
}

/// How often faults that spoil each other are looked for anew.
const N_PASSES: u64 = 6;
/// How often those are looked for that cannot be alone.
const N_PASSES_TOGETHER: u64 = 6;

/// Returns a check of the study.
fn spec_of<'c>(world: &World<'c>, check: &CheckId) -> Option<&'c CheckSpec> {
    world.codebook.checks.iter().find(|spec| spec.id == *check)
}

/// Says in a word what was done to break a check.
fn kind_of(world: &World<'_>, check: &CheckId) -> &'static str {
    spec_of(world, check).and_then(breaking).map_or("", |breaking| breaking.word)
}

/// Says how a check comes to be violated.
fn breaking(spec: &CheckSpec) -> Option<Breaking> {
    kinds::find(&spec.kind).map(CheckKind::breaking)
}

/// Says what is changed so that a check is violated.
fn way_of(spec: &CheckSpec) -> Way {
    breaking(spec).map_or(Way::OtherAnswer, |breaking| breaking.way)
}

/// Plants faults of every check: those of one record first, then those that the others show; alone where that can be.
pub(crate) fn plant(world: &World<'_>, tables: &mut [Drawn<'_>]) -> Result<Planted, SimulateError> {
    let mut planted = Planted::default();
    let mut planting = Planting::new(world, tables);
    let alone = (0..N_PASSES).map(|pass| (pass, Company::Alone));
    let together = (N_PASSES..N_PASSES + N_PASSES_TOGETHER).map(|pass| (pass, Company::Together));
    for (pass, company) in alone.chain(together) {
        let mut found = Vec::new();
        for (table, drawn) in tables.iter().enumerate().rev() {
            let chance = Draw::new(world.seed).of("faults").at(table as u64).at(pass);
            let here = Search::run(&mut planting, (table, drawn), company, chance)?;
            found.extend(here.into_iter().map(|found| (table, found)));
        }
        if !found.is_empty() {
            keep_unspoiled(tables, found, &mut planting, &mut planted)?;
        }
    }
    plant_across(tables, &mut planting, &mut planted)?;
    look_at_all(world, tables, &planted)?;
    planted.checks_without_fault = without_fault(world, &planted.faults);
    Ok(planted)
}

/// Changes the tables, and undoes what shows in the whole delivery otherwise than in its record.
fn keep_unspoiled(
    tables: &mut [Drawn<'_>],
    found: Vec<(usize, Found)>,
    planting: &mut Planting<'_, '_>,
    planted: &mut Planted,
) -> Result<(), SimulateError> {
    let mut kept = Vec::with_capacity(found.len());
    for (table, one) in found {
        let before = apply(tables, table, one.row_index, &one.edit)?;
        kept.push((table, one, before));
    }
    let is_across = |spec: &&CheckSpec| planting.world.checks.looks_across(&spec.id);
    let mut spoiled = BTreeSet::new();
    let mut moved = BTreeSet::new();
    for (table, row_index, check, _) in all_violations(planting.world, tables)? {
        if let Some(spec) = spec_of(planting.world, &check).filter(is_across) {
            // A row stands out because of its own fault, or of that of the same person in another wave.
            let person = person_at(tables, table, row_index);
            let own = kept.iter().find(|(at, one, _)| {
                *at == table && person_at(tables, table, one.row_index) == person
            });
            let Some((_, own, _)) = own else {
                // Or because of a fault elsewhere: of one that changed what the check compares.
                moved.extend(compared(spec));
                continue;
            };
            spoiled.insert((table, own.row_index));
            if planting.world.checks.compares_waves(&check).is_some() {
                planting.lone.insert((table, own.wanted));
            }
        }
    }
    for (table, one, before) in kept {
        let has_moved = one.edit.keys().any(|name| moved.contains(name));
        if has_moved || spoiled.contains(&(table, one.row_index)) {
            apply(tables, table, one.row_index, &before)?;
            planting.found.remove(&(table, one.wanted));
            planting.given_up.remove(&(table, one.wanted));
            continue;
        }
        if let (Some(raw), Some(fault)) = (one.raw, one.faults.first()) {
            planted.raw.insert((table, one.row_index, fault.variable.clone()), raw);
        }
        planted.add(one.faults);
    }
    Ok(())
}

fn person_at(tables: &[Drawn<'_>], table: usize, row_index: usize) -> Option<u64> {
    tables.get(table)?.units.get(row_index).map(|unit| unit.person)
}

/// Confronts everything once more: each fault must show, and nothing else.
fn look_at_all(
    world: &World<'_>,
    tables: &[Drawn<'_>],
    planted: &Planted,
) -> Result<(), SimulateError> {
    let shown = all_violations(world, tables)?;
    let is_read = |fault: &&PlantedFault| {
        !planted.raw.contains_key(&(fault.table, fault.row_index, fault.variable.clone()))
    };
    let wanted: BTreeSet<_> = planted
        .faults
        .iter()
        .filter(is_read)
        .map(|fault| (fault.table, fault.row_index, fault.check.clone(), fault.variable.clone()))
        .collect();
    match wanted.symmetric_difference(&shown).next() {
        Some((_, _, check, _)) => Err(SimulateError::Entangled { check: check.clone() }),
        None => Ok(()),
    }
}
