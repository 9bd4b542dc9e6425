//! Faults that only the other records show: a key twice, a spell of nobody, a value far from all others.

use std::collections::BTreeSet;

use catalyse_check::Context;
use catalyse_codebook::{CheckId, CheckSpec, Storage, VariableName};

use super::values::Change;
use super::{ACROSS, PlantedFault, kind_of};
use crate::SimulateError;
use crate::cell::Cell;
use crate::random::Draw;
use crate::repair::{Violation, violations};
use crate::simulate::Drawn;
use crate::tie::ties;
use crate::world::World;

/// How many pairs or rows are tried for each check.
const N_TRIES: usize = 120;

/// Plants a fault for each check that looks across records. The tables are changed only where the whole delivery shows it alone.
pub(crate) fn plant_across(
    world: &World<'_>,
    tables: &mut [Drawn<'_>],
    used: &mut BTreeSet<u64>,
) -> Result<Vec<PlantedFault>, SimulateError> {
    let mut planted = Vec::new();
    let specs = world.codebook.checks.iter();
    for spec in specs.filter(|spec| ACROSS.contains(&spec.kind.as_str())) {
        let form_table = Context::table_of(world.codebook, &spec.form);
        let Some(table) = tables.iter().position(|drawn| drawn.sheet.table == form_table) else {
            continue;
        };
        let before: BTreeSet<Violation> = all_violations(world, tables)?;
        for number in 0..N_TRIES {
            let chance = Draw::new(world.seed).of(spec.id.as_str()).at(number as u64);
            let Some(drawn) = tables.get(table) else { continue };
            let Some((rows, row_index, edit)) = proposal(spec, tables, drawn, used, chance) else {
                continue;
            };
            let kept = apply(tables, table, row_index, &edit)?;
            let after = all_violations(world, tables)?;
            let new: Vec<&Violation> = after.difference(&before).collect();
            let is_alone = before.is_subset(&after)
                && new.len() == rows.len()
                && new.iter().all(|(at, row, check, _)| {
                    *at == table && rows.contains(row) && *check == spec.id
                });
            if !is_alone {
                apply(tables, table, row_index, &kept)?;
                continue;
            }
            for (_, row_index, check, variable) in new {
                let (variable, check) = (variable.clone(), check.clone());
                let kind = kind_of(spec).to_owned();
                planted.push(PlantedFault { table, row_index: *row_index, variable, check, kind });
            }
            let units = tables.get(table).map_or(&[][..], |drawn| drawn.units.as_slice());
            used.extend(rows.iter().filter_map(|row| units.get(*row)).map(|unit| unit.person));
            break;
        }
    }
    Ok(planted)
}

/// Confronts all tables together.
pub(crate) fn all_violations(
    world: &World<'_>,
    tables: &[Drawn<'_>],
) -> Result<BTreeSet<Violation>, SimulateError> {
    let sheets: Vec<_> = tables.iter().map(|drawn| &drawn.sheet).collect();
    Ok(violations(&world.checks, &sheets)?.into_iter().collect())
}

/// Changes a row, and returns what stood there.
pub(crate) fn apply(
    tables: &mut [Drawn<'_>],
    table: usize,
    row_index: usize,
    edit: &Change,
) -> Result<Change, SimulateError> {
    let mut kept = Change::new();
    let Some(drawn) = tables.get_mut(table) else { return Ok(kept) };
    for (name, cell) in edit {
        let mut cells = drawn.sheet.cells(name).to_vec();
        if let Some(place) = cells.get_mut(row_index) {
            kept.push((name.clone(), std::mem::replace(place, cell.clone())));
        }
        drawn.sheet.set(name, cells)?;
    }
    Ok(kept)
}

/// Makes up a edit, with the rows in which it should show.
fn proposal(
    spec: &CheckSpec,
    tables: &[Drawn<'_>],
    drawn: &Drawn<'_>,
    used: &BTreeSet<u64>,
    chance: Draw,
) -> Option<(Vec<usize>, usize, Change)> {
    let n_rows = drawn.sheet.n_rows;
    let row_index = chance.of("row").below(n_rows);
    let unit = drawn.units.get(row_index)?;
    if used.contains(&unit.person) {
        return None;
    }
    match spec.kind.as_str() {
        "unique" => twice(spec, drawn, used, row_index, chance),
        "reference" => {
            let name = spec.variables.first()?;
            let cell = stranger(drawn, tables, name, row_index)?;
            Some((vec![row_index], row_index, vec![(name.clone(), cell)]))
        }
        _ => {
            let name = spec.variables.first()?;
            let steps = [1.5, 2.0, 3.0, 4.0, 4.5, 5.0, 5.5, 6.0, 8.0, 10.0, 14.0, 20.0, 30.0];
            let step = steps.get(chance.of("step").below(steps.len()))?;
            let mut numbers: Vec<f64> = drawn.sheet.cells(name).iter().filter_map(number).collect();
            numbers.sort_by(f64::total_cmp);
            let value = (numbers.get(numbers.len() / 2)? * step).round();
            let cell = match drawn.sheet.cell(name, row_index) {
                Cell::Integer(_) => Cell::Integer(value as i64),
                Cell::Decimal(_) => Cell::Decimal(value),
                _ => return None,
            };
            Some((vec![row_index], row_index, vec![(name.clone(), cell)]))
        }
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Decimal(number) => Some(*number),
        _ => None,
    }
}

/// Gives a row the key of another: of another person in the same wave, or of the same person where the key names it in a repeat.
fn twice(
    spec: &CheckSpec,
    drawn: &Drawn<'_>,
    used: &BTreeSet<u64>,
    row_index: usize,
    chance: Draw,
) -> Option<(Vec<usize>, usize, Change)> {
    let unit = drawn.units.get(row_index)?;
    let study = &drawn.sheet.codebook.study;
    let is_own = drawn.units.iter().filter(|other| other.person == unit.person).count() > 1
        && spec.variables.contains(&study.person);
    let others: Vec<usize> = (0..drawn.sheet.n_rows)
        .filter(|other| *other != row_index)
        .filter(|other| {
            drawn.units.get(*other).is_some_and(|other| {
                let same_person = other.person == unit.person;
                // The pair stands in one delivery, so that neither is taken for a person of another partner.
                other.wave == unit.wave
                    && other.partner == unit.partner
                    && same_person == is_own
                    && (same_person || !used.contains(&other.person))
            })
        })
        .collect();
    let other = *others.get(chance.of("other").below(others.len()))?;
    let mut edit = Change::new();
    // A number that says a birth date is copied with it, or the copy would show in a second check.
    let numbers = ties(drawn.sheet.codebook);
    let copied = numbers.iter().filter(|tie| spec.variables.contains(&tie.number));
    for name in spec.variables.iter().chain(copied.flat_map(|tie| &tie.others)) {
        let wanted = drawn.sheet.cell(name, other);
        if !wanted.is_answer() {
            return None;
        }
        if wanted != drawn.sheet.cell(name, row_index) {
            edit.push((name.clone(), wanted.clone()));
        }
    }
    (!edit.is_empty()).then(|| (vec![row_index, other], row_index, edit))
}

/// Returns a value that no record of the main table has: a pseudonym that was not given, a category without records.
fn stranger(
    drawn: &Drawn<'_>,
    tables: &[Drawn<'_>],
    name: &VariableName,
    row_index: usize,
) -> Option<Cell> {
    let variable = drawn.sheet.codebook.variable(name)?;
    match variable.value_type.storage() {
        Storage::Text => {
            let Cell::Text(current) = drawn.sheet.cell(name, row_index) else { return None };
            let (stem, _) = current.rsplit_once('-')?;
            Some(Cell::Text(format!("{stem}-9{row_index:03}").into()))
        }
        Storage::Code => {
            let n = drawn.sheet.codebook.list_of(variable)?.categories.len() as u16;
            let main = tables.first()?.sheet.cells(name);
            (0..n).rev().map(Cell::Code).find(|code| !main.contains(code))
        }
        _ => None,
    }
}

/// Lists the checks of a study that no fault shows.
pub(crate) fn without_fault(world: &World<'_>, planted: &[PlantedFault]) -> Vec<CheckId> {
    let ids = world.codebook.checks.iter().map(|spec| &spec.id);
    ids.filter(|id| planted.iter().all(|fault| fault.check != **id)).cloned().collect()
}
