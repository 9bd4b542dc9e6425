//! The interval of a share: Wilson's, in every report.

use crate::special::tails::normal_upper_quantile;
use crate::{Confidence, Interval, Share};

/// Returns Wilson's score interval of a share, the default interval of catalyse.
///
/// # Units
/// Shares from 0 to 1. It always contains the share, and is never a point, not even for one person or for nobody out of many.
///
/// # Example
/// 12 of 20 at 95 %: 0.387 to 0.781. 0 of 10: 0 to 0.278.
///
/// # Source
/// E. B. Wilson, JASA 22 (1927) 209–212; recommended by R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, and by
/// Brown, Cai and DasGupta, Statistical Science 16 (2001) 101–133.
pub fn wilson(share: Share, confidence: Confidence) -> Interval {
    wilson_at(share, normal_upper_quantile(confidence.tail()), confidence)
}

/// Returns the interval by a quantile that is known already: it takes longer to find than the interval.
pub(crate) fn wilson_at(share: Share, z: f64, confidence: Confidence) -> Interval {
    let (value, base) = (share.value(), share.base() as f64);
    let square = z * z / base;
    let centre = (value + square / 2.0) / (1.0 + square);
    let spread = z * (value * (1.0 - value) / base + square / (4.0 * base)).sqrt();
    let interval = Interval::around(centre, spread / (1.0 + square), confidence);
    at_the_ends(share, interval.within(0.0, 1.0))
}

/// Sets the end beside nobody to 0 and the end beside everybody to 1: rounding may leave them a hair away.
fn at_the_ends(share: Share, interval: Interval) -> Interval {
    let low = if share.count() == 0 { 0.0 } else { interval.low };
    let high = if share.count() == share.base() { 1.0 } else { interval.high };
    Interval { low, high, level: interval.level }
}
