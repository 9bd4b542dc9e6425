//! Faults that only the other records show: a key twice, a spell of nobody, a value far from all others.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_check::Context;
use catalyse_codebook::{CheckId, CheckSpec, VariableName};

use super::attempt::Try;
use super::planted::{Planted, PlantedFault};
use super::planting::{Planting, kind_of};
use super::proposal::{Proposal, proposals};
use super::search::broken_by;
use crate::SimulateError;
use crate::draw::repair::{Violation, violations};
use crate::draw::tables::Drawn;
use crate::world::World;

/// How many of the likeliest changes are tried in the whole delivery for each check, by how many other checks show them.
const N_TRIES: usize = 24;

/// Plants a fault for each check that looks across records. The tables are changed only where the whole delivery shows it at the rows
/// that were changed, and nothing elsewhere.
pub(super) fn plant_across(
    tables: &mut [Drawn<'_>],
    planting: &mut Planting<'_, '_>,
    planted: &mut Planted,
) -> Result<(), SimulateError> {
    let world = planting.world;
    let specs = world.codebook.checks.iter();
    for spec in specs.filter(|spec| world.checks.looks_across(&spec.id)) {
        let form_table = Context::table_of(world.codebook, &spec.form);
        let Some(table) = tables.iter().position(|drawn| drawn.sheet.table == form_table) else {
            continue;
        };
        let likely = likeliest(spec, tables, table, planting)?;
        let before: BTreeSet<Violation> = all_violations(world, tables)?;
        for proposal in likely {
            let kept = proposal.apply(tables, table)?;
            let after = all_violations(world, tables)?;
            let new: Vec<&Violation> = after.difference(&before).collect();
            let shows = |row: &usize| {
                new.iter().any(|(at, of, check, _)| (*at, of) == (table, row) && *check == spec.id)
            };
            let is_own = |(at, row, ..): &&Violation| *at == table && proposal.rows.contains(row);
            if !before.is_subset(&after)
                || !proposal.rows.iter().all(shows)
                || !new.iter().all(is_own)
            {
                kept.apply(tables, table)?;
                continue;
            }
            planted.add(new.into_iter().map(|one| planted_fault(world, one)).collect());
            let units = tables.get(table).map_or(&[][..], |drawn| drawn.units.as_slice());
            let units = proposal.rows.iter().filter_map(|row| units.get(*row));
            planting.used.extend(units.map(|unit| unit.person));
            break;
        }
    }
    Ok(())
}

fn planted_fault(world: &World<'_>, violation: &Violation) -> PlantedFault {
    let (table, row_index, check, variable) = violation.clone();
    let kind = kind_of(world, &check).to_owned();
    PlantedFault { table, row_index, variable, check, kind, number: 0 }
}

/// Lists changes that may do: first those by which no check of a record is broken.
fn likeliest(
    spec: &CheckSpec,
    tables: &[Drawn<'_>],
    table: usize,
    planting: &Planting<'_, '_>,
) -> Result<Vec<Proposal>, SimulateError> {
    let Some(drawn) = tables.get(table) else { return Ok(Vec::new()) };
    let mut all = proposals(spec, tables, drawn, planting);
    let edits = all.iter().enumerate().flat_map(|(wanted, proposal)| {
        let edits = proposal.edits.iter();
        edits.map(move |(row, edit)| Try { wanted, row_index: *row, edit: edit.clone() })
    });
    let tries: Vec<Try> = edits.collect();
    let broken = broken_by(planting.world, &drawn.sheet, &tries)?;
    for (index, one) in tries.iter().enumerate() {
        if let Some(proposal) = all.get_mut(one.wanted) {
            proposal.n_companions += broken.get(&index).map_or(0, Vec::len);
        }
    }
    all.sort_by_key(|proposal| (proposal.n_companions, proposal.rank));
    let mut n_tries: BTreeMap<usize, usize> = BTreeMap::new();
    all.retain(|proposal| {
        let n = n_tries.entry(proposal.n_companions).or_default();
        *n += 1;
        *n <= N_TRIES
    });
    Ok(all)
}

/// Confronts all tables together.
pub(super) fn all_violations(
    world: &World<'_>,
    tables: &[Drawn<'_>],
) -> Result<BTreeSet<Violation>, SimulateError> {
    let sheets: Vec<_> = tables.iter().map(|drawn| &drawn.sheet).collect();
    Ok(violations(&world.checks, &sheets)?.into_iter().collect())
}

/// Lists the checks of a study that no fault shows.
pub(super) fn without_fault(world: &World<'_>, planted: &[PlantedFault]) -> Vec<CheckId> {
    let ids = world.codebook.checks.iter().map(|spec| &spec.id);
    ids.filter(|id| planted.iter().all(|fault| fault.check != **id)).cloned().collect()
}

/// Lists the variables that a check across records compares: its own, and the one it refers to.
pub(super) fn compared(spec: &CheckSpec) -> impl Iterator<Item = VariableName> {
    let referred = spec.params.get("to").and_then(toml::Value::as_str);
    let referred = referred.map(|to| to.rsplit('.').next().unwrap_or(to));
    let referred = referred.and_then(|name| VariableName::new(name).ok());
    spec.variables.iter().cloned().chain(referred)
}
