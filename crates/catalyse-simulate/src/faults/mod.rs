//! Faults: planted one a person, each at a place that is known. One check alone shows a fault, wherever the study allows that.
//!
//! Some checks cannot be broken alone: whoever is too young for one is too young for another. Such a fault is planted too, with as few
//! checks as possible showing it; the truth names them all under one number.

mod across;
mod attempt;
mod edit;
mod involved;
mod near;
mod planted;
mod planting;
mod proposal;
mod search;
mod truth;
mod values;
mod wanted;

use std::collections::BTreeSet;

use catalyse_codebook::CheckSpec;

pub use self::planted::Fault;
pub(crate) use self::planted::Planted;
pub(crate) use self::truth::truth;

use self::across::{all_violations, compared, plant_across, without_fault};
use self::edit::apply;
use self::planted::PlantedFault;
use self::planting::{Company, Planting, spec_of};
use self::search::{Found, Search};
use crate::SimulateError;
use crate::draw::tables::Drawn;
use crate::world::World;
use crate::world::random::Draw;

/// How often faults that spoil each other are looked for anew.
const N_PASSES: u64 = 6;
/// How often those are looked for that cannot be alone.
const N_PASSES_TOGETHER: u64 = 6;

/// How often all faults are drawn anew where some disturb each other to the end.
const N_DRAWINGS: u64 = 8;

/// Plants faults of every check. Where some disturb each other, all are drawn anew in the clean tables.
///
/// # Errors
/// They disturb each other in every drawing.
pub(crate) fn plant(world: &World<'_>, tables: &mut [Drawn<'_>]) -> Result<Planted, SimulateError> {
    let clean = tables.to_vec();
    let mut drawing = 0;
    loop {
        match plant_once(world, tables, drawing) {
            Err(SimulateError::Entangled { .. }) if drawing + 1 < N_DRAWINGS => {
                tables.clone_from_slice(&clean);
                drawing += 1;
            }
            planted => return planted,
        }
    }
}

/// Plants faults of every check: those of one record first, then those that the others show; alone where that can be.
fn plant_once(
    world: &World<'_>,
    tables: &mut [Drawn<'_>],
    drawing: u64,
) -> Result<Planted, SimulateError> {
    let mut planted = Planted::default();
    let mut planting = Planting::new(world, tables);
    let alone = (0..N_PASSES).map(|pass| (pass, Company::Alone));
    let together = (N_PASSES..N_PASSES + N_PASSES_TOGETHER).map(|pass| (pass, Company::Together));
    for (pass, company) in alone.chain(together) {
        let mut found = Vec::new();
        for (table, drawn) in tables.iter().enumerate().rev() {
            let chance = Draw::new(world.seed).of("faults").at(table as u64);
            // The first drawing is that of a seed since there are faults: others leave it as it is.
            let chance = chance.at(pass + drawing * (N_PASSES + N_PASSES_TOGETHER));
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
