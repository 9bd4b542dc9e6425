//! What a test could have seen: the smallest difference that stands out with a chance of four in five.

use crate::Interval;
use crate::special::tails::normal_upper_quantile;

/// The chance that a difference of the smallest visible size stands out.
const POWER: f64 = 0.8;
/// The level that an adjusted p-value is held against.
const LEVEL: f64 = 0.05;

/// Returns the p-value, before adjustment, that one more test needs to stand out among all tests of a report.
///
/// `n_tests` is all tests of the report, `n_found` how many of them stand out, `n_in_question` among how many tests of one question it was
/// adjusted before (Holm), 1 if it stands alone.
///
/// # Units
/// A p-value from 0 to 0.05.
///
/// # Edge cases
/// Fewer tests than found ones count as many as these and one more; no question has fewer than one test.
///
/// # Example
/// The only test of a report needs 0.05; one of 100 of which none stands out 0.0005; of which 19 do, 0.01.
///
/// # Source
/// Benjamini and Hochberg 1995 (see [`crate::benjamini_hochberg`]): of `m` tests the `k`-th smallest stands out at `0.05 k / m`. Holm 1979
/// (see [`crate::holm`]): the smallest of `j` is multiplied by `j`.
pub fn p_to_stand_out(n_tests: usize, n_found: usize, n_in_question: usize) -> f64 {
    let rank = (n_found + 1) as f64;
    LEVEL * rank / rank.max(n_tests as f64) / n_in_question.max(1) as f64
}

/// Returns the smallest difference that would have had a p-value below `p_needed` with a chance of 80 %, from an interval of the difference.
///
/// # Units
/// That of the interval. `p_needed` lies between 0 and 1, both excluded, and is two-sided.
///
/// # Example
/// An interval at 95 % that is 14 points wide: 10 points at 0.05, 15.4 points at 0.0005.
///
/// # Source
/// The minimum detectable effect of H. S. Bloom, Evaluation Review 19 (1995) 547–556: standard errors times the sum of the two normal
/// quantiles, of the level and of the power (J. Cohen, *Statistical Power Analysis*, 1988, § 6); 2.80 for 5 % and 80 %.
pub fn smallest_visible(interval: &Interval, p_needed: f64) -> f64 {
    let standard_error = interval.width() / 2.0 / normal_upper_quantile(interval.level.tail());
    let reach = normal_upper_quantile(p_needed / 2.0) + normal_upper_quantile(1.0 - POWER);
    standard_error * reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;

    fn points(p_needed: f64) -> f64 {
        let interval = Interval { low: -3.0, high: 11.0, level: Confidence::NINETY_FIVE };
        (smallest_visible(&interval, p_needed) * 10.0).round() / 10.0
    }

    #[test]
    fn more_comparisons_need_a_larger_difference() {
        for (p_needed, expected) in [(0.05, 10.0), (0.0005, 15.4)] {
            assert!((points(p_needed) - expected).abs() < 1e-9, "{p_needed}");
        }
    }

    #[test]
    fn the_level_is_that_of_the_adjustment() {
        for (tests, expected) in [
            ((1, 0, 1), 0.05),
            ((100, 19, 1), 0.01),
            ((100, 19, 5), 0.002),
            // All others stand out: nothing is left to adjust for.
            ((3, 7, 0), 0.05),
        ] {
            let (n_tests, n_found, n_in_question) = tests;
            let needed = p_to_stand_out(n_tests, n_found, n_in_question);
            assert!((needed - expected).abs() < 1e-12, "{tests:?}: {needed}");
        }
    }

    #[test]
    fn a_test_at_the_level_stands_out_and_one_beside_it_does_not() {
        for n_found in [0, 1, 7] {
            let needed = p_to_stand_out(40, n_found, 1);
            for (p, stands_out) in [(needed * 0.999, true), (needed * 1.001, false)] {
                let others = std::iter::repeat_n(1e-9, n_found);
                let silent = std::iter::repeat_n(0.9, 39 - n_found);
                let all: Vec<f64> = std::iter::once(p).chain(others).chain(silent).collect();
                let adjusted = crate::benjamini_hochberg(&all).unwrap_or_default();
                assert_eq!(
                    adjusted.first().is_some_and(|q| *q < 0.05),
                    stands_out,
                    "{n_found} {p}"
                );
            }
        }
    }
}
