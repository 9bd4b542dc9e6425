//! CSV, JSON and the other files: dialects, whole contents, and no true count anywhere.

use std::collections::BTreeMap;

use catalyse_locale::Language;
use catalyse_report::{Edition, outputs};

use crate::workbook::parts;
use crate::{golden, pack};

fn all_files(language: Language) -> BTreeMap<String, Vec<u8>> {
    let report = pack::report(language, Edition::Partnership);
    outputs::ALL
        .iter()
        .flat_map(|output| output.files(&report).expect("made"))
        .map(|file| (file.path, file.bytes))
        .collect()
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit('.').next() == Some(ending)
}

#[test]
fn each_file_has_a_path_of_its_own_and_the_readme_names_every_output() {
    let report = pack::report(Language::Fr, Edition::Partnership);
    let paths: Vec<String> = outputs::ALL
        .iter()
        .flat_map(|output| output.files(&report).expect("made"))
        .map(|file| file.path)
        .collect();
    let mut distinct = paths.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(paths.len(), distinct.len());
    let english = all_files(Language::En);
    for file in ["report.html", "tables.xlsx", "README.txt"] {
        assert!(english.contains_key(file), "{file}");
    }
    golden::compare("LISEZMOI.fr.txt", &text(&all_files(Language::Fr), "LISEZMOI.txt"));
}

#[test]
fn tables_for_programs_and_for_a_french_excel() {
    let files = all_files(Language::Fr);
    let csv = text(&files, "tables/transport.csv");
    golden::compare("transport.csv", &csv);
    golden::compare("age.csv", &text(&files, "tables/age.csv"));
    let excel = text(&files, "tables/age.excel.csv");
    golden::compare("age.excel.csv", &excel);
    assert!(excel.starts_with('\u{feff}') && excel.contains(';') && excel.contains("\r\n"));
    assert!(!csv.starts_with('\u{feff}'));
    golden::compare("transport.json", &text(&files, "tables/transport.json"));
}

#[test]
fn no_narrow_space_stands_in_a_number_of_a_file() {
    for (path, bytes) in all_files(Language::Fr) {
        if has_ending(&path, "csv") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let letters: Vec<char> = text.chars().collect();
            let broken = letters
                .windows(2)
                .any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], '\u{202f}' | '\u{a0}'));
            assert!(!broken, "{path}");
        }
    }
}

#[test]
fn every_count_is_a_multiple_of_five_and_no_true_total_is_left() {
    let files = all_files(Language::Fr);
    let mut n_counts = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| has_ending(path, "json")) {
        let table: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        for cell in table["cells"].as_array().expect("cells") {
            for name in ["count", "n_with_value"] {
                if let Some(count) = cell[name].as_u64() {
                    n_counts += 1;
                    assert_eq!(count % 5, 0, "{path}");
                }
            }
        }
    }
    assert!(n_counts > 100);
    let true_total = pack::persons().len().to_string();
    let sheets = parts(&files["tableaux.xlsx"]);
    let texts = files
        .iter()
        .filter(|(path, _)| !has_ending(path, "xlsx") && !has_ending(path, "png"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).expect("UTF-8")))
        .chain(
            sheets
                .into_iter()
                .filter(|(path, _)| path.starts_with("xl/w") || path.starts_with("xl/s")),
        );
    for (path, text) in texts {
        let told = text.match_indices(&true_total).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '#' || c == '.')
                && !after.is_some_and(|c| c.is_alphanumeric() || c == '.')
        });
        assert!(!told, "{path} tells the true number of persons");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for language in [Language::Fr, Language::En] {
        assert!(all_files(language) == all_files(language));
    }
}

#[test]
fn no_output_file_is_forgotten_in_the_registry() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/outputs");
    let mut kinds: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .filter_map(|name| Some(name.strip_suffix(".rs")?.replace('_', "-")))
        .filter(|name| name != "mod")
        .collect();
    kinds.sort();
    let mut names: Vec<&str> = outputs::ALL.iter().map(|output| output.name()).collect();
    names.sort_unstable();
    assert_eq!(kinds, names);
}
