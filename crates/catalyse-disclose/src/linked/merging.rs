//! Counts of the same persons under several names, made one.
//!
//! Two tables may name one population differently. Rounded apart, it would get two printed numbers, and a reader who knows that both
//! are the same persons could cross the two ranges. So all names of one set of persons share one rounded number.
//!
//! What a reader may take for the same is less than that. Two names of other conditions are taken to be known as one set by everybody.
//! But "all persons" and "all persons who answered" are one set only because nobody is missing, and a total and the part of one partner
//! only because the others have none: that is what no reader must learn, the partner least of all. So for attackers a name that only
//! adds conditions to another, or is of another partner, stands apart from it. Empty sets are never merged: a reader cannot tell a
//! printed 0 that is nobody from one that is a few.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::linked::counts::Counts;
use crate::linked::relation::{CountIndex, Relation};

/// Holds counts after names of the same persons were made one, with the sums between them.
pub(crate) struct Merged {
    /// The number of each count after merging.
    pub(crate) number: Vec<usize>,
    /// The true counts.
    pub(crate) truths: Vec<u64>,
    /// The sums that say something, each once.
    pub(crate) relations: Vec<Relation>,
    /// Which of them no table has: they hold across tables only.
    pub(crate) across: Vec<bool>,
    /// A count of each number, to name it by.
    pub(crate) names: Vec<usize>,
}

impl Merged {
    /// Merges the names of the same persons: how counts are rounded. Few persons are alike by accident in many tables, so below the
    /// threshold two names are one only if they are told apart by the same words as two names of many persons that are one.
    pub(crate) fn for_rounding(counts: &Counts, threshold: u64) -> Self {
        let by_definition = exchanges(counts, threshold);
        Self::by(
            counts,
            |_| None,
            |one, other| {
                counts.truths[one] >= threshold
                    || by_definition.contains(&exchange(counts, one, other))
            },
        )
    }

    /// Merges the names of the same persons as far as readers may know that they are the same. `owners` says whose persons alone a
    /// count holds.
    pub(crate) fn for_readers(counts: &Counts, owners: &[Option<usize>], threshold: u64) -> Self {
        let by_definition = exchanges(counts, threshold);
        let is_published = |count: usize| count < counts.n_published;
        Self::by(
            counts,
            |count| owners[count],
            |one, other| {
                let exchange = exchange(counts, one, other);
                let is_nested = exchange.iter().any(Vec::is_empty);
                let is_known = counts.truths[one] >= threshold || by_definition.contains(&exchange);
                is_published(one) && is_published(other) && !is_nested && is_known
            },
        )
    }

    /// Returns the highest of the numbers that the names of each count have.
    pub(crate) fn highest(&self, of_names: &[u64]) -> Vec<u64> {
        let mut highest = vec![0; self.truths.len()];
        for (number, value) in self.number.iter().zip(of_names) {
            highest[*number] = highest[*number].max(*value);
        }
        highest
    }

    /// Merges counts of equal sets and equal owners; a count joins others only if it may be told the same as each of them.
    fn by(
        counts: &Counts,
        owner: impl Fn(usize) -> Option<usize>,
        may_join: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let mut of_set: IndexMap<_, Vec<(usize, Vec<usize>)>> = IndexMap::new();
        let (mut number, mut names) = (Vec::with_capacity(counts.truths.len()), Vec::new());
        for (count, fingerprint) in counts.fingerprints.iter().enumerate() {
            let groups = fingerprint
                .filter(|set| !set.is_nobody())
                .map(|set| of_set.entry((set, owner(count))));
            let mut found = names.len();
            if let Some(groups) = groups.map(indexmap::map::Entry::or_default) {
                let fits = |group: &&mut (usize, Vec<usize>)| {
                    group.1.iter().all(|member| may_join(*member, count))
                };
                if let Some(group) = groups.iter_mut().find(fits) {
                    group.1.push(count);
                    found = group.0;
                } else {
                    groups.push((found, vec![count]));
                }
            }
            if found == names.len() {
                names.push(count);
            }
            number.push(found);
        }
        let truths = names.iter().map(|count| counts.truths[*count]).collect();
        // Across tables a sum is known only where each of its sets is one count: if "all" and "all who answered" stand apart because
        // nobody is missing, the sum would say of which of them it holds.
        let is_one = |count: CountIndex| {
            let mut groups =
                of_set.iter().filter(|((set, _), _)| counts.fingerprints[count] == Some(*set));
            groups.next().is_none_or(|(_, groups)| groups.len() == 1) && groups.next().is_none()
        };
        let sums = counts.sums.iter().filter(|sum| sum.terms.iter().all(|term| is_one(term.0)));
        let of_tables: BTreeSet<Relation> =
            counts.relations.iter().filter_map(|sum| sum.renumbered(&number)).collect();
        let mut relations = of_tables.clone();
        relations.extend(sums.filter_map(|sum| sum.renumbered(&number)));
        let across = relations.iter().map(|sum| !of_tables.contains(sum)).collect();
        Self { number, truths, relations: relations.into_iter().collect(), across, names }
    }
}

/// The words that two names do not share: one could be exchanged for the other.
type Exchange = [Vec<u32>; 2];

fn exchange(counts: &Counts, one: CountIndex, other: CountIndex) -> Exchange {
    let own = |words: &[u32], others: &[u32]| {
        words.iter().copied().filter(|word| !others.contains(word)).collect::<Vec<_>>()
    };
    let (one, other) = (counts.conditions(one), counts.conditions(other));
    let mut exchange = [own(one, other), own(other, one)];
    exchange.sort_unstable();
    exchange
}

/// Lists the exchanges of words that leave a population of the threshold or more the same.
fn exchanges(counts: &Counts, threshold: u64) -> BTreeSet<Exchange> {
    let mut of_set: IndexMap<_, Vec<CountIndex>> = IndexMap::new();
    for count in (0..counts.n_published).filter(|count| counts.truths[*count] >= threshold) {
        if let Some(set) = counts.fingerprints[count] {
            of_set.entry(set).or_default().push(count);
        }
    }
    let pairs = of_set.values().flat_map(|names| {
        names.iter().enumerate().flat_map(|(place, one)| {
            names.iter().take(place).map(|other| exchange(counts, *one, *other))
        })
    });
    pairs.collect()
}
