//! The rules: what may be said beside the printed counts.
//!
//! Every rule reads printed counts where it can, so that what it shows or hides tells nothing that the counts do not tell.
//! To add one: a file here with a type that is a [`Rule`], a `mod` line and a place in [`ALL`]. Rules run in that order.

mod dominance;
mod evidence;
mod no_records;
mod rounded_counts;
mod small_base;
mod summaries;
mod two_partners;
mod weighted_sums;

pub(crate) use evidence::adjust;

use crate::Policy;
use crate::draft::Draft;

/// Lists every rule in the order in which they run.
pub(crate) const ALL: &[&dyn Rule] = &[
    &rounded_counts::RoundedCounts,
    &no_records::NoRecords,
    &two_partners::TwoPartners,
    &weighted_sums::WeightedSums,
    &small_base::SmallBase,
    &dominance::Dominance,
    &summaries::Summaries,
    &evidence::EvidenceBands,
];

/// Decides on one thing of a table that may be shown.
pub(crate) trait Rule: Sync {
    /// Changes the draft as the policy asks.
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy);
}
