//! What is looked for in a table: a violated check, or a text that is no value of its type.

use std::collections::BTreeMap;

use catalyse_check::Context;
use catalyse_codebook::{CheckSpec, ListIndex, MissingReason, RawCell, ReadAs, Variable};

use super::involved::{changeable, involved};
use super::planting::Planting;
use super::values::{Change, Spot};
use crate::world::World;
use crate::world::cell::Cell;
use crate::world::panel::Unit;
use crate::world::random::Draw;
use crate::world::sheet::Sheet;

/// How many unreadable texts are planted for each value type.
const N_UNREADABLE: usize = 2;

/// What is looked for: a violated check, or none where a text cannot be read.
pub(super) enum Wanted<'c> {
    /// The check, the variables it stands at, and all whose answers decide it.
    Violated(&'c CheckSpec, Vec<&'c Variable>, Vec<&'c Variable>),
    /// The variable and the text.
    Unreadable(&'c Variable, &'static str),
}

/// Lists what is looked for in a table.
pub(super) fn wanted<'c>(world: &World<'c>, sheet: &Sheet<'c>) -> Vec<Wanted<'c>> {
    let codebook = world.codebook;
    let specs = codebook.checks.iter().filter(|spec| {
        Context::table_of(codebook, &spec.form) == sheet.table
            && !world.checks.looks_across(&spec.id)
    });
    let mut wanted: Vec<Wanted<'c>> = specs
        .map(|spec| (spec, changeable(codebook, spec), involved(codebook, &sheet.table, spec)))
        .filter(|(_, _, involved)| !involved.is_empty())
        .map(|(spec, own, involved)| Wanted::Violated(spec, own, involved))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for form in &codebook.forms {
        if Context::table_of(codebook, &form.name) != sheet.table {
            continue;
        }
        for variable in form.variables().filter(|variable| !variable.is_derived()) {
            let Some(text) = variable.value_type.unreadable() else { continue };
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

impl Wanted<'_> {
    /// Makes up a change of a row that may show it.
    pub(super) fn change(
        &self,
        planting: &Planting<'_, '_>,
        sheet: &Sheet<'_>,
        (row_index, unit): (usize, &Unit),
        chance: Draw,
    ) -> Option<Change> {
        match self {
            Self::Violated(spec, own, involved) => {
                let is_writable = own.iter().all(|variable| planting.writes(unit, variable));
                if !is_writable {
                    return None;
                }
                let spot = Spot { sheet, row_index, spec };
                if own.is_empty() || chance.of("whole").below(3) == 0 {
                    spot.any(involved, chance)
                } else {
                    spot.breaking(own, chance)
                }
            }
            Self::Unreadable(variable, _) => {
                let is_answer = sheet.cell(&variable.name, row_index).is_answer();
                let to_check = Cell::Missing(MissingReason::ToCheck);
                is_answer.then(|| Change::from([(variable.name.clone(), to_check)]))
            }
        }
    }
}
