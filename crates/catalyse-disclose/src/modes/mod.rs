//! The modes of protection: how counts become numbers that may be printed.
//!
//! To add one: a file here with a type that is a [`Mode`], a `mod` line and a place in [`ALL`]. A policy names its mode.

mod controlled_rounding;

pub(crate) use controlled_rounding::ControlledRounding;

use std::collections::BTreeSet;

use crate::Policy;
use crate::linked::Linked;
use crate::linked::relation::CountIndex;

/// Lists every mode.
pub(crate) const ALL: &[&dyn Mode] = &[&ControlledRounding];

/// Makes printed numbers of true counts.
pub(crate) trait Mode: Sync {
    /// Returns the name by which a policy asks for the mode.
    fn name(&self) -> &'static str;

    /// Protects all counts of a pack together. Lessons come from audits that earlier answers failed.
    fn protect(&self, pack: &Linked<'_>, policy: &Policy, lessons: &[Lesson]) -> Protected;
}

/// Holds printed numbers that together gave a count away, so that a mode can find others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lesson {
    /// The counts and how they were printed.
    pub(crate) numbers: Vec<(CountIndex, u64)>,
}

/// Holds the printed numbers of a pack.
pub(crate) struct Protected {
    /// One for each count by name; nothing where the number is hidden.
    pub(crate) values: Vec<Option<u64>>,
    /// How far the true count may lie from its printed number, less than this many persons either way. 1 means that numbers are exact.
    pub(crate) reach: u64,
    /// Sums between counts by name that could not be kept.
    pub(crate) broken_relations: BTreeSet<usize>,
    /// Whether the clock ran out, so that nothing may be printed.
    pub(crate) is_out_of_time: bool,
}

impl Protected {
    /// Says whether any of these sums, by their places, could not be kept in printed numbers.
    pub(crate) fn has_broken_sum(&self, sums: &[usize]) -> bool {
        sums.iter().any(|sum| self.broken_relations.contains(sum))
    }
}
