//! Group disclosure: nearly all or nearly none of a group in one category of a sensitive variable.

use std::collections::BTreeMap;

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedShare};

/// What: in a group of a sensitive table that prints whole in one category, prints "≥ 90 %" for that category and "≤ 10 %" for the
/// others, and no words where the base asks for words. Elsewhere the words of a small base stay: they only read aloud the two printed counts.
/// Why: "all persons of this partner have a disability" tells it of each of them without any small count.
/// Parameters: `dominance_percent`, the highest bound printed.
/// Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.2 (group disclosure).
///
/// Whether a group is dominated is decided on its printed counts, so that the mark itself tells nothing new. A bound is never higher than
/// the smallest share that the printed counts allow, so that it is true and says no more than they do: a printed 35 of 35 is 31 of 39 at
/// least and prints "≥ 75 %".
pub(crate) struct Dominance;

impl Rule for Dominance {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        if !draft.tabulation.is_sensitive {
            return;
        }
        let dominated: BTreeMap<Option<usize>, u8> = (0..draft.release.cells.len())
            .filter_map(|place| {
                let base_place = draft.base_of(place)?;
                let base = draft.printed(base_place).filter(|base| *base > 0)?;
                let is_whole = draft.is_part(place) && draft.printed(place)? >= base;
                is_whole.then(|| (Some(base_place), bound(draft, base, policy)))
            })
            .collect();
        let bounds: Vec<Option<u8>> = (0..draft.release.cells.len())
            .map(|place| dominated.get(&draft.base_of(place)).copied())
            .collect();
        for (cell, bound) in draft.release.cells.iter_mut().zip(bounds) {
            cell.share = match (cell.share, bound) {
                (ReleasedShare::Percent(100), Some(least)) => ReleasedShare::AtLeast(least),
                (ReleasedShare::Percent(0), Some(least)) => ReleasedShare::AtMost(100 - least),
                (ReleasedShare::About { .. }, Some(_)) => ReleasedShare::Hidden(Mark::LowBase),
                (
                    ReleasedShare::About { .. }
                    | ReleasedShare::Percent(_)
                    | ReleasedShare::AtLeast(_)
                    | ReleasedShare::AtMost(_)
                    | ReleasedShare::Hidden(_)
                    | ReleasedShare::None,
                    _,
                ) => continue,
            };
            cell.interval = None;
        }
    }
}

/// Returns the bound that is printed for a whole group, in steps of 5 %: that of the policy, or what is certain.
fn bound(draft: &Draft<'_>, base: u64, policy: &Policy) -> u8 {
    const STEP: u64 = 5;
    let certain = draft.behind(base).low * 100 / draft.behind(base).high / STEP * STEP;
    u8::try_from(certain).unwrap_or(100).min(policy.dominance_percent)
}
