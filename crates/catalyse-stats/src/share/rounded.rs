//! Intervals of shares of which only rounded counts are known: wide enough for every true count behind them.

use crate::share::difference::newcombe_wilson;
use crate::share::paired_difference::{PairedCounts, paired_at};
use crate::special::tails::normal_upper_quantile;
use crate::{Confidence, Interval, Share, Undefined};

/// The whole numbers that a rounded count may stand for, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    /// The fewest.
    pub low: u64,
    /// The most.
    pub high: u64,
}

impl CountRange {
    /// Returns the numbers that lie at most so far from a count; none is below 0.
    pub const fn around(count: u64, most_off: u64) -> Self {
        Self { low: count.saturating_sub(most_off), high: count.saturating_add(most_off) }
    }

    /// Returns the numbers that are in both ranges, or in this one if none is.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        let both = Self { low: self.low.max(other.low), high: self.high.min(other.high) };
        if both.low <= both.high { both } else { self }
    }

    /// Returns the smallest and the largest share that a part and its base may make.
    ///
    /// # Errors
    /// [`Undefined::NoPersons`] if the base is certainly empty.
    pub fn shares_of(self, base: Self) -> Result<[Share; 2], Undefined> {
        let fewest = base.low.max(1);
        let smallest = Share::new(self.low.min(base.high), base.high)?;
        Ok([smallest, Share::new(self.high.min(fewest), fewest)?])
    }
}

/// Returns an interval of the difference of two independent shares that holds Newcombe's of every pair of shares between the given ends
/// (each the smallest and the largest that its counts allow).
///
/// # Units
/// First minus second, from -1 to 1.
///
/// # Source
/// [`newcombe_wilson`]. Both its ends grow with the first share and fall with the second, and at a given count fall and grow with the
/// base, so that the lower end is that of the smallest first and the largest second share: an end is `value ∓ √(a² + b²)`, where `a`
/// never grows faster than the share itself.
pub fn newcombe_wilson_rounded(
    first: [Share; 2],
    second: [Share; 2],
    confidence: Confidence,
) -> Interval {
    let low = newcombe_wilson(first[0], second[1], confidence).interval.low;
    let high = newcombe_wilson(first[1], second[0], confidence).interval.high;
    Interval { low, high, level: confidence }
}

/// What is known of persons seen twice when every count is rounded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundedPairs {
    /// Yes the first time.
    pub first: CountRange,
    /// Yes the second time.
    pub second: CountRange,
    /// Yes the first time only.
    pub first_only: CountRange,
    /// Yes the second time only.
    pub second_only: CountRange,
    /// Everybody seen twice.
    pub n_persons: CountRange,
}

impl RoundedPairs {
    /// Visits the tables of two by two that the ranges allow: the changes between the two times must explain both margins.
    fn visit(&self, mut see: impl FnMut(&PairedCounts)) {
        let numbers = |range: CountRange| range.low..=range.high;
        for first in numbers(self.first) {
            for first_only in numbers(self.first_only).take_while(|left| *left <= first) {
                for second_only in numbers(self.second_only) {
                    let both = first - first_only;
                    if !numbers(self.second).contains(&(both + second_only)) {
                        continue;
                    }
                    let asked = first + second_only;
                    for n_persons in self.n_persons.low.max(asked).max(1)..=self.n_persons.high {
                        let neither = n_persons - asked;
                        see(&PairedCounts { both, first_only, second_only, neither });
                    }
                }
            }
        }
    }
}

/// Returns an interval of the change of a share on the same persons that holds Newcombe's of every table of two by two that the ranges
/// allow; nothing if they allow none.
///
/// # Units
/// Second share minus first share, from -1 to 1.
///
/// # Source
/// [`crate::newcombe_paired`], at each table: its correlation is cut at 0, so that its ends are not always reached in a corner.
pub fn newcombe_paired_rounded(pairs: &RoundedPairs, confidence: Confidence) -> Option<Interval> {
    let z = normal_upper_quantile(confidence.tail());
    let mut widest: Option<Interval> = None;
    pairs.visit(|counts| {
        let Ok(found) = paired_at(counts, z, confidence) else { return };
        let so_far = widest.get_or_insert(found.interval);
        so_far.low = so_far.low.min(found.interval.low);
        so_far.high = so_far.high.max(found.interval.high);
    });
    widest
}
