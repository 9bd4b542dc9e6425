//! Means, medians and quartiles.

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedSummary, Shown};

/// What: shows means and quartiles from 10 persons on, to two significant digits; in sensitive tables not where mean and quartiles print as
/// one value. Why: n and an exact mean give the sum, and the sums of two tables give one person; where all have one value, the mean is the
/// value of each of them. Parameters: `minimum_mean_base` in persons, `significant_digits`.
/// Source: HESA, *Rounding and suppression to anonymise statistics* (no average of 7 persons or fewer), rounded up.
///
/// As for shares, the fewest persons that the printed number may stand for decide.
pub(crate) struct Summaries;

impl Rule for Summaries {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        for (place, cell) in draft.tabulation.cells.iter().enumerate() {
            let Some(summary) = &cell.summary else { continue };
            let digits = |value: f64| significant(value, policy.significant_digits);
            let shown = match (draft.printed(place), draft.printed_n(place)) {
                (None, _) | (_, None) => Shown::Hidden(Mark::Confidential),
                (Some(_), Some(n)) if draft.fewest(n) < policy.minimum_mean_base => {
                    Shown::Hidden(Mark::LowBase)
                }
                (Some(_), Some(n)) => {
                    let shown = ReleasedSummary {
                        n,
                        mean: digits(summary.mean),
                        mean_interval: summary
                            .mean_interval
                            .map(|(low, high)| (digits(low), digits(high))),
                        quartiles: summary.quartiles.map(digits),
                    };
                    if draft.tabulation.is_sensitive && tells_each(&shown) {
                        Shown::Hidden(Mark::Confidential)
                    } else {
                        Shown::Value(shown)
                    }
                }
            };
            draft.release.cells[place].summary = Some(shown);
        }
    }
}

/// Says whether a summary is the value of each person: no spread is left in what it prints.
fn tells_each(summary: &ReleasedSummary) -> bool {
    let [first, median, third] = summary.quartiles;
    [first, third, summary.mean].iter().all(|value| value.total_cmp(&median).is_eq())
}

/// Rounds to significant digits: 1 234 to 1 200, 0.0456 to 0.046.
fn significant(value: f64, digits: u32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    // Written and read back, so that the result is the number nearest to its decimal writing on every machine.
    format!("{value:.*e}", digits.saturating_sub(1) as usize).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn two_digits_are_kept_whatever_the_size() {
        let rounded = [1_234.0, 34.4, 0.045_6, -99.6, 0.0].map(|value| significant(value, 2));
        assert_eq!(format!("{rounded:?}"), "[1200.0, 34.0, 0.046, -100.0, 0.0]");
    }
}
