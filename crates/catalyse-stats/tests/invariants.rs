//! What must hold for any counts, whatever the figures are.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use catalyse_stats::{
    Confidence, CountRange, CountTable, Interval, MonteCarlo, OrderedValues, PairedCounts,
    RoundedPairs, Share, WeightedSums, WeightedValue, association, benjamini_hochberg, cramers_v,
    holm, mcnemar_mid_p, newcombe_paired, newcombe_paired_rounded, newcombe_wilson,
    newcombe_wilson_rounded, quantile, stuart_maxwell, weighted_mean, weighted_quantile, wilson,
};
use proptest::prelude::*;

const LEVEL: Confidence = Confidence::NINETY_FIVE;
const HAIR: f64 = 1e-12;

fn shares() -> impl Strategy<Value = Share> {
    (1_u64..2_000_000).prop_flat_map(|base| {
        prop_oneof![0..=base.min(5), 0..=base].prop_map(move |n| Share::new(n, base).unwrap())
    })
}

fn tables() -> impl Strategy<Value = CountTable> {
    (1_usize..5, 1_usize..5).prop_flat_map(|(n_rows, n_columns)| {
        let row = prop::collection::vec(0_u64..40, n_columns);
        prop::collection::vec(row, n_rows).prop_map(|rows| CountTable::new(&rows).unwrap())
    })
}

fn is_inside(interval: &Interval, value: f64, [lowest, highest]: [f64; 2]) -> bool {
    interval.low >= lowest
        && interval.high <= highest
        && interval.low <= value + HAIR
        && interval.high >= value - HAIR
}

/// A count as it is printed: one of the two multiples beside it, whichever.
fn printed(count: u64, base: u64, is_up: bool) -> CountRange {
    let below = count / base * base;
    let printed = if is_up && below < count { below + base } else { below };
    CountRange::around(printed, base - 1)
}

/// Says whether one interval lies in the other.
fn holds(outer: &Interval, inner: &Interval) -> bool {
    outer.low <= inner.low + HAIR && inner.high <= outer.high + HAIR
}

fn is_probability(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_interval_of_a_share_stays_in_range_and_contains_it(share in shares()) {
        let interval = wilson(share, LEVEL);
        prop_assert!(is_inside(&interval, share.value(), [0.0, 1.0]), "{share:?} {interval:?}");
        prop_assert!(interval.width() > 0.0);
    }

    #[test]
    fn the_interval_of_the_others_is_the_mirror_image(share in shares()) {
        let (one, other) = (wilson(share, LEVEL), wilson(share.complement(), LEVEL));
        prop_assert!((one.low - (1.0 - other.high)).abs() < HAIR);
    }

    #[test]
    fn a_difference_changes_its_sign_with_the_order(one in shares(), two in shares()) {
        let (there, back) = (newcombe_wilson(one, two, LEVEL), newcombe_wilson(two, one, LEVEL));
        prop_assert!(is_inside(&there.interval, there.value, [-1.0, 1.0]), "{there:?}");
        prop_assert!((there.interval.low + back.interval.high).abs() < 1e-7, "{there:?} {back:?}");
    }

    #[test]
    fn paired_answers_have_a_change_inside_its_interval(
        both in 0_u64..300, first_only in 0_u64..300, second_only in 0_u64..300, neither in 0_u64..300,
    ) {
        let counts = PairedCounts { both, first_only, second_only, neither };
        prop_assert!(is_probability(mcnemar_mid_p(&counts).p));
        if counts.n_persons() > 0 {
            let change = newcombe_paired(&counts, LEVEL).unwrap();
            prop_assert!(is_inside(&change.interval, change.value, [-1.0, 1.0]), "{change:?}");
        }
    }

    #[test]
    fn any_table_has_a_test_and_a_strength_or_a_reason(table in tables()) {
        let plan = MonteCarlo { draws: 200, seed: 3 };
        if let Ok(test) = association(&table, plan) {
            prop_assert!(is_probability(test.p) && test.statistic.is_none_or(f64::is_finite));
            prop_assert_eq!(Ok(test), association(&table, plan));
        }
        if let Ok(strength) = cramers_v(&table) {
            prop_assert!(is_probability(strength));
        }
        if let Ok(test) = stuart_maxwell(&table) {
            prop_assert!(is_probability(test.p) && test.statistic.is_some_and(|q| q >= 0.0));
        }
    }

    #[test]
    fn adjusting_never_makes_a_p_smaller(p_values in prop::collection::vec(0.0_f64..=1.0, 0..30)) {
        let (holm, hochberg) = (holm(&p_values).unwrap(), benjamini_hochberg(&p_values).unwrap());
        for ((raw, holm), hochberg) in p_values.iter().zip(&holm).zip(&hochberg) {
            prop_assert!(raw <= hochberg && *hochberg <= holm + HAIR && is_probability(*holm));
        }
    }

    #[test]
    fn a_mean_lies_among_the_values_and_weights_of_one_change_nothing(
        values in prop::collection::vec(-100_i32..100, 2..60), weight in 0.1_f64..50.0,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let pairs: Vec<(f64, f64)> = values.iter().map(|value| (weight, *value)).collect();
        let found = weighted_mean(&[WeightedSums::of(&pairs).unwrap()]).unwrap().value;
        let plain = values.iter().sum::<f64>() / values.len() as f64;
        prop_assert!((found - plain).abs() < 1e-9);
        let ordered = OrderedValues::of(&values).unwrap();
        let persons: Vec<WeightedValue> =
            values.iter().map(|value| WeightedValue { value: *value, weight, stratum: 0 }).collect();
        for share in [0.1, 0.25, 0.5, 0.75] {
            let weighted = weighted_quantile(&persons, share, LEVEL).unwrap().value;
            let plain = quantile(&ordered, share, LEVEL).unwrap().value;
            prop_assert!(weighted.total_cmp(&plain).is_eq(), "{weighted} is not {plain}");
        }
    }

    #[test]
    fn quantiles_rise_with_the_probability(values in prop::collection::vec(-100_i32..100, 1..80)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let ordered = OrderedValues::of(&values).unwrap();
        let at = |p: f64| quantile(&ordered, p, LEVEL).unwrap();
        let found: Vec<f64> = (0..=20).map(|i| at(f64::from(i) / 20.0).value).collect();
        prop_assert!(found.is_sorted());
        let median = at(0.5);
        prop_assert!(median.interval.is_none_or(|ends| ends.contains(median.value)));
    }

    #[test]
    fn an_interval_of_rounded_shares_holds_that_of_the_true_ones(
        bases in prop::array::uniform2(1_u64..400), parts in prop::array::uniform2(0.0_f64..=1.0),
        base in prop::sample::select(vec![1_u64, 3, 5, 10]), ups in prop::array::uniform4(any::<bool>()),
    ) {
        let counts = [0, 1].map(|side| (bases[side] as f64 * parts[side]).round() as u64);
        let shares = [0, 1].map(|side| Share::new(counts[side], bases[side]).unwrap());
        let ends = [0, 1].map(|side| {
            let whole = printed(bases[side], base, ups[side]);
            printed(counts[side], base, ups[side + 2]).shares_of(whole).unwrap()
        });
        let truth = newcombe_wilson(shares[0], shares[1], LEVEL).interval;
        let told = newcombe_wilson_rounded(ends[0], ends[1], LEVEL);
        prop_assert!(holds(&told, &truth), "{told:?} {truth:?}");
        prop_assert!(base > 1 || holds(&truth, &told));
    }

    #[test]
    fn an_interval_of_rounded_changes_holds_that_of_the_true_ones(
        [both, first_only, second_only, neither] in prop::array::uniform4(prop_oneof![0_u64..9, 0_u64..200]),
        base in prop::sample::select(vec![1_u64, 3, 5]), ups in prop::array::uniform5(any::<bool>()),
    ) {
        let counts = PairedCounts { both, first_only, second_only, neither };
        prop_assume!(counts.n_persons() > 0);
        let pairs = RoundedPairs {
            first: printed(both + first_only, base, ups[0]),
            second: printed(both + second_only, base, ups[1]),
            first_only: printed(first_only, base, ups[2]),
            second_only: printed(second_only, base, ups[3]),
            n_persons: printed(counts.n_persons(), base, ups[4]),
        };
        let truth = newcombe_paired(&counts, LEVEL).unwrap().interval;
        let told = newcombe_paired_rounded(&pairs, LEVEL).unwrap();
        prop_assert!(holds(&told, &truth), "{told:?} {truth:?}");
        prop_assert!(base > 1 || holds(&truth, &told));
    }
}
