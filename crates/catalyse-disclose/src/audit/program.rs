//! Exact ranges by integer programs, for the few counts that the search leaves open.

use std::sync::atomic::Ordering;

use crate::solver::{Answer, Program};

use super::search::Sums;

/// How many nodes one program may have; beyond, the worlds that it found count, and what it did not find is not there.
const MOST_NODES: u64 = 60;

/// Holds a piece of the attacker's problem.
pub(super) struct Piece<'pack> {
    /// All sums of the pack.
    pub(super) sums: &'pack Sums<'pack>,
    /// The sums of the piece.
    pub(super) places: &'pack [usize],
    /// The counts that are open, in order; all others stand at their value in `world`.
    pub(super) counts: &'pack [usize],
    /// The smallest possible values.
    pub(super) lows: &'pack [i64],
    /// The largest possible values.
    pub(super) highs: &'pack [i64],
    /// A world, for the counts that are not open.
    pub(super) world: &'pack [i64],
}

/// Says which end of a range is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The smallest value.
    Low,
    /// The largest value.
    High,
}

impl Piece<'_> {
    /// Returns the open counts of a world with the target at its end, checked in exact integers; nothing if the solver finds none.
    pub(super) fn extreme(&self, target: Option<usize>, end: End) -> Option<Vec<i64>> {
        let mut program = Program::new();
        let open: Vec<_> = self
            .counts
            .iter()
            .map(|count| {
                let price = if end == End::Low { 1.0 } else { -1.0 };
                let price = if Some(*count) == target { price } else { 0.0 };
                program.add_number(price, (self.lows[*count], self.highs[*count]))
            })
            .collect();
        let place_of = |count: usize| self.counts.binary_search(&count).ok();
        for place in self.places {
            let mut row = Vec::with_capacity(8);
            let mut known = 0;
            for (count, sign) in &self.sums.relations[*place].terms {
                if let Some(place) = place_of(*count) {
                    row.push((open[place], *sign as f64));
                } else {
                    known += sign * self.world[*count];
                }
            }
            if !row.is_empty() {
                program.ask_equal(&row, -known as f64);
            } else if known != 0 {
                return None;
            }
        }
        match program.solve(MOST_NODES) {
            Answer::Found(values) => self.is_world(&values).then_some(values),
            Answer::Nothing => None,
            Answer::OutOfTime => {
                self.sums.is_out_of_time.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    fn is_world(&self, values: &[i64]) -> bool {
        let value_of = |count: usize| {
            self.counts.binary_search(&count).map_or(self.world[count], |place| values[place])
        };
        let fits = self
            .counts
            .iter()
            .zip(values)
            .all(|(count, value)| (self.lows[*count]..=self.highs[*count]).contains(value));
        fits && self.places.iter().all(|place| {
            let terms = self.sums.relations[*place].terms.iter();
            terms.map(|(count, sign)| sign * value_of(*count)).sum::<i64>() == 0
        })
    }
}
