//! Tests: the verdict and the size of a difference, never the p-value itself.

use catalyse_stats::{
    Confidence, Difference, PairedCounts, Share, newcombe_paired, newcombe_wilson,
};

use super::Rule;
use super::small_base::whole_percent;
use crate::draft::Draft;
use crate::{Effect, Evidence, Policy, ReleasedShare, ReleasedTest, Role, Test, TestSubject};

/// What: shows a p-value as a band, Cramér's V with one decimal, and differences with intervals from rounded counts.
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

fn released(draft: &Draft<'_>, place: usize, test: &Test, policy: &Policy) -> ReleasedTest {
    let sides = Sides::of(draft, test.subject);
    let n = sides.as_ref().map_or(0, |sides| sides.n(test.paired.is_some()));
    // Two groups are compared only if each could stand alone.
    let is_told = sides.as_ref().is_some_and(|sides| {
        sides.bases.iter().all(|base| draft.fewest(*base) >= policy.minimum_share_base)
    });
    let band = |p: f64| if is_told { band_of(p) } else { Evidence::NotTold };
    ReleasedTest {
        subject: test.subject,
        method: test.method,
        n,
        evidence: band(test.p),
        adjusted: test.adjusted_p.map_or(Evidence::NotTold, band),
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

/// Holds what a test compares, from printed counts only: bases, and counts if one category is compared.
struct Sides {
    bases: Vec<u64>,
    counts: Option<[u64; 2]>,
}

impl Sides {
    /// Returns nothing if a number it needs is hidden, or its share is.
    fn of(draft: &Draft<'_>, subject: TestSubject) -> Option<Self> {
        let n_columns = draft.n_columns();
        let cell = |row: usize, column: usize| row * n_columns + column;
        let base = |row: usize, column: usize| {
            draft.base_of(cell(row, column)).and_then(|base| draft.printed(base))
        };
        match subject {
            TestSubject::Association => {
                let columns = categories(draft);
                let bases = columns.map(|column| base(0, column)).collect::<Option<Vec<_>>>()?;
                // A group without persons takes no part in the test.
                let bases = bases.into_iter().filter(|base| *base > 0).collect::<Vec<_>>();
                Some(Self { bases: vec![bases.iter().sum()], counts: None })
            }
            TestSubject::Rows { from, to } => {
                Some(Self { bases: vec![base(0, from)?, base(0, to)?], counts: None })
            }
            TestSubject::Row { row, from, to } => {
                let counts =
                    [share_count(draft, cell(row, from))?, share_count(draft, cell(row, to))?];
                Some(Self { bases: vec![base(row, from)?, base(row, to)?], counts: Some(counts) })
            }
            TestSubject::AgainstRest { row, column } => {
                let mut rest = [0, 0];
                for other in categories(draft).filter(|other| *other != column) {
                    rest[0] += draft.printed(cell(row, other))?;
                    rest[1] += base(row, other)?;
                }
                let counts = [rest[0], share_count(draft, cell(row, column))?];
                Some(Self { bases: vec![rest[1], base(row, column)?], counts: Some(counts) })
            }
        }
    }

    /// Returns the persons of both sides; the same persons count once.
    fn n(&self, is_paired: bool) -> u64 {
        if is_paired { self.bases.first().copied().unwrap_or(0) } else { self.bases.iter().sum() }
    }
}

/// Lists the columns that are groups of their own, not margins.
fn categories<'draft>(draft: &'draft Draft<'_>) -> impl Iterator<Item = usize> + 'draft {
    let headings = draft.tabulation.columns.headings.iter().enumerate();
    headings.filter(|(_, heading)| heading.role == Role::Category).map(|(column, _)| column)
}

/// Returns a printed count whose share is shown as a percentage: a share that is not must not come back in an effect.
fn share_count(draft: &Draft<'_>, place: usize) -> Option<u64> {
    let cell = draft.release.cells.get(place)?;
    match cell.share {
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None
        | ReleasedShare::About { .. } => None,
        ReleasedShare::Percent(_) => cell.count.value(),
    }
}

fn effect_of(draft: &Draft<'_>, place: usize, sides: &Sides) -> Option<Effect> {
    let ([from, to], [from_base, to_base]) = (sides.counts?, *sides.bases.first_chunk::<2>()?);
    let from = Share::new(from.min(from_base), from_base).ok()?;
    let to = Share::new(to.min(to_base), to_base).ok()?;
    let paired = draft.table.paired.get(place).copied().flatten();
    let difference = match paired {
        Some([came, left]) => {
            let printed = |index: usize| draft.protected.values[index];
            paired_difference(from, to, [printed(came)?, printed(left)?])?
        }
        None => newcombe_wilson(to, from, Confidence::NINETY_FIVE),
    };
    let from_percent = whole_percent(from.value());
    let to_percent = whole_percent(to.value());
    Some(Effect {
        from_percent,
        to_percent,
        // From the printed percentages, so that a reader who subtracts them finds this number.
        points: i32::from(to_percent) - i32::from(from_percent),
        interval: (
            (difference.interval.low * 100.0).floor() as i32,
            (difference.interval.high * 100.0).ceil() as i32,
        ),
    })
}

/// Rebuilds the table of two by two from printed counts; rounding may ask for a bent corner.
fn paired_difference(from: Share, to: Share, [came, left]: [u64; 2]) -> Option<Difference> {
    let both = from.count().saturating_sub(left).min(to.count());
    let neither = from.base().saturating_sub(both + came + left);
    let counts = PairedCounts { both, first_only: left, second_only: came, neither };
    newcombe_paired(&counts, Confidence::NINETY_FIVE).ok()
}
