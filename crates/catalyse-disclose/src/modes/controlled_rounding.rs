//! Controlled rounding, the default mode.

use super::{Mode, Protected};
use crate::Policy;
use crate::counts::Counts;
use crate::rounding::{Guards, System, round};

/// What: every count goes to one of its two neighbouring multiples of the base; all sums stay exact; zeros stay 0; the change is least.
/// Why: nothing is blanked, nothing can be subtracted, one population has one number in all tables, and a partner who knows its own
/// row learns no small count of another. Parameters: `base`.
/// Example: with base 5, 3 + 4 = 7 becomes 5 + 5 = 10 or 0 + 5 = 5.
/// Source: Salazar-González, Operations Research 53 (2005) 819–829; for partners as attackers `Guards`.
pub(crate) struct ControlledRounding;

impl Mode for ControlledRounding {
    fn name(&self) -> &'static str {
        "controlled-rounding"
    }

    fn protect(&self, counts: &Counts, policy: &Policy) -> Protected {
        let guards = Guards::of(counts, policy.base);
        let system = System {
            base: policy.base,
            truths: &counts.truths,
            relations: &counts.relations,
            guards: &guards.groups,
        };
        let rounded = round(&system);
        Protected {
            values: rounded.values.into_iter().map(Some).collect(),
            reach: policy.base,
            broken_relations: rounded.broken,
        }
    }
}
