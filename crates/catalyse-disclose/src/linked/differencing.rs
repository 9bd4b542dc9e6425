//! Differences between nested populations: all persons, and all persons with a second interview; a target group, and those who are in
//! it by one of the answers that define it.
//!
//! Where one published population lies in another and the few persons between them are no cell of any table, a reader gets them by
//! subtraction. Such a remainder becomes a count of its own: it is rounded with all others (so that the difference of the two printed
//! numbers is the remainder's own rounded number) and the audit attacks it like any small cell. Nothing needs to be hidden.
//! A remainder of nobody counts too: two names for the same persons must not get two numbers, the smaller one for the wider population.
//! Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.3 (disclosure by differencing).

use std::collections::BTreeSet;

use crate::linked::counts::Counts;
use crate::linked::relation::{CountIndex, Relation};

/// Adds the remainders of fewer persons than the threshold of one of their sides that no sum of a table implies yet. A remainder is as
/// sensitive as the more sensitive side.
pub(crate) fn add_remainders(counts: &mut Counts, thresholds: &mut Vec<u64>) {
    let mut sums_of = vec![Vec::new(); counts.truths.len()];
    for (place, relation) in counts.relations.iter().enumerate() {
        for (count, _) in &relation.terms {
            sums_of[*count].push(place);
        }
    }
    let mut remainders = Vec::new();
    for inner in 0..counts.n_published {
        let wider = wider_by_one_condition(counts, inner);
        for outer in wider.into_iter().chain(wider_by_definition(counts, inner)) {
            let Some(remainder) = counts.truths[outer].checked_sub(counts.truths[inner]) else {
                continue;
            };
            let threshold = thresholds[outer].max(thresholds[inner]);
            let is_close = remainder < threshold && counts.truths[outer] > 0;
            if is_close && !is_implied(counts, &sums_of, [outer, inner]) {
                remainders.push((outer, inner, threshold));
            }
        }
    }
    for (outer, inner, threshold) in remainders {
        // Where the narrower name is no part of the wider one (which a definition may get wrong) there is nothing to subtract.
        if let Some(rest) = counts.push_rest(outer, &[inner]) {
            thresholds.push(threshold);
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

/// Lists the published populations that have, in place of a condition, one that is wider by definition; they may lack one more, such as
/// that the question was asked.
fn wider_by_definition(counts: &Counts, inner: CountIndex) -> BTreeSet<CountIndex> {
    let (key, conditions) = (&counts.keys[inner], counts.conditions(inner));
    let find = |dropped: &[u32], wider: u32| {
        let stays = conditions.iter().filter(|word| !dropped.contains(word)).copied();
        let conditions: BTreeSet<u32> = stays.chain([wider]).collect();
        let key: Vec<u32> = key.iter().take(1).copied().chain(conditions).collect();
        counts.keys.binary_search(&key).ok()
    };
    let nested =
        conditions.iter().flat_map(|word| counts.nested.range((*word, 0)..=(*word, u32::MAX)));
    nested
        .flat_map(|(word, wider)| {
            conditions.iter().filter_map(move |further| find(&[*word, *further], *wider))
        })
        .filter(|outer| *outer != inner)
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

#[cfg(test)]
mod tests {
    use super::add_remainders;
    use crate::linked::register::counts_of;
    use crate::packs::{Side, Situation, tabulate};
    use crate::{Nested, Tabulation};

    /// Two tables of the same persons: `n_inner` of them in a category of the first, `n_outer` in one of the second that takes these in.
    fn tables(n_inner: usize, n_outer: usize, are_nested: bool) -> Vec<Tabulation> {
        let answer = |is_in: bool| Some(u64::from(!is_in));
        let persons: Vec<Situation> = (0..60)
            .map(|person| {
                let answers = [("v0", person < n_inner), ("v1", person < n_outer)];
                answers.map(|(name, is_in)| (name.to_owned(), answer(is_in))).into()
            })
            .collect();
        let mut tables = ["v0", "v1"].map(|name| tabulate(0, &persons, &Side::new(name, 2), None));
        if are_nested {
            let (inner, outer) = ("v0=0".to_owned(), "v1=0".to_owned());
            tables[0].background.nested.push(Nested { inner, outer });
        }
        tables.into()
    }

    /// Returns the small remainders with these thresholds, other than of nobody.
    fn remainders(tables: &[Tabulation], threshold: u64) -> Vec<u64> {
        let mut counts = counts_of(tables).expect("the tables agree");
        let n_before = counts.truths.len();
        let mut thresholds = vec![threshold; n_before];
        add_remainders(&mut counts, &mut thresholds);
        assert_eq!(thresholds.len(), counts.truths.len());
        counts.truths.split_off(n_before).into_iter().filter(|rest| *rest > 0).collect()
    }

    #[test]
    fn what_a_definition_leaves_between_two_counts_is_a_count_of_its_own() {
        assert_eq!(remainders(&tables(6, 8, true), 5), [2]);
        assert_eq!(remainders(&tables(6, 8, false), 5), Vec::<u64>::new());
        // Five persons are no few, but where the threshold is that of health.
        assert_eq!(remainders(&tables(6, 11, true), 5), Vec::<u64>::new());
        assert_eq!(remainders(&tables(6, 11, true), 10), [5]);
    }
}
