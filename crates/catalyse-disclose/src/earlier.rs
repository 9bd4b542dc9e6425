//! Earlier editions as an input of the gate: what they printed of each population.
//!
//! The attack. A reader holds last month's edition and this month's. Rounded apart, the same three persons print as 5 in one and as 0 in
//! the other: the two ranges cross in 1 to 4. Where persons only came in between, as when records are entered, a number that sinks crosses
//! in the same way, and one that jumps by ten where four persons came tells that most of them came there.
//!
//! What stops it. A population is known from pack to pack by its name: what is counted, and its conditions. It keeps the number that it was
//! printed with for as long as this may stand for its true count, so for as long as it did not change, and mostly if a few persons came or
//! left. Where its true count has left the range, it moves to the nearest number on the way. Keeping counts dearer than rounding near, and
//! less than a sum of a table: where a sum needs another number, the audit takes both ranges together, as a reader does who
//! holds that nothing changed.
//!
//! What it does not stop. The audit does not put the sums of two editions into one program, so it does not know what a partner works out
//! who entered all that is new, and who therefore knows by how much each count of the others did *not* change: a number that moves tells
//! it that the others stand at the end of a range. Means, quartiles, verdicts of tests and sums of weights are made anew each time. For
//! both reasons no edition is fixed when fewer than ten persons changed. A count of another base of rounding is not kept to: whoever makes
//! editions asks [`Earlier::other_base`] first, and makes none beside one of another base.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::linked::counts::Counts;
use crate::modes::Protected;

/// Holds the printed counts of one pack by population. It holds no true count.
///
/// # Example
/// ```
/// use catalyse_disclose::{Earlier, PrintedCounts};
/// let kept: PrintedCounts = serde_json::from_str(r#"{"base": 5, "counts": {"wave=2024": 310}}"#)?;
/// let earlier = Earlier::of([&kept]);
/// assert_eq!(earlier.n_counts(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedCounts {
    /// The multiple that they were brought to.
    base: u64,
    /// The printed numbers by the names of populations.
    counts: BTreeMap<String, u64>,
}

impl PrintedCounts {
    /// Collects what a pack prints. What is hidden is not in it.
    pub(crate) fn of(counts: &Counts, protected: &Protected) -> Self {
        let printed = counts.names.iter().zip(&protected.values);
        let printed = printed.filter_map(|(name, value)| Some((name.clone(), (*value)?)));
        Self { base: protected.reach, counts: printed.collect() }
    }
}

impl PrintedCounts {
    /// Adds a count that is printed beside the tables, under a name of its own.
    pub fn add(&mut self, name: &str, printed: u64) {
        self.counts.insert(name.to_owned(), printed);
    }
}

impl fmt::Debug for PrintedCounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PrintedCounts({}, base {})", self.counts.len(), self.base)
    }
}

/// Holds what readers have of earlier editions: each population as it was printed last.
#[derive(Clone, Default)]
pub struct Earlier(BTreeMap<String, (u64, u64)>);

impl Earlier {
    /// Takes editions from the oldest to the newest.
    pub fn of<'a>(editions: impl IntoIterator<Item = &'a PrintedCounts>) -> Self {
        let mut last = BTreeMap::new();
        for edition in editions {
            for (name, value) in &edition.counts {
                last.insert(name.clone(), (*value, edition.base));
            }
        }
        Self(last)
    }

    /// Returns how many populations were printed.
    pub fn n_counts(&self) -> usize {
        self.0.len()
    }

    /// Returns a base of rounding other than `base` that an earlier edition has: the ranges of two bases together are narrower than each.
    pub fn other_base(&self, base: u64) -> Option<u64> {
        self.0.values().map(|(_, of)| *of).find(|of| *of != base)
    }

    /// Returns how a count beside the tables is printed: as it was last for as long as that may stand for it, else as the next multiple of the
    /// base on the way; the nearest one where it was never printed.
    pub fn keep(&self, name: &str, n: u64, base: u64) -> u64 {
        match self.printed(name, base) {
            Some(last) if n.abs_diff(last) < base => last,
            Some(last) if n > last => n / base * base,
            Some(_) => n.div_ceil(base) * base,
            None => (n + base / 2) / base * base,
        }
    }

    /// Returns how a population was printed last, if it was and counts went to multiples of `base`.
    pub(crate) fn printed(&self, name: &str, base: u64) -> Option<u64> {
        self.0.get(name).filter(|(_, of)| *of == base).map(|(value, _)| *value)
    }
}

impl fmt::Debug for Earlier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Earlier({} counts)", self.0.len())
    }
}
