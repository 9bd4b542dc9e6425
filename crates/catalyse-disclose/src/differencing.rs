//! Differences between nested populations: all persons, and all persons with a second interview.
//!
//! Where one published population lies in another and the few persons between them are no cell of any table, a reader gets them by
//! subtraction. Such a remainder becomes a count of its own: it is rounded with all others (so that the difference of the two printed
//! numbers is the remainder's own rounded number) and the audit attacks it like any small cell. Nothing needs to be hidden.
//! A remainder of nobody counts too: two names for the same persons must not get two numbers, the smaller one for the wider population.
//! Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.3 (disclosure by differencing).

use crate::counts::{CountIndex, Counts};
use crate::relations::Relation;

/// Adds the remainders of fewer than `threshold` persons that no sum of a table implies yet.
pub(crate) fn add_remainders(counts: &mut Counts, threshold: u64) {
    let mut sums_of = vec![Vec::new(); counts.truths.len()];
    for (place, relation) in counts.relations.iter().enumerate() {
        for (count, _) in &relation.terms {
            sums_of[*count].push(place);
        }
    }
    let mut remainders = Vec::new();
    for inner in 0..counts.n_published {
        for outer in wider_by_one_condition(counts, inner) {
            let Some(remainder) = counts.truths[outer].checked_sub(counts.truths[inner]) else {
                continue;
            };
            let is_close = remainder < threshold && counts.truths[outer] > 0;
            if is_close && !is_implied(counts, &sums_of, [outer, inner]) {
                remainders.push((outer, inner));
            }
        }
    }
    for (outer, inner) in remainders {
        // Where the narrower name is no part of the wider one (which a definition may get wrong) there is nothing to subtract.
        if let Some(rest) = counts.push_rest(outer, &[inner]) {
            counts.relations.push(Relation::new(&[outer], &[inner, rest], false));
        }
    }
}

/// Lists the published populations that lack exactly one condition of the given one.
fn wider_by_one_condition(counts: &Counts, inner: CountIndex) -> Vec<CountIndex> {
    let key = &counts.keys[inner];
    // The first number of a key is what is counted, not a condition.
    (1..key.len())
        .filter_map(|place| {
            let wider = [&key[..place], &key[place + 1..]].concat();
            counts.keys.binary_search(&wider).ok()
        })
        .collect()
}

/// Says whether a table already ties both together: by one sum, or by two that share a count, as total, answered and category do.
fn is_implied(counts: &Counts, sums_of: &[Vec<usize>], [outer, inner]: [CountIndex; 2]) -> bool {
    let has_outer =
        |place: &usize| counts.relations[*place].terms.iter().any(|(count, _)| *count == outer);
    sums_of[inner].iter().any(|place| {
        let terms = &counts.relations[*place].terms;
        terms.iter().any(|(count, _)| *count == outer || sums_of[*count].iter().any(has_outer))
    })
}
