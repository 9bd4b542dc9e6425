//! Medians and other quantiles of unweighted values, with an interval from the ranks.

use crate::special::tails::binomial_lower;
use crate::{Confidence, Interval, Undefined};

/// Which of the usual definitions of a quantile is meant; it belongs in the note under the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantileRule {
    /// Hyndman and Fan's type 7: between two values, on a straight line. For amounts and durations.
    Interpolated,
    /// Hyndman and Fan's type 2: a value that occurs, or the middle of two. For coded answers and whole numbers.
    Occurring,
}

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

/// Returns a quantile with the interval between two ranks.
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
/// The median of 1 … 10 at 95 %: 5.5, from 2 to 9. Of 1 … 5: 3, no interval.
///
/// # Source
/// R. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365. Interval: W. Conover, Practical Nonparametric Statistics (1999), section 3.2,
/// with the ranks that leave at most half of 1 - level at each end.
pub fn quantile(
    values: &OrderedValues,
    probability: f64,
    rule: QuantileRule,
    confidence: Confidence,
) -> Result<Quantile, Undefined> {
    if !(0.0..=1.0).contains(&probability) {
        return Err(Undefined::OutsideUnitRange);
    }
    let value = point(values, probability, rule).ok_or(Undefined::NoPersons)?;
    Ok(Quantile { value, interval: rank_interval(values, probability, confidence) })
}

/// Returns the median; see [`quantile`].
///
/// # Errors
/// [`Undefined::NoPersons`] without values.
///
/// # Example
/// Of 1 … 10 at 95 %: 5.5, from 2 to 9.
///
/// # Source
/// As [`quantile`].
pub fn median(
    values: &OrderedValues,
    rule: QuantileRule,
    confidence: Confidence,
) -> Result<Quantile, Undefined> {
    quantile(values, 0.5, rule, confidence)
}

fn point(values: &OrderedValues, probability: f64, rule: QuantileRule) -> Option<f64> {
    let n = values.n_persons();
    let steps = match rule {
        QuantileRule::Interpolated => n.saturating_sub(1) as f64 * probability,
        QuantileRule::Occurring => n as f64 * probability,
    };
    // 100 × 0.57 is 56.99…: a product this close to a whole number is meant to be one. R does the same (4 machine epsilons).
    let nearest = steps.round();
    let steps =
        if (steps - nearest).abs() <= 4.0 * f64::EPSILON * nearest { nearest } else { steps };
    let (whole, rest) = (steps.floor() as u64, steps.fract());
    let pair = |lower: u64| {
        let lower = lower.clamp(1, n.max(1));
        Some((values.at_rank(lower)?, values.at_rank((lower + 1).min(n))?))
    };
    match rule {
        QuantileRule::Interpolated => {
            let (below, above) = pair(whole + 1)?;
            Some(below + rest * (above - below))
        }
        QuantileRule::Occurring if rest > 0.0 || whole == 0 => values.at_rank(whole + 1),
        QuantileRule::Occurring => {
            let (below, above) = pair(whole)?;
            Some(below.midpoint(above))
        }
    }
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
        median(&ordered, QuantileRule::Interpolated, Confidence::NINETY_FIVE)
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
        let found = quantile(&ordered, 0.57, QuantileRule::Occurring, Confidence::NINETY_FIVE);
        assert_eq!(found.map(|quantile| quantile.value), Ok(57.5));
    }
}
