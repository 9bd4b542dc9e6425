//! Who reads a pack from the inside: each partner knows the true counts of its own persons.

use std::collections::BTreeMap;

use crate::linked::Linked;
use crate::linked::counts::Counts;
use crate::linked::relation::{CountIndex, Relation};

/// Holds a partner and the counts it knows, by name.
#[derive(Debug)]
pub(super) struct Insider {
    /// The key of the partner.
    pub(super) partner: String,
    /// Every count of the pack whose persons are all its own, in order.
    pub(super) own: Vec<CountIndex>,
    /// For totals of which it knows its own part: how many persons are of others.
    others_in: BTreeMap<CountIndex, u64>,
}

impl Insider {
    /// Lists the counts of which a number of other partners' persons below the threshold is still unknown to the insider.
    ///
    /// A total of 4 that are all its own tells of nobody else; a total of 104 of which 102 are its own tells of two.
    pub(super) fn targets(&self, counts: &Counts, thresholds: &[u64]) -> Vec<CountIndex> {
        let unknown =
            (0..counts.truths.len()).filter(|count| self.own.binary_search(count).is_err());
        unknown
            .filter(|count| {
                let others = self.others_in.get(count).copied();
                let n_others = others.unwrap_or(counts.truths[*count]);
                (1..thresholds[*count]).contains(&n_others)
            })
            .collect()
    }

    /// Lists the totals in which there is nobody of other partners.
    ///
    /// If only 1 to 4 others were kept wide, a narrow range could be none of these, and "nobody" would be certain.
    pub(super) fn totals_without_others(&self) -> Vec<CountIndex> {
        let without = self.others_in.iter().filter(|(_, others)| **others == 0);
        without.map(|(count, _)| *count).collect()
    }
}

/// Lists the partners of a pack, by key. Where there is one partner only, all persons are its own and nobody reads from the inside.
pub(super) fn insiders(pack: &Linked<'_>) -> Vec<Insider> {
    let keys = if pack.partners.keys.len() > 1 { pack.partners.keys.as_slice() } else { &[] };
    let keys = keys.iter().enumerate();
    keys.map(|(place, partner)| {
        let owners = pack.partners.owner.iter().enumerate();
        let own = owners.filter(|(_, owner)| **owner == Some(place)).map(|(count, _)| count);
        Insider { partner: partner.clone(), own: own.collect(), others_in: others_in(place, pack) }
    })
    .collect()
}

/// Lists the totals over partners with what is not the partner's own. Where a total has no other part, nothing is to be told of others;
/// that a partner without records has nobody there is known.
fn others_in(place: usize, pack: &Linked<'_>) -> BTreeMap<CountIndex, u64> {
    let (counts, owner) = (&pack.counts, &pack.partners.owner);
    let mut others_in = BTreeMap::new();
    for relation in counts.relations.iter().filter(|relation| relation.is_by_partner) {
        let is_own = |count: &CountIndex| owner[*count] == Some(place);
        let parts = relation.parts().filter(|part| !pack.attendance.nobody.contains(part));
        let (own, others): (Vec<_>, Vec<_>) = parts.partition(is_own);
        if let (Some(whole), false, false) = (relation.whole(), own.is_empty(), others.is_empty()) {
            others_in.insert(whole, others.iter().map(|count| counts.truths[*count]).sum());
        }
    }
    let of_rests: Vec<(CountIndex, u64)> = counts
        .relations
        .iter()
        .filter_map(|relation| others_in_rest(relation, counts, &others_in))
        .collect();
    others_in.extend(of_rests);
    others_in
}

/// Returns what others have in the rest between two totals, such as a target group and the answer that makes most of it up: what they have
/// in the one and not in the other.
fn others_in_rest(
    relation: &Relation,
    counts: &Counts,
    others_in: &BTreeMap<CountIndex, u64>,
) -> Option<(CountIndex, u64)> {
    let is_rest = |count: CountIndex| count >= counts.n_published && counts.truths[count] > 0;
    let mut rests = relation.terms.iter().filter(|(count, _)| is_rest(*count));
    let ((rest, sign), None) = (rests.next()?, rests.next()) else { return None };
    let mut sum = 0;
    for (count, sign) in relation.terms.iter().filter(|(count, _)| count != rest) {
        sum += sign * others_in.get(count)?.cast_signed();
    }
    u64::try_from(-sum * sign).ok().map(|others| (*rest, others))
}
