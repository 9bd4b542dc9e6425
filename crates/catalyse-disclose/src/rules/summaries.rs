//! Means, medians and quartiles.

use catalyse_locale::{Args, Wording};

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedSummary, Role, Shown, Summary};

/// What: shows mean and median from 10 persons on and quartiles from twice as many, to two significant digits; in sensitive tables not
/// where all that is printed is one value.
/// Why: n and an exact mean give the sum, and the sums of two tables give one person; a quartile tells how many have at most its value,
/// which below 20 persons may be one to four of a printed category; where all have one value, the mean is the value of each of them.
/// Parameters: `minimum_mean_base` in persons, `significant_digits`.
/// Source: HESA, *Rounding and suppression to anonymise statistics* (no average of 7 persons or fewer), rounded up.
///
/// As for shares, the fewest persons that the printed number may stand for decide; in weighted tables also how many persons of the
/// largest weight would weigh as much, so that nobody is a larger part of a weighted mean than of one without weights.
///
/// A figure is never finer than the values' own step parted by the persons: of whole numbers with 11 persons a mean of 0.27 could only be
/// 3 in 11, but each number of persons has a sum that prints as 0.3.
///
/// The interval of a mean ends where values can: see [`within`].
pub(crate) struct Summaries;

const CUT: Wording = Wording::new(
    "L’intervalle d’une moyenne s’arrête à la plus petite ou à la plus grande valeur possible : calculé sans elle, il la dépasserait, là où les personnes sont peu nombreuses ou leurs valeurs très inégales.",
    "The interval of a mean ends at the least or the greatest possible value: worked out without it, it would go beyond, where persons are few or their values very unequal.",
);

impl Rule for Summaries {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        let mut is_cut = false;
        let has_summaries = draft.tabulation.cells.iter().any(|cell| cell.summary.is_some());
        for (place, cell) in draft.tabulation.cells.iter().enumerate() {
            let Some(summary) = &cell.summary else {
                // Who has no value has no mean, and everybody has that of those with one.
                if has_summaries && is_of_reason(draft, place) {
                    let not_applicable = Shown::Hidden(Mark::NotApplicable);
                    draft.release.cells[place].summary = Some(not_applicable);
                }
                continue;
            };
            let mut told = shown(draft, place, summary, policy);
            if let Shown::Value(ReleasedSummary { mean_interval: Some(ends), .. }) = &mut told {
                // As printed: rounding could lift an end over the bound.
                is_cut |= goes_beyond(*ends, summary.bounds);
                *ends = within(*ends, summary.bounds);
            }
            draft.release.cells[place].summary = Some(told);
        }
        if is_cut {
            draft.note(&CUT, Args::new());
        }
    }
}

/// Says whether a cell counts persons without a value, or them and the others.
fn is_of_reason(draft: &Draft<'_>, place: usize) -> bool {
    let rows = &draft.tabulation.rows.headings;
    let has_answered = rows.iter().any(|row| row.role == Role::Answered);
    rows.get(place / draft.n_columns()).is_some_and(|row| match row.role {
        Role::Missing => true,
        Role::Total => has_answered,
        Role::Answered | Role::Category => false,
    })
}

fn shown(
    draft: &Draft<'_>,
    place: usize,
    summary: &Summary,
    policy: &Policy,
) -> Shown<ReleasedSummary> {
    let (Some(_), Some(n)) = (draft.printed(place), draft.printed_n(place)) else {
        return Shown::Hidden(draft.mark(place));
    };
    let Some(n_heaviest) = draft.heaviest(place) else {
        return Shown::Hidden(Mark::Confidential);
    };
    let n_certain = draft.fewest_persons(place, n, policy.base).min(n_heaviest);
    if n_certain < policy.minimum_mean_base {
        return Shown::Hidden(Mark::LowBase);
    }
    let finest = finest_power(summary.step, draft.fewest(n));
    let digits = |value: f64| rounded(value, policy.significant_digits, finest);
    let both = |(low, high): (f64, f64)| (digits(low), digits(high));
    let has_middle = n_certain >= 2 * policy.minimum_mean_base;
    let [first, median, third] = summary.quartiles;
    let told = ReleasedSummary {
        n,
        mean: digits(summary.mean),
        mean_interval: summary.mean_interval.map(both),
        median: digits(median),
        median_interval: summary.median_interval.filter(|_| has_middle).map(both),
        middle: has_middle.then(|| both((first, third))),
    };
    if draft.tabulation.is_sensitive && tells_each(&told) {
        return Shown::Hidden(Mark::Confidential);
    }
    Shown::Value(told)
}

const fn goes_beyond((low, high): (f64, f64), (least, greatest): (f64, f64)) -> bool {
    low < least || high > greatest
}

/// Brings the ends of an interval to where values can lie.
///
/// # Source
/// Student's interval knows nothing of bounds: of few persons with skewed values it goes beyond. Where no value can lie no mean can, so
/// that what is cut off holds no possible mean and the interval holds the true one as often as before (G. Casella and R. Berger,
/// *Statistical Inference*, 2nd ed. 2002, section 9.2: a confidence set within the parameter space).
const fn within((low, high): (f64, f64), (least, greatest): (f64, f64)) -> (f64, f64) {
    (low.max(least).min(greatest), high.min(greatest).max(least))
}

/// Says whether a summary is the value of each person: no spread is left in what it prints.
fn tells_each(summary: &ReleasedSummary) -> bool {
    let pairs = [summary.mean_interval, summary.median_interval, summary.middle];
    let ends = pairs.into_iter().flatten().flat_map(|(low, high)| [low, high]);
    let mut told = ends.chain([summary.mean]);
    told.all(|value| value.total_cmp(&summary.median).is_eq())
}

/// Returns the smallest power of ten that is not below the values' step parted by the persons; nothing if the step is not known.
fn finest_power(step: f64, n_persons: u64) -> Option<i32> {
    let share = step / n_persons.max(1) as f64;
    // A hair below, so that 1 of 100 persons is a hundredth and not a tenth.
    (share > 0.0 && share.is_finite()).then(|| (share.log10() - 1e-9).ceil() as i32)
}

/// Rounds to significant digits, and not finer than a power of ten: 1 234 to 1 200, 0.0456 to 0.046, or to 0.0 with tenths as the finest.
fn rounded(value: f64, digits: u32, finest: Option<i32>) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    // Written and read back, so that the result is the number nearest to its decimal writing on every machine.
    let significant = digits.saturating_sub(1);
    let written = format!("{value:.*e}", significant as usize);
    let power = written.rsplit_once('e').and_then(|(_, power)| power.parse::<i32>().ok());
    let unit = power.unwrap_or(0).saturating_sub_unsigned(significant);
    match finest.filter(|finest| *finest > unit) {
        None => written.parse().unwrap_or(value),
        Some(finest) if finest <= 0 => {
            let decimals = finest.unsigned_abs() as usize;
            format!("{value:.decimals$}").parse().map_or(value, |read: f64| read + 0.0)
        }
        Some(finest) => {
            let unit = 10_f64.powi(finest);
            (value / unit).round() * unit + 0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{finest_power, rounded};

    #[test]
    fn two_digits_are_kept_whatever_the_size() {
        let kept = [1_234.0, 34.4, 0.045_6, -99.6, 0.0].map(|value| rounded(value, 2, None));
        assert_eq!(format!("{kept:?}"), "[1200.0, 34.0, 0.046, -100.0, 0.0]");
    }

    #[test]
    fn nothing_is_finer_than_the_step_parted_by_the_persons() {
        assert_eq!(finest_power(1.0, 11), Some(-1));
        assert_eq!(finest_power(1.0, 99), Some(-1));
        assert_eq!(finest_power(1.0, 100), Some(-2));
        assert_eq!(finest_power(100.0, 11), Some(1));
        assert_eq!(finest_power(0.0, 11), None);
        let kept = [0.27, 3.26, 45.4, 1_234.0, -0.04].map(|value| rounded(value, 2, Some(-1)));
        assert_eq!(format!("{kept:?}"), "[0.3, 3.3, 45.0, 1200.0, 0.0]");
        assert_eq!(rounded(45.4, 2, Some(1)).to_string(), "50");
    }

    #[test]
    fn a_mean_of_whole_numbers_rules_out_no_number_of_persons() {
        for mean in (1..400).map(|hundredths| f64::from(hundredths) / 100.0) {
            for fewest in [11_u64, 16, 31, 96, 101] {
                let printed = rounded(mean, 2, finest_power(1.0, fewest));
                let is_possible = |n: u64| {
                    let sums = (0..=4 * n + 1).map(|sum| sum as f64 / n as f64);
                    sums.into_iter().any(|of| {
                        rounded(of, 2, finest_power(1.0, fewest)).total_cmp(&printed).is_eq()
                    })
                };
                assert!((fewest..fewest + 9).all(is_possible), "{mean} with {fewest}: {printed}");
            }
        }
    }
}
