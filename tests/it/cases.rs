//! Case files: runs of the program as data. `tests/cases/**/*.toml` say why, which files, the command line, and what must come out.
//!
//! ```toml
//! why = "a partner's file in Windows-1252 keeps its accents"
//! before = ["codebook init petite"]   # runs that prepare the folder, before the files are written; left out if there is nothing to prepare
//! run = "check --study petite nord.csv"
//!
//! [[file]]
//! path = "nord.csv"
//! encoding = "windows-1252"   # UTF-8 if left out; utf-8-bom, utf-16le
//! text = """
//! code;prénom
//! """
//!
//! [expected]                  # written by CATALYSE_BLESS=1, read by you
//! exit = 0
//! stdout = '''…'''
//! stderr = '''…'''
//! ```

use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;

use crate::golden::{HOW, first_difference, is_blessing};
use crate::program::{Run, on_all_cores, run_in, scratch};
use crate::repository::{ending, files_below, read, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default)]
    before: Vec<String>,
    run: String,
    #[serde(default)]
    file: Vec<CaseFile>,
    expected: Option<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    path: String,
    text: String,
    encoding: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    exit: i32,
    stdout: String,
    stderr: String,
}

#[test]
fn every_case_gives_what_it_says() {
    let cases: Vec<String> =
        files_below("tests/cases").into_iter().filter(|path| ending(path) == "toml").collect();
    assert!(!cases.is_empty(), "tests/cases has no case");
    let differences = on_all_cores(&cases, |path| difference_of(path));
    let differences: Vec<String> = differences.into_iter().flatten().collect();
    assert!(differences.is_empty(), "{}\n{HOW}", differences.join("\n\n"));
}

fn difference_of(path: &str) -> Option<String> {
    let text = read(path);
    let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let folder = scratch(&format!("cases/{}", path.replace(['/', '.'], "-")));
    for before in &case.before {
        let run = run_in(&folder, &before.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{path}, {before}: {}", run.stderr);
    }
    for file in &case.file {
        write(&folder.join(&file.path), &bytes_of(file));
    }
    let arguments: Vec<&str> = case.run.split_whitespace().collect();
    let run = run_in(&folder, &arguments);
    if is_blessing() {
        bless(path, &text, &run);
        return None;
    }
    let Some(expected) = case.expected else { return Some(format!("{path} has no [expected]")) };
    let streams =
        [("stdout", &expected.stdout, &run.stdout), ("stderr", &expected.stderr, &run.stderr)];
    let mut differences = String::new();
    for (name, expected, actual) in
        streams.into_iter().filter(|(_, expected, actual)| expected != actual)
    {
        let _ = write!(differences, "\n{name} differs, {}", first_difference(expected, actual));
    }
    if run.exit != Some(expected.exit) {
        let _ = write!(differences, "\nexit {:?} instead of {}", run.exit, expected.exit);
    }
    (!differences.is_empty()).then(|| format!("{path} ({}){differences}", case.why))
}

fn bytes_of(file: &CaseFile) -> Vec<u8> {
    match file.encoding.as_deref() {
        None | Some("utf-8") => file.text.clone().into_bytes(),
        Some("utf-8-bom") => [b"\xef\xbb\xbf".as_slice(), file.text.as_bytes()].concat(),
        Some("utf-16le") => {
            let units = std::iter::once(0xfeff).chain(file.text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        Some("windows-1252") => encoding_rs::WINDOWS_1252.encode(&file.text).0.into_owned(),
        Some(other) => panic!("a case file cannot be written in {other}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "the files of a case are written where it runs")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a file has a folder"))
        .expect("the folder can be made");
    std::fs::write(path, bytes).expect("the file can be written");
}

/// Writes what came out into the case file, after what its author wrote.
fn bless(path: &str, text: &str, run: &Run) {
    let written = text.split("\n[expected]").next().unwrap_or_default().trim_end();
    let exit = run.exit.expect("a case ends with an exit code");
    let text = format!(
        "{written}\n\n[expected]\nexit = {exit}\nstdout = {}\nstderr = {}\n",
        literal(&run.stdout),
        literal(&run.stderr)
    );
    write(&root().join(path), text.as_bytes());
}

fn literal(text: &str) -> String {
    match text {
        "" => "''".to_owned(),
        text if text.contains("'''") || text.contains('\r') || text.contains('\u{1b}') => {
            toml::Value::from(text).to_string()
        }
        text => format!("'''\n{text}'''"),
    }
}
