//! Faults: every planted fault is found at its exact cell by the check that should find it, and nothing else is reported.

use std::collections::BTreeSet;

use crate::repository::read;
use crate::sample::run_on;

pub(crate) type Sighting = (String, String, String, String);

fn table(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.expect("the table is CSV"))
        .collect()
}

fn column(text: &str, name: &str) -> usize {
    let heads =
        csv::Reader::from_reader(text.as_bytes()).headers().expect("the table has heads").clone();
    heads
        .iter()
        .position(|head| head == name)
        .unwrap_or_else(|| panic!("no column {name} in {heads:?}"))
}

/// Reads file, sheet, cell and check of each row.
pub(crate) fn sightings(text: &str) -> BTreeSet<Sighting> {
    let [file, sheet, cell, check] =
        ["file", "sheet", "cell", "check"].map(|name| column(text, name));
    let cell_of = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    table(text)
        .iter()
        .map(|row| {
            (cell_of(row, file), cell_of(row, sheet), cell_of(row, cell), cell_of(row, check))
        })
        .collect()
}

#[test]
fn every_planted_fault_is_found_at_its_cell_and_nothing_else_is() {
    let planted = sightings(&read("sample-data/faulty/verite.csv"));
    assert!(planted.len() > 30, "only {} faults are planted", planted.len());
    let run = run_on("faulty", &["check", "--all", "--format", "csv"]);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    let found = sightings(&run.stdout);
    let missed: Vec<&Sighting> = planted.difference(&found).collect();
    let invented: Vec<&Sighting> = found.difference(&planted).collect();
    assert!(
        missed.is_empty(),
        "{} of {} faults are not found: {missed:#?}",
        missed.len(),
        planted.len()
    );
    assert!(
        invented.is_empty(),
        "{} findings where nothing is wrong: {invented:#?}",
        invented.len()
    );
}

#[test]
fn the_planted_faults_are_of_many_kinds() {
    let truth = read("sample-data/faulty/verite.csv");
    for (name, at_least) in [("check", 20), ("kind", 8), ("file", 3)] {
        let at = column(&truth, name);
        let distinct: BTreeSet<String> =
            table(&truth).iter().filter_map(|row| row.get(at).map(str::to_owned)).collect();
        assert!(distinct.len() >= at_least, "{name}: {distinct:?}");
    }
}

#[test]
fn clean_deliveries_have_no_finding() {
    // What the reader tells of columns and sheets that it left alone is no fault of a record.
    const TOLD: [&str; 2] = ["file.column-unknown", "file.sheet-hidden"];
    let run = run_on("integra", &["check", "--all", "--format", "csv"]);
    let [severity, check] = ["severity", "check"].map(|name| column(&run.stdout, name));
    let rows = table(&run.stdout);
    let faults = rows.iter().filter(|row| {
        row.get(severity) != Some("info") || !TOLD.contains(&row.get(check).unwrap_or_default())
    });
    assert_eq!(faults.count(), 0, "{}", run.stdout);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
}

#[test]
fn every_row_of_every_delivery_is_counted() {
    for folder in ["integra", "faulty"] {
        let run = run_on(folder, &["check", "--all", "--format", "json"]);
        let whole: serde_json::Value =
            serde_json::from_str(&run.stdout).expect("the result is JSON");
        let entries = whole
            .pointer("/ledger/entries")
            .and_then(serde_json::Value::as_array)
            .expect("there is a ledger");
        let number = |value: &serde_json::Value, name: &str| {
            value.get(name).and_then(serde_json::Value::as_u64).expect("a count")
        };
        let mut n_read = 0;
        for entry in entries {
            let aside =
                entry.get("rows_set_aside").and_then(serde_json::Value::as_array).expect("a list");
            let aside: u64 = aside.iter().map(|reason| number(reason, "count")).sum();
            assert_eq!(number(entry, "rows_read"), number(entry, "rows_kept") + aside, "{entry}");
            n_read += number(entry, "rows_read");
        }
        assert!(n_read > 100, "{folder}: {n_read} rows");
    }
}
