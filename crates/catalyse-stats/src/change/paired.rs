//! McNemar's test: did a yes-or-no answer change between two waves on the same persons?
//!
//! In its mid-p version: the exact one is too cautious, and the chi-square too bold for few changes.

use crate::share::paired_difference::PairedCounts;
use crate::special::tails::{binomial_lower, fair_binomial_mass};
use crate::{Method, TestResult};

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
