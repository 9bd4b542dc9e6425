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
                        .flat_map(|(_, index)| &counts.conditions[*index]);
                    let words = own_words(&own, others.copied().collect(), counts);
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
                counts.conditions[*count].iter().any(|word| words.contains(word))
            };
            let mut own: BTreeSet<CountIndex> = (0..counts.n_published).filter(is_own).collect();
            own.extend(cells_of.get(partner).into_iter().flatten());
            Insider { partner: partner.to_owned(), own: own.into_iter().collect() }
        })
        .collect()
}

fn own_words(own: &[CountIndex], others: BTreeSet<u32>, counts: &Counts) -> BTreeSet<u32> {
    let mut lists = own.iter().map(|index| counts.conditions[*index].iter().copied());
    let mut words: BTreeSet<u32> = lists.next().map(Iterator::collect).unwrap_or_default();
    for list in lists {
        let list: BTreeSet<u32> = list.collect();
        words.retain(|word| list.contains(word));
    }
    words.retain(|word| !others.contains(word));
    words
}
