//! One integer program: a piece of the system, solved by branch and bound, its answer checked in exact integers.

use std::sync::atomic::{AtomicBool, Ordering};

use super::guards::{Guard, Side};
use crate::linked::relation::Relation;
use crate::solver::{Answer, Program};

/// How many nodes one program may have; beyond, the best answer so far is taken.
const MOST_NODES: u64 = 400;
/// The price of a guard in steps of the base, above that of any sum: a sum that is missed is told to the reader, a count that is narrowed
/// down refuses the pack.
const PRICE_OF_GUARD: f64 = 50.0;

/// Holds what every piece is made of.
pub(crate) struct System<'pack> {
    /// Counts go to multiples of this.
    pub(crate) base: u64,
    /// The true counts.
    pub(crate) truths: &'pack [u64],
    /// The sums.
    pub(crate) relations: &'pack [Relation],
    /// Which sums stand in no table, so that no reader sees them added up.
    pub(crate) across: &'pack [bool],
    /// Groups of counts of which at least one must go to the side named with it.
    pub(crate) guards: &'pack [Guard],
    /// How each count was printed before, if it was: it stays so, or moves from there as little as it can, and rather up than down.
    pub(crate) before: &'pack [Option<u64>],
    /// Whether the clock ran out on a program; then nothing that was rounded may be used.
    pub(crate) is_out_of_time: AtomicBool,
}

/// The price of a sum that stands in no table, in steps of the base: above that of moving a few counts, far below that of a table's sum.
const PRICE_ACROSS: f64 = 4.0;

/// The price of a count that leaves the number it was printed with, in steps of the base: above that of any rounding.
const PRICE_OF_CHANGE: f64 = 2.0;
/// The same where it sinks, which tells more: far above the other, below that of a table's sum.
const PRICE_OF_SINKING: f64 = 12.0;

/// Says whether sums may be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sums {
    /// All sums are kept, or there is no answer.
    Kept,
    /// A sum may be missed by whole steps, at a price that is lower for larger totals.
    MayBreak,
}

/// Holds a piece to be solved.
pub(crate) struct Piece<'part> {
    /// The counts that are open.
    pub(crate) counts: &'part [usize],
    /// The sums that must hold; their other counts are rounded already.
    pub(crate) relations: &'part [usize],
    /// The guards that touch the piece.
    pub(crate) guards: &'part [usize],
}

impl System<'_> {
    /// Returns the lower neighbouring multiple.
    pub(crate) fn below(&self, count: usize) -> u64 {
        self.truths[count] / self.base * self.base
    }

    /// Says whether a count is a multiple already and stays one, as 0 does.
    pub(crate) fn is_multiple(&self, count: usize) -> bool {
        self.truths[count].is_multiple_of(self.base)
    }

    /// Says whether a sum holds for printed numbers.
    pub(crate) fn holds(&self, relation: usize, values: &[u64]) -> bool {
        let terms = self.relations[relation].terms.iter();
        terms.map(|(count, sign)| sign * values[*count].cast_signed()).sum::<i64>() == 0
    }

    fn is_guarded(&self, guard: usize, values: &[u64]) -> bool {
        self.guards[guard].iter().any(|(count, side)| self.side(*count, values) == *side)
    }

    fn side(&self, count: usize, values: &[u64]) -> Side {
        if values[count] > self.below(count) { Side::Up } else { Side::Down }
    }

    fn fits(&self, piece: &Piece<'_>, values: &[u64]) -> bool {
        piece.relations.iter().all(|relation| self.holds(*relation, values))
            && piece.guards.iter().all(|guard| self.is_guarded(*guard, values))
    }

    /// Rounds the counts of a piece in `values`; says whether there is an answer. Without one, `values` is unchanged.
    pub(crate) fn solve(&self, piece: &Piece<'_>, sums: Sums, values: &mut [u64]) -> bool {
        let before: Vec<u64> = piece.counts.iter().map(|count| values[*count]).collect();
        for count in piece.counts {
            values[*count] = self.preferred(*count);
        }
        // If the best number of each fits, nothing can be better.
        if self.fits(piece, values) {
            return true;
        }
        let is_solved = self.run(piece, sums, values).is_some_and(|ups| {
            for (count, is_up) in piece.counts.iter().zip(ups) {
                values[*count] = self.below(*count) + if is_up { self.base } else { 0 };
            }
            sums == Sums::MayBreak || self.fits(piece, values)
        });
        if !is_solved {
            for (count, value) in piece.counts.iter().zip(before) {
                values[*count] = value;
            }
        }
        is_solved
    }

    /// Asks the solver which counts go up.
    fn run(&self, piece: &Piece<'_>, sums: Sums, values: &[u64]) -> Option<Vec<bool>> {
        let mut program = Program::new();
        let ups: Vec<_> = piece
            .counts
            .iter()
            .map(|count| program.add_number(self.price_of_up(*count), (0, 1)))
            .collect();
        let place_of = |count: usize| piece.counts.binary_search(&count).ok();
        for relation in piece.relations {
            let mut row = Vec::with_capacity(8);
            let mut steps = 0_i64;
            for (count, sign) in &self.relations[*relation].terms {
                let fixed = place_of(*count).map_or(values[*count], |place| {
                    row.push((ups[place], *sign as f64));
                    self.below(*count)
                });
                steps += sign * (fixed / self.base).cast_signed();
            }
            if row.is_empty() {
                if steps != 0 && sums == Sums::Kept {
                    return None;
                }
                continue;
            }
            if sums == Sums::MayBreak {
                let price = self.price_of_break(*relation);
                let [over, under] = [(); 2].map(|()| program.add_number(price, (0, 8)));
                row.extend([(over, -1.0), (under, 1.0)]);
            }
            program.ask_equal(&row, -steps as f64);
        }
        for guard in piece.guards {
            let mut row = Vec::with_capacity(8);
            let mut is_met = false;
            let mut needed = 1.0;
            for (count, side) in &self.guards[*guard] {
                match (place_of(*count), side) {
                    (Some(place), Side::Up) => row.push((ups[place], 1.0)),
                    (Some(place), Side::Down) => {
                        row.push((ups[place], -1.0));
                        needed -= 1.0;
                    }
                    (None, side) => is_met |= self.side(*count, values) == *side,
                }
            }
            if sums == Sums::MayBreak {
                row.push((program.add_number(PRICE_OF_GUARD * self.base as f64, (0, 1)), 1.0));
            }
            if !is_met {
                program.ask_at_least(&row, needed);
            }
        }
        match program.solve(MOST_NODES) {
            Answer::Found(values) => {
                Some(values.iter().take(ups.len()).map(|value| *value > 0).collect())
            }
            Answer::Nothing => None,
            Answer::OutOfTime => {
                self.is_out_of_time.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    /// Returns the multiple that a count is best printed with: that of earlier editions or the neighbour on their side, else the nearest.
    pub(crate) fn preferred(&self, count: usize) -> u64 {
        let (truth, base) = (self.truths[count], self.base);
        if truth.is_multiple_of(base) {
            return truth;
        }
        let below = self.below(count);
        match self.near_before(count) {
            Some(before) => before.clamp(below, below + base),
            None => (truth + base / 2) / base * base,
        }
    }

    /// Returns how a count was printed before. Where it has gone farther than by a few persons, that is no matter.
    fn near_before(&self, count: usize) -> Option<u64> {
        let before = self.before.get(count).copied().flatten();
        before.filter(|before| before.abs_diff(self.truths[count]) < 2 * self.base)
    }

    /// Returns the price of bringing a count to the upper multiple in place of the lower one.
    fn price_of_up(&self, count: usize) -> f64 {
        let remainder = self.truths[count] % self.base;
        let nearer = self.base as f64 - 2.0 * remainder as f64;
        match self.near_before(count) {
            None => nearer,
            Some(before) if before <= self.below(count) => self.base as f64 * PRICE_OF_CHANGE,
            Some(_) => -(self.base as f64 * PRICE_OF_SINKING),
        }
    }

    /// Returns the price of missing a sum by one step: sums across tables are given up first, then the largest totals.
    fn price_of_break(&self, relation: usize) -> f64 {
        if self.across[relation] {
            return self.base as f64 * PRICE_ACROSS;
        }
        let terms = self.relations[relation].terms.iter();
        let largest = terms.map(|(count, _)| self.truths[*count]).max().unwrap_or(0);
        self.base as f64 * (20.0 + 20.0 / (1.0 + largest as f64 / self.base as f64))
    }
}
