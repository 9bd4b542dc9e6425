//! Weights from the study to every file of a report: the unweighted count beside the weighted one, and nothing else changed by equal weights.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{run_in, scratch};
use crate::sample::{entries, files_of};

const WEIGHT: &str = r#"
[[section.variable]]
name = "weight"
type = "decimal"
label = { fr = "Poids", en = "Weight" }
calculation = "CASE WHEN gender = 'F' THEN FEMALE WHEN gender = 'M' THEN 1.5 ELSE 1.5 END"
"#;

/// Each table twice: `NAME` and `NAME_w`, which is weighted.
const TABLES: [(&str, &str); 4] = [
    ("gender", r#"kind = "frequency", rows = "gender""#),
    ("housing", r#"kind = "frequency", rows = "housing""#),
    ("age", r#"kind = "summary", rows = "gender", value = "age""#),
    ("rent", r#"kind = "summary", rows = "partner", value = "rent""#),
];

#[expect(clippy::disallowed_methods, reason = "the test makes a study of its own")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the scratch folder takes files");
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Makes the starter study with a weight for women, and that of everybody else.
fn study(name: &str, of_women: &str) -> PathBuf {
    let folder = scratch(name);
    assert_eq!(run_in(&folder, &["codebook", "init", "etude"]).exit, Some(0));
    let form = folder.join("etude/forms/record.toml");
    let text = read(&form) + &WEIGHT.replace("FEMALE", of_women);
    write(&form, &text);
    let study = folder.join("etude/study.toml");
    write(&study, &read(&study).replace("[keys]", "[keys]\nweight = \"weight\""));
    folder
}

fn report(name: &str, of_women: &str) -> PathBuf {
    let folder = study(name, of_women);
    let mut definition = String::from(
        "name = \"poids\"\ntitle = { fr = \"Poids\", en = \"Weights\" }\n[[chapter]]\nid = \"poids\"\ntitle = { fr = \"Poids\", en = \"Weights\" }\n",
    );
    for (id, keys) in TABLES {
        for (ending, more) in [("", ""), ("_w", ", weighted = true")] {
            let chart = if keys.contains("frequency") { "chart = \"bar\"\n" } else { "" };
            let table = format!("table = {{ id = \"{id}{ending}\", {keys}{more} }}\n");
            definition.extend(["[[chapter.figure]]\n", &table, chart]);
        }
    }
    write(&folder.join("etude/reports/rapport.toml"), &definition);
    for command in [
        "codebook lint etude",
        "simulate --study etude --persons 400 --seed 5 --out essai",
        "report --study etude --out sortie essai",
    ] {
        let run = run_in(&folder, &command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{command}\n{}{}", run.stdout, run.stderr);
    }
    folder.join("sortie")
}

fn cells(report: &Path, table: &str) -> Vec<Value> {
    let text = read(&report.join(format!("tables/{table}.json")));
    let json: Value = serde_json::from_str(&text).expect("a table is JSON");
    json.get("cells").and_then(Value::as_array).expect("a table has cells").clone()
}

fn number(cell: &Value, key: &str) -> Option<f64> {
    cell.get(key).and_then(Value::as_f64)
}

#[test]
fn equal_weights_print_what_no_weights_print() {
    let report = report("weights-equal", "1.5");
    let mut n_figures = 0;
    for (table, _) in TABLES {
        let (plain, weighted) = (cells(&report, table), cells(&report, &format!("{table}_w")));
        assert_eq!(plain.len(), weighted.len());
        for (plain, weighted) in plain.iter().zip(&weighted) {
            for key in ["row_code", "status"] {
                assert_eq!(plain.get(key), weighted.get(key), "{table}");
            }
            for key in
                ["count", "n_with_value", "mean", "median", "first_quartile", "third_quartile"]
            {
                assert_eq!(plain.get(key), weighted.get(key), "{table}: {key}");
                n_figures += usize::from(plain.get(key).is_some());
            }
            // Shares are of the sums of weights, which are rounded themselves.
            let percents = number(plain, "percent").zip(number(weighted, "percent"));
            assert!(percents.is_none_or(|(one, other)| (one - other).abs() <= 1.0), "{table}");
            let count = number(weighted, "count").expect("a count is shown");
            let sum = number(weighted, "weighted_count").expect("a sum of weights is shown");
            assert!((sum - count * 1.5).abs() <= 2.5, "{table}: {sum} of {count}");
            assert_eq!(number(weighted, "effective_count"), Some(count));
        }
    }
    assert!(n_figures > 60, "{n_figures} figures");
}

#[test]
fn the_count_stands_beside_its_weight_in_every_file() {
    let report = report("weights-by-gender", "0.5");
    for cell in cells(&report, "gender_w") {
        let count = number(&cell, "count").expect("a count is shown");
        let sum = number(&cell, "weighted_count").expect("a sum of weights is shown");
        let weight = match cell.get("row_code").and_then(Value::as_str) {
            Some("F") => 0.5,
            Some("M") => 1.5,
            _ => continue,
        };
        // Weights from 0.5 to 1.5: steps of 5.
        assert!((sum - count * weight).abs() <= 2.5 && sum % 5.0 == 0.0, "{sum} of {count}");
    }
    let share = |table: &str| {
        let cells = cells(&report, table);
        let women = cells.iter().find(|cell| cell.get("row_code") == Some(&"F".into()));
        women.and_then(|cell| number(cell, "percent")).expect("a share is shown")
    };
    assert!(share("gender_w") < share("gender") - 15.0, "{}", share("gender_w"));
    // Within a gender all weigh the same: only everybody's mean may move.
    for (plain, weighted) in cells(&report, "age").iter().zip(&cells(&report, "age_w")) {
        if plain.get("row_role") == Some(&"category".into()) {
            assert_eq!(plain.get("mean"), weighted.get("mean"));
            assert_eq!(plain.get("median"), weighted.get("median"));
        }
        if let (Some(mean), Some(low)) = (number(weighted, "mean"), number(weighted, "mean_low")) {
            assert!(low <= mean);
        }
    }
    let page = read(&report.join("rapport.html"));
    assert_eq!(page.matches(">N pondéré<").count(), TABLES.len());
    assert!(
        page.contains("100 personnes en disent autant que"),
        "the effective number is not named"
    );
    let csv = read(&report.join("tables/age_w.csv"));
    assert!(
        csv.lines().next().is_some_and(|heads| heads.contains("weighted_count,effective_count"))
    );
    assert!(read(&report.join("tables/age_w.excel.csv")).contains("N pondéré"));
    let files = files_of(&report);
    let workbook = files.iter().find(|(name, _)| name == "tableaux.xlsx");
    let parts = entries(&workbook.expect("a workbook is written").1);
    let shared = parts.iter().find(|(name, _)| name == "xl/sharedStrings.xml");
    let texts = String::from_utf8_lossy(&shared.expect("a workbook has texts").1).into_owned();
    assert!(texts.contains("N pondéré") && texts.contains("weighted_count"));
}

#[test]
fn lint_says_why_the_same_persons_are_not_weighted() {
    let folder = study("weights-change", "0.5");
    let report = folder.join("etude/reports/rapport.toml");
    let text = read(&report);
    let changed = text.replace(
        "rows = \"licence\", wave = \"first-and-last\"",
        "rows = \"licence\", weighted = true, wave = \"first-and-last\"",
    );
    assert_ne!(text, changed);
    write(&report, &changed);
    let line = changed.lines().position(|line| line.contains("weighted = true")).map(|at| at + 1);
    let run = run_in(&folder, &["codebook", "lint", "etude"]);
    assert_eq!(run.exit, Some(2), "{}", run.stderr);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains(&format!("rapport.toml:{}", line.unwrap_or(0))), "{said}");
    assert!(
        said.contains("suit les mêmes personnes, et la pondération redresse une vague"),
        "{said}"
    );
}
