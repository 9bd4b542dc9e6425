//! The attack on what is printed beside the counts: percentages, means, quartiles, sums of weights, and a report of two partners.
//!
//! Nothing of the program is used but its files: what a rounded figure leaves open is worked out here, number by number. Earlier
//! editions are not attacked, because the program keeps none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{BASE, LEAST_WIDTH, THRESHOLD, truth};
use crate::program::{run_in, scratch};
use crate::repository::{ending, root};
use crate::sample::{REPORT_DATE, deliveries, files_of, report};

/// How many persons a printed count may stand for.
fn persons(printed: i64) -> std::ops::RangeInclusive<i64> {
    (printed - BASE + 1).max(0)..=printed + BASE - 1
}

/// Holds the cells of a table by row and column.
struct Printed {
    id: String,
    cells: BTreeMap<(String, String), Value>,
}

fn tables(folder: &std::path::Path) -> Vec<Printed> {
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

fn whole(cell: &Value, key: &str) -> Option<i64> {
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

#[test]
fn no_sum_of_values_is_left_over_for_a_few_persons() {
    // Everybody's sum less those of the groups that are told is that of the groups that are not.
    let mut n_hidden = 0;
    for table in tables(report()) {
        let sum = |cell: &Value| {
            let (n, mean) = (whole(cell, "n_with_value")?, real(cell, "mean")?);
            let unit = unit_of_two_digits(mean);
            let low = (mean - unit / 2.0) * *persons(n).start() as f64;
            Some((low.max(0.0), (mean + unit / 2.0) * *persons(n).end() as f64, mean))
        };
        let is_summary = table.cells.values().any(|cell| cell.get("mean").is_some());
        let total = table.cells.get(&("total".to_owned(), "total".to_owned())).and_then(sum);
        let Some((low, high, mean)) = total.filter(|_| is_summary) else { continue };
        let groups = table.cells.iter().filter(|((row, _), _)| row != "total");
        let (told, hidden): (Vec<_>, Vec<_>) = groups.partition(|(_, cell)| sum(cell).is_some());
        let hidden = hidden.iter().filter(|(_, cell)| whole(cell, "count").is_some()).count();
        let told: Vec<_> = told.into_iter().filter_map(|(_, cell)| sum(cell)).collect();
        let left_low = (low - told.iter().map(|sum| sum.1).sum::<f64>()).max(0.0);
        let left_high = high - told.iter().map(|sum| sum.0).sum::<f64>();
        n_hidden += hidden;
        // Wider than four persons with the usual value: of nobody is a value told.
        let is_open = hidden == 0 || left_high - left_low > 4.0 * mean;
        assert!(is_open, "{}: from {left_low} to {left_high} is left", table.id);
    }
    assert!(n_hidden > 0, "no group is hidden, so that nothing is attacked");
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
                assert!(
                    *persons(n).start() >= 4 * THRESHOLD,
                    "{} {place:?}: {key} of {n}",
                    table.id
                );
                n_quartiles += 1;
            }
        }
    }
    assert!(n_quartiles > 30, "{n_quartiles} quartiles");
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

#[test]
fn of_two_partners_none_is_shown_and_neither_knows_the_other() {
    let folder = scratch("attack-two-partners");
    let files = deliveries("integra").into_iter();
    let files = files.filter(|path| path.contains("durbuy") || path.contains("hotton"));
    let files: Vec<String> =
        files.map(|path| root().join(path).to_string_lossy().into_owned()).collect();
    let mut arguments = vec!["report", "--date", REPORT_DATE, "--by", "partner", "--out", "sortie"];
    arguments.extend(files.iter().map(String::as_str));
    let run = run_in(&folder, &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let (mut n_counts, mut apart) = (0, Vec::new());
    for table in tables(&folder.join("sortie")) {
        for ((row, column), cell) in &table.cells {
            let is_apart = |code: &String| ["durbuy", "hotton"].contains(&code.as_str());
            let figures = ["count", "percent", "mean", "median", "weighted_count"];
            let is_shown = figures.iter().any(|key| cell.get(key).is_some());
            n_counts += usize::from(is_shown);
            if (is_apart(row) || is_apart(column)) && is_shown {
                apart.push(format!("{}: {row} {column}", table.id));
            }
        }
    }
    assert!(n_counts > 300, "{n_counts} figures");
    assert!(apart.is_empty(), "shown apart: {}", apart.join(", "));
}
