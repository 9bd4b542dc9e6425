//! Takes a system of sums apart into pieces that do not touch.

use crate::linked::relation::Relation;

/// Holds one piece: counts and the sums between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// The counts of the piece, in order.
    pub(crate) counts: Vec<usize>,
    /// The sums that touch them, in order.
    pub(crate) relations: Vec<usize>,
}

/// Splits the open counts into pieces that share no sum.
///
/// A sum belongs to a piece if it touches one of its counts; a sum without open counts belongs to none.
pub(crate) fn split(relations: &[Relation], candidates: &[usize], is_open: &[bool]) -> Vec<Part> {
    let mut forest: Vec<usize> = (0..is_open.len()).collect();
    let open_terms = |place: usize| {
        relations[place].terms.iter().map(|term| term.0).filter(|count| is_open[*count])
    };
    for place in candidates {
        let mut counts = open_terms(*place);
        let Some(first) = counts.next() else { continue };
        for other in counts {
            let (left, right) = (root(&mut forest, first), root(&mut forest, other));
            // The smaller number leads, so that the answer does not depend on the order of sums.
            let (low, high) = (left.min(right), left.max(right));
            forest[high] = low;
        }
    }
    let mut place_of_root = vec![usize::MAX; is_open.len()];
    let mut parts: Vec<Part> = Vec::new();
    for count in (0..is_open.len()).filter(|count| is_open[*count]) {
        let root = root(&mut forest, count);
        if place_of_root[root] == usize::MAX {
            place_of_root[root] = parts.len();
            parts.push(Part::default());
        }
        parts[place_of_root[root]].counts.push(count);
    }
    for place in candidates {
        if let Some(first) = open_terms(*place).next() {
            parts[place_of_root[root(&mut forest, first)]].relations.push(*place);
        }
    }
    parts
}

fn root(forest: &mut [usize], start: usize) -> usize {
    let mut count = start;
    while forest[count] != count {
        forest[count] = forest[forest[count]];
        count = forest[count];
    }
    count
}
