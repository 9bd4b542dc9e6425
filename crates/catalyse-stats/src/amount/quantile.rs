//! Medians and other quantiles of unweighted values, with an interval from the ranks.

use crate::special::tails::binomial_lower;
use crate::{Confidence, Interval, Undefined};

/// Values in order with the persons up to each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderedValues {
    values: Vec<f64>,
    /// Persons with this value or a smaller one.
    persons_up_to: Vec<u64>,
}

/// A quantile and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The quantile, in the unit of the values.
    pub value: f64,
    /// Interval between two values that occur; none if there are too few persons (five or fewer for a median at 95 %).
    pub interval: Option<Interval>,
}

impl OrderedValues {
    /// Puts values in order.
    ///
    /// # Missing
    /// Leave missing values out.
    ///
    /// # Errors
    /// [`Undefined::UnusableNumber`] for a value that is not finite.
    ///
    /// # Example
    /// `OrderedValues::of(&[3.0, 1.0, 3.0])` works, `OrderedValues::of(&[f64::NAN])` does not.
    pub fn of(values: &[f64]) -> Result<Self, Undefined> {
        let counted: Vec<(f64, u64)> = values.iter().map(|&value| (value, 1)).collect();
        Self::of_counts(&counted)
    }

    /// Puts values in order, each with the number of persons who have it.
    ///
    /// # Shape
    /// In any order; the same value may come more than once.
    ///
    /// # Errors
    /// [`Undefined::UnusableNumber`] for a value that is not finite.
    ///
    /// # Example
    /// `OrderedValues::of_counts(&[(3.0, 2), (1.0, 1)])` is the same as `OrderedValues::of(&[3.0, 1.0, 3.0])`.
    pub fn of_counts(values: &[(f64, u64)]) -> Result<Self, Undefined> {
        if let Some(position) = values.iter().position(|(value, _)| !value.is_finite()) {
            return Err(Undefined::UnusableNumber { position });
        }
        let mut sorted: Vec<(f64, u64)> =
            values.iter().copied().filter(|pair| pair.1 > 0).collect();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut ordered = Self::default();
        let mut n_persons = 0;
        for (value, count) in sorted {
            n_persons += count;
            if ordered.values.last().is_some_and(|last| *last >= value) {
                ordered.values.pop();
                ordered.persons_up_to.pop();
            }
            ordered.values.push(value);
            ordered.persons_up_to.push(n_persons);
        }
        Ok(ordered)
    }

    /// Returns the number of persons.
    pub fn n_persons(&self) -> u64 {
        self.persons_up_to.last().copied().unwrap_or(0)
    }

    /// Returns the value of the person at a rank, the smallest being rank 1; `None` beyond the ends.
    pub fn at_rank(&self, rank: u64) -> Option<f64> {
        let position = self.persons_up_to.partition_point(|&up_to| up_to < rank);
        if rank == 0 { None } else { self.values.get(position).copied() }
    }
}

/// Returns a quantile, the smallest value that at least this share of the persons do not exceed, with the interval between two ranks.
///
/// It is a value that occurs: one between two values would tell whether the number of persons is even.
///
/// # Shape
/// Any number of values; one person is every quantile.
///
/// # Units
/// `probability` from 0 to 1 (0.5 is the median); the result in the unit of the values. The interval covers at least what it says.
///
/// # Errors
/// [`Undefined::NoPersons`] without values, [`Undefined::OutsideUnitRange`] for a probability that is not between 0 and 1.
///
/// # Example
/// The median of 1 … 10 at 95 %: 5, from 2 to 9. Of 1 … 5: 3, no interval.
///
/// # Source
/// R. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365, definition 1. Interval: W. Conover, Practical Nonparametric Statistics (1999), section 3.2,
/// with the ranks that leave at most half of 1 - level at each end.
pub fn quantile(
    values: &OrderedValues,
    probability: f64,
    confidence: Confidence,
) -> Result<Quantile, Undefined> {
    if !(0.0..=1.0).contains(&probability) {
        return Err(Undefined::OutsideUnitRange);
    }
    let value = values.at_rank(rank_of(values.n_persons(), probability));
    let value = value.ok_or(Undefined::NoPersons)?;
    Ok(Quantile { value, interval: rank_interval(values, probability, confidence) })
}

/// Returns the rank of a quantile: the first at which at least this share of `n` persons is reached.
fn rank_of(n: u64, probability: f64) -> u64 {
    let steps = n as f64 * probability;
    // 100 × 0.57 is 56.99…: a product this close to a whole number is meant to be one. R does the same (4 machine epsilons).
    let nearest = steps.round();
    let is_whole = (steps - nearest).abs() <= 4.0 * f64::EPSILON * nearest;
    let rank = if is_whole { nearest } else { steps.ceil() };
    (rank as u64).clamp(1, n.max(1))
}

fn rank_interval(
    values: &OrderedValues,
    probability: f64,
    confidence: Confidence,
) -> Option<Interval> {
    let n = values.n_persons();
    let low = values.at_rank(lower_rank(n, probability, confidence.tail()))?;
    let high = values.at_rank(n + 1 - lower_rank(n, 1.0 - probability, confidence.tail()))?;
    Some(Interval { low, high, level: confidence })
}

/// Returns the largest rank whose value exceeds the quantile with at most the probability `tail`; 0 if there is none.
fn lower_rank(n: u64, probability: f64, tail: f64) -> u64 {
    let (mut rank, mut beyond) = (0, n + 1);
    while beyond - rank > 1 {
        let middle = u64::midpoint(rank, beyond);
        if binomial_lower(middle - 1, n, probability) <= tail {
            rank = middle;
        } else {
            beyond = middle;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median_of(values: &[f64]) -> Result<Quantile, Undefined> {
        let ordered = OrderedValues::of(values).unwrap();
        quantile(&ordered, 0.5, Confidence::NINETY_FIVE)
    }

    #[test]
    fn five_persons_have_a_median_and_no_interval() {
        let five = median_of(&[5.0, 1.0, 4.0, 2.0, 3.0]).unwrap();
        assert_eq!((five.value, five.interval), (3.0, None));
        let six = median_of(&[5.0, 1.0, 4.0, 2.0, 3.0, 6.0]).unwrap().interval.unwrap();
        assert_eq!((six.low, six.high), (1.0, 6.0));
    }

    #[test]
    fn nobody_has_no_median_and_one_person_is_it() {
        assert_eq!(median_of(&[]), Err(Undefined::NoPersons));
        assert_eq!(median_of(&[7.0]), Ok(Quantile { value: 7.0, interval: None }));
    }

    #[test]
    fn a_product_beside_a_whole_number_is_that_number() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        let ordered = OrderedValues::of(&values).unwrap();
        let at =
            |share| quantile(&ordered, share, Confidence::NINETY_FIVE).map(|found| found.value);
        assert_eq!(
            [at(0.0), at(0.57), at(0.571), at(1.0)],
            [Ok(1.0), Ok(57.0), Ok(58.0), Ok(100.0)]
        );
    }
}
