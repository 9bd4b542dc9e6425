//! A pack with everything that ties its counts together: what modes and audit work on.

pub(crate) mod before;
pub(crate) mod counts;
pub(crate) mod delivered;
pub(crate) mod differencing;
pub(crate) mod fingerprint;
pub(crate) mod merging;
pub(crate) mod partners;
pub(crate) mod register;
pub(crate) mod relation;
pub(crate) mod sums;
pub(crate) mod table_sums;
pub(crate) mod thresholds;

use crate::linked::before::Before;
use crate::linked::counts::Counts;
use crate::linked::delivered::Attendance;
use crate::linked::differencing::add_remainders;
use crate::linked::merging::Merged;
use crate::linked::partners::Partners;
use crate::linked::register::counts_of;
use crate::linked::sums::add_sums;
use crate::linked::thresholds::thresholds_of;
use crate::{Earlier, Policy, Refusal, Tabulation};

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
    /// Below how many persons each count is sensitive.
    pub(crate) thresholds: Thresholds,
    /// What earlier editions printed.
    pub(crate) before: Before,
    /// Which counts are known by who delivered.
    pub(crate) attendance: Attendance,
}

/// Holds thresholds, in persons.
pub(crate) struct Thresholds {
    /// Of each count by name.
    pub(crate) by_name: Vec<u64>,
    /// Of each count that readers may know to be one.
    pub(crate) of_readers: Vec<u64>,
}

impl<'pack> Linked<'pack> {
    /// Links the counts of a pack.
    ///
    /// # Errors
    /// As for [`counts_of`].
    pub(crate) fn new(
        tabulations: &'pack [Tabulation],
        earlier: &Earlier,
        policy: &Policy,
    ) -> Result<Self, Refusal> {
        let mut counts = counts_of(tabulations)?;
        let mut thresholds = thresholds_of(tabulations, &counts, policy);
        add_remainders(&mut counts, &mut thresholds);
        add_sums(&mut counts, policy.threshold);
        let attendance = Attendance::of(tabulations, &counts);
        let partners = Partners::of(tabulations, &counts, &attendance);
        let sets = Merged::for_rounding(&counts, policy.threshold);
        let readers = Merged::for_readers(&counts, &partners.owner, policy.threshold);
        let by_name = thresholds;
        let thresholds = Thresholds { of_readers: readers.highest(&by_name), by_name };
        let before = Before::of(earlier, (&counts, &sets, &readers), policy.base);
        Ok(Self { tabulations, counts, partners, sets, readers, thresholds, before, attendance })
    }
}
