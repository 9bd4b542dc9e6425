//! The difference of two shares of different persons.
//!
//! A partner is compared with *the rest*, never with the total: the total contains the partner, and the two would not be independent.
//! The same persons at two waves are compared in `paired_difference`.

use crate::share::proportion::wilson;
use crate::special::tails::normal_upper_quantile;
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

/// Returns the difference of two independent shares with Miettinen and Nurminen's score interval.
///
/// # Units
/// Shares: from -1 to 1, positive when the first share is larger.
///
/// # Example
/// 56 of 70 against 48 of 80 at 95 %: 0.200, from 0.053 to 0.338.
///
/// # Source
/// O. Miettinen and M. Nurminen, Statistics in Medicine 4 (1985) 213–226; the closed form of the restricted estimate is theirs
/// (appendix), the ends are found by bisection because the score is monotone in the difference.
pub fn miettinen_nurminen(first: Share, second: Share, confidence: Confidence) -> Difference {
    let value = first.value() - second.value();
    let z = normal_upper_quantile(confidence.tail());
    let is_inside = |difference: f64| score(first, second, difference).abs() <= z;
    let low = farthest_inside(value, -1.0, is_inside);
    let high = farthest_inside(value, 1.0, is_inside);
    Difference { value, interval: Interval { low, high, level: confidence } }
}

/// Returns the score statistic of the hypothesis that the shares differ by `difference`.
fn score(first: Share, second: Share, difference: f64) -> f64 {
    let (n_first, n_second) = (first.base() as f64, second.base() as f64);
    let n = n_first + n_second;
    let other = restricted_estimate(first, second, difference);
    let one = (other + difference).clamp(0.0, 1.0);
    let variance = (one * (1.0 - one) / n_first + other * (1.0 - other) / n_second) * n / (n - 1.0);
    let distance = first.value() - second.value() - difference;
    if distance.abs() < 1e-15 {
        return 0.0;
    }
    // Where the hypothesis allows no variance, any distance contradicts it.
    if variance > 0.0 { distance / variance.sqrt() } else { f64::MAX.copysign(distance) }
}

/// Returns the most likely second share if the first is larger by `difference`: the root of a cubic.
fn restricted_estimate(first: Share, second: Share, difference: f64) -> f64 {
    let (n_first, n_second) = (first.base() as f64, second.base() as f64);
    let (x_first, x_second) = (first.count() as f64, second.count() as f64);
    let n = n_first + n_second;
    let l2 = (n_first + 2.0 * n_second) * difference - n - x_first - x_second;
    let l1 = (n_second * difference - n - 2.0 * x_second) * difference + x_first + x_second;
    let l0 = x_second * difference * (1.0 - difference);
    let third = l2 / (3.0 * n);
    let q = third.powi(3) - l1 * l2 / (6.0 * n * n) + l0 / (2.0 * n);
    let p = (third * third - l1 / (3.0 * n)).max(0.0).sqrt().copysign(q);
    if p.abs() < 1e-150 {
        return (-third).clamp(0.0, 1.0);
    }
    let angle = (std::f64::consts::PI + (q / p.powi(3)).clamp(-1.0, 1.0).acos()) / 3.0;
    let lowest = (-difference).max(0.0);
    (2.0 * p * angle.cos() - third).clamp(lowest, (1.0 - difference).min(1.0).max(lowest))
}

fn farthest_inside(start: f64, limit: f64, is_inside: impl Fn(f64) -> bool) -> f64 {
    if is_inside(limit) {
        return limit;
    }
    let (mut inside, mut outside) = (start, limit);
    for _ in 0..200 {
        let middle = inside.midpoint(outside);
        if is_inside(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}
