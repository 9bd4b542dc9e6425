//! Intervals of an unweighted share.
//!
//! Wilson's is the default of every report; Clopper and Pearson's serves statements of the form "at most"; Jeffreys' is there to
//! compare with other tools. Weighted shares are in `weighted_mean`.

use crate::special::tails::{beta_lower_quantile, normal_upper_quantile};
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
    let z = normal_upper_quantile(confidence.tail());
    let interval = score_interval(share.value(), share.base() as f64, z, confidence);
    at_the_ends(share, interval)
}

/// Returns Clopper and Pearson's "exact" interval of a share, which never covers less than it says and mostly more.
///
/// # Units
/// Shares from 0 to 1; the lower end is 0 when nobody counts and the upper end is 1 when everybody does.
///
/// # Example
/// 12 of 20 at 95 %: 0.361 to 0.809. 0 of 10: 0 to 0.308.
///
/// # Source
/// C. Clopper and E. Pearson, Biometrika 26 (1934) 404–413, through quantiles of the beta distribution.
pub fn clopper_pearson(share: Share, confidence: Confidence) -> Interval {
    let (count, base) = (share.count() as f64, share.base() as f64);
    at_the_ends(
        share,
        beta_interval([count, base - count + 1.0], [count + 1.0, base - count], confidence),
    )
}

/// Returns Jeffreys' interval of a share: the middle of a Beta(x + 1/2, n - x + 1/2) distribution.
///
/// # Units
/// Shares from 0 to 1; the lower end is set to 0 when nobody counts and the upper end to 1 when everybody does.
///
/// # Example
/// 12 of 20 at 95 %: 0.384 to 0.789. 0 of 10: 0 to 0.217.
///
/// # Source
/// Brown, Cai and DasGupta, Statistical Science 16 (2001) 101–133, section 4.1.2.
pub fn jeffreys(share: Share, confidence: Confidence) -> Interval {
    let (successes, failures) =
        (share.count() as f64 + 0.5, (share.base() - share.count()) as f64 + 0.5);
    at_the_ends(share, beta_interval([successes, failures], [successes, failures], confidence))
}

/// Returns the largest share that nobody out of `n_persons` is compatible with, one-sided; `None` without persons.
///
/// # Units
/// A share from 0 to 1. At 95 % it is close to 3 / n, whence the name; the formula here is the exact one.
///
/// # Example
/// 0 of 30 at 95 %: up to 0.095.
///
/// # Source
/// Hanley and Lippman-Hand, JAMA 249 (1983) 1743–1745: 1 - α^(1/n).
pub fn rule_of_three(n_persons: u64, confidence: Confidence) -> Option<f64> {
    let alpha = 2.0 * confidence.tail();
    (n_persons > 0).then(|| -(alpha.ln() / n_persons as f64).exp_m1())
}

/// Returns the score interval for an estimate with a base that need not be whole.
pub(crate) fn score_interval(estimate: f64, base: f64, z: f64, level: Confidence) -> Interval {
    let square = z * z / base;
    let centre = (estimate + square / 2.0) / (1.0 + square);
    let spread = z * (estimate * (1.0 - estimate) / base + square / (4.0 * base)).sqrt();
    Interval::around(centre, spread / (1.0 + square), level).within(0.0, 1.0)
}

/// Returns the interval between a low quantile of one beta distribution and a high quantile of another.
pub(crate) fn beta_interval(lower: [f64; 2], upper: [f64; 2], confidence: Confidence) -> Interval {
    let tail = confidence.tail();
    let exists = |[a, b]: [f64; 2]| a > 0.0 && b > 0.0;
    let low = if exists(lower) { beta_lower_quantile(tail, lower[0], lower[1]) } else { 0.0 };
    // The upper quantile is taken as the lower one of the mirror image, so that no digit is lost close to 1.
    let high =
        if exists(upper) { 1.0 - beta_lower_quantile(tail, upper[1], upper[0]) } else { 1.0 };
    Interval { low, high, level: confidence }
}

/// Sets the end beside nobody to 0 and the end beside everybody to 1: rounding may leave them a hair away.
fn at_the_ends(share: Share, interval: Interval) -> Interval {
    let low = if share.count() == 0 { 0.0 } else { interval.low };
    let high = if share.count() == share.base() { 1.0 } else { interval.high };
    Interval { low, high, level: interval.level }
}
