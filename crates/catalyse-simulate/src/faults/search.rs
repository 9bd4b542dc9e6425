//! Looking for faults of one record: those that one check shows and no other, or else as few others as possible.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, VariableName};

use super::attempt::{Shown, Try};
use super::near::{Near, keep_nearest, mended};
use super::planted::PlantedFault;
use super::planting::{Company, Planting, kind_of};
use super::values::Change;
use super::wanted::{Wanted, wanted};
use crate::SimulateError;
use crate::draw::repair::violations;
use crate::draw::tables::{Drawn, per_record};
use crate::world::World;
use crate::world::cell::Cell;
use crate::world::panel::Unit;
use crate::world::random::Draw;
use crate::world::sheet::Sheet;

/// How often more changes are made up for what is still open: most are found at once, some only after several further changes.
const N_ROUNDS: usize = 12;
/// How many new changes are made up each time.
const N_TRIES: usize = 32;

/// Holds a fault with what has to be changed for it.
pub(super) struct Found {
    /// The number of what was looked for.
    pub(super) wanted: usize,
    pub(super) row_index: usize,
    /// All that shows it.
    pub(super) faults: Vec<PlantedFault>,
    pub(super) edit: Change,
    pub(super) raw: Option<String>,
}

/// Looks for faults in one table.
pub(super) struct Search<'s, 'c> {
    world: &'s World<'c>,
    table: usize,
    drawn: &'s Drawn<'c>,
    wanted: Vec<Wanted<'c>>,
    /// What is still looked for.
    open: BTreeSet<usize>,
    near: Vec<Near>,
    found: Vec<Found>,
}

impl<'s, 'c> Search<'s, 'c> {
    /// Finds a fault for each check that looks at one record of the table, and for each value type in it. A person that has a fault now
    /// is marked as used.
    pub(super) fn run<'w: 's>(
        planting: &mut Planting<'w, 'c>,
        (table, drawn): (usize, &'s Drawn<'c>),
        company: Company,
        chance: Draw,
    ) -> Result<Vec<Found>, SimulateError> {
        let world = planting.world;
        let wanted = wanted(world, &drawn.sheet);
        let open =
            (0..wanted.len()).filter(|index| !planting.is_done((table, *index), company)).collect();
        let (near, found) = (Vec::new(), Vec::new());
        let mut search = Self { world, table, drawn, wanted, open, near, found };
        for round in 0..N_ROUNDS {
            let tries = search.tries(planting, chance.at(round as u64));
            if tries.is_empty() {
                break;
            }
            let broken = broken_by(world, &drawn.sheet, &tries)?;
            for (index, one) in tries.into_iter().enumerate() {
                let shown = broken.get(&index).map_or(&[][..], Vec::as_slice);
                search.take(planting, one, shown, Company::Alone);
            }
            keep_nearest(&mut search.near);
        }
        if company == Company::Together {
            for one in std::mem::take(&mut search.near) {
                let Near { wanted, row_index, edit, shown, .. } = one;
                search.take(planting, Try { wanted, row_index, edit }, &shown, company);
            }
        }
        // What could not be found now is not looked for again.
        planting.given_up.extend(search.open.iter().map(|index| (table, *index)));
        Ok(search.found)
    }

    /// Makes up changes for each that is still open: new ones, and more of the nearest.
    fn tries(&mut self, planting: &Planting<'_, 'c>, chance: Draw) -> Vec<Try> {
        let Self { world, table, drawn, wanted, open, near, .. } = self;
        near.retain(|one| {
            let unit = drawn.units.get(one.row_index);
            open.contains(&one.wanted) && unit.is_some_and(|unit| planting.is_free(unit))
        });
        let mut tries = mended(world, &drawn.sheet, near, chance.of("mended"));
        let all: Vec<usize> = (0..drawn.sheet.n_rows).collect();
        let alone = rows_alone(&drawn.units);
        for &index in open.iter() {
            let Some(one) = wanted.get(index) else { continue };
            let rows = if planting.lone.contains(&(*table, index)) { &alone } else { &all };
            for number in 0..N_TRIES {
                let chance = chance.at(index as u64).at(number as u64);
                let Some(&row_index) = rows.get(chance.of("row").below(rows.len())) else { break };
                let unit = drawn.units.get(row_index).filter(|unit| planting.is_free(unit));
                let Some(unit) = unit else { continue };
                let edit = one.change(planting, &drawn.sheet, (row_index, unit), chance);
                tries.extend(edit.map(|edit| Try { wanted: index, row_index, edit }));
            }
        }
        tries
    }

    /// Takes a changed row as the fault that was looked for, or remembers it if it comes near.
    fn take(
        &mut self,
        planting: &mut Planting<'_, 'c>,
        one: Try,
        shown: &[(CheckId, VariableName)],
        company: Company,
    ) {
        let Try { wanted, row_index, edit } = one;
        let unit = self.drawn.units.get(row_index).filter(|unit| planting.is_free(unit));
        let (Some(unit), true, Some(of)) =
            (unit, self.open.contains(&wanted), self.wanted.get(wanted))
        else {
            return;
        };
        let fault = |variable: &VariableName, check: &CheckId, kind: String| PlantedFault {
            table: self.table,
            row_index,
            variable: variable.clone(),
            check: check.clone(),
            kind,
            number: 0,
        };
        let (faults, raw) = match of {
            Wanted::Violated(spec, ..) => {
                let own = shown.iter().filter(|(check, _)| *check == spec.id).count();
                if own != 1 {
                    return;
                }
                if shown.len() > 1 && company == Company::Alone {
                    let shown = shown.to_vec();
                    self.near.push(Near { wanted, own: spec.id.clone(), row_index, edit, shown });
                    return;
                }
                let kind = |check: &CheckId| kind_of(self.world, check).to_owned();
                let faults =
                    shown.iter().map(|(check, variable)| fault(variable, check, kind(check)));
                (faults.collect(), None)
            }
            Wanted::Unreadable(variable, text) if shown.is_empty() => {
                let check = CheckId::of_variable(&variable.name, "type");
                let kind = format!("unreadable-{}", variable.value_type.name());
                (vec![fault(&variable.name, &check, kind)], Some((*text).to_owned()))
            }
            Wanted::Unreadable(..) => return,
        };
        planting.used.insert(unit.person);
        planting.found.insert((self.table, wanted));
        self.open.remove(&wanted);
        self.found.push(Found { wanted, row_index, faults, edit, raw });
    }
}

/// Lists the rows of persons that have no other.
fn rows_alone(units: &[Unit]) -> Vec<usize> {
    let mut n_rows: BTreeMap<u64, usize> = BTreeMap::new();
    for unit in units {
        *n_rows.entry(unit.person).or_default() += 1;
    }
    let is_alone = |(_, unit): &(usize, &Unit)| n_rows.get(&unit.person) == Some(&1);
    units.iter().enumerate().filter(is_alone).map(|(index, _)| index).collect()
}

/// Confronts the changed rows, each by itself, and lists what each breaks.
pub(super) fn broken_by(
    world: &World<'_>,
    sheet: &Sheet<'_>,
    tries: &[Try],
) -> Result<BTreeMap<usize, Shown>, SimulateError> {
    let rows: Vec<usize> = tries.iter().map(|one| one.row_index).collect();
    let mut changed = sheet.take(&rows)?;
    let mut columns: BTreeMap<VariableName, Vec<Cell>> = BTreeMap::new();
    for (index, one) in tries.iter().enumerate() {
        for (name, cell) in &one.edit {
            let column =
                columns.entry(name.clone()).or_insert_with(|| changed.cells(name).to_vec());
            if let Some(place) = column.get_mut(index) {
                *place = cell.clone();
            }
        }
    }
    for (name, cells) in columns {
        changed.set(&name, cells)?;
    }
    let mut broken: BTreeMap<usize, Shown> = BTreeMap::new();
    for (_, index, check, variable) in per_record(world, violations(&world.checks, &[&changed])?) {
        broken.entry(index).or_default().push((check, variable));
    }
    Ok(broken)
}
