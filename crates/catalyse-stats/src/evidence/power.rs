//! The smallest difference the data could have shown.
//!
//! Printed beside "no change shown", so that nobody reads it as "no change".

use crate::special::tails::normal_upper_quantile;
use crate::{Confidence, PairedCounts, Undefined};

/// How sure one wants to be to see a difference that is there, and not to see one that is not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// One minus the chance of a false alarm, two-sided.
    pub confidence: Confidence,
    /// The chance to see the difference if it is there, from one half up.
    pub power: f64,
}

impl Default for Detection {
    /// 95 % and 80 %, which makes the factor 2.80.
    fn default() -> Self {
        Self { confidence: Confidence::NINETY_FIVE, power: 0.8 }
    }
}

impl Detection {
    fn factor(self) -> Result<f64, Undefined> {
        if !(0.5..1.0).contains(&self.power) {
            return Err(Undefined::OutsideUnitRange);
        }
        let power = normal_upper_quantile(1.0 - self.power);
        Ok(normal_upper_quantile(self.confidence.tail()) + power)
    }
}

/// Returns the smallest difference of two shares of different persons that could have been shown.
///
/// # Shape
/// `share` is the common share, `n_persons` the bases of the two groups.
///
/// # Units
/// A share; it may exceed what is possible, which says that nothing could have been shown.
///
/// # Errors
/// [`Undefined::NoPersons`] for an empty group, [`Undefined::NoVariation`] if the share is 0 or 1, [`Undefined::OutsideUnitRange`] for a share or a
/// power out of range.
///
/// # Example
/// A share of one half in two groups of 100: 0.198.
///
/// # Source
/// J. Fleiss, B. Levin and M. Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), section 4.2, without continuity
/// correction: (z(1 - α/2) + z(power)) √(p (1 - p) (1/n₁ + 1/n₂)).
pub fn smallest_difference(
    share: f64,
    n_persons: [u64; 2],
    detection: Detection,
) -> Result<f64, Undefined> {
    if !(0.0..=1.0).contains(&share) {
        return Err(Undefined::OutsideUnitRange);
    }
    if n_persons.contains(&0) {
        return Err(Undefined::NoPersons);
    }
    let variance = share * (1.0 - share);
    if variance <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let bases: f64 = n_persons.iter().map(|&n| 1.0 / n as f64).sum();
    Ok(detection.factor()? * (variance * bases).sqrt())
}

/// Returns the smallest change of a share on the same persons that could have been shown, given how many changed their answer.
///
/// # Units
/// A share.
///
/// # Errors
/// [`Undefined::NoPersons`] if nobody was seen twice, [`Undefined::NoVariation`] if nobody changed,
/// [`Undefined::OutsideUnitRange`] for a power out of range.
///
/// # Example
/// 20 of 100 changed: 0.125.
///
/// # Source
/// O. Miettinen, Biometrics 24 (1968) 339–352, first-order: (z(1 - α/2) + z(power)) √(b + c) / n.
pub fn smallest_paired_change(
    counts: &PairedCounts,
    detection: Detection,
) -> Result<f64, Undefined> {
    match (counts.n_persons(), counts.n_changed()) {
        (0, _) => Err(Undefined::NoPersons),
        (_, 0) => Err(Undefined::NoVariation),
        (n, changed) => Ok(detection.factor()? * (changed as f64).sqrt() / n as f64),
    }
}
