//! Mean and quartiles of the values under a heading, by persons or by their weights.

use std::collections::BTreeMap;

use catalyse_disclose::{Fingerprint, Summary};
use catalyse_stats::{
    Confidence, Moments, OrderedValues, Quantile, WeightedSums, WeightedValue, mean, quantile,
    weighted_interval, weighted_mean, weighted_quantile,
};

const LEVEL: Confidence = Confidence::NINETY_FIVE;
const QUARTILES: [f64; 3] = [0.25, 0.5, 0.75];

/// Holds what is known of all values of a table beforehand.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    /// What all of them are multiples of.
    pub(crate) step: f64,
    /// Between which the study says that they lie.
    pub(crate) bounds: (f64, f64),
}

/// Summarises values, each person counting once.
///
/// # Missing
/// Nothing if there are no values.
///
/// # Source
/// Student's interval of the mean; quartiles as the smallest value that a quarter, half, three quarters do not exceed (Hyndman & Fan's
/// definition 1, *Am. Stat.* 50, 1996, 361–365): between two values a quartile such as 2.25 would tell how many persons there are, and a
/// table with equal weights prints the same.
pub(crate) fn plain(values: &[f64], scale: Scale, fingerprint: Fingerprint) -> Option<Summary> {
    let mean = mean(&Moments::of(values).ok()?, LEVEL).ok()?;
    let ordered = OrderedValues::of(values).ok()?;
    let at = |share: f64| quantile(&ordered, share, LEVEL).ok();
    let mean_interval = mean.interval.map(|interval| (interval.low, interval.high));
    of_figures((mean.value, mean_interval), at, (values.len(), scale, fingerprint))
}

/// Summarises weighted values. Who is not under the heading has the weight 0 and stays in the stratum: the variance wants them.
///
/// # Missing
/// Nothing if nobody has a weight above 0.
///
/// # Source
/// See `catalyse_stats::weighted_mean` (linearised variance, the partners as strata) and `weighted_quantile` (Woodruff).
pub(crate) fn weighted(
    persons: &[WeightedValue],
    (n_persons, scale, fingerprint): (usize, Scale, Fingerprint),
) -> Option<Summary> {
    let mut strata: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for person in persons {
        strata.entry(person.stratum).or_default().push((person.weight, person.value));
    }
    let sums: Result<Vec<WeightedSums>, _> =
        strata.values().map(|stratum| WeightedSums::of(stratum)).collect();
    let mean = weighted_mean(&sums.ok()?).ok()?;
    let interval = weighted_interval(&mean, LEVEL).map(|interval| (interval.low, interval.high));
    let at = |share: f64| weighted_quantile(persons, share, LEVEL).ok();
    of_figures((mean.value, interval), at, (n_persons, scale, fingerprint))
}

fn of_figures(
    (mean, mean_interval): (f64, Option<(f64, f64)>),
    at: impl Fn(f64) -> Option<Quantile>,
    (n_persons, scale, fingerprint): (usize, Scale, Fingerprint),
) -> Option<Summary> {
    let [first, median, third] = QUARTILES.map(at);
    let median = median?;
    Some(Summary {
        n: n_persons as u64,
        fingerprint: Some(fingerprint),
        mean,
        mean_interval,
        quartiles: [first?.value, median.value, third?.value],
        median_interval: median.interval.map(|interval| (interval.low, interval.high)),
        step: scale.step,
        bounds: scale.bounds,
    })
}

/// Returns the largest number of which all values are multiples, to a millionth; 0 if there is none.
pub(crate) fn step_of(values: impl Iterator<Item = f64> + Clone) -> f64 {
    const MOST: f64 = 9e15;
    let power = (0..=6).find(|power| {
        let mut scaled = values.clone().map(|value| (value * 10_f64.powi(*power)).abs());
        scaled.all(|value| value < MOST && (value - value.round()).abs() <= 1e-9 * value.max(1.0))
    });
    let Some(power) = power else { return 0.0 };
    let unit = 10_f64.powi(power);
    let step = values.map(|value| (value * unit).abs().round() as u64).fold(0, common_divisor);
    step as f64 / unit
}

fn common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::step_of;

    fn step(values: &[f64]) -> f64 {
        step_of(values.iter().copied())
    }

    #[test]
    fn a_step_is_what_all_values_are_multiples_of() {
        let steps = [
            step(&[3.0, 4.0, 0.0]),
            step(&[100.0, -250.0]),
            step(&[12.5, 0.75]),
            step(&[0.1, 0.3]),
            step(&[1.0 / 3.0]),
            step(&[f64::NAN]),
            step(&[0.0]),
            step(&[]),
        ];
        assert_eq!(format!("{steps:?}"), "[1.0, 50.0, 0.25, 0.1, 0.0, 0.0, 0.0, 0.0]");
    }
}
