//! Whose persons a count holds: each partner knows the true counts of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::linked::counts::Counts;
use crate::linked::delivered::Attendance;
use crate::linked::relation::CountIndex;
use crate::{Role, Tabulation};

/// Holds the partners of a pack, and which counts are of the persons of one partner alone by the words of their conditions.
pub(crate) struct Partners {
    /// The keys of the partners, in order.
    pub(crate) keys: Vec<String>,
    /// For each count the place of its partner in `keys`; nothing if it may hold persons of several.
    pub(crate) owner: Vec<Option<usize>>,
}

impl Partners {
    /// Finds the partners of a pack.
    ///
    /// A partner is told by the conditions that all cells of its line share and no other line has; every count under these
    /// conditions is its own, in whatever table. So is every count of a wave of which no other partner has records.
    pub(crate) fn of(tabulations: &[Tabulation], counts: &Counts, attendance: &Attendance) -> Self {
        let mut words_of: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        let mut cells_of: BTreeMap<&str, BTreeSet<CountIndex>> = BTreeMap::new();
        for (tabulation, table) in tabulations.iter().zip(&counts.tables) {
            let n_columns = tabulation.columns.headings.len();
            for (axis, is_row) in [(&tabulation.rows, true), (&tabulation.columns, false)] {
                if !axis.is_of_partners() {
                    continue;
                }
                let line_of =
                    |place: usize| if is_row { place / n_columns } else { place % n_columns };
                for (line, heading) in axis.headings.iter().enumerate() {
                    if heading.role == Role::Category {
                        let cells = table.cells.iter().enumerate();
                        let (own, others): (Vec<_>, Vec<_>) =
                            cells.partition(|(place, _)| line_of(*place) == line);
                        let own: Vec<CountIndex> = own.into_iter().map(|cell| *cell.1).collect();
                        let others =
                            others.into_iter().flat_map(|cell| counts.conditions(*cell.1)).copied();
                        let words = own_words(&own, &others.collect(), counts);
                        words_of.entry(&heading.key).or_default().extend(words);
                        cells_of.entry(&heading.key).or_default().extend(own);
                    }
                }
            }
        }
        let keys: Vec<String> = words_of.keys().map(|key| (*key).to_owned()).collect();
        let mut owner = vec![None; counts.truths.len()];
        for (place, (partner, words)) in words_of.into_iter().enumerate() {
            for (count, owner) in owner.iter_mut().enumerate().take(counts.n_published) {
                if counts.conditions(count).iter().any(|word| words.contains(word)) {
                    *owner = Some(place);
                }
            }
            for cell in cells_of.get(partner).into_iter().flatten() {
                owner[*cell] = Some(place);
            }
        }
        // Whoever is seen at a wave of which one partner alone has records is that partner's.
        for (count, own) in &attendance.of_one {
            owner[*count] = owner[*count].or(owner[*own]);
        }
        own_rests(&mut owner, counts);
        Self { keys, owner }
    }
}

/// Gives rests their owner: a rest has no conditions of its own, but who knows a whole and its other parts knows the rest.
fn own_rests(owner: &mut [Option<usize>], counts: &Counts) {
    for relation in &counts.relations {
        let mut rests =
            relation.terms.iter().map(|term| term.0).filter(|count| *count >= counts.n_published);
        let (Some(rest), None) = (rests.next(), rests.next()) else { continue };
        let mut others = relation.terms.iter().map(|term| term.0).filter(|count| *count != rest);
        let first = others.next().and_then(|count| owner[count]);
        if others.all(|count| owner[count] == first) {
            owner[rest] = first;
        }
    }
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
