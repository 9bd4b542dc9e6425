//! Shares by the size of their base: percent, words, or nothing.

use catalyse_stats::{Confidence, CountRange, wilson};

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedShare, Shown};

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
                let mark = draft.mark(base_place);
                draft.release.cells[place].base = Shown::Hidden(mark);
                if draft.is_part(place) {
                    draft.release.cells[place].share = ReleasedShare::Hidden(mark);
                }
                continue;
            };
            draft.release.cells[place].base = Shown::Value(base);
            if draft.is_part(place) {
                let n_persons = draft.fewest_persons(base_place, base, policy.base);
                let (share, interval) = share_of(draft, place, base_place, n_persons, policy);
                draft.release.cells[place].share = share;
                draft.release.cells[place].interval = interval;
            }
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
        return (ReleasedShare::Hidden(draft.mark(place)), None);
    };
    if draft.tabulation.cells.get(place).is_some_and(|cell| cell.weighted.is_some()) {
        return weighted_share(draft, place, base_place, n_persons, policy);
    }
    // Rounding may lift a part above its base where parts are no partition.
    let count = count.min(base);
    if n_persons >= policy.minimum_share_base {
        let percent = whole_percent(count as f64 / base as f64);
        (ReleasedShare::Percent(percent), interval_of(draft, count, base))
    } else if n_persons >= policy.minimum_words_base {
        (ReleasedShare::About { count, base }, None)
    } else {
        (ReleasedShare::Hidden(Mark::LowBase), None)
    }
}

/// Returns a share of the printed sums of weights: of as many persons of equal weight as a share without weights asks for, and of nobody
/// who weighs more than one of the persons that a mean asks for.
fn weighted_share(
    draft: &Draft<'_>,
    place: usize,
    base_place: usize,
    n_persons: u64,
    policy: &Policy,
) -> (ReleasedShare, Option<(u8, u8)>) {
    let printed = |place: usize| draft.release.cells.get(place)?.weighted?.value();
    let (Some(part), Some(whole), Some(n_heaviest), Some(base)) = (
        printed(place),
        printed(base_place),
        draft.heaviest(base_place),
        draft.printed(base_place),
    ) else {
        return (ReleasedShare::Hidden(Mark::Confidential), None);
    };
    let n_effective = n_persons as f64 / draft.design_effect();
    let is_enough = n_effective >= policy.minimum_share_base as f64
        && n_heaviest >= policy.minimum_mean_base
        && whole > 0;
    if !is_enough {
        return (ReleasedShare::Hidden(Mark::LowBase), None);
    }
    let share = (part as f64 / whole as f64).min(1.0);
    let count = (share * base as f64).round() as u64;
    (ReleasedShare::Percent(whole_percent(share)), interval_of(draft, count, base))
}

/// Returns Wilson's interval in whole percents, of every true count and base that the printed ones allow.
///
/// Its lower end is that of the smallest possible share and its upper end that of the largest, so that it holds what rounding hides
/// as well as what chance does; ends are rounded outward. In a weighted table it is that of the persons of equal weight who would tell as
/// much, by the design effect of all records: one of the cell's own weights would tell who is in it.
///
/// Which partner a person came to is the caseload itself: no process lies behind it that an interval could speak of.
fn interval_of(draft: &Draft<'_>, count: u64, base: u64) -> Option<(u8, u8)> {
    if draft.tabulation.rows.is_of_partners() {
        return None;
    }
    let effective = |n: u64| (n as f64 / draft.design_effect()).round() as u64;
    let behind = |printed: u64| {
        let CountRange { low, high } = draft.behind(printed);
        CountRange { low: effective(low), high: effective(high) }
    };
    let [smallest, largest] = behind(count).shares_of(behind(base)).ok()?;
    let low = wilson(smallest, Confidence::NINETY_FIVE).low;
    let high = wilson(largest, Confidence::NINETY_FIVE).high;
    Some(((low * 100.0).floor() as u8, (high * 100.0).ceil().min(100.0) as u8))
}

/// Returns a share as a whole percent; halves go up.
pub(super) fn whole_percent(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}
