//! What weighting costs: Kish's design effect and the number of equally weighted persons that would tell as much.

use crate::Undefined;

/// The sums of a list of weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeightSums {
    /// Persons with a weight above 0.
    pub n_persons: u64,
    /// Sum of the weights.
    pub sum: f64,
    /// Sum of their squares.
    pub squares: f64,
}

impl WeightSums {
    /// Adds up the weights.
    ///
    /// # Missing
    /// A person with weight 0 is outside the group that is looked at and is not counted.
    ///
    /// # Errors
    /// [`Undefined::UnusableNumber`] for a weight that is negative or not finite.
    ///
    /// # Example
    /// 1, 1, 2 and 0: three persons, sum 4, squares 6.
    pub fn of(weights: &[f64]) -> Result<Self, Undefined> {
        let is_usable = |weight: &f64| weight.is_finite() && *weight >= 0.0;
        if let Some(position) = weights.iter().position(|weight| !is_usable(weight)) {
            return Err(Undefined::UnusableNumber { position });
        }
        let n_persons = weights.iter().filter(|&&weight| weight > 0.0).count() as u64;
        let squares = weights.iter().map(|weight| weight * weight).sum();
        Ok(Self { n_persons, sum: weights.iter().sum(), squares })
    }
}

/// Returns the number of equally weighted persons that would tell as much as these do.
///
/// # Units
/// Persons, not whole; from 1 to the number of persons.
///
/// # Errors
/// [`Undefined::NoPersons`] if no weight is above 0.
///
/// # Example
/// Weights 1, 1 and 2: 2.67.
///
/// # Source
/// L. Kish, Survey Sampling (1965), section 11.7: (Σ w)² / Σ w².
pub fn effective_persons(weights: &WeightSums) -> Result<f64, Undefined> {
    if weights.squares > 0.0 {
        Ok(weights.sum * weights.sum / weights.squares)
    } else {
        Err(Undefined::NoPersons)
    }
}

/// Returns Kish's design effect of unequal weights: by how much they blow up a variance.
///
/// # Units
/// A factor from 1 (all weights the same) up.
///
/// # Errors
/// [`Undefined::NoPersons`] if no weight is above 0.
///
/// # Example
/// Weights 1, 1 and 2: 1.125.
///
/// # Source
/// L. Kish, Survey Sampling (1965), section 11.7: 1 + cv²(w) = n / n_eff.
pub fn design_effect(weights: &WeightSums) -> Result<f64, Undefined> {
    Ok(weights.n_persons as f64 / effective_persons(weights)?)
}
