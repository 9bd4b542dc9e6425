//! Sums that hold across tables: where two populations have nobody in common and make up a third, whatever tables they stand in.
//!
//! A table says which of its own cells add up. That "homeless" of one table is "in the street" and "in a shelter" of two others, only
//! the records say: the fingerprints of the parts add up to that of the whole. A reader who knows the definitions knows the sum, so it
//! must hold in printed numbers, and the audit must use it.

use std::collections::BTreeSet;

use crate::Fingerprint;
use crate::linked::counts::Counts;
use crate::linked::merging::Merged;
use crate::linked::relation::CountIndex;
use crate::linked::relation::Relation;

/// A whole below this many times the threshold is not looked at: few persons fall into three, by accident and in many tables, and such
/// sums tell of the sample, not of definitions. They would tie every table to every other.
const LEAST_WHOLE: u64 = 2;
/// More sums than this are not added; a pack has some dozens.
const MOST_SUMS: usize = 2_000;

/// Adds the sums of two populations that no table implies, between published counts.
pub(crate) fn add_sums(counts: &mut Counts, threshold: u64) {
    let sets = Merged::for_rounding(counts, threshold);
    let members: Vec<(Fingerprint, CountIndex)> = sets
        .names
        .iter()
        .filter(|count| **count < counts.n_published && counts.truths[**count] > 0)
        .filter_map(|count| Some((counts.fingerprints[*count]?, *count)))
        .collect();
    let largest = members.iter().map(|(_, count)| counts.truths[*count]).max().unwrap_or(0);
    let wholes = Wholes::new(&members);
    let mut sums = Vec::new();
    let implied = implied(counts, &sets);
    for (place, (first, one)) in members.iter().enumerate() {
        for (second, other) in members.iter().take(place) {
            let sum = counts.truths[*one] + counts.truths[*other];
            if sum < LEAST_WHOLE * threshold || sum > largest {
                continue;
            }
            let Some(whole) = wholes.find(first.plus(*second)) else { continue };
            let mut parts = [sets.number[*one], sets.number[*other]];
            parts.sort_unstable();
            let sum = (sets.number[whole], parts.to_vec());
            if counts.truths[whole] == counts.truths[*one] + counts.truths[*other]
                && !implied.contains(&sum)
                && sums.len() < MOST_SUMS
            {
                sums.push(Relation::new(&[whole], &[*one, *other], false));
            }
        }
    }
    counts.sums = sums;
}

/// Lists the sums of tables as sets, without those of nobody: a whole and its parts.
///
/// That the parts which are left out are nobody is not to be known: where a table has the sum with them, it is not added without them.
fn implied(counts: &Counts, sets: &Merged) -> BTreeSet<(usize, Vec<usize>)> {
    let number = |count: CountIndex| sets.number[count];
    let mut implied = BTreeSet::new();
    for relation in &counts.relations {
        let mut parts: Vec<usize> =
            relation.parts().filter(|part| counts.truths[*part] > 0).map(number).collect();
        parts.sort_unstable();
        if let Some(whole) = relation.whole() {
            implied.insert((number(whole), parts));
        }
    }
    implied
}

/// Finds a population by its fingerprint.
struct Wholes {
    /// One bit for each short form that there is: most sums are told off here, without a search.
    bits: Vec<u64>,
    /// Populations in the order of their fingerprints.
    sorted: Vec<(Fingerprint, CountIndex)>,
}

/// How many bits of a short form the first look uses.
const N_BITS: u32 = 20;

impl Wholes {
    fn new(members: &[(Fingerprint, CountIndex)]) -> Self {
        let mut bits = vec![0_u64; 1 << (N_BITS - 6)];
        for (set, _) in members {
            let (word, bit) = Self::bit(*set);
            bits[word] |= bit;
        }
        let mut sorted = members.to_vec();
        sorted.sort_unstable();
        Self { bits, sorted }
    }

    const fn bit(set: Fingerprint) -> (usize, u64) {
        let place = set.short() >> (64 - N_BITS);
        ((place >> 6) as usize, 1 << (place & 63))
    }

    fn find(&self, set: Fingerprint) -> Option<CountIndex> {
        let (word, bit) = Self::bit(set);
        if self.bits[word] & bit == 0 {
            return None;
        }
        let place = self.sorted.binary_search_by_key(&set, |(member, _)| *member).ok()?;
        Some(self.sorted[place].1)
    }
}
