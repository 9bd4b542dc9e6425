//! The modes of protection: how counts become numbers that may be printed.
//!
//! To add one: a file here with a type that is a [`Mode`], a `mod` line and a place in [`ALL`]. A policy names its mode.

mod controlled_rounding;

pub(crate) use controlled_rounding::ControlledRounding;

use std::collections::BTreeSet;

use crate::Policy;
use crate::counts::Counts;

/// Lists every mode.
pub(crate) const ALL: &[&dyn Mode] = &[&ControlledRounding];

/// Makes printed numbers of true counts.
pub(crate) trait Mode: Sync {
    /// Returns the name by which a policy asks for the mode.
    fn name(&self) -> &'static str;

    /// Protects all counts of a pack together.
    fn protect(&self, counts: &Counts, policy: &Policy) -> Protected;
}

/// Holds the printed numbers of a pack.
pub(crate) struct Protected {
    /// One for each count; nothing where the number is hidden.
    pub(crate) values: Vec<Option<u64>>,
    /// How far the true count may lie from its printed number, less than this many persons either way. 1 means that numbers are exact.
    pub(crate) reach: u64,
    /// Sums that could not be kept.
    pub(crate) broken_relations: BTreeSet<usize>,
}
