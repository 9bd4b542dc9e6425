//! All counts of a pack by the names of their populations, each once, with the sums that hold between them.
//!
//! One name has one count, whatever tables it stands in. Names that mean the same persons are found afterwards: [`crate::linked::merging`].

use std::collections::BTreeSet;

use crate::Fingerprint;
use crate::linked::relation::{CountIndex, Relation};

/// Holds the distinct counts of a pack and their sums.
///
/// # Shape
/// The first `n_published` counts are those of populations, in the order of populations; the others are what is left of a
/// total whose categories do not make it up. Nobody prints the latter, but anybody can subtract.
pub(crate) struct Counts {
    /// The true counts.
    pub(crate) truths: Vec<u64>,
    /// Who is in each, as far as the tabulation says.
    pub(crate) fingerprints: Vec<Option<Fingerprint>>,
    /// How many of them stand in a table.
    pub(crate) n_published: usize,
    /// The sums that tables promise, each once, and those with the remainders of nested populations.
    pub(crate) relations: Vec<Relation>,
    /// The sums that hold across tables.
    pub(crate) sums: Vec<Relation>,
    /// Which counts the cells of each table are.
    pub(crate) tables: Vec<TableCounts>,
    /// What each published count counts, then its conditions, as numbers; in order.
    pub(crate) keys: Vec<Vec<u32>>,
    /// The name of each published count, the same in every pack.
    pub(crate) names: Vec<String>,
    /// Pairs of conditions, as numbers: the first is among the second by definition.
    pub(crate) nested: BTreeSet<(u32, u32)>,
}

/// Holds which counts one table shows.
#[derive(Clone)]
pub(crate) struct TableCounts {
    /// One for each cell, row-major.
    pub(crate) cells: Vec<CountIndex>,
    /// The persons behind the summary of each cell, if it has one.
    pub(crate) summaries: Vec<Option<CountIndex>>,
    /// The sums of the table, by their place in [`Counts::relations`].
    pub(crate) relations: Vec<usize>,
    /// Those who came and those who left, for each test that has them.
    pub(crate) paired: Vec<Option<[CountIndex; 2]>>,
}

impl TableCounts {
    /// Lists every count the table shows or uses.
    pub(crate) fn indices(&self) -> impl Iterator<Item = CountIndex> {
        let paired = self.paired.iter().flatten().flatten();
        self.cells.iter().chain(self.summaries.iter().flatten()).chain(paired).copied()
    }

    /// Lists the same, to be renumbered.
    pub(crate) fn indices_mut(&mut self) -> impl Iterator<Item = &mut CountIndex> {
        let paired = self.paired.iter_mut().flatten().flatten();
        self.cells.iter_mut().chain(self.summaries.iter_mut().flatten()).chain(paired)
    }
}

impl Counts {
    /// What stands between the parts of a name.
    pub(crate) const BETWEEN: char = '\u{1f}';

    /// Adds what parts leave of a whole as a count of its own; nothing if they are more than it, or not in it.
    pub(crate) fn push_rest(
        &mut self,
        whole: CountIndex,
        parts: &[CountIndex],
    ) -> Option<CountIndex> {
        let (rest, fingerprint) = self.rest(whole, parts)?;
        self.truths.push(rest);
        self.fingerprints.push(fingerprint);
        Some(self.truths.len() - 1)
    }

    /// Returns what parts leave of a whole, and who is in it; nothing if they are more than it, or not in it.
    pub(crate) fn rest(
        &self,
        whole: CountIndex,
        parts: &[CountIndex],
    ) -> Option<(u64, Option<Fingerprint>)> {
        let sum: u64 = parts.iter().map(|part| self.truths[*part]).sum();
        let rest = self.truths[whole].checked_sub(sum)?;
        let fingerprint = self.fingerprints[whole].and_then(|whole| {
            let mut parts = parts.iter();
            parts.try_fold(whole, |left, part| Some(left.minus(self.fingerprints[*part]?)))
        });
        let agree = fingerprint.is_none_or(|left| left.is_nobody() == (rest == 0));
        agree.then_some((rest, fingerprint))
    }

    /// Returns the conditions of a published count, as numbers in order.
    pub(crate) fn conditions(&self, count: CountIndex) -> &[u32] {
        self.keys.get(count).and_then(|key| key.get(1..)).unwrap_or_default()
    }
}
