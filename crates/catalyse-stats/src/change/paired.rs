//! McNemar's tests: did a yes-or-no answer change between two waves on the same persons?
//!
//! The mid-p version is the default; the exact one is too cautious, and the chi-square too bold for few changes.

use crate::share::paired_difference::PairedCounts;
use crate::special::tails::{binomial_lower, fair_binomial_mass};
use crate::{Method, TestResult, Undefined};

/// Returns McNemar's mid-p test, the default for a change between two waves.
///
/// # Units
/// p from 0 to 1. If nobody changed, p is 1.
///
/// # Example
/// 12 changed one way and 5 the other: p = 0.0963.
///
/// # Source
/// M. Fagerland, S. Lydersen and P. Laake, BMC Medical Research Methodology 13 (2013) 91: the exact p less the probability of
/// what was observed.
pub fn mcnemar_mid_p(counts: &PairedCounts) -> TestResult {
    let (fewer, n) = (counts.first_only.min(counts.second_only), counts.n_changed());
    // Written as a sum, not as a difference, so that a very small p keeps its digits.
    let below = fewer.checked_sub(1).map_or(0.0, |count| binomial_lower(count, n, 0.5));
    TestResult::exact(Method::McNemarMidP, 2.0 * below + fair_binomial_mass(fewer, n))
}

/// Returns McNemar's exact test.
///
/// # Units
/// p from 0 to 1. If nobody changed, or as many one way as the other, p is 1.
///
/// # Example
/// 12 changed one way and 5 the other: p = 0.1435.
///
/// # Source
/// Q. McNemar, Psychometrika 12 (1947) 153–157, by the binomial distribution: 2 P(Bin(b + c, 1/2) ≤ min(b, c)), at most 1.
pub fn mcnemar_exact(counts: &PairedCounts) -> TestResult {
    let fewer = counts.first_only.min(counts.second_only);
    let p = 2.0 * binomial_lower(fewer, counts.n_changed(), 0.5);
    TestResult::exact(Method::McNemarExact, p)
}

/// Returns McNemar's chi-square test without continuity correction.
///
/// # Errors
/// [`Undefined::NoVariation`] if nobody changed.
///
/// # Example
/// 12 changed one way and 5 the other: statistic 2.88, one degree of freedom, p = 0.0896.
///
/// # Source
/// Q. McNemar, Psychometrika 12 (1947) 153–157: (b - c)² / (b + c).
pub fn mcnemar_asymptotic(counts: &PairedCounts) -> Result<TestResult, Undefined> {
    if counts.n_changed() == 0 {
        return Err(Undefined::NoVariation);
    }
    let difference = counts.first_only.abs_diff(counts.second_only) as f64;
    let statistic = difference * difference / counts.n_changed() as f64;
    Ok(TestResult::chi_square(Method::McNemarAsymptotic, statistic, 1.0))
}
