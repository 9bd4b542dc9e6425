//! Below how many persons a count is sensitive: a table about health may have a higher threshold than others.

use crate::linked::counts::Counts;
use crate::{Policy, Tabulation};

/// Returns the threshold of each count: the highest of the tables in which it stands or to whose sums it belongs.
pub(crate) fn thresholds_of(
    tabulations: &[Tabulation],
    counts: &Counts,
    policy: &Policy,
) -> Vec<u64> {
    let mut thresholds = vec![policy.threshold; counts.truths.len()];
    for (tabulation, table) in tabulations.iter().zip(&counts.tables) {
        let threshold = policy.threshold_of(tabulation);
        let relations = table.relations.iter().filter_map(|place| counts.relations.get(*place));
        let of_sums = relations.flat_map(|relation| relation.terms.iter().map(|term| term.0));
        for count in table.indices().chain(of_sums) {
            thresholds[count] = thresholds[count].max(threshold);
        }
    }
    thresholds
}
