//! Controlled rounding.

use std::collections::BTreeSet;

use super::{Mode, Protected};
use crate::Policy;
use crate::counts::Counts;

/// Rounds every count to one of its two neighbouring multiples of the base.
pub(crate) struct ControlledRounding;

impl Mode for ControlledRounding {
    fn name(&self) -> &'static str {
        "controlled-rounding"
    }

    fn protect(&self, counts: &Counts, policy: &Policy) -> Protected {
        let nearest = |truth: &u64| (truth + policy.base / 2) / policy.base * policy.base;
        Protected {
            values: counts.truths.iter().map(nearest).map(Some).collect(),
            reach: policy.base,
            broken_relations: BTreeSet::new(),
            conventional: BTreeSet::new(),
        }
    }
}
