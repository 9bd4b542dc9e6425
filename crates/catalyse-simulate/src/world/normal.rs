//! The normal law by its quantiles, from a table: the logarithms of a formula differ in their last bit between machines.

/// Quantiles of the standard normal law at 32/64, 33/64 … 63/64, and where it is cut at the end.
///
/// **Source** `statistics.NormalDist().inv_cdf(i / 64)` of Python 3.11, to four places; the end is a choice.
const UPPER_HALF: [f64; 33] = [
    0.0, 0.0392, 0.0784, 0.1178, 0.1573, 0.1971, 0.2372, 0.2777, 0.3186, 0.3601, 0.4023, 0.4451,
    0.4888, 0.5334, 0.5791, 0.6261, 0.6745, 0.7245, 0.7764, 0.8305, 0.8871, 0.9468, 1.01, 1.0775,
    1.1503, 1.2299, 1.318, 1.4178, 1.5341, 1.6759, 1.8627, 2.1539, 3.0,
];

/// Returns how many standard deviations above the mean the share `unit` of a normal law ends. Between two points of the table it goes
/// straight.
pub(crate) fn quantile(unit: f64) -> f64 {
    let from_middle = (unit.clamp(0.0, 1.0) - 0.5).abs() * 64.0;
    let index = (from_middle as usize).min(31);
    let rest = from_middle - index as f64;
    let (low, high) = (UPPER_HALF[index], UPPER_HALF[index + 1]);
    let value = low + (high - low) * rest;
    if unit < 0.5 { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_those_of_the_normal_law_and_grow() {
        // NormalDist().inv_cdf of Python 3.11.
        for (unit, expected) in [(0.5, 0.0), (0.25, -0.674_5), (0.9, 1.281_6), (0.02, -2.053_7)] {
            assert!((quantile(unit) - expected).abs() < 0.02, "{unit}");
        }
        let all: Vec<f64> = (0..=1_000).map(|i| quantile(f64::from(i) / 1_000.0)).collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
