//! A pack with everything that ties its counts together: what modes and audit work on.

use crate::counts::Counts;
use crate::differencing::add_remainders;
use crate::merging::Merged;
use crate::partners::Partners;
use crate::sums::add_sums;
use crate::{Policy, Refusal, Tabulation};

/// Holds the counts of a pack, linked.
pub(crate) struct Linked<'pack> {
    /// The true tables.
    pub(crate) tabulations: &'pack [Tabulation],
    /// All counts by name, and the sums between them.
    pub(crate) counts: Counts,
    /// Whose persons they hold.
    pub(crate) partners: Partners,
    /// One count for each set of persons: how they are rounded.
    pub(crate) sets: Merged,
    /// One count for each set of persons as far as readers may know that it is one.
    pub(crate) readers: Merged,
}

impl<'pack> Linked<'pack> {
    /// Links the counts of a pack.
    ///
    /// # Errors
    /// As for [`Counts::of`].
    pub(crate) fn new(tabulations: &'pack [Tabulation], policy: &Policy) -> Result<Self, Refusal> {
        let mut counts = Counts::of(tabulations)?;
        add_remainders(&mut counts, policy.threshold);
        add_sums(&mut counts, policy.threshold);
        let partners = Partners::of(tabulations, &counts);
        let sets = Merged::for_rounding(&counts, policy.threshold);
        let readers = Merged::for_readers(&counts, &partners.owner, policy.threshold);
        Ok(Self { tabulations, counts, partners, sets, readers })
    }
}
