//! Who reads a pack from the inside: each partner knows the true counts of its own persons.

use std::collections::{BTreeMap, BTreeSet};

use crate::counts::{CountIndex, Counts};
use crate::{Role, Tabulation};

/// Holds a partner and the counts it knows.
#[derive(Debug)]
pub(super) struct Insider {
    /// The key of the partner.
    pub(super) partner: String,
    /// Every count of the pack whose persons are all its own.
    pub(super) own: Vec<CountIndex>,
    /// For totals of which it knows its own part: how many persons are its own.
    own_in: BTreeMap<CountIndex, u64>,
}

impl Insider {
    /// Lists the counts of which a number of other partners' persons below the threshold is still unknown to the insider.
    ///
    /// A total of 4 that are all its own tells of nobody else; a total of 104 of which 102 are its own tells of two.
    pub(super) fn targets(&self, counts: &Counts, threshold: u64) -> Vec<CountIndex> {
        (0..counts.truths.len())
            .filter(|count| self.own.binary_search(count).is_err())
            .filter(|count| {
                let own = self.own_in.get(count).copied().unwrap_or(0);
                (1..threshold).contains(&counts.truths[*count].saturating_sub(own))
            })
            .collect()
    }
}

/// Lists the partners of a pack, by key.
///
/// A partner is told by the conditions that all cells of its line share and no other line has; every count under these
/// conditions is its own, in whatever table.
pub(super) fn insiders(tabulations: &[Tabulation], counts: &Counts) -> Vec<Insider> {
    let mut words_of: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    let mut cells_of: BTreeMap<&str, BTreeSet<CountIndex>> = BTreeMap::new();
    for (tabulation, table) in tabulations.iter().zip(&counts.tables) {
        let n_columns = tabulation.columns.headings.len();
        for (axis, is_row) in [(&tabulation.rows, true), (&tabulation.columns, false)] {
            if axis.name != "partner" {
                continue;
            }
            let line_of = |place: usize| if is_row { place / n_columns } else { place % n_columns };
            for (line, heading) in axis.headings.iter().enumerate() {
                if heading.role == Role::Category {
                    let cells = table.cells.iter().enumerate();
                    let own: Vec<CountIndex> = cells
                        .clone()
                        .filter(|(place, _)| line_of(*place) == line)
                        .map(|(_, index)| *index)
                        .collect();
                    let others = cells
                        .filter(|(place, _)| line_of(*place) != line)
                        .flat_map(|(_, index)| counts.conditions(*index));
                    let words = own_words(&own, &others.copied().collect(), counts);
                    words_of.entry(&heading.key).or_default().extend(words);
                    cells_of.entry(&heading.key).or_default().extend(own);
                }
            }
        }
    }
    words_of
        .into_iter()
        .map(|(partner, words)| {
            let is_own = |count: &CountIndex| {
                counts.conditions(*count).iter().any(|word| words.contains(word))
            };
            let mut own: BTreeSet<CountIndex> = (0..counts.n_published).filter(is_own).collect();
            own.extend(cells_of.get(partner).into_iter().flatten());
            own_rests(&mut own, counts);
            let own: Vec<CountIndex> = own.into_iter().collect();
            let own_in = own_in(&own, counts);
            Insider { partner: partner.to_owned(), own, own_in }
        })
        .collect()
}

/// Adds what own counts leave over: a rest has no conditions of its own, but who knows a whole and its other parts knows the rest.
fn own_rests(own: &mut BTreeSet<CountIndex>, counts: &Counts) {
    for rest in counts.n_published..counts.truths.len() {
        let follows = counts.relations.iter().any(|relation| {
            let is_in = relation.terms.iter().any(|term| term.0 == rest);
            is_in && relation.terms.iter().all(|term| term.0 == rest || own.contains(&term.0))
        });
        if follows {
            own.insert(rest);
        }
    }
}

fn own_in(own: &[CountIndex], counts: &Counts) -> BTreeMap<CountIndex, u64> {
    let mut own_in = BTreeMap::new();
    for relation in counts.relations.iter().filter(|relation| relation.is_by_partner) {
        let is_own = |count: &CountIndex| own.binary_search(count).is_ok();
        let persons: u64 = relation.parts().filter(is_own).map(|count| counts.truths[count]).sum();
        if let (Some(whole), true) = (relation.whole(), relation.parts().any(|part| is_own(&part)))
        {
            own_in.insert(whole, persons);
        }
    }
    own_in
}

fn own_words(own: &[CountIndex], others: &BTreeSet<u32>, counts: &Counts) -> BTreeSet<u32> {
    let mut lists = own.iter().map(|index| counts.conditions(*index).iter().copied());
    let mut words: BTreeSet<u32> = lists.next().map(Iterator::collect).unwrap_or_default();
    for list in lists {
        let list: BTreeSet<u32> = list.collect();
        words.retain(|word| list.contains(word));
    }
    words.retain(|word| !others.contains(word));
    words
}
