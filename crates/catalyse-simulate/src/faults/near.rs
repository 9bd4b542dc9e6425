//! Faults that several checks would show: further answers of the row are changed, until the wanted check is alone.
//!
//! A household of no adults breaks the bound of adults and the sum of the household; with the size of the household changed as well, the
//! bound alone shows it. The changes that come nearest are followed from round to round.

use std::collections::BTreeMap;

use catalyse_codebook::CheckId;

use super::attempt::{Shown, Try};
use super::involved::involved;
use super::planting::spec_of;
use super::values::{Change, Spot};
use crate::world::World;
use crate::world::random::Draw;
use crate::world::sheet::Sheet;

/// How many nearly right changes are followed for each thing that is looked for.
const MOST_NEAR: usize = 8;
/// How many further changes are tried with each.
const N_TRIES: usize = 16;
/// How many answers of a row a fault may change.
const MOST_CHANGES: usize = 5;

/// Holds a change that breaks what is wanted, and other checks with it.
#[derive(Clone)]
pub(super) struct Near {
    /// The number of what is looked for.
    pub(super) wanted: usize,
    /// The check that is wanted.
    pub(super) own: CheckId,
    pub(super) row_index: usize,
    pub(super) edit: Change,
    /// All it breaks: the wanted check and the others.
    pub(super) shown: Shown,
}

/// Keeps the changes that come nearest, the best first, a few for each thing that is looked for.
pub(super) fn keep_nearest(near: &mut Vec<Near>) {
    near.sort_by(|one, other| {
        let rank = |one: &Near| (one.wanted, one.shown.len(), one.edit.len(), one.row_index);
        rank(one).cmp(&rank(other))
    });
    near.dedup_by(|one, other| {
        one.wanted == other.wanted && one.row_index == other.row_index && one.edit == other.edit
    });
    let mut n_kept: BTreeMap<usize, usize> = BTreeMap::new();
    near.retain(|one| {
        let n = n_kept.entry(one.wanted).or_default();
        *n += 1;
        *n <= MOST_NEAR
    });
}

/// Makes up further changes: of an answer that one of the other broken checks hangs on.
pub(super) fn mended(
    world: &World<'_>,
    sheet: &Sheet<'_>,
    near: &[Near],
    chance: Draw,
) -> Vec<Try> {
    let mut tries = Vec::new();
    for (index, one) in near.iter().enumerate() {
        let shown = one.shown.iter().map(|(check, _)| check);
        let others: Vec<&CheckId> = shown.filter(|check| **check != one.own).collect();
        for number in 0..N_TRIES {
            let chance = chance.at(index as u64).at(number as u64);
            let other = others.get(chance.of("other").below(others.len()));
            let Some(spec) = other.and_then(|id| spec_of(world, id)) else { continue };
            let variables = involved(world.codebook, &sheet.table, spec);
            let spot = Spot { sheet, row_index: one.row_index, spec };
            let Some(further) = spot.any(&variables, chance) else { continue };
            let mut edit = one.edit.clone();
            edit.extend(further);
            if edit.len() <= MOST_CHANGES {
                tries.push(Try { wanted: one.wanted, row_index: one.row_index, edit });
            }
        }
    }
    tries
}
