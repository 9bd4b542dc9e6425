//! Controlled rounding, the default mode.

use super::{Lesson, Mode, Protected};
use crate::Policy;
use crate::counts::Counts;
use crate::rounding::{System, guards_of_lessons, guards_of_partners, round};

/// What: every count goes to one of its two neighbouring multiples of the base; all sums stay exact; zeros stay 0; the change is least.
/// Why: nothing is blanked, nothing can be subtracted, one population has one number in all tables, and a partner who knows its own
/// row learns no small count of another. Parameters: `base`.
/// Example: with base 5, 3 + 4 = 7 becomes 5 + 5 = 10 or 0 + 5 = 5.
/// Source: Salazar-González, Operations Research 53 (2005) 819–829; for partners as attackers `rounding/guards.rs`.
pub(crate) struct ControlledRounding;

impl Mode for ControlledRounding {
    fn name(&self) -> &'static str {
        "controlled-rounding"
    }

    fn protect(&self, counts: &Counts, policy: &Policy, lessons: &[Lesson]) -> Protected {
        let mut guards = guards_of_partners(counts, policy.base);
        guards.extend(guards_of_lessons(counts, lessons, policy.base));
        let system = System {
            base: policy.base,
            truths: &counts.truths,
            relations: &counts.relations,
            guards: &guards,
        };
        let rounded = round(&system);
        Protected {
            values: rounded.values.into_iter().map(Some).collect(),
            reach: policy.base,
            broken_relations: rounded.broken,
        }
    }
}
