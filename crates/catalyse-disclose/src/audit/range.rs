//! One attacker against all small counts: the range of each, by search, then by exact programs.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use super::knowledge::{Knowledge, NO_END};
use super::narrowing::narrow;
use super::places::Places;
use super::program::{End, Piece};
use super::search::Sums;

/// How many counts of one attack the solver may look at; beyond, what the search does not show to be safe is taken for unsafe.
const MOST_PROGRAMS: usize = 400;

/// How many of them may be looked at with all counts of their part open, then with all counts of the pack: it takes a hundred times as
/// long.
const MOST_WIDE: usize = 48;

/// Holds what one attacker achieved.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Counts it attacked.
    pub(super) n_attacked: usize,
    /// Counts whose range was shown to be wide enough by worlds that the search found.
    pub(super) n_by_moves: usize,
    /// Counts that needed the solver.
    pub(super) n_by_program: usize,
    /// Counts it narrowed too far, or whose range could not be shown to be wide enough.
    pub(super) failed: BTreeSet<usize>,
    /// The smallest width that was shown.
    pub(super) smallest_width: Option<u64>,
    /// Whether the clock ran out, so that nothing is shown.
    pub(super) is_out_of_time: bool,
}

impl Outcome {
    /// Returns the outcome of an attack that could not be carried out: nothing is shown, so nothing may leave.
    pub(super) fn lost() -> Self {
        Self { is_out_of_time: true, ..Self::default() }
    }

    /// Adds another attack of the same attacker, whose counts have other numbers.
    pub(super) fn add(&mut self, other: Self, number: impl Fn(usize) -> usize) {
        self.n_attacked += other.n_attacked;
        self.n_by_moves += other.n_by_moves;
        self.n_by_program += other.n_by_program;
        self.failed.extend(other.failed.into_iter().map(number));
        let widths = [self.smallest_width, other.smallest_width];
        self.smallest_width = widths.into_iter().flatten().min();
        self.is_out_of_time |= other.is_out_of_time;
    }

    fn record(&mut self, count: usize, width: i64, required: i64) {
        let width = width.max(0);
        let smallest =
            self.smallest_width.map_or(width, |smallest| width.min(smallest.cast_signed()));
        self.smallest_width = Some(smallest.cast_unsigned());
        if width < required {
            self.failed.insert(count);
        }
    }
}

/// Attacks the targets with the given knowledge. `required` is the width in persons that every range must have.
pub(super) fn attack(
    sums: &Sums<'_>,
    mut knowledge: Knowledge,
    targets: &[usize],
    required: i64,
) -> Outcome {
    narrow(&mut knowledge, sums.relations);
    let mut outcome = Outcome { n_attacked: targets.len(), ..Outcome::default() };
    let mut open_targets = Vec::with_capacity(targets.len());
    for target in targets {
        let width = knowledge.highs[*target] - knowledge.lows[*target];
        if width < required {
            outcome.record(*target, width, required);
        } else {
            open_targets.push(*target);
        }
    }
    let places = Places::new(sums, knowledge, targets);
    let mut ranges = Ranges::around(places);
    for target in open_targets {
        if ranges.width(target) >= required || ranges.widen_by_search(target, required) {
            outcome.n_by_moves += 1;
        } else if outcome.n_by_program < MOST_PROGRAMS {
            outcome.n_by_program += 1;
            ranges.widen_by_program(target, required);
        }
        outcome.record(target, ranges.width(target), required);
    }
    outcome.is_out_of_time = sums.is_out_of_time.load(Ordering::Relaxed);
    outcome
}

/// Holds the smallest and largest value that each count has had in a possible world.
struct Ranges<'pack> {
    places: Places<'pack>,
    lows: Vec<i64>,
    highs: Vec<i64>,
    /// Programs over whole parts so far.
    n_wide: usize,
}

impl<'pack> Ranges<'pack> {
    fn around(places: Places<'pack>) -> Self {
        let n_counts = places.search.world.len();
        let (mut lows, mut highs) = (vec![NO_END; n_counts], vec![-NO_END; n_counts]);
        for count in (0..n_counts).filter(|count| places.is_placed(*count)) {
            lows[count] = places.search.world[count];
            highs[count] = places.search.world[count];
        }
        Self { places, lows, highs, n_wide: 0 }
    }

    fn width(&self, count: usize) -> i64 {
        self.highs[count] - self.lows[count]
    }

    fn see(&mut self, count: usize, value: i64) {
        self.lows[count] = self.lows[count].min(value);
        self.highs[count] = self.highs[count].max(value);
    }

    /// Looks for worlds with more, then with fewer persons in the target. Says whether the range is wide enough.
    fn widen_by_search(&mut self, target: usize, required: i64) -> bool {
        if !self.places.is_placed(target) {
            return false;
        }
        for direction in [1, -1] {
            for size in (1..=required).rev() {
                let value = self.places.search.world[target] + direction * size;
                if value >= self.lows[target] && value <= self.highs[target] {
                    break;
                }
                let (lows, highs) = (&mut self.lows, &mut self.highs);
                let see = |count: usize, value: i64| {
                    lows[count] = lows[count].min(value);
                    highs[count] = highs[count].max(value);
                };
                if self.places.search.shift(target, direction * size, see) {
                    break;
                }
            }
            if self.width(target) >= required {
                return true;
            }
        }
        false
    }

    /// Asks the solver for both ends, first among the counts nearest to the target, then within its own part, then among all counts.
    fn widen_by_program(&mut self, target: usize, required: i64) {
        let Some(part) = self.places.part_of(target) else { return };
        if self.places.is_placed(target) {
            let (counts, relations) = self.places.around(target);
            self.ask(target, &counts, &relations);
            if self.width(target) >= required {
                return;
            }
        }
        if self.n_wide == MOST_WIDE {
            return;
        }
        self.n_wide += 1;
        if self.places.is_placed(target) {
            self.ask(target, &part.counts, &part.relations);
            if self.width(target) >= required {
                return;
            }
        }
        let (counts, relations) = self.places.everything();
        self.ask(target, &counts, &relations);
    }

    fn ask(&mut self, target: usize, counts: &[usize], relations: &[usize]) {
        let search = &self.places.search;
        let piece = Piece {
            sums: self.places.sums,
            places: relations,
            counts,
            lows: &search.lows,
            highs: &search.highs,
            world: &search.world,
        };
        let worlds = [End::High, End::Low].map(|end| piece.extreme(Some(target), end));
        for world in worlds.into_iter().flatten() {
            for (count, value) in counts.iter().zip(world) {
                self.see(*count, value);
            }
        }
    }
}
