//! Tables compared with pandas, SciPy and statsmodels: `tests/oracle/tabulate_oracle.py` of the workspace made the figures.

use catalyse_disclose::{Role, Tabulation};
use catalyse_stats::benjamini_hochberg;
use catalyse_tabulate::{Caseload, tabulate};
use serde_json::Value;

use crate::study::{batch, codebook, spec};

const RECORDS: &str = include_str!("../../../../tests/oracle/tabulate_records.csv");
const FIGURES: &str = include_str!("../../../../tests/oracle/tabulate_oracle.json");

/// Asserts that two figures agree to nine digits.
fn near(one: f64, other: &Value, what: &str) {
    let other = other.as_f64().unwrap_or_else(|| panic!("{what}: no figure"));
    let scale = one.abs().max(other.abs()).max(1e-12);
    assert!((one - other).abs() <= 1e-9 * scale, "{what}: {one} and {other}");
}

/// Returns the places of a key on one side. The oracle knows all missing answers together as `missing`.
fn places(headings: &[catalyse_disclose::Heading], key: &str) -> Vec<usize> {
    let is_meant = |heading: &catalyse_disclose::Heading| match key {
        "missing" => heading.role == Role::Missing,
        key => heading.key == key,
    };
    let places = headings.iter().enumerate().filter(|(_, heading)| is_meant(heading));
    places.map(|(place, _)| place).collect()
}

fn compare_cells(table: &Tabulation, expected: &Value) {
    let keys = expected["keys"].as_str().expect("keys");
    let cells = expected["cells"].as_object().expect("cells");
    for (name, count) in cells {
        let (row, column) = name.split_once('|').expect("row and column");
        // The oracle's summaries are of those with a value.
        let row =
            if expected.get("summaries").is_some() && row == "total" { "answered" } else { row };
        let rows = places(&table.rows.headings, row);
        let column = places(&table.columns.headings, column);
        assert!(!rows.is_empty() && column.len() == 1, "{keys}: no cell {name}");
        let cells = || rows.iter().filter_map(|row| table.cell(*row, column[0]));
        assert_eq!(Some(cells().map(|cell| cell.count).sum()), count.as_u64(), "{keys}: {name}");
        assert!(cells().all(|cell| cell.persons == cell.count));
        if let Some(weighted) = expected.get("weighted") {
            let sum = cells().filter_map(|cell| cell.weighted).sum();
            near(sum, &weighted[name], &format!("{keys}: {name}"));
        }
        if let Some(summaries) = expected.get("summaries") {
            let summary = cells().find_map(|cell| cell.summary.clone()).expect("a summary");
            let (low, high) = summary.mean_interval.expect("an interval");
            let [first, median, third] = summary.quartiles;
            let mut found = vec![summary.mean, low, high, first, median, third];
            if summaries[name].as_array().is_some_and(|figures| figures.len() > found.len()) {
                let (low, high) = summary.median_interval.expect("an interval");
                found.extend([low, high]);
            }
            for (place, figure) in found.iter().enumerate() {
                near(*figure, &summaries[name][place], &format!("{keys}: {name}, {place}"));
            }
        }
    }
}

fn compare_tests(table: &Tabulation, expected: &Value) {
    let keys = expected["keys"].as_str().expect("keys");
    let tests = expected["tests"].as_array().expect("tests");
    assert_eq!(table.tests.len(), tests.len(), "{keys}");
    for (test, expected) in table.tests.iter().zip(tests) {
        let what = format!("{keys}: {:?}", test.subject);
        assert_eq!(
            (Some(test.method), Some(test.n)),
            (expected["method"].as_str(), expected["n"].as_u64()),
            "{what}"
        );
        near(test.p, &expected["p"], &what);
        near(
            test.adjusted_p.expect("adjusted"),
            &expected["adjusted"],
            &format!("{what}, adjusted"),
        );
        if let Some(v) = expected.get("v") {
            near(test.cramers_v.expect("V"), v, &format!("{what}, V"));
        }
        if let Some(moved) = expected.get("moved") {
            let paired = test.paired.as_ref().expect("moves");
            let of = |place: usize| moved[place].as_u64().expect("a count");
            assert_eq!((paired.came.count, paired.left.count), (of(0), of(1)), "{what}");
        }
    }
}

/// Adjusts over all tables, as the gate does where every test is told.
fn adjust(tables: &mut [Tabulation]) {
    let tests = || tables.iter().flat_map(|table| &table.tests);
    let p_values: Vec<f64> = tests().map(|test| test.adjusted_p.unwrap_or(test.p)).collect();
    let adjusted = benjamini_hochberg(&p_values).expect("p-values");
    let tests = tables.iter_mut().flat_map(|table| &mut table.tests);
    tests.zip(adjusted).for_each(|(test, p)| test.adjusted_p = Some(p));
}

#[test]
fn every_figure_is_that_of_the_other_tools() {
    let codebook = codebook();
    let batch = batch(&codebook, &RECORDS.replace(',', "|"), None);
    let caseload = Caseload::new(&codebook, &batch).expect("records");
    assert_eq!(caseload.n_repeated(), 2);
    let expected: Vec<Value> = serde_json::from_str(FIGURES).expect("figures");
    assert_eq!(expected.len(), 16);
    let keys = expected.iter().map(|table| table["keys"].as_str().expect("keys"));
    let mut tables: Vec<Tabulation> =
        keys.map(|keys| tabulate(&caseload, &spec(keys)).expect("a table")).collect();
    adjust(&mut tables);
    for (table, expected) in tables.iter().zip(&expected) {
        compare_cells(table, expected);
        compare_tests(table, expected);
    }
}
