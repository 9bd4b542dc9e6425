//! Rounding and attacks against SciPy, and sums that cannot all be kept.

use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::{System, round};
use crate::audit::exact_ranges;
use crate::linked::relation::Relation;

/// Written by `tests/oracle/disclose_oracle.py`.
const ORACLE: &str = include_str!("../../../../tests/oracle/disclose_oracle.json");

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// The sums of a table with its margins, in the oracle's order of counts.
fn sums(n_rows: usize, n_columns: usize) -> Vec<Relation> {
    let n_cells = n_rows * n_columns;
    let mut sums = Vec::new();
    for row in 0..n_rows {
        let parts: Vec<usize> = (0..n_columns).map(|column| row * n_columns + column).collect();
        sums.push(Relation::new(&[n_cells + row], &parts, false));
    }
    for column in 0..n_columns {
        let parts: Vec<usize> = (0..n_rows).map(|row| row * n_columns + column).collect();
        sums.push(Relation::new(&[n_cells + n_rows + column], &parts, false));
    }
    let rows: Vec<usize> = (n_cells..n_cells + n_rows).collect();
    sums.push(Relation::new(&[n_cells + n_rows + n_columns], &rows, false));
    sums
}

#[test]
fn the_least_change_and_the_attacked_ranges_are_those_of_scipy() {
    let cases: Vec<Value> = serde_json::from_str(ORACLE).unwrap();
    assert!(cases.len() >= 7);
    for case in &cases {
        let size = |key: &str| case[key].as_u64().unwrap() as usize;
        let (truths, printed) = (numbers(&case["counts"]), numbers(&case["printed"]));
        let relations = sums(size("n_rows"), size("n_columns"));
        let system = System {
            base: 5,
            truths: &truths,
            relations: &relations,
            across: &vec![false; relations.len()],
            guards: &[],
            before: &[],
            is_out_of_time: AtomicBool::new(false),
        };
        let rounded = round(&system);
        let changes = rounded.values.iter().zip(&truths).map(|(one, other)| one.abs_diff(*other));
        assert_eq!(changes.sum::<u64>(), case["least_change"].as_u64().unwrap());
        assert!((0..relations.len()).all(|sum| system.holds(sum, &rounded.values)));
        let own: Vec<usize> = numbers(&case["own"]).into_iter().map(|own| own as usize).collect();
        for (own, key) in [(Vec::new(), "outsider"), (own, "insider")] {
            let expected: Vec<Vec<u64>> =
                case[key].as_array().unwrap().iter().map(numbers).collect();
            assert_eq!(exact_ranges(&relations, &printed, (&own, &truths)), expected, "{key}");
        }
    }
}

#[test]
fn sums_that_cannot_all_be_kept_are_given_up_and_named() {
    // Five ones that add up to 5, each with the same 4 making 5: either all ones go up or none does, but one must.
    let truths = [1, 1, 1, 1, 1, 4, 5, 5, 5, 5, 5, 5];
    let mut relations: Vec<Relation> =
        (0..5).map(|one| Relation::new(&[6 + one], &[one, 5], false)).collect();
    relations.push(Relation::new(&[11], &[0, 1, 2, 3, 4], false));
    let system = System {
        base: 5,
        truths: &truths,
        relations: &relations,
        across: &vec![false; relations.len()],
        guards: &[],
        before: &[],
        is_out_of_time: AtomicBool::new(false),
    };
    let rounded = round(&system);
    let broken = (0..relations.len()).filter(|sum| !system.holds(*sum, &rounded.values));
    assert_eq!(broken.count(), 1);
    let is_neighbour = |(value, truth): (&u64, &u64)| value.abs_diff(*truth) < 5 && value % 5 == 0;
    assert!(rounded.values.iter().zip(&truths).all(is_neighbour));
    assert_eq!(rounded.values, round(&system).values);
}
