//! Intervals and the confidence they are made for.
//!
//! What an interval means here: the persons are the whole caseload and not a sample, so a report that prints one must say
//! "if these persons are seen as one draw of a stable process".

use crate::Undefined;

/// A confidence level between 0 and 1, both excluded.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// The usual 95 %.
    pub const NINETY_FIVE: Self = Self(0.95);

    /// Makes a confidence level.
    ///
    /// # Units
    /// A share, not a percentage: 0.95.
    ///
    /// # Errors
    /// [`Undefined::OutsideUnitRange`] for 0, 1, what lies beyond, and NaN.
    ///
    /// # Example
    /// `Confidence::new(0.9)` works, `Confidence::new(95.0)` does not.
    pub fn new(level: f64) -> Result<Self, Undefined> {
        if level > 0.0 && level < 1.0 { Ok(Self(level)) } else { Err(Undefined::OutsideUnitRange) }
    }

    /// Returns the level as a share: 0.95.
    pub fn level(self) -> f64 {
        self.0
    }

    /// Returns the probability left outside at each end: 0.025 for 0.95.
    pub fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}

/// A confidence interval, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end, in the unit of the estimate.
    pub low: f64,
    /// The upper end, in the unit of the estimate.
    pub high: f64,
    /// The level it was made for.
    pub level: Confidence,
}

impl Interval {
    /// Returns the distance between the ends, in the unit of the estimate.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Returns whether the value lies between the ends or on one of them.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    pub(crate) fn around(estimate: f64, margin: f64, level: Confidence) -> Self {
        Self { low: estimate - margin, high: estimate + margin, level }
    }

    pub(crate) fn within(self, lowest: f64, highest: f64) -> Self {
        Self { low: self.low.max(lowest), high: self.high.min(highest), level: self.level }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_share_and_not_a_percentage() {
        for level in [0.0, 1.0, 95.0, -0.5, f64::NAN] {
            assert_eq!(Confidence::new(level), Err(Undefined::OutsideUnitRange));
        }
        assert_eq!(Confidence::new(0.95), Ok(Confidence::NINETY_FIVE));
    }

    #[test]
    fn both_ends_belong_to_the_interval() {
        let interval = Interval::around(0.5, 0.25, Confidence::NINETY_FIVE);
        assert!(interval.contains(0.25) && interval.contains(0.75) && !interval.contains(0.76));
    }
}
