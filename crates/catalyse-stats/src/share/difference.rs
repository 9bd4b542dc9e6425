//! The difference of two shares of different persons.
//!
//! A partner is compared with *the rest*, never with the total: the total contains the partner, and the two would not be independent.
//! The same persons at two waves are compared in `paired_difference`.

use crate::share::proportion::wilson;
use crate::{Confidence, Interval, Share};

/// A difference and its interval, in the unit of what was compared (shares: from -1 to 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First minus second.
    pub value: f64,
    /// Interval of the difference.
    pub interval: Interval,
}

/// Returns the difference of two independent shares with Newcombe's interval, the default for two groups.
///
/// # Units
/// Shares: from -1 to 1, positive when the first share is larger.
///
/// # Example
/// 56 of 70 against 48 of 80 at 95 %: 0.200, from 0.052 to 0.334.
///
/// # Source
/// R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10: the distances to the ends of the two Wilson intervals, squared
/// and added.
pub fn newcombe_wilson(first: Share, second: Share, confidence: Confidence) -> Difference {
    let value = first.value() - second.value();
    let (one, two) = (wilson(first, confidence), wilson(second, confidence));
    let below = (first.value() - one.low).hypot(two.high - second.value());
    let above = (one.high - first.value()).hypot(second.value() - two.low);
    let interval = Interval { low: value - below, high: value + above, level: confidence };
    Difference { value, interval: interval.within(-1.0, 1.0) }
}
