//! Guards against a partner who knows its own row.
//!
//! Printed: total 5, my row 5, all others 0. I know that I have 8, and that the total is at most 9: so the others have one person or
//! none. The range is too small because my row went down while the others vanished. If instead my row goes up, the
//! total may be anything up to four above it. So wherever the others are few enough to vanish and not empty, at least one part must
//! go up: mine, or one of theirs.

use crate::counts::Counts;

/// Holds the groups of counts of which at least one must be rounded up.
pub(crate) struct Guards {
    /// The counts of each group, in order.
    pub(crate) groups: Vec<Vec<usize>>,
}

impl Guards {
    /// Finds the groups that the sums over partners need.
    pub(crate) fn of(counts: &Counts, base: u64) -> Self {
        let mut groups = Vec::new();
        for relation in counts.relations.iter().filter(|relation| relation.is_by_partner) {
            let parts: Vec<usize> = relation.parts().collect();
            let open: Vec<usize> = parts
                .iter()
                .copied()
                .filter(|part| !counts.truths[*part].is_multiple_of(base))
                .collect();
            let sum: u64 = parts.iter().map(|part| counts.truths[*part]).sum();
            let needs_guard = |own: &usize| {
                let own_truth = counts.truths[*own];
                let others_vanish = parts
                    .iter()
                    .filter(|part| *part != own)
                    .all(|part| counts.truths[*part] < base);
                others_vanish && sum > own_truth
            };
            if open.iter().any(needs_guard) {
                groups.push(open);
            }
        }
        groups.sort_unstable();
        groups.dedup();
        Self { groups }
    }
}
