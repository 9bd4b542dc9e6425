//! What earlier editions printed of the counts of a pack: for rounding, which keeps to it, and for readers, who hold it.

use std::collections::BTreeMap;

use crate::Earlier;
use crate::linked::counts::Counts;
use crate::linked::merging::Merged;

/// Holds what was printed before, by three ways of numbering counts.
pub(crate) struct Before {
    /// The last printed number of each set of persons, for rounding.
    pub(crate) of_sets: Vec<Option<u64>>,
    /// The fewest persons that there were then, of each count that readers may know to be one.
    pub(crate) of_readers: Vec<u64>,
    /// The same of each count by name.
    pub(crate) by_name: Vec<u64>,
}

impl Before {
    /// Says whether no count was printed before.
    pub(crate) fn is_empty(&self) -> bool {
        self.of_sets.iter().all(Option::is_none)
    }

    /// Finds the counts of a pack in earlier editions.
    pub(crate) fn of(
        earlier: &Earlier,
        (counts, sets, readers): (&Counts, &Merged, &Merged),
        base: u64,
    ) -> Self {
        let mut printed: Vec<Option<u64>> =
            counts.names.iter().map(|name| earlier.printed(name, base)).collect();
        printed.resize(counts.truths.len(), None);
        // Where there are fewer now than there can have been, persons did leave, and what was printed then tells of others.
        let fewest = |(value, truth): (&Option<u64>, &u64)| {
            let fewest = value.map(|value| value.saturating_sub(base - 1));
            fewest.filter(|fewest| fewest <= truth).unwrap_or(0)
        };
        let by_name: Vec<u64> = printed.iter().zip(&counts.truths).map(fewest).collect();
        Self {
            of_sets: of_sets(&printed, sets, base),
            of_readers: readers.highest(&by_name),
            by_name,
        }
    }
}

/// Picks one number for each set: of names that were printed differently as they were not the same persons then, the one that may stay and
/// that most names had.
fn of_sets(printed: &[Option<u64>], sets: &Merged, base: u64) -> Vec<Option<u64>> {
    let mut votes: Vec<BTreeMap<u64, u64>> = vec![BTreeMap::new(); sets.truths.len()];
    for (number, value) in sets.number.iter().zip(printed) {
        if let Some(value) = value {
            *votes[*number].entry(*value).or_default() += 1;
        }
    }
    let pick = |(votes, truth): (&BTreeMap<u64, u64>, &u64)| {
        let rank = |(value, n_names): (&u64, &u64)| {
            (value.abs_diff(*truth) < base, *n_names, std::cmp::Reverse(*value))
        };
        votes.iter().max_by_key(|vote| rank(*vote)).map(|(value, _)| *value)
    };
    votes.iter().zip(&sets.truths).map(pick).collect()
}
