//! Tests: the verdict and the size of a difference, never the p-value itself.

use catalyse_stats::{
    Confidence, Difference, Interval, PairedCounts, RoundedPairs, Share, benjamini_hochberg,
    newcombe_paired, newcombe_paired_rounded, newcombe_wilson, newcombe_wilson_rounded,
};

use super::Rule;
use super::small_base::whole_percent;
use crate::draft::Draft;
use crate::sides::Sides;
use crate::{Effect, Evidence, Policy, ReleasedTest, Test};

/// What: shows a p-value as a band, Cramér's V with one decimal, and differences with intervals from
/// rounded counts, wide enough for what rounding hides.
/// Why: an exact statistic with n lets a reader rebuild a table of two by two. Parameters: `minimum_share_base`.
/// Source: `docs` of `catalyse-stats` for the intervals (Newcombe 1998, methods 10 of both papers).
pub(crate) struct EvidenceBands;

impl Rule for EvidenceBands {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        let tests = draft
            .tabulation
            .tests
            .iter()
            .enumerate()
            .map(|(place, test)| released(draft, place, test, policy))
            .collect();
        draft.release.tests = tests;
    }
}

/// Adjusts the p-values of all tests that are told, in all tables of a pack together (Benjamini–Hochberg), so that five in a hundred
/// findings that stand out are expected to be none, not five in a hundred comparisons.
///
/// A test that nobody sees is no comparison of the report: those of partners that are not shown apart, and of groups too small to be
/// compared. Which these are hangs on printed counts alone, and not on what the tests find. A test that is already adjusted within its
/// question (Holm over partners) enters with that p-value.
///
/// # Source
/// Benjamini & Hochberg, *Controlling the false discovery rate*, J. R. Stat. Soc. B 57 (1995) 289–300.
pub(crate) fn adjust(drafts: &mut [Draft<'_>]) {
    let told = drafts.iter().flat_map(|draft| {
        let tests = draft.tabulation.tests.iter().zip(&draft.release.tests);
        tests.filter(|(_, released)| released.evidence != Evidence::NotTold).map(|(test, _)| test)
    });
    let p_values: Vec<f64> = told.map(|test| test.adjusted_p.unwrap_or(test.p)).collect();
    let Ok(adjusted) = benjamini_hochberg(&p_values) else { return };
    let tests = drafts.iter_mut().flat_map(|draft| &mut draft.release.tests);
    let told = tests.filter(|released| released.evidence != Evidence::NotTold);
    told.zip(adjusted).for_each(|(released, p)| released.adjusted = band_of(p));
}

fn released(draft: &Draft<'_>, place: usize, test: &Test, policy: &Policy) -> ReleasedTest {
    let sides = Sides::of(draft, test.subject);
    let n = sides.as_ref().map_or(0, |sides| sides.n(test.paired.is_some()));
    // Two groups are compared only if each could stand alone.
    let is_told = sides.as_ref().is_some_and(|sides| {
        sides.bases.iter().all(|base| base.range.low >= policy.minimum_share_base)
    });
    let band = |p: f64| if is_told { band_of(p) } else { Evidence::NotTold };
    ReleasedTest {
        subject: test.subject,
        method: test.method,
        n,
        evidence: band(test.p),
        // Known once all tables of the pack are: [`adjust`].
        adjusted: Evidence::NotTold,
        effect: sides.filter(|_| is_told).and_then(|sides| effect_of(draft, place, &sides)),
        cramers_v: test.cramers_v.filter(|_| is_told).map(|v| (v * 10.0).round() / 10.0),
    }
}

fn band_of(p: f64) -> Evidence {
    if p < 0.001 {
        Evidence::VeryStrong
    } else if p < 0.01 {
        Evidence::Strong
    } else if p < 0.05 {
        Evidence::Some
    } else {
        Evidence::None
    }
}

/// Returns the size of a difference. Its interval holds chance and what rounding hides: whatever true counts stand behind the printed ones,
/// it holds the interval that they would have.
fn effect_of(draft: &Draft<'_>, place: usize, sides: &Sides) -> Option<Effect> {
    let ([from, to], [from_base, to_base]) = (sides.counts?, *sides.bases.first_chunk::<2>()?);
    let (from_share, to_share) = (from.share_of(from_base)?, to.share_of(to_base)?);
    let (interval, by_chance) = match draft.table.paired.get(place).copied().flatten() {
        Some(changed) => {
            let [came, left] = changed.map(|index| draft.protected.values[index]);
            let (came, left) = (came?, left?);
            let pairs = RoundedPairs {
                first: from.range,
                second: to.range,
                first_only: draft.behind(left),
                second_only: draft.behind(came),
                n_persons: from_base.range.within(to_base.range),
            };
            let as_printed = paired_difference(from_share, to_share, [came, left])?;
            (newcombe_paired_rounded(&pairs, Confidence::NINETY_FIVE)?, as_printed)
        }
        None => (
            newcombe_wilson_rounded(
                to.range.shares_of(to_base.range).ok()?,
                from.range.shares_of(from_base.range).ok()?,
                Confidence::NINETY_FIVE,
            ),
            newcombe_wilson(to_share, from_share, Confidence::NINETY_FIVE),
        ),
    };
    let [from_percent, to_percent] =
        [from_share, to_share].map(|share| whole_percent(share.value()));
    let whole_points = |interval: Interval| {
        ((interval.low * 100.0).floor() as i32, (interval.high * 100.0).ceil() as i32)
    };
    let (low, high) = whole_points(by_chance.interval);
    Some(Effect {
        from_percent,
        to_percent,
        // From the printed percentages, so that a reader who subtracts them finds this number.
        points: i32::from(to_percent) - i32::from(from_percent),
        interval: whole_points(interval),
        chance_width: high.abs_diff(low),
    })
}

/// Rebuilds the table of two by two from printed counts; rounding may ask for a bent corner.
fn paired_difference(from: Share, to: Share, [came, left]: [u64; 2]) -> Option<Difference> {
    let both = from.count().saturating_sub(left).min(to.count());
    let neither = from.base().saturating_sub(both + came + left);
    let counts = PairedCounts { both, first_only: left, second_only: came, neither };
    newcombe_paired(&counts, Confidence::NINETY_FIVE).ok()
}
