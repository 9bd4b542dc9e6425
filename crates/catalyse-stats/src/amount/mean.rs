//! Means of unweighted values and their intervals.

use crate::special::tails::student_upper_quantile;
use crate::{Confidence, Interval, Undefined};

/// What a mean needs to know of the values: how many, their mean, and their squared distances from it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// Persons with a value.
    pub n_persons: u64,
    /// Mean of the values; 0 without persons.
    pub mean: f64,
    /// Sum of the squared distances from the mean.
    pub squared_distances: f64,
}

impl Moments {
    /// Returns the moments of the values.
    ///
    /// # Missing
    /// Leave missing values out.
    ///
    /// # Errors
    /// [`Undefined::UnusableNumber`] for a value that is not finite.
    ///
    /// # Example
    /// 1, 2 and 6: three persons, mean 3, squared distances 14.
    pub fn of(values: &[f64]) -> Result<Self, Undefined> {
        if let Some(position) = values.iter().position(|value| !value.is_finite()) {
            return Err(Undefined::UnusableNumber { position });
        }
        let n_persons = values.len() as u64;
        let mean = values.iter().sum::<f64>() / n_persons.max(1) as f64;
        let squared_distances = values.iter().map(|value| (value - mean).powi(2)).sum();
        Ok(Self { n_persons, mean, squared_distances })
    }

    /// Returns the moments of two separate groups of persons together.
    ///
    /// # Source
    /// T. Chan, G. Golub and R. LeVeque, The American Statistician 37 (1983) 242–247.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let n_persons = self.n_persons + other.n_persons;
        if n_persons == 0 {
            return self;
        }
        let part = other.n_persons as f64 / n_persons as f64;
        let distance = other.mean - self.mean;
        let between = distance * distance * self.n_persons as f64 * part;
        let squared_distances = self.squared_distances + other.squared_distances + between;
        Self { n_persons, mean: self.mean + distance * part, squared_distances }
    }

    /// Returns the variance with n - 1; `None` below two persons.
    pub fn variance(&self) -> Option<f64> {
        (self.n_persons > 1).then(|| self.squared_distances / (self.n_persons - 1) as f64)
    }
}

/// A mean with what can be said about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean, in the unit of the values.
    pub value: f64,
    /// Persons with a value.
    pub n_persons: u64,
    /// Standard deviation with n - 1; none for one person.
    pub standard_deviation: Option<f64>,
    /// t interval of the mean; none for one person.
    pub interval: Option<Interval>,
}

/// Returns a mean with Student's t interval.
///
/// # Units
/// The unit of the values. If all values are the same the interval is a point: the method knows of no other value.
///
/// # Errors
/// [`Undefined::NoPersons`] without values. One person has a mean but no interval.
///
/// # Example
/// 1, 2 and 6 at 95 %: 3.00, from -3.57 to 9.57.
///
/// # Source
/// Student, Biometrika 6 (1908) 1–25.
pub fn mean(moments: &Moments, confidence: Confidence) -> Result<Mean, Undefined> {
    if moments.n_persons == 0 {
        return Err(Undefined::NoPersons);
    }
    let n = moments.n_persons as f64;
    let interval = moments.variance().map(|variance| {
        let t = student_upper_quantile(confidence.tail(), n - 1.0);
        Interval::around(moments.mean, t * (variance / n).sqrt(), confidence)
    });
    Ok(Mean {
        value: moments.mean,
        n_persons: moments.n_persons,
        standard_deviation: moments.variance().map(f64::sqrt),
        interval,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_a_mean_and_no_interval() {
        let one = mean(&Moments::of(&[7.0]).unwrap(), Confidence::NINETY_FIVE).unwrap();
        assert_eq!((one.value, one.standard_deviation, one.interval), (7.0, None, None));
        let nobody = mean(&Moments::default(), Confidence::NINETY_FIVE);
        assert_eq!(nobody, Err(Undefined::NoPersons));
    }

    #[test]
    fn groups_merge_to_what_all_their_values_give() {
        let parts = Moments::of(&[1.0, 2.0, 6.0]).unwrap().merge(Moments::of(&[4.0, 9.0]).unwrap());
        let all = Moments::of(&[1.0, 2.0, 6.0, 4.0, 9.0]).unwrap();
        assert!((parts.squared_distances - all.squared_distances).abs() < 1e-12);
        assert_eq!((parts.n_persons, parts.mean), (all.n_persons, all.mean));
        assert_eq!(Moments::default().merge(all), all);
    }
}
