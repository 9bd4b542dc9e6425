//! Shares by the size of their base: percent, words, or nothing.

use catalyse_stats::{Confidence, Share, wilson};

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedShare, Shown, Unit};

/// What: whole percents from a base of 30, words from 10, nothing below. Why: a percentage of few persons says more than it knows,
/// and one with decimals gives the count back (of 541 persons, 0.6 % are exactly 3).
/// Parameters: `minimum_share_base`, `minimum_words_base`, in persons.
/// Source: NCHS, Vital and Health Statistics 2(175), 2017, for 30.
///
/// The fewest persons that the printed base may stand for decide: a printed 30 may be 26 persons and gets no share, a printed 35 is 31 at
/// least. So the true base holds what the policy promises, and that a share is shown tells nothing that the printed base does not tell.
/// Where rows of a repeat are counted, the persons behind them decide, rounded to the base.
pub(crate) struct SmallBase;

impl Rule for SmallBase {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        for place in 0..draft.release.cells.len() {
            let Some(base_place) = draft.base_of(place) else { continue };
            let Some(base) = draft.printed(base_place) else {
                draft.release.cells[place].base = Shown::Hidden(Mark::Confidential);
                if draft.is_part(place) {
                    draft.release.cells[place].share = ReleasedShare::Hidden(Mark::Confidential);
                }
                continue;
            };
            draft.release.cells[place].base = Shown::Value(base);
            if draft.is_part(place) {
                let n_persons = draft.fewest(persons_behind(draft, base_place, base, policy));
                let (share, interval) = share_of(draft, place, base_place, n_persons, policy);
                draft.release.cells[place].share = share;
                draft.release.cells[place].interval = interval;
            }
        }
    }
}

/// Returns how many persons stand behind a base, as far as it is printed.
fn persons_behind(draft: &Draft<'_>, base_place: usize, printed: u64, policy: &Policy) -> u64 {
    match draft.tabulation.unit {
        Unit::Persons => printed,
        Unit::Rows(_) => {
            let n_persons = draft.tabulation.cells.get(base_place).map_or(0, |cell| cell.persons);
            ((n_persons + policy.base / 2) / policy.base * policy.base).min(printed)
        }
    }
}

fn share_of(
    draft: &Draft<'_>,
    place: usize,
    base_place: usize,
    n_persons: u64,
    policy: &Policy,
) -> (ReleasedShare, Option<(u8, u8)>) {
    let (Some(count), Some(base)) = (draft.printed(place), draft.printed(base_place)) else {
        return (ReleasedShare::Hidden(Mark::Confidential), None);
    };
    // Rounding may lift a part above its base where parts are no partition.
    let count = count.min(base);
    if n_persons >= policy.minimum_share_base {
        let weighted = |place: usize| {
            draft.release.cells[place].weighted.and_then(|weighted| weighted.value())
        };
        let (part, whole) = match (weighted(place), weighted(base_place)) {
            (Some(part), Some(whole)) if whole > 0 => (part.min(whole), whole),
            (Some(_) | None, _) => (count, base),
        };
        let percent = whole_percent(part as f64 / whole as f64);
        // The interval of a weighted share is made from the persons behind it, at the weighted share.
        let effective = (part as f64 / whole as f64 * base as f64).round() as u64;
        // Which partner a person came to is the caseload itself: no process lies behind it that an interval could speak of.
        let is_of_caseload = draft.tabulation.rows.name == "partner";
        let interval = interval_of(draft, effective, base).filter(|_| !is_of_caseload);
        (ReleasedShare::Percent(percent), interval)
    } else if n_persons >= policy.minimum_words_base {
        (ReleasedShare::About { count, base }, None)
    } else {
        (ReleasedShare::Hidden(Mark::LowBase), None)
    }
}

/// Returns Wilson's interval in whole percents, of every true count and base that the printed ones allow.
///
/// Its lower end is that of the smallest possible share and its upper end that of the largest, so that it holds what rounding hides
/// as well as what chance does; ends are rounded outward.
fn interval_of(draft: &Draft<'_>, count: u64, base: u64) -> Option<(u8, u8)> {
    let fewest = draft.fewest(base).max(1);
    let smallest = Share::new(draft.fewest(count), draft.most(base)).ok()?;
    let largest = Share::new(draft.most(count).min(fewest), fewest).ok()?;
    let low = wilson(smallest, Confidence::NINETY_FIVE).low;
    let high = wilson(largest, Confidence::NINETY_FIVE).high;
    Some(((low * 100.0).floor() as u8, (high * 100.0).ceil().min(100.0) as u8))
}

/// Returns a share as a whole percent; halves go up.
pub(super) fn whole_percent(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}
