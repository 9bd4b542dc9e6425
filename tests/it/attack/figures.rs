//! The attack on what is printed beside the counts: percentages, means, quartiles and sums of weights.
//!
//! Nothing of the program is used but its files: what a rounded figure leaves open is worked out here, number by number. Earlier
//! editions are attacked beside the gate, in the tests of disclose.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{BASE, LEAST_WIDTH, THRESHOLD, truth};
use crate::repository::ending;
use crate::sample::{files_of, report};

/// How many persons a printed count may stand for.
fn persons(printed: i64) -> std::ops::RangeInclusive<i64> {
    (printed - BASE + 1).max(0)..=printed + BASE - 1
}

/// Holds the cells of a table by row and column.
pub(super) struct Printed {
    pub(super) id: String,
    pub(super) cells: BTreeMap<(String, String), Value>,
}

pub(super) fn tables(folder: &std::path::Path) -> Vec<Printed> {
    let files = files_of(folder).into_iter().filter(|(name, _)| ending(name) == "json");
    let read = |(name, bytes): (String, Vec<u8>)| {
        let json: Value = serde_json::from_slice(&bytes).expect("a table is JSON");
        let id = json.get("id").and_then(Value::as_str).unwrap_or(&name).to_owned();
        let cells = json.get("cells").and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |cell: &Value, key: &str| {
            cell.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let place = |cell: &Value| (text(cell, "row_code"), text(cell, "column_code"));
        Printed { id, cells: cells.iter().map(|cell| (place(cell), cell.clone())).collect() }
    };
    files.map(read).collect()
}

pub(super) fn whole(cell: &Value, key: &str) -> Option<i64> {
    cell.get(key).and_then(Value::as_i64)
}

fn real(cell: &Value, key: &str) -> Option<f64> {
    cell.get(key).and_then(Value::as_f64)
}

/// Returns a share in whole percents; halves go up.
fn percent(part: i64, whole: i64) -> i64 {
    (200 * part + whole) / (2 * whole)
}

/// Returns the base of a cell: those who answered, else everybody, in its column or, for moves, in its row.
fn base_of<'a>(table: &'a Printed, (row, column): &(String, String)) -> Option<&'a Value> {
    let moves = truth::specs().iter().any(|spec| spec.id == table.id && spec.kind == "transition");
    ["answered", "total"].iter().find_map(|margin| {
        let margin = (*margin).to_owned();
        let place = if moves { (row.clone(), margin) } else { (margin, column.clone()) };
        table.cells.get(&place)
    })
}

#[test]
fn a_percentage_tells_no_more_than_the_counts_beside_it() {
    let (mut n_percents, mut told) = (0, Vec::new());
    for table in tables(report()) {
        for (place, cell) in &table.cells {
            let (Some(printed), Some(count)) = (whole(cell, "percent"), whole(cell, "count"))
            else {
                continue;
            };
            let base = base_of(&table, place).and_then(|base| whole(base, "count"));
            let base = base.filter(|base| *base > 0).expect("a share has a printed base");
            n_percents += 1;
            if printed != percent(count.min(base), base) {
                told.push(format!("{} {place:?}: {printed}% of {count} in {base}", table.id));
            }
        }
    }
    assert!(n_percents > 500, "{n_percents} percentages");
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn percentages_of_true_counts_beside_rounded_ones_place_small_counts() {
    // What the attack above would find: of each small count, which numbers its percentage leaves in the box of its printed count.
    let mut n_placed = 0;
    for base in (40..=600).step_by(7) {
        for count in 1..THRESHOLD {
            let (printed, printed_base) = ((count + 2) / BASE * BASE, (base + 2) / BASE * BASE);
            let left: BTreeSet<i64> = persons(printed)
                .filter(|count_of| {
                    let mut bases = persons(printed_base);
                    bases.any(|base_of| percent(*count_of, base_of) == percent(count, base))
                })
                .collect();
            let width = left.last().unwrap_or(&0) - left.first().unwrap_or(&0);
            n_placed += usize::from(width < LEAST_WIDTH);
        }
    }
    assert!(n_placed > 50, "only {n_placed} counts are placed");
}

/// Returns the power of ten that a figure of two digits was rounded to.
fn unit_of_two_digits(figure: f64) -> f64 {
    if figure == 0.0 { 0.0 } else { 10_f64.powi(figure.abs().log10().floor() as i32 - 1) }
}

/// Lists the numbers of persons that a mean of whole numbers leaves, if it was rounded to a unit.
fn persons_of_mean(printed: i64, mean: f64, unit: f64) -> Vec<i64> {
    let fits = |n: &i64| {
        let (low, high) = ((mean - unit / 2.0) * *n as f64, (mean + unit / 2.0) * *n as f64);
        *n > 0 && (high + 1e-9).floor() >= (low - 1e-9).ceil()
    };
    persons(printed).filter(fits).collect()
}

/// Lists the summaries of whole numbers that the report prints: the table, the place, the cell.
fn summaries() -> Vec<(String, (String, String), Value)> {
    let codebook = truth::codebook();
    let is_whole = |id: &str| {
        let spec = truth::specs().into_iter().find(|spec| spec.id == id);
        let name = spec.and_then(|spec| catalyse_codebook::VariableName::new(&spec.value?).ok());
        let variable = name.and_then(|name| codebook.variable(&name));
        variable.is_some_and(|variable| {
            variable.value_type.storage() == catalyse_codebook::Storage::Integer
        })
    };
    let cells = tables(report()).into_iter().flat_map(|table| {
        let id = table.id.clone();
        table.cells.into_iter().map(move |(place, cell)| (id.clone(), place, cell))
    });
    cells.filter(|(id, _, cell)| cell.get("mean").is_some() && is_whole(id)).collect()
}

#[test]
fn no_mean_rules_out_a_number_of_persons() {
    let summaries = summaries();
    assert!(summaries.len() >= 10, "{} means", summaries.len());
    let mut told = Vec::new();
    for (id, place, cell) in &summaries {
        let n = whole(cell, "n_with_value").expect("a mean has its number of persons");
        let mean = real(cell, "mean").expect("a mean");
        // The rule is in the open: two digits, and not finer than the persons can tell apart.
        let finest = 10_f64.powi((1.0 / (n - BASE + 1) as f64).log10().ceil() as i32);
        let left = persons_of_mean(n, mean, unit_of_two_digits(mean).max(finest));
        if left.len() < persons(n).count() {
            told.push(format!("{id} {place:?}: {n} persons are one of {left:?}"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn means_of_two_digits_alone_would_tell_how_many_there_are() {
    // 15 printed, 11 to 19 there: with two digits a mean below one leaves fewer than five numbers.
    let means = (1..100).map(|hundredths| f64::from(hundredths) / 100.0);
    let placed = means.filter(|mean| {
        let left = persons_of_mean(15, *mean, unit_of_two_digits(*mean));
        left.last().zip(left.first()).is_some_and(|(last, first)| last - first < LEAST_WIDTH)
    });
    assert!(placed.count() > 20);
}

/// Says between which sums the values of the hidden groups lie: everybody's less those of the groups that are told.
///
/// A group is told by the numbers of persons it may have, its mean, and the unit that the mean was rounded to.
fn left_over(everybody: &Told, told: &[Told]) -> (f64, f64) {
    let sum = |of: &Told| {
        let (least, most) = (*of.persons.start() as f64, *of.persons.end() as f64);
        (((of.mean - of.unit / 2.0) * least).max(0.0), (of.mean + of.unit / 2.0) * most)
    };
    let (low, high) = sum(everybody);
    let (lows, highs): (Vec<f64>, Vec<f64>) = told.iter().map(sum).unzip();
    ((low - highs.iter().sum::<f64>()).max(0.0), high - lows.iter().sum::<f64>())
}

/// Holds what is told of a group.
struct Told {
    persons: std::ops::RangeInclusive<i64>,
    mean: f64,
    unit: f64,
}

/// Says whether what is left over could still be of many sizes: wider than four persons with the usual value.
fn is_open((low, high): (f64, f64), everybody: &Told) -> bool {
    high - low > 4.0 * everybody.mean
}

#[test]
fn no_sum_of_values_is_left_over_for_a_few_persons() {
    let mut n_hidden = 0;
    for table in tables(report()) {
        let told = |cell: &Value| {
            let (n, mean) = (whole(cell, "n_with_value")?, real(cell, "mean")?);
            Some(Told { persons: persons(n), mean, unit: unit_of_two_digits(mean) })
        };
        let total = table.cells.get(&("answered".to_owned(), "total".to_owned())).and_then(told);
        let Some(total) = total else { continue };
        let groups = table.cells.iter().filter(|(_, cell)| cell["row_role"] == "category");
        let (shown, hidden): (Vec<_>, Vec<_>) = groups.partition(|(_, cell)| told(cell).is_some());
        let hidden = hidden.iter().filter(|(_, cell)| whole(cell, "count").is_some()).count();
        let shown: Vec<Told> = shown.into_iter().filter_map(|(_, cell)| told(cell)).collect();
        n_hidden += hidden;
        let left = left_over(&total, &shown);
        assert!(hidden == 0 || is_open(left, &total), "{}: {left:?} is left", table.id);
    }
    assert!(n_hidden > 0, "no group is hidden, so that nothing is attacked");
}

#[test]
fn true_numbers_of_persons_beside_means_leave_the_sum_of_the_hidden_ones() {
    // A naive policy: numbers of persons as they are, means of two digits, and nothing of groups of fewer than five.
    let (mut n_attacked, mut n_placed) = (0, 0);
    for n_hidden in 1..THRESHOLD {
        for (groups, value) in [([12, 30, 55], 31.0), ([80, 25, 140], 4.4), ([9, 9, 14], 620.0)] {
            let told = |n: i64, mean: f64| Told {
                persons: n..=n,
                mean,
                unit: unit_of_two_digits(mean) / 10.0,
            };
            let shown: Vec<Told> = groups.iter().map(|n| told(*n, value)).collect();
            let everybody = told(groups.iter().sum::<i64>() + n_hidden, value);
            n_attacked += 1;
            n_placed += usize::from(!is_open(left_over(&everybody, &shown), &everybody));
        }
    }
    assert!(n_placed > n_attacked / 2, "only {n_placed} of {n_attacked} sums are placed");
}

/// Returns how many persons at least lie on the smaller side of a quartile.
fn fewest_beyond(persons: &std::ops::RangeInclusive<i64>) -> i64 {
    persons.start() / 4
}

#[test]
fn a_quartile_speaks_of_five_persons_at_least() {
    let mut n_quartiles = 0;
    for table in tables(report()) {
        for (place, cell) in &table.cells {
            for key in ["first_quartile", "third_quartile", "median_low", "median_high"] {
                if cell.get(key).is_none() {
                    continue;
                }
                let n = whole(cell, "n_with_value").expect("a quartile has its number of persons");
                let told = fewest_beyond(&persons(n));
                assert!(told >= THRESHOLD, "{} {place:?}: {key} of {n}", table.id);
                n_quartiles += 1;
            }
        }
    }
    assert!(n_quartiles > 30, "{n_quartiles} quartiles");
}

#[test]
fn quartiles_wherever_there_are_five_persons_would_speak_of_fewer() {
    // A naive policy: quartiles of all true groups of the sample data that have five persons.
    let (mut n_told, mut n_few) = (0, 0);
    for table in truth::count(&truth::specs()) {
        for summary in table.cells.iter().filter_map(|cell| cell.summary.as_ref()) {
            let n = summary.n.cast_signed();
            if n >= THRESHOLD {
                n_told += 1;
                n_few += usize::from(fewest_beyond(&(n..=n)) < THRESHOLD);
            }
        }
    }
    assert!(n_told > 20 && n_few > 0, "{n_few} of {n_told} quartiles");
}

/// Lists the numbers of persons that a first quartile of whole numbers leaves, if it was drawn between two values (definition 7).
fn persons_of_quartile(printed: i64, quartile: f64) -> Vec<i64> {
    // A value between two neighbours tells which quarter of the way it lies, and so the rest of n - 1 by 4.
    let fits = |n: &i64| {
        let way = ((n - 1) % 4) as f64 / 4.0;
        // Whole values that differ by up to 40 around it.
        (0..=40).any(|apart| {
            let low = quartile - way * f64::from(apart);
            (low - low.round()).abs() < 1e-9
        })
    };
    persons(printed).filter(|n| *n > 0).filter(fits).collect()
}

#[test]
fn no_quartile_rules_out_a_number_of_persons() {
    let mut n_quartiles = 0;
    for (id, place, cell) in summaries() {
        let n = whole(&cell, "n_with_value").expect("a quartile has its number of persons");
        for key in ["first_quartile", "median", "third_quartile"] {
            let Some(quartile) = real(&cell, key) else { continue };
            let left = persons_of_quartile(n, quartile);
            assert_eq!(left.len(), persons(n).filter(|n| *n > 0).count(), "{id} {place:?} {key}");
            n_quartiles += 1;
        }
    }
    assert!(n_quartiles > 30, "{n_quartiles} quartiles");
}

#[test]
fn quartiles_between_two_values_rule_numbers_of_persons_out() {
    // A naive policy: the quartile of so many persons with the ages 20, 21, 22, … as spreadsheets draw it.
    let placed = (40..200).filter(|n| {
        let quartile = 20.0 + (n - 1) as f64 / 4.0;
        let printed = (n + 2) / BASE * BASE;
        persons_of_quartile(printed, quartile).len() < persons(printed).count()
    });
    assert!(placed.count() > 80);
}

/// Lists how many of a heavy group may be among the persons of a cell, by its printed count and sum of weights.
fn heavy((count, sum): (i64, f64), [light, heavy]: [f64; 2], step: f64) -> BTreeSet<i64> {
    let fits = |n: i64, n_heavy: i64| {
        let weight = light * (n - n_heavy) as f64 + heavy * n_heavy as f64;
        (count as f64 * weight / n as f64 - sum).abs() <= step / 2.0 + 1e-9
    };
    let persons = persons(count).filter(|n| *n > 0);
    persons.flat_map(|n| (0..=n).filter(move |n_heavy| fits(n, *n_heavy))).collect()
}

/// Returns which numbers from 1 to 4 of a heavy group are placed within fewer than five values by a sum of weights.
fn n_placed([light, heavy_weight]: [f64; 2], step: f64) -> usize {
    let mut n_placed = 0;
    for count in [25, 50, 100, 300, 1_000] {
        for n_heavy in 1..THRESHOLD {
            let mean = light + (heavy_weight - light) * n_heavy as f64 / count as f64;
            let sum = (count as f64 * mean / step).round() * step;
            let left = heavy((count, sum), [light, heavy_weight], step);
            let width = left.last().unwrap_or(&0) - left.first().unwrap_or(&0);
            n_placed += usize::from(width < LEAST_WIDTH && left.first() > Some(&0));
        }
    }
    n_placed
}

#[test]
fn a_sum_of_weights_does_not_tell_how_many_of_a_heavy_group_are_there() {
    for weights in [[0.5, 1.5], [1.0, 2.0], [1.0, 10.0], [0.3, 4.0], [1.0, 1.0]] {
        let difference: f64 = weights[1] - weights[0];
        let steps = (0..6).flat_map(|power| [1.0, 2.0, 5.0].map(|of| of * 10_f64.powi(power)));
        let step = steps.into_iter().find(|step| *step >= difference).expect("a step");
        assert_eq!(n_placed(weights, BASE as f64 * step), 0, "{weights:?}");
    }
    // Rounded to five persons whatever the weights, a heavy group of one to four is placed.
    assert!(n_placed([1.0, 10.0], BASE as f64) > 3);
}
