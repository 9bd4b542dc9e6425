//! Looking for faults that one check of a record shows and no other.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_check::Context;
use catalyse_codebook::{
    CheckId, CheckSpec, ListIndex, MissingReason, RawCell, ReadAs, Variable, VariableName,
};

use super::near::{Near, mended};
use super::values::{Change, change, changeable};
use super::{ACROSS, PlantedFault, kind_of};
use crate::SimulateError;
use crate::cell::Cell;
use crate::random::Draw;
use crate::repair::violations;
use crate::sheet::Sheet;
use crate::simulate::{Drawn, per_record};
use crate::world::World;

const N_ROUNDS: usize = 24;
const N_TRIES: usize = 32;
/// How many unreadable texts are planted for each value type.
const N_UNREADABLE: usize = 2;

/// Holds a fault with what has to be changed for it.
pub(crate) struct Found {
    /// The number of what was looked for.
    pub(crate) wanted: usize,
    pub(crate) fault: PlantedFault,
    pub(crate) edit: Change,
    pub(crate) raw: Option<String>,
}

/// What is looked for: a violated check, or none where a text cannot be read.
enum Wanted<'c> {
    Violated(&'c CheckSpec, Vec<&'c Variable>),
    Unreadable(&'c Variable, &'static str),
}

pub(super) struct Try {
    pub(super) wanted: usize,
    pub(super) row_index: usize,
    pub(super) edit: Change,
}

/// Looks for faults of one table.
pub(crate) struct Search<'a, 'c> {
    pub(crate) world: &'a World<'c>,
    pub(crate) table: usize,
    pub(crate) drawn: &'a Drawn<'c>,
    /// Persons that have a fault or had one.
    pub(crate) used: &'a mut BTreeSet<u64>,
    /// What needs no fault any more: by table, by number.
    pub(crate) done: &'a mut BTreeSet<(usize, usize)>,
}

impl Search<'_, '_> {
    /// Finds a fault for each check that looks at one record of the table, and for each value type in it.
    pub(crate) fn run(&mut self, pass: usize) -> Result<Vec<Found>, SimulateError> {
        let wanted = wanted(self.world, &self.drawn.sheet);
        let mut open: BTreeSet<usize> =
            (0..wanted.len()).filter(|index| !self.done.contains(&(self.table, *index))).collect();
        let mut found = Vec::new();
        let chance = Draw::new(self.world.seed).of("faults").at(self.table as u64).at(pass as u64);
        let mut near: Vec<Near> = Vec::new();
        for round in 0..N_ROUNDS {
            let chance = chance.at(round as u64);
            let mut tries = tries(&wanted, &open, self.drawn, self.used, chance);
            near.retain(|one| open.contains(&one.wanted));
            tries.extend(mended(self.world, &self.drawn.sheet, &near, chance.of("mended")));
            if tries.is_empty() {
                break;
            }
            let broken = broken_by(self.world, &self.drawn.sheet, &tries)?;
            near.clear();
            for (index, one) in tries.into_iter().enumerate() {
                let Some(unit) = self.drawn.units.get(one.row_index) else { continue };
                if !open.contains(&one.wanted) || self.used.contains(&unit.person) {
                    continue;
                }
                let shown = broken.get(&index).map_or(&[][..], Vec::as_slice);
                note_near(&mut near, &wanted, &one, shown);
                if let Some(one) = fits(&wanted, one, shown, self.table) {
                    self.used.insert(unit.person);
                    self.done.insert((self.table, one.wanted));
                    open.remove(&one.wanted);
                    found.push(one);
                }
            }
        }
        // What could not be found now is not looked for again.
        self.done.extend(open.into_iter().map(|index| (self.table, index)));
        Ok(found)
    }
}

/// Lists what is looked for in a table.
fn wanted<'c>(world: &World<'c>, sheet: &Sheet<'c>) -> Vec<Wanted<'c>> {
    let codebook = world.codebook;
    let specs = codebook.checks.iter().filter(|spec| {
        Context::table_of(codebook, &spec.form) == sheet.table
            && !ACROSS.contains(&spec.kind.as_str())
    });
    let mut wanted: Vec<Wanted<'c>> = specs
        .map(|spec| (spec, changeable(codebook, spec)))
        .filter(|(_, variables)| !variables.is_empty())
        .map(|(spec, variables)| Wanted::Violated(spec, variables))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for form in &codebook.forms {
        if Context::table_of(codebook, &form.name) != sheet.table {
            continue;
        }
        for variable in form.variables().filter(|variable| !variable.is_derived()) {
            let Some(text) = unreadable_text(variable) else { continue };
            let list = codebook.list_of(variable).map(ListIndex::new);
            let read =
                variable.value_type.read(RawCell::Text(text), ReadAs::default(), list.as_ref());
            let count = counts.entry(variable.value_type.name()).or_default();
            if read.is_err() && *count < N_UNREADABLE {
                *count += 1;
                wanted.push(Wanted::Unreadable(variable, text));
            }
        }
    }
    wanted
}

/// Returns a text that cannot be a value of the variable; nothing for texts and keys.
fn unreadable_text(variable: &Variable) -> Option<&'static str> {
    Some(match variable.value_type.name() {
        "integer" => "beaucoup",
        "decimal" => "mi-temps",
        "yes_no" => "peut-être",
        "date" => "31/02/2024",
        "partial_date" => "45/13/1980",
        "month" => "au printemps",
        "select_one" => "autre chose",
        "select_multiple" => "XYZ",
        "niss" => "00000000000",
        "bce" => "0123456788",
        "postal_code" => "69",
        "refnis" => "83",
        _ => return None,
    })
}

/// Makes up rows that may do: some for each that is still open.
fn tries(
    wanted: &[Wanted<'_>],
    open: &BTreeSet<usize>,
    drawn: &Drawn<'_>,
    used: &BTreeSet<u64>,
    chance: Draw,
) -> Vec<Try> {
    let mut tries = Vec::new();
    for &index in open {
        let Some(one) = wanted.get(index) else { continue };
        for number in 0..N_TRIES {
            let chance = chance.at(index as u64).at(number as u64);
            let row_index = chance.of("row").below(drawn.sheet.n_rows);
            let Some(unit) = drawn.units.get(row_index) else { continue };
            if used.contains(&unit.person) {
                continue;
            }
            let edit = match one {
                Wanted::Violated(spec, variables) => {
                    change(spec, variables, &drawn.sheet, row_index, chance)
                }
                Wanted::Unreadable(variable, _) => {
                    let is_answer = drawn.sheet.cell(&variable.name, row_index).is_answer();
                    let to_check = Cell::Missing(MissingReason::ToCheck);
                    is_answer.then(|| vec![(variable.name.clone(), to_check)])
                }
            };
            tries.extend(edit.map(|edit| Try { wanted: index, row_index, edit }));
        }
    }
    tries
}

/// Confronts the changed rows, each by itself, and lists what each breaks.
fn broken_by(
    world: &World<'_>,
    sheet: &Sheet<'_>,
    tries: &[Try],
) -> Result<BTreeMap<usize, Vec<(CheckId, VariableName)>>, SimulateError> {
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
    let mut broken: BTreeMap<usize, Vec<(CheckId, VariableName)>> = BTreeMap::new();
    for (_, index, check, variable) in per_record(world, violations(&world.checks, &[&changed])?) {
        broken.entry(index).or_default().push((check, variable));
    }
    Ok(broken)
}

/// Notes a change that breaks what is wanted and something else with it.
fn note_near(
    near: &mut Vec<Near>,
    wanted: &[Wanted<'_>],
    one: &Try,
    shown: &[(CheckId, VariableName)],
) {
    let Some(Wanted::Violated(spec, _)) = wanted.get(one.wanted) else { return };
    let (own, others): (Vec<_>, Vec<_>) = shown.iter().partition(|(check, _)| *check == spec.id);
    if own.len() == 1 && !others.is_empty() {
        let others = others.iter().map(|(check, _)| check.clone()).collect();
        Near::note(near, one, others);
    }
}

/// Says whether a changed row shows what is wanted and nothing else.
fn fits(
    wanted: &[Wanted<'_>],
    one: Try,
    shown: &[(CheckId, VariableName)],
    table: usize,
) -> Option<Found> {
    let Try { wanted: index, row_index, edit } = one;
    let (variable, check, kind, raw) = match (wanted.get(index)?, shown) {
        (Wanted::Violated(spec, _), [(check, variable)]) if *check == spec.id => {
            (variable.clone(), check.clone(), kind_of(spec).to_owned(), None)
        }
        (Wanted::Unreadable(variable, text), []) => {
            let check = CheckId::of_variable(&variable.name, "type");
            let kind = format!("unreadable-{}", variable.value_type.name());
            (variable.name.clone(), check, kind, Some((*text).to_owned()))
        }
        (Wanted::Violated(..) | Wanted::Unreadable(..), _) => return None,
    };
    let fault = PlantedFault { table, row_index, variable, check, kind };
    Some(Found { wanted: index, fault, edit, raw })
}
