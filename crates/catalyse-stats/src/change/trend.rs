//! Does a share rise or fall over ordered groups of different persons?
//!
//! Never use this on waves of the same persons: they are not independent, and the test would see too little or too much. For those there
//! are `paired`, `cochran_q` and `panel_slope`.

use crate::special::tails::normal_two_sided;
use crate::{Method, Share, TestResult, Undefined};

/// One group of the trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredShare {
    /// Where the group stands: months since the first wave, or the middle of an age band. Uneven steps are welcome.
    pub score: f64,
    /// The share in the group.
    pub share: Share,
}

/// A linear trend of shares and what it does not explain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Change of the share per unit of score (least squares weighted by persons).
    pub slope: f64,
    /// Cochran and Armitage's test that the slope is 0: the statistic is z squared, one degree of freedom.
    pub test: TestResult,
    /// Test that nothing but a straight line is needed; none with two groups.
    pub departure: Option<TestResult>,
}

/// Returns the trend of a share over ordered, independent groups.
///
/// # Shape
/// At least two groups with different scores, in any order.
///
/// # Units
/// The slope is a share per unit of score.
///
/// # Errors
/// [`Undefined::NoVariation`] if everybody or nobody counts, or if all scores are the same; [`Undefined::UnusableNumber`] for a
/// score that is not finite.
///
/// # Example
/// 10 of 50, 15 of 50 and 25 of 50 at scores 0, 6 and 12: slope 0.025, statistic 10.1, p = 0.0015; departure 0.37, p = 0.54.
///
/// # Source
/// W. G. Cochran, Biometrics 10 (1954) 417–451; P. Armitage, Biometrics 11 (1955) 375–386. Departure: Pearson's
/// chi-square of the whole table less that of the trend.
pub fn cochran_armitage(groups: &[ScoredShare]) -> Result<Trend, Undefined> {
    if let Some(position) = groups.iter().position(|group| !group.score.is_finite()) {
        return Err(Undefined::UnusableNumber { position });
    }
    let bases = groups.iter().map(|group| group.share.base() as f64);
    let n: f64 = bases.clone().sum();
    let overall = groups.iter().map(|group| group.share.count() as f64).sum::<f64>() / n;
    let mean_score =
        groups.iter().zip(bases).map(|(group, base)| group.score * base).sum::<f64>() / n;
    let sum_over = |part: &dyn Fn(f64, f64) -> f64| -> f64 {
        let parts = groups.iter().map(|group| {
            let distance = group.share.value() - overall;
            group.share.base() as f64 * part(group.score - mean_score, distance)
        });
        parts.sum()
    };
    let scores = sum_over(&|score, _| score * score);
    let variance = overall * (1.0 - overall);
    if groups.len() < 2 || !(scores > 0.0 && variance > 0.0) {
        return Err(Undefined::NoVariation);
    }
    let product = sum_over(&|score, distance| score * distance);
    let statistic = product * product / (variance * scores);
    let total = sum_over(&|_, distance| distance * distance) / variance;
    let p = normal_two_sided(statistic.sqrt());
    let test = TestResult::with_degrees(Method::CochranArmitage, statistic, 1.0, p);
    let departure = (groups.len() > 2).then(|| {
        let rest = (total - statistic).max(0.0);
        TestResult::chi_square(Method::DepartureFromTrend, rest, (groups.len() - 2) as f64)
    });
    Ok(Trend { slope: product / scores, test, departure })
}
