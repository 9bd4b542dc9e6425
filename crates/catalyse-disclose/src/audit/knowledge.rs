//! What an attacker knows of each count before looking at sums.

use crate::linked::delivered::Attendance;

/// A count of persons that nobody reaches; stands for "no upper end".
pub(super) const NO_END: i64 = 1_000_000;

/// Holds the box of each count and a guess inside it.
pub(super) struct Knowledge {
    /// The smallest possible values.
    pub(super) lows: Vec<i64>,
    /// The largest possible values.
    pub(super) highs: Vec<i64>,
    /// Values near the printed ones, from which a possible world is looked for.
    pub(super) guess: Vec<i64>,
}

impl Knowledge {
    /// Returns what every reader knows: the printed numbers and how they were made.
    pub(super) fn of_reader(printed: &[Option<u64>], reach: u64) -> Self {
        let reach = reach.cast_signed() - 1;
        let boxes = printed.iter().map(|value| {
            value.map_or((0, NO_END), |value| {
                let value = value.cast_signed();
                ((value - reach).max(0), value + reach)
            })
        });
        let (lows, highs): (Vec<i64>, Vec<i64>) = boxes.unzip();
        let guess = printed.iter().map(|value| value.map_or(0, u64::cast_signed)).collect();
        Self { lows, highs, guess }
    }

    /// Adds the fewest persons that counts had in earlier editions: persons came since, and nobody left.
    pub(super) fn remember(&mut self, before: &[u64]) {
        for (low, before) in self.lows.iter_mut().zip(before) {
            *low = (*low).max(before.cast_signed());
        }
    }

    /// Adds what is known by who delivered: where there is nobody, and where somebody.
    pub(super) fn attend(&mut self, attendance: &Attendance) {
        for count in &attendance.nobody {
            (self.lows[*count], self.highs[*count]) = (0, 0);
        }
        for count in &attendance.somebody {
            self.lows[*count] = self.lows[*count].max(1);
        }
    }

    /// Adds true counts that an insider knows.
    pub(super) fn learn(&mut self, own: &[usize], truths: &[u64]) {
        for count in own {
            let truth = truths[*count].cast_signed();
            self.lows[*count] = truth;
            self.highs[*count] = truth;
        }
    }

    /// Says whether the count is known exactly.
    pub(super) fn is_known(&self, count: usize) -> bool {
        self.lows[count] >= self.highs[count]
    }
}
