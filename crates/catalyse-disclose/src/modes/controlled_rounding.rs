//! Controlled rounding, the default mode.

use std::sync::atomic::AtomicBool;

use super::{Lesson, Mode, Protected};
use crate::Policy;
use crate::linked::Linked;
use crate::rounding::{System, guards_of_deliveries, guards_of_lessons, guards_of_partners, round};

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

    fn protect(&self, pack: &Linked<'_>, policy: &Policy, lessons: &[Lesson]) -> Protected {
        let mut guards = guards_of_partners(pack, policy.base);
        guards.extend(guards_of_deliveries(pack, policy.base));
        guards.extend(guards_of_lessons(pack, lessons, policy.base));
        let system = System {
            base: policy.base,
            truths: &pack.sets.truths,
            relations: &pack.sets.relations,
            across: &pack.sets.across,
            guards: &guards,
            before: &pack.before.of_sets,
            is_out_of_time: AtomicBool::new(false),
        };
        let rounded = round(&system);
        let values: Vec<u64> =
            pack.sets.number.iter().map(|number| rounded.values[*number]).collect();
        let printed: Vec<i64> = values.iter().map(|value| value.cast_signed()).collect();
        let relations = pack.counts.relations.iter().enumerate();
        let broken = relations.filter(|(_, relation)| relation.imbalance(&printed) != 0);
        Protected {
            broken_relations: broken.map(|(place, _)| place).collect(),
            values: values.into_iter().map(Some).collect(),
            reach: policy.base,
            is_out_of_time: system.is_out_of_time.into_inner(),
        }
    }
}
