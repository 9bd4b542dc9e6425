//! Narrows boxes by the sums alone, without a solver: what an attacker does with a pocket calculator.

use crate::linked::relation::Relation;

use super::knowledge::{Knowledge, NO_END};

/// How often all sums are gone through at most; each round can only narrow further.
const ROUNDS: usize = 3;

/// Narrows every box as far as each sum by itself allows. The boxes still hold every possible world.
pub(super) fn narrow(knowledge: &mut Knowledge, relations: &[Relation]) {
    for _ in 0..ROUNDS {
        let mut has_changed = false;
        for relation in relations {
            has_changed |= narrow_one(knowledge, relation);
        }
        if !has_changed {
            break;
        }
    }
}

fn narrow_one(knowledge: &mut Knowledge, relation: &Relation) -> bool {
    let ends = |knowledge: &Knowledge, count: usize, sign: i64| {
        let (low, high) = (sign * knowledge.lows[count], sign * knowledge.highs[count]);
        (low.min(high), low.max(high))
    };
    let (mut low_sum, mut high_sum) = (0, 0);
    for (count, sign) in &relation.terms {
        let (low, high) = ends(knowledge, *count, *sign);
        low_sum += low;
        high_sum += high;
    }
    let mut has_changed = false;
    for (count, sign) in &relation.terms {
        let (low, high) = ends(knowledge, *count, *sign);
        // term = − (sum of the others)
        let (from, to) = (-(high_sum - high), -(low_sum - low));
        let (from, to) = if *sign > 0 { (from, to) } else { (-to, -from) };
        if from > knowledge.lows[*count] && from <= knowledge.highs[*count] {
            knowledge.lows[*count] = from;
            has_changed = true;
        }
        if to < knowledge.highs[*count] && to >= knowledge.lows[*count] && to < NO_END {
            knowledge.highs[*count] = to;
            has_changed = true;
        }
        // Later terms use the sums from before; that is looser, never wrong.
    }
    has_changed
}
