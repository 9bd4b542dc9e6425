//! Medians and other quantiles of weighted values.

use std::collections::BTreeMap;

use crate::amount::quantile::Quantile;
use crate::amount::weighted_mean::{WeightedSums, weighted_mean};
use crate::special::tails::student_upper_quantile;
use crate::{Confidence, Interval, Undefined};

/// Sums of weights that differ by less than this part are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// One person's value and weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedValue {
    /// The value.
    pub value: f64,
    /// The weight; 0 for a person outside the group that is looked at.
    pub weight: f64,
    /// Which stratum the person belongs to; the same number for all if there are no strata.
    pub stratum: usize,
}

/// Returns a weighted quantile: the smallest value that at least this share of the weight does not exceed; with Woodruff's interval.
///
/// # Shape
/// One entry per person, in any order.
///
/// # Units
/// `probability` between 0 and 1 (0.5 is the median); the result is a value that occurs, and so are the ends of the interval.
///
/// # Missing
/// A person without a value gets weight 0 and any finite value.
///
/// # Errors
/// [`Undefined::NoPersons`] if no weight is above 0, [`Undefined::OutsideUnitRange`] for the probability,
/// [`Undefined::UnusableNumber`] for a negative weight or a number that is not finite. There is no interval without degrees of freedom, or
/// if it would begin below the smallest or end above the largest value.
///
/// # Example
/// Values 1, 2, 3 with weights 1, 1, 2: the median is 2.
///
/// # Source
/// R. Woodruff, JASA 47 (1952) 635–646; the same rule (`qrule = "math"` of R's survey package) for the quantile and both ends.
pub fn weighted_quantile(
    persons: &[WeightedValue],
    probability: f64,
    confidence: Confidence,
) -> Result<Quantile, Undefined> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Undefined::OutsideUnitRange);
    }
    let is_usable = |person: &WeightedValue| {
        person.value.is_finite() && person.weight.is_finite() && person.weight >= 0.0
    };
    if let Some(position) = persons.iter().position(|person| !is_usable(person)) {
        return Err(Undefined::UnusableNumber { position });
    }
    let steps = cumulated(persons);
    let value = inverse(&steps, probability).ok_or(Undefined::NoPersons)?;
    let interval = woodruff_margin(persons, value, confidence)?.and_then(|margin| {
        let low = inverse(&steps, probability - margin)?;
        let high = inverse(&steps, probability + margin)?;
        Some(Interval { low, high, level: confidence })
    });
    Ok(Quantile { value, interval })
}

/// Returns each person's value with the weight up to it, smallest value first.
fn cumulated(persons: &[WeightedValue]) -> Vec<(f64, f64)> {
    let mut steps: Vec<(f64, f64)> = persons
        .iter()
        .filter(|person| person.weight > 0.0)
        .map(|person| (person.value, person.weight))
        .collect();
    steps.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut sum = 0.0;
    for (_, weight) in &mut steps {
        sum += *weight;
        *weight = sum;
    }
    steps
}

fn inverse(steps: &[(f64, f64)], probability: f64) -> Option<f64> {
    let total = steps.last()?.1;
    if probability <= 0.0 || probability > 1.0 {
        return None;
    }
    let position =
        steps.partition_point(|(_, up_to)| *up_to < probability * total * (1.0 - ROUNDING));
    steps.get(position).map(|(value, _)| *value)
}

/// Returns t times the standard error of the share of weight up to `value`.
fn woodruff_margin(
    persons: &[WeightedValue],
    value: f64,
    confidence: Confidence,
) -> Result<Option<f64>, Undefined> {
    let mut strata: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for person in persons {
        let is_up_to = f64::from(u8::from(person.value <= value));
        strata.entry(person.stratum).or_default().push((person.weight, is_up_to));
    }
    let sums: Result<Vec<WeightedSums>, Undefined> =
        strata.values().map(|stratum| WeightedSums::of(stratum)).collect();
    let share = weighted_mean(&sums?)?;
    Ok(share.variance.map(|variance| {
        student_upper_quantile(confidence.tail(), share.degrees as f64) * variance.sqrt()
    }))
}
