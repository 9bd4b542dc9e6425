//! The four forms of findings: each tells the same findings at the same cells, and none a value.

use std::collections::BTreeSet;

use crate::program::{Run, run, scratch};
use crate::sample::cells;

const DELIVERY: &str = "sample-data/faulty/rendeux-vague-1.csv";

type Told = BTreeSet<(String, String)>;

fn check(arguments: &[&str]) -> Run {
    let mut whole = vec!["check", "--all", DELIVERY];
    whole.extend(arguments);
    let run = run(&whole);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    run
}

/// Reads cell and check of each row of a table with heads; the heads are those of the program's CSV.
fn of_rows(rows: &[Vec<String>], (cell, check): (&str, &str)) -> Told {
    let heads = rows.iter().position(|row| row.iter().any(|head| head == cell)).expect("heads");
    let at = |name: &str| rows[heads].iter().position(|head| head == name).expect("the head");
    let (cell, check) = (at(cell), at(check));
    let filled = rows[heads + 1..].iter().filter(|row| row.len() > cell.max(check));
    filled.map(|row| (row[cell].clone(), row[check].clone())).collect()
}

fn of_csv() -> Told {
    let run = check(&["--format", "csv"]);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(run.stdout.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("the rows are even").iter().map(str::to_owned).collect())
        .collect();
    of_rows(&rows, ("cell", "check"))
}

fn of_json(run: &Run) -> Told {
    let whole: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = |value: &serde_json::Value, name: &str| {
        value.get(name).and_then(serde_json::Value::as_array).cloned().expect("a list")
    };
    let text = |value: &serde_json::Value, name: &str| {
        value.get(name).and_then(serde_json::Value::as_str).expect("a text").to_owned()
    };
    let mut told = Told::new();
    for finding in list(&whole, "findings") {
        for place in list(&finding, "places") {
            let address = text(&place, "address");
            let cell = address.rsplit('!').next().unwrap_or_default().to_owned();
            told.insert((cell, text(&finding, "check")));
        }
    }
    told
}

/// Reads what the terminal shows: a head for each check, its sentence, then the places.
fn of_text(run: &Run) -> Told {
    let mut check = String::new();
    let mut told = Told::new();
    for line in run.stdout.lines() {
        if let Some((_, rest)) = line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
            check = rest.split(" — ").next().unwrap_or_default().to_owned();
        }
        let cells = line.split_whitespace().filter_map(|word| word.rsplit_once(".csv!"));
        told.extend(cells.map(|(_, cell)| (cell.to_owned(), check.clone())));
    }
    told
}

#[test]
fn all_four_forms_tell_the_same_findings() {
    let workbook = scratch("findings-in-four-forms").join("constats.xlsx");
    let out = workbook.to_string_lossy().into_owned();
    let run = check(&["--format", "xlsx", "--out", &out]);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    let rows = cells(&out);
    let csv = of_csv();
    assert!(csv.len() > 10, "{csv:?}");
    assert_eq!(of_rows(&rows, ("Cellule", "Contrôle")), csv);
    assert_eq!(of_json(&check(&["--format", "json"])), csv);
    assert_eq!(of_text(&check(&["--format", "text"])), csv);
    // The workbook goes back to people: its words are theirs, in each row.
    let severities: BTreeSet<&str> =
        rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    let words = BTreeSet::from(["Gravité", "bloquant", "pour information", "à vérifier"]);
    assert!(severities.len() > 2 && severities.is_subset(&words), "{severities:?}");
}

#[test]
fn the_language_changes_words_and_nothing_else() {
    let [fr, en] = ["fr", "en"].map(|lang| check(&["--format", "json", "--lang", lang]));
    assert_ne!(fr.stdout, en.stdout);
    assert_eq!(of_json(&fr), of_json(&en));
    let outcomes = |run: &Run| -> serde_json::Value {
        let whole: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        whole.get("outcomes").cloned().expect("what each check came to")
    };
    assert_eq!(outcomes(&fr), outcomes(&en));
    let english = check(&["--lang", "en"]).stdout;
    assert!(english.contains("[hard]") && english.contains("[soft]"), "{english}");
}

#[test]
fn a_clean_delivery_ends_with_0_in_every_form() {
    for format in ["text", "json", "csv"] {
        let run = run(&["check", "sample-data/integra/rendeux-vague-1.csv", "--format", format]);
        assert_eq!(run.exit, Some(0), "{format}: {}{}", run.stdout, run.stderr);
    }
}
