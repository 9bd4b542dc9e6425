//! Weighted means with linearised variance, from sums per stratum.
//!
//! Persons are drawn (or lost) independently inside each stratum. With five partners the partner is a stratum, not a cluster: clusters need at
//! least ten. Only sums are asked for, so that one pass over the records is enough for any number of groups.

use crate::amount::weights::WeightSums;
use crate::special::tails::student_upper_quantile;
use crate::{Confidence, Interval, Undefined};

/// A variance below this part of the squares it is the difference of is rounding and counts as none.
const ROUNDING: f64 = 1e-13;

/// Sums over the persons of one stratum; y is the value (1 or 0 for a share), w the weight.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeightedSums {
    /// Persons of the stratum, also those outside the group that is looked at.
    pub n_stratum: u64,
    /// Persons of the group: those with a weight above 0.
    pub n_persons: u64,
    /// Σ w.
    pub w: f64,
    /// Σ w y.
    pub wy: f64,
    /// Σ w².
    pub w_squared: f64,
    /// Σ w² y.
    pub w_squared_y: f64,
    /// Σ w² y².
    pub w_squared_y_squared: f64,
    /// Part of the stratum's population that was seen, from 0 to 1. 0 means: no finite-population correction.
    pub sampled: f64,
}

impl WeightedSums {
    /// Adds up the pairs of weight and value of one stratum.
    ///
    /// # Shape
    /// One pair per person of the stratum; weight 0 for persons outside the group that is looked at (they count for the variance).
    ///
    /// # Missing
    /// A person without a value gets weight 0.
    ///
    /// # Errors
    /// [`Undefined::UnusableNumber`] for a weight that is negative, or a number that is not finite.
    ///
    /// # Example
    /// `WeightedSums::of(&[(1.0, 0.0), (2.0, 1.0), (0.0, 0.0)])`: three persons in the stratum, two in the group, w = 3, wy = 2.
    pub fn of(weights_and_values: &[(f64, f64)]) -> Result<Self, Undefined> {
        let mut sums = Self::default();
        for (position, &(weight, value)) in weights_and_values.iter().enumerate() {
            if !(weight >= 0.0 && weight.is_finite() && value.is_finite()) {
                return Err(Undefined::UnusableNumber { position });
            }
            let square = weight * weight;
            sums.n_stratum += 1;
            sums.n_persons += u64::from(weight > 0.0);
            sums.w += weight;
            sums.wy += weight * value;
            sums.w_squared += square;
            sums.w_squared_y += square * value;
            sums.w_squared_y_squared += square * value * value;
        }
        Ok(sums)
    }
}

/// A weighted mean or share with its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedMean {
    /// The mean, in the unit of the values.
    pub value: f64,
    /// Its variance; none without degrees of freedom.
    pub variance: Option<f64>,
    /// Persons of all strata less the number of strata.
    pub degrees: u64,
    /// Persons of all strata, also those outside the group.
    pub n_design: u64,
    /// The weights of the group; its `n_persons` is the unweighted count to print beside the weighted one.
    pub weights: WeightSums,
}

/// Returns a weighted mean (a share, if the values are 0 and 1) and its linearised variance.
///
/// # Shape
/// One entry per stratum; one single entry if there are no strata. A stratum of one person is set against the overall mean.
///
/// # Units
/// The unit of the values; the variance in its square.
///
/// # Missing
/// See [`WeightedSums::of`].
///
/// # Errors
/// [`Undefined::NoPersons`] if no person has a weight above 0. Without degrees of freedom there is a mean but no variance.
///
/// # Example
/// Weights 1, 2, 1 and values 0, 1, 1 in one stratum: 0.75, variance 0.082.
///
/// # Source
/// D. Binder, International Statistical Review 51 (1983) 279–292; Särndal, Swensson and Wretman, Model Assisted Survey
/// Sampling (1992), section 5.5. Strata of one person as `survey.lonely.psu = "adjust"` of R's survey package.
pub fn weighted_mean(strata: &[WeightedSums]) -> Result<WeightedMean, Undefined> {
    let total = |of: fn(&WeightedSums) -> f64| strata.iter().map(of).sum::<f64>();
    let (w, squares) = (total(|stratum| stratum.w), total(|stratum| stratum.w_squared));
    if w <= 0.0 {
        return Err(Undefined::NoPersons);
    }
    let value = total(|stratum| stratum.wy) / w;
    let n_design: u64 = strata.iter().map(|stratum| stratum.n_stratum).sum();
    let n_strata = strata.iter().filter(|stratum| stratum.n_stratum > 0).count() as u64;
    let degrees = n_design.saturating_sub(n_strata);
    let variance = (degrees > 0).then(|| {
        let sum: f64 = strata.iter().map(|stratum| stratum_variance(stratum, value)).sum();
        let size = total(|stratum| stratum.w_squared_y_squared) + value * value * squares;
        if sum <= ROUNDING * size { 0.0 } else { sum / (w * w) }
    });
    let n_persons = strata.iter().map(|stratum| stratum.n_persons).sum();
    let weights = WeightSums { n_persons, sum: w, squares };
    Ok(WeightedMean { value, variance, degrees, n_design, weights })
}

/// Returns the stratum's part of the variance of Σ w (y - mean).
fn stratum_variance(stratum: &WeightedSums, mean: f64) -> f64 {
    let n = stratum.n_stratum as f64;
    let sum = stratum.wy - mean * stratum.w;
    let squares = stratum.w_squared_y_squared - 2.0 * mean * stratum.w_squared_y
        + mean * mean * stratum.w_squared;
    let spread = match stratum.n_stratum {
        0 => 0.0,
        1 => squares,
        _ => (squares - sum * sum / n) * n / (n - 1.0),
    };
    spread.max(0.0) * (1.0 - stratum.sampled)
}

/// Returns Student's t interval of a weighted mean; `None` without degrees of freedom.
///
/// # Units
/// The unit of the values. Not for a share: this interval leaves the range from 0 to 1.
///
/// # Example
/// Weights 1, 2, 1 and values 0, 1, 1 at 95 %: from -0.48 to 1.98.
pub fn weighted_interval(mean: &WeightedMean, confidence: Confidence) -> Option<Interval> {
    let t = design_quantile(mean, confidence)?;
    Some(Interval::around(mean.value, t * mean.variance?.sqrt(), confidence))
}

fn design_quantile(mean: &WeightedMean, confidence: Confidence) -> Option<f64> {
    (mean.degrees > 0).then(|| student_upper_quantile(confidence.tail(), mean.degrees as f64))
}
