//! Protection: no printed count is a true small count, in whichever file of the report it stands.
//!
//! The true counts come from the deliveries by a tabulation of this test's own, which shares no code with the program's.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, SchemaFiles, Variable};
use catalyse_locale::{Language, fold};
use serde_json::Value;

use crate::repository::{ending, manifest};
use crate::sample::{cells, deliveries, entries, files_of, report};

/// The base that the policy of the partnership rounds to, and the widest distance from the true count.
const BASE: i64 = 5;
/// The partners by the beginning of their files' names, and the wave that most tables are about.
const PARTNERS: [(&str, &str); 5] = [
    ("durbuy", "durbuy"),
    ("hotton", "hotton"),
    ("la-roche", "la_roche"),
    ("rendeux", "rendeux"),
    ("erezee", "erezee"),
];
const LAST_WAVE: &str = "vague-4";

/// True counts by partner (or `total`) and code.
type Counts = BTreeMap<(String, String), i64>;

fn codebook() -> Codebook {
    Codebook::open(&SchemaFiles::bundled(), "integra").expect("the bundled study opens").codebook
}

/// Reads code and labels of a list as one map from what a partner may write to the code.
fn words_of(variable: &Variable) -> BTreeMap<String, String> {
    let list = variable.list.as_ref().expect("the variable has a list");
    let path = format!("schemas/common/code-lists/{list}.csv");
    let text = crate::repository::read(&path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().expect("a list has heads").clone();
    let mut words = BTreeMap::new();
    for row in reader.records().map(|row| row.expect("a list is CSV")) {
        let code = row.get(0).unwrap_or_default().to_owned();
        for (head, value) in heads.iter().zip(&row) {
            let values = value
                .split('|')
                .filter(|_| head == "aliases" || head.starts_with("label_") || head == "code");
            words.extend(values.map(|value| (fold(value), code.clone())));
        }
    }
    words
}

/// Counts persons of the last wave by partner and code of a variable.
fn count(variable: &Variable) -> Counts {
    let words = words_of(variable);
    let heads: BTreeSet<String> = [Language::Fr, Language::En]
        .map(|language| variable.label.get(language).to_owned())
        .into_iter()
        .chain([variable.name.to_string()])
        .chain(variable.aliases.clone())
        .map(|head| fold(&head))
        .collect();
    let mut counts = Counts::new();
    for path in deliveries("integra").into_iter().filter(|path| path.contains(LAST_WAVE)) {
        let partner = PARTNERS
            .iter()
            .find(|(begin, _)| path.contains(begin))
            .map(|(_, id)| *id)
            .expect("a known partner");
        let mut at = None;
        for row in cells(&path) {
            let head = row.iter().position(|cell| heads.contains(&fold(cell)));
            if head.is_some() {
                at = head;
                continue;
            }
            let code = at.and_then(|at| row.get(at)).and_then(|value| words.get(&fold(value)));
            for column in code.into_iter().flat_map(|_| [partner, "total"]) {
                *counts
                    .entry((column.to_owned(), code.cloned().unwrap_or_default()))
                    .or_default() += 1;
            }
        }
    }
    counts
}

/// Lists the tables of the report that count a question with one answer, by partner or in all, at the last wave.
fn plain_tables() -> Vec<(String, Variable)> {
    let codebook = codebook();
    let definition = manifest("reports/tendances.toml");
    let chapters =
        definition.get("chapter").and_then(toml::Value::as_array).expect("the report has chapters");
    let figures = chapters.iter().filter_map(|chapter| chapter.get("figure")?.as_array()).flatten();
    figures
        .filter_map(|figure| {
            let table = figure.get("table")?.as_table()?;
            let text = |key: &str| table.get(key).and_then(toml::Value::as_str);
            let is_plain = text("kind") == Some("frequency")
                && ["wave", "universe", "count", "weighted"]
                    .iter()
                    .all(|key| table.get(*key).is_none());
            let is_by_partner = text("columns").is_none_or(|columns| columns == "partner");
            let sections = codebook.forms.iter().flat_map(|form| &form.sections);
            let variable = sections
                .flat_map(|section| &section.variables)
                .find(|variable| Some(variable.name.as_str()) == text("rows"))?;
            let is_asked =
                variable.value_type.name() == "select_one" && variable.calculation.is_none();
            (is_plain && is_by_partner && is_asked)
                .then(|| (text("id").unwrap_or_default().to_owned(), variable.clone()))
        })
        .collect()
}

fn tables() -> Vec<(String, Value)> {
    let files = files_of(report()).into_iter().filter(|(name, _)| ending(name) == "json");
    files
        .map(|(name, bytes)| (name, serde_json::from_slice(&bytes).expect("a table is JSON")))
        .collect()
}

fn cells_of(table: &Value) -> impl Iterator<Item = &Value> {
    table.get("cells").and_then(Value::as_array).into_iter().flatten()
}

#[test]
fn every_printed_count_is_a_multiple_of_the_base_and_every_share_a_whole_percent() {
    let mut n_counts = 0;
    for (name, table) in tables() {
        for cell in cells_of(&table) {
            for key in ["count", "n_with_value"] {
                let Some(count) = cell.get(key).filter(|count| !count.is_null()) else { continue };
                let count = count.as_i64().unwrap_or_else(|| panic!("{name}: {count}"));
                assert_eq!(count % BASE, 0, "{name}: {key} {count}");
                n_counts += 1;
            }
            for key in ["percent", "percent_low", "percent_high"] {
                let Some(percent) = cell.get(key).filter(|percent| !percent.is_null()) else {
                    continue;
                };
                assert!(
                    percent.as_i64().is_some_and(|percent| (0..=100).contains(&percent)),
                    "{name}: {key} {percent}"
                );
            }
        }
    }
    assert!(n_counts > 1000, "{n_counts} counts");
}

#[test]
fn printed_counts_lie_beside_the_true_ones_and_hide_the_small_ones() {
    let (mut n_compared, mut n_small) = (0, 0);
    let printed = tables();
    let plain = plain_tables();
    assert!(plain.len() >= 4, "{} tables can be counted again", plain.len());
    for (id, variable) in plain {
        let truth = count(&variable);
        let (_, table) = printed
            .iter()
            .find(|(name, _)| *name == format!("tables/{id}.json"))
            .unwrap_or_else(|| panic!("no table {id}"));
        for cell in cells_of(table) {
            let text = |key: &str| cell.get(key).and_then(Value::as_str).unwrap_or_default();
            let Some(printed) = cell.get("count").and_then(Value::as_i64) else { continue };
            if text("row_role") != "category" {
                continue;
            }
            let column = if text("column_role") == "total"
                || text("column_code").is_empty()
                || !PARTNERS.iter().any(|(_, id)| *id == text("column_code"))
            {
                "total"
            } else {
                text("column_code")
            };
            let key = (column.to_owned(), text("row_code").to_owned());
            let actual = truth.get(&key).copied().unwrap_or_default();
            assert!(
                (printed - actual).abs() < BASE,
                "{id}, {key:?}: {printed} is printed for {actual}"
            );
            n_compared += 1;
            if (1..BASE).contains(&actual) {
                n_small += 1;
                assert!(printed == 0 || printed == BASE, "{id}, {key:?}: {printed}");
            }
        }
    }
    assert!(
        n_compared > 50 && n_small > 5,
        "{n_compared} cells are compared, {n_small} of them small"
    );
}

#[test]
fn the_workbook_and_its_charts_hold_printed_numbers_alone() {
    let mut printed: BTreeSet<String> = BTreeSet::new();
    for (_, table) in tables() {
        for cell in cells_of(&table) {
            let numbers = cell
                .as_object()
                .into_iter()
                .flat_map(serde_json::Map::values)
                .filter_map(Value::as_f64);
            printed.extend(
                numbers.flat_map(|number| [number.to_string(), (number / 100.0).to_string()]),
            );
        }
    }
    let mut n_numbers = 0;
    for (name, bytes) in files_of(report()).into_iter().filter(|(name, _)| ending(name) == "xlsx") {
        for (part, xml) in entries(&bytes) {
            let xml = String::from_utf8_lossy(&xml);
            // Caches of charts, and cells that are numbers: a cell with a type holds the index of a text, or a formula's.
            let numbers: Vec<&str> = if part.starts_with("xl/charts/") {
                xml.split("<c:numCache>")
                    .skip(1)
                    .flat_map(|cache| {
                        cache
                            .split("</c:numCache>")
                            .next()
                            .unwrap_or_default()
                            .split("<c:v>")
                            .skip(1)
                    })
                    .collect()
            } else if part.starts_with("xl/worksheets/sheet") {
                xml.split("<c ")
                    .skip(1)
                    .filter(|cell| !cell.split('>').next().unwrap_or_default().contains("t=\""))
                    .filter_map(|cell| cell.split_once("<v>").map(|(_, value)| value))
                    .collect()
            } else {
                Vec::new()
            };
            for number in numbers {
                let number = number.split('<').next().unwrap_or_default();
                let value: f64 =
                    number.parse().unwrap_or_else(|_| panic!("{name} {part}: {number}"));
                n_numbers += 1;
                assert!(
                    printed.contains(&value.to_string()),
                    "{name} {part}: {number} is in no table"
                );
            }
        }
    }
    assert!(n_numbers > 500, "{n_numbers} numbers");
}
