//! Order statistics, mean and spread of values in ascending order: exact, from the values themselves.

/// The standard deviation of a normal law is 1.4826 times its median absolute deviation.
const SD_PER_MAD: f64 = 1.482_602_218_505_602;

/// Returns a quantile of values in ascending order; nothing of nothing.
///
/// **Units**: `probability` from 0 to 1; the result in the unit of the values.
///
/// **Source**: Hyndman and Fan, The American Statistician 50 (1996) 361–365, definition 7: between two values on a straight line. The
/// same as in the tables of a report, and what R, NumPy and spreadsheets give by default.
pub(super) fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let steps = sorted.len().checked_sub(1)? as f64 * probability;
    let lower = steps.floor() as usize;
    let below = *sorted.get(lower)?;
    let above = sorted.get(lower + 1).copied().unwrap_or(below);
    Some(below + steps.fract() * (above - below))
}

/// Returns the mean; nothing of nothing.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Returns the standard deviation with the divisor n − 1; nothing of fewer than two values.
pub(super) fn standard_deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    // The squares of deviations, not of values: amounts are large beside their spread.
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

/// Counts the values further from the median than `limit` robust standard deviations; nothing if more than half of the values are equal.
///
/// **Source**: Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993, §3.3, as the check kind `outlier`.
pub(super) fn count_far(sorted: &[f64], limit: f64) -> Option<u64> {
    let median = quantile(sorted, 0.5)?;
    let mut deviations: Vec<f64> = sorted.iter().map(|value| (value - median).abs()).collect();
    deviations.sort_unstable_by(f64::total_cmp);
    let spread = SD_PER_MAD * quantile(&deviations, 0.5)?;
    let n_near = deviations.partition_point(|deviation| *deviation <= limit * spread);
    (spread > 0.0).then_some((deviations.len() - n_near) as u64)
}

/// Counts the different values of a sorted list.
pub(super) fn count_distinct<T: PartialEq>(sorted: &[T]) -> u64 {
    sorted.chunk_by(|one, other| one == other).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing_there_is_nothing_and_one_value_is_every_quantile() {
        assert_eq!((quantile(&[], 0.5), mean(&[]), standard_deviation(&[])), (None, None, None));
        assert_eq!((quantile(&[3.0], 0.25), standard_deviation(&[3.0])), (Some(3.0), None));
        assert_eq!(count_distinct::<f64>(&[]), 0);
    }

    #[test]
    fn a_quantile_lies_between_two_values_on_a_straight_line() {
        let values = [1.0, 2.0, 3.0, 4.0];
        let found = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&values, share));
        assert_eq!(found, [Some(1.0), Some(1.75), Some(2.5), Some(3.25), Some(4.0)]);
    }

    #[test]
    fn far_values_are_counted_and_a_spread_of_zero_says_nothing() {
        let mut values: Vec<f64> = (1..=20).map(f64::from).collect();
        values.push(1000.0);
        assert_eq!(count_far(&values, 6.0), Some(1));
        assert_eq!(count_far(&[5.0, 5.0, 5.0, 9.0], 6.0), None);
    }
}
