//! The change of a share on the same persons between two waves.

use crate::share::difference::Difference;
use crate::share::proportion::wilson_at;
use crate::special::tails::normal_upper_quantile;
use crate::{Confidence, Interval, Share, Undefined};

/// Persons seen twice, by their two answers to the same yes-or-no question.
///
/// # Shape
/// One count per pair of answers; persons seen only once are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairedCounts {
    /// Yes both times.
    pub both: u64,
    /// Yes the first time only.
    pub first_only: u64,
    /// Yes the second time only.
    pub second_only: u64,
    /// No both times.
    pub neither: u64,
}

impl PairedCounts {
    /// Returns how many persons were seen twice.
    pub fn n_persons(&self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// Returns how many persons changed their answer, in either direction.
    pub fn n_changed(&self) -> u64 {
        self.first_only + self.second_only
    }

    /// Returns second share minus first share.
    fn change(&self) -> f64 {
        (self.second_only as f64 - self.first_only as f64) / self.n_persons() as f64
    }
}

/// Returns the change of a share on the same persons with Newcombe's interval, the default for two waves.
///
/// # Units
/// Second share minus first share, from -1 to 1: positive when more persons say yes at the second wave.
///
/// # Errors
/// [`Undefined::NoPersons`] if nobody was seen twice.
///
/// # Example
/// 1 both, 7 first only, 1 second only, 12 neither, at 95 %: -0.286, from -0.507 to -0.026.
///
/// # Source
/// R. G. Newcombe, Statistics in Medicine 17 (1998) 2635–2650, method 10: Wilson distances with the correlation of the
/// two answers, continuity-corrected when positive. Where one margin is empty the correlation is 0.
pub fn newcombe_paired(
    counts: &PairedCounts,
    confidence: Confidence,
) -> Result<Difference, Undefined> {
    paired_at(counts, normal_upper_quantile(confidence.tail()), confidence)
}

/// Returns the same by a quantile that is known already.
pub(crate) fn paired_at(
    counts: &PairedCounts,
    z: f64,
    confidence: Confidence,
) -> Result<Difference, Undefined> {
    let n = counts.n_persons();
    let first = Share::new(counts.both + counts.first_only, n)?;
    let second = Share::new(counts.both + counts.second_only, n)?;
    let (one, two) = (wilson_at(first, z, confidence), wilson_at(second, z, confidence));
    let correlation = corrected_correlation(counts);
    let combine = |a: f64, b: f64| (a * a - 2.0 * correlation * a * b + b * b).max(0.0).sqrt();
    let value = counts.change();
    let below = combine(second.value() - two.low, one.high - first.value());
    let above = combine(two.high - second.value(), first.value() - one.low);
    let interval = Interval { low: value - below, high: value + above, level: confidence };
    Ok(Difference { value, interval: interval.within(-1.0, 1.0) })
}

fn corrected_correlation(counts: &PairedCounts) -> f64 {
    let [a, b, c, d] = [counts.both, counts.first_only, counts.second_only, counts.neither]
        .map(|count| count as f64);
    let margins = ((a + b) * (c + d)).sqrt() * ((a + c) * (b + d)).sqrt();
    let product = a * d - b * c;
    let corrected =
        if product > 0.0 { (product - (a + b + c + d) / 2.0).max(0.0) } else { product };
    if margins > 0.0 { corrected / margins } else { 0.0 }
}
