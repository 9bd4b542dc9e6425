//! Kinds: no file names a kind but its own and its registry, so that a new one is two files and an old one can go.
//!
//! Studies, policies, reports, docs and tests name kinds: they are what kinds are for.

use super::no_offence;
use crate::repository::{Source, sources};

/// The folders of kinds whose names are texts.
const FOLDERS: [&str; 10] = [
    "crates/catalyse-check/src/kinds/",
    "crates/catalyse-check/src/profile/alerts/",
    "crates/catalyse-codebook/src/types/",
    "crates/catalyse-intake/src/formats/",
    "crates/catalyse-tabulate/src/kinds/",
    "crates/catalyse-disclose/src/modes/",
    "crates/catalyse-chart/src/kinds/",
    "crates/catalyse-report/src/outputs/",
    "crates/catalyse/src/commands/check/outputs/",
    "crates/catalyse/src/commands/profile/outputs/",
];

/// Words that mean much else beside a kind: of these, only what asks for the kind is found.
const WORDS: [&str; 16] = [
    "change",
    "csv",
    "date",
    "figures",
    "integer",
    "json",
    "line",
    "month",
    "partner",
    "pseudonym",
    "summary",
    "text",
    "type",
    "wave",
    "xlsx",
    "required",
];

/// Where a kind is named all the same, and why.
const EXCEPTIONS: [(&str, &str); 11] = [
    // The keys of a variable mean checks; the codebook writes them out as a study would.
    ("expression", "crates/catalyse-codebook/src/open/own_checks.rs"),
    ("skip", "crates/catalyse-codebook/src/open/own_checks.rs"),
    // The records that count are a table like any other.
    ("frequency", "crates/catalyse-tabulate/src/records.rs"),
    // What stands beside a partner's own table is one of frequencies.
    ("frequency", "crates/catalyse-report/src/definition/keys.rs"),
    // The policies that come with the program.
    ("controlled-rounding", "crates/catalyse-disclose/src/policy.rs"),
    // The name of what is damaged, for the reader.
    ("XLS", "crates/catalyse-intake/src/workbook/compound.rs"),
    // What a keyed fingerprint is of; the name is part of the hash and may never change.
    ("niss", "crates/catalyse-store/src/person/identity.rs"),
    // A check and an alert that share a name.
    ("same-person", "crates/catalyse-check/src/profile/alerts/same_person.rs"),
    ("same-person", "crates/catalyse-check/src/kinds/same_person.rs"),
    // A check and a chart that share a name.
    ("range", "crates/catalyse-check/src/kinds/range.rs"),
    ("range", "crates/catalyse-chart/src/kinds/range.rs"),
];

#[test]
fn no_file_names_a_kind_but_its_own_and_its_registry() {
    let sources = sources();
    let mut offences = Vec::new();
    for folder in FOLDERS {
        for name in names_in(&sources, folder) {
            for source in sources.iter().filter(|source| is_looked_at(source, folder)) {
                let is_excepted = EXCEPTIONS.contains(&(name.as_str(), source.path.as_str()));
                let lines = source.shipped().lines().enumerate();
                let naming = lines.filter(|(_, line)| !is_excepted && names_kind(line, &name));
                offences.extend(
                    naming.map(|(at, _)| format!("{}:{} names `{name}`", source.path, at + 1)),
                );
            }
        }
    }
    no_offence("Ask the kind through its trait instead of naming it:", &offences);
}

#[test]
fn every_exception_is_still_needed() {
    let sources = sources();
    let unused = EXCEPTIONS.into_iter().filter(|(name, path)| {
        let source = sources.iter().find(|source| source.path == *path);
        !source.is_some_and(|source| source.shipped().contains(&format!("\"{name}\"")))
    });
    let unused: Vec<String> = unused.map(|(name, path)| format!("{path}: `{name}`")).collect();
    no_offence("Remove these from the list of exceptions:", &unused);
}

fn is_looked_at(source: &Source, folder: &str) -> bool {
    let is_test = source.path.contains("/tests") || source.path.ends_with("_tests.rs");
    let is_small_study = source.path.ends_with("small_study.rs");
    let is_for_tests = ["catalyse-testkit", "catalyse-bench"].contains(&source.package.as_str());
    let is_shipped = source.path.starts_with("crates/") && !is_test && !is_small_study;
    is_shipped
        && !is_for_tests
        && !source.path.starts_with(folder)
        && !other_kind(&source.path, folder)
}

/// Says whether a file is a kind of another registry, which may have the same name: `csv` reads a delivery and writes findings.
fn other_kind(path: &str, folder: &str) -> bool {
    let is_output = |folder: &str| folder.contains("/outputs/") || folder.contains("/formats/");
    is_output(folder) && FOLDERS.iter().any(|other| is_output(other) && path.starts_with(other))
}

/// Reads the names that the kinds of a folder return.
fn names_in(sources: &[Source], folder: &str) -> Vec<String> {
    let files = sources.iter().filter(|source| source.path.starts_with(folder));
    let name = |source: &Source| {
        let (_, rest) = source.shipped().split_once("fn name(&self) -> &'static str {")?;
        Some(rest.split('"').nth(1)?.to_owned())
    };
    let names: Vec<String> = files.filter_map(name).collect();
    assert!(!names.is_empty(), "{folder} has no kinds with a name: say here where they are now");
    names
}

fn names_kind(line: &str, name: &str) -> bool {
    if line.trim_start().starts_with("//") {
        return false;
    }
    let literal = format!("\"{name}\"");
    if !WORDS.contains(&name) {
        return line.contains(&literal);
    }
    let asking = ["name() == ", "name() != ", "kind == ", "kind != ", "find(", "by_name("];
    asking.iter().any(|asking| line.contains(&format!("{asking}{literal}")))
}

#[test]
fn a_kind_that_is_named_is_seen() {
    assert!(names_kind("    if spec.kind == \"one-of\" {", "one-of"));
    assert!(names_kind("    types::find(\"text\")", "text"));
    assert!(!names_kind("    args.text(\"text\", text)", "text"));
    assert!(!names_kind("/// The kind \"one-of\".", "one-of"));
}
