//! The attack itself: between which values a number can lie, given all that is known.
//!
//! Two possible worlds in which a number differs by enough show that nobody can tell. Some worlds are looked for that move all numbers at
//! once; for each number that is still open, the smallest and the largest value are worked out by themselves.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::system::System;

/// Holds counts and their factors: a count, or the difference of two.
pub(super) type Target = Vec<(usize, i64)>;

/// Worlds that are looked for before each open number gets its own.
const N_WORLDS: u64 = 24;

/// Returns the targets whose ends differ by less than `least`, with both ends.
///
/// # Panics
/// No world fits: what is taken to be known contradicts itself.
pub(super) fn narrow(
    system: &System,
    boxes: &[(i64, i64)],
    targets: &[Target],
    least: i64,
) -> Vec<(usize, f64, f64)> {
    let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); targets.len()];
    let is_open = |range: &(f64, f64)| range.1 - range.0 < least as f64 - 1e-6;
    let mut coin = 1_u64;
    for world in 0..N_WORLDS {
        if !ranges.iter().any(is_open) {
            break;
        }
        let mut prices = vec![0.0; boxes.len()];
        for (target, _) in targets.iter().zip(&ranges).filter(|(_, range)| is_open(range)) {
            coin = coin
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let is_up = if world < 2 { world == 0 } else { coin >> 63 == 0 };
            for (count, factor) in target {
                prices[*count] += if is_up { *factor as f64 } else { -*factor as f64 };
            }
        }
        look_at(&extreme(system, boxes, &prices), targets, &mut ranges);
    }
    for place in 0..targets.len() {
        for sign in [1.0, -1.0] {
            if is_open(&ranges[place]) {
                let mut prices = vec![0.0; boxes.len()];
                for (count, factor) in &targets[place] {
                    prices[*count] = sign * *factor as f64;
                }
                look_at(&extreme(system, boxes, &prices), targets, &mut ranges);
            }
        }
    }
    let narrow = ranges.iter().enumerate().filter(|(_, range)| is_open(range));
    narrow.map(|(place, range)| (place, range.0, range.1)).collect()
}

fn look_at(world: &[f64], targets: &[Target], ranges: &mut [(f64, f64)]) {
    for (target, range) in targets.iter().zip(ranges) {
        let value: f64 = target.iter().map(|(count, factor)| world[*count] * *factor as f64).sum();
        *range = (range.0.min(value), range.1.max(value));
    }
}

/// Finds the possible world of the highest price.
fn extreme(system: &System, boxes: &[(i64, i64)], prices: &[f64]) -> Vec<f64> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let counts: Vec<_> = boxes
        .iter()
        .zip(prices)
        .map(|((low, high), price)| problem.add_var(*price, (*low as f64, *high as f64)))
        .collect();
    for tie in &system.ties {
        let sum: Vec<_> =
            tie.terms.iter().map(|(count, factor)| (counts[*count], *factor as f64)).collect();
        let is = if tie.is_equal { ComparisonOp::Eq } else { ComparisonOp::Le };
        problem.add_constraint(&sum, is, 0.0);
    }
    let outcome = problem.solve().expect("the truth is a world that fits");
    let solution = outcome.solution().expect("no bound was asked for");
    counts.iter().map(|count| solution.var_value(*count)).collect()
}
