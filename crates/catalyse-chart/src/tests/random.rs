//! Any labels and any shares: texts still stay apart and inside.

use catalyse_disclose::Mark;
use catalyse_locale::Language;
use proptest::prelude::*;

use crate::table::reading::Reading;
use crate::table::{Side, Table};
use crate::tests::layout::{draw_as, faults};
use crate::tests::sample;
use crate::{Fonts, Width, kinds};

fn any_label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zéèàç]{1,9}",
        "[A-Za-zéèàç]{1,12}( [a-zéè’,]{1,14}){0,8}",
        "[A-Za-z]{18,40}",
        "[A-Z][a-z]{3,9}(-[a-z]{2,4}-[A-Z][a-z]{2,9})?\u{a0}[a-z]{2,12}",
    ]
}

fn any_reading() -> impl Strategy<Value = Reading> {
    prop_oneof![
        6 => (0..=100_u8, 0..=20_u8).prop_map(|(percent, half)| {
            let ends = (percent.saturating_sub(half), percent.saturating_add(half).min(100));
            Reading::Percent(percent, Some(ends), Some(u64::from(percent) * 5))
        }),
        1 => Just(Reading::Hidden(Mark::Confidential)),
        1 => Just(Reading::AtLeast(90)),
        1 => Just(Reading::AtMost(10)),
        1 => (0..5_u64).prop_map(|fives| Reading::About(fives * 5, 25)),
        1 => (0..=100_u8).prop_map(|percent| Reading::Percent(percent, None, None)),
    ]
}

fn any_side(n: std::ops::Range<usize>) -> impl Strategy<Value = Side> {
    (prop::collection::vec(any_label(), n), any::<bool>()).prop_map(|(labels, is_ordered)| {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        Side { is_ordered, ..sample::side("any", "Any", &labels) }
    })
}

fn any_table() -> impl Strategy<Value = Table> {
    (any_side(1..8), any_side(0..6), any::<bool>(), any::<bool>()).prop_flat_map(
        |(categories, groups, has_categories_in_rows, has_total)| {
            let (n, m) = (categories.headings.len(), groups.headings.len());
            let n_totals = if has_total || m == 0 { n } else { 0 };
            (
                prop::collection::vec(any_reading(), n * m),
                prop::collection::vec(any_reading(), n_totals),
            )
                .prop_map(move |(cells, totals)| Table {
                    categories: categories.clone(),
                    bases: (0..groups.headings.len() as u64).map(|i| Some(i * 35)).collect(),
                    groups: groups.clone(),
                    has_categories_in_rows,
                    cells,
                    totals,
                    changes: vec![None; categories.headings.len()],
                    ..sample::transport(Language::Fr)
                })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_labels_stay_apart_and_inside(table in any_table(), is_wide in any::<bool>()) {
        let fonts = Fonts::load().unwrap();
        let width = if is_wide { Width::Wide } else { Width::Narrow };
        for kind in kinds::ALL.iter().filter(|kind| kinds::can_draw(**kind, &table)) {
            let drawing = draw_as(kind.name(), &table, width, &fonts);
            prop_assert_eq!(faults(&drawing, &fonts), [""; 0]);
        }
    }
}
