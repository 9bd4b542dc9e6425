//! Faults that two checks would show: another answer of the row is changed too, until the wanted check is alone.
//!
//! A household of no adults breaks the bound of adults and the sum of the household; with the size of the household changed as well, the
//! bound alone shows it.

use catalyse_codebook::CheckId;

use super::search::Try;
use super::values::{Change, change, changeable};
use crate::random::Draw;
use crate::sheet::Sheet;
use crate::world::World;

/// How many nearly right changes are followed for each thing that is looked for.
const MOST_NEAR: usize = 6;
/// How many further changes are tried with each.
const N_TRIES: usize = 12;
/// How many answers of a row a fault may change.
const MOST_CHANGES: usize = 4;

/// Holds a change that breaks what is wanted, and other checks with it.
pub(super) struct Near {
    /// The number of what is looked for.
    pub(super) wanted: usize,
    row_index: usize,
    edit: Change,
    others: Vec<CheckId>,
}

impl Near {
    /// Notes a change, unless enough are noted for the same or it is too large.
    pub(super) fn note(near: &mut Vec<Self>, one: &Try, others: Vec<CheckId>) {
        let n_known = near.iter().filter(|known| known.wanted == one.wanted).count();
        if n_known < MOST_NEAR && one.edit.len() < MOST_CHANGES {
            let (wanted, row_index) = (one.wanted, one.row_index);
            near.push(Self { wanted, row_index, edit: one.edit.clone(), others });
        }
    }
}

/// Makes up further changes: of an answer that one of the other broken checks looks at.
pub(super) fn mended(
    world: &World<'_>,
    sheet: &Sheet<'_>,
    near: &[Near],
    chance: Draw,
) -> Vec<Try> {
    let mut tries = Vec::new();
    for (index, one) in near.iter().enumerate() {
        for number in 0..N_TRIES {
            let chance = chance.at(index as u64).at(number as u64);
            let other = one.others.get(chance.of("other").below(one.others.len()));
            let spec =
                other.and_then(|id| world.codebook.checks.iter().find(|spec| spec.id == *id));
            let Some(spec) = spec else { continue };
            let mut variables = changeable(world.codebook, spec);
            variables.retain(|variable| one.edit.iter().all(|(name, _)| *name != variable.name));
            if variables.is_empty() {
                continue;
            }
            let Some(further) = change(spec, &variables, sheet, one.row_index, chance) else {
                continue;
            };
            let edit = one.edit.iter().cloned().chain(further).collect();
            tries.push(Try { wanted: one.wanted, row_index: one.row_index, edit });
        }
    }
    tries
}
