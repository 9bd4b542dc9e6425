//! Files: how long they are, how they open, what they are called, and that none is forgotten.

use std::collections::BTreeSet;

use super::no_offence;
use crate::repository::{files_below, parents_of, read, root, sources};

/// Lines of a file outside its tests.
const MOST_LINES: usize = 300;
/// Bytes of a golden file: more is not read before it is accepted.
const MOST_GOLDEN: u64 = 20 * 1024;

#[test]
fn no_file_is_longer_than_300_lines_outside_its_tests() {
    let long = sources().into_iter().filter_map(|source| {
        let n_lines = source.shipped().lines().count();
        (n_lines > MOST_LINES).then(|| format!("{}: {n_lines} lines", source.path))
    });
    no_offence("Split by meaning what is too long:", &long.collect::<Vec<_>>());
}

#[test]
fn every_rust_file_opens_by_saying_what_it_holds() {
    let silent = sources().into_iter().filter(|source| {
        let head: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        head.trim_start_matches("//!").trim().is_empty()
    });
    let silent: Vec<String> = silent.map(|source| source.path).collect();
    no_offence("Open these files with `//!` and a sentence:", &silent);
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    const EMPTY_NAMES: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "misc"];
    let empty = sources().into_iter().filter(|source| {
        source.path.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")))
    });
    let empty: Vec<String> = empty.map(|source| source.path).collect();
    no_offence("Name these modules by what they hold:", &empty);
}

#[test]
fn no_rust_file_of_a_crate_is_forgotten_by_its_parent() {
    let forgotten = sources().into_iter().filter(|source| {
        let in_src = source.path.split('/').nth(2) == Some("src");
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let is_root = ["lib.rs", "main.rs"].contains(&name) || source.path.contains("/src/bin/");
        in_src && !is_root && !has_parent(&source.path)
    });
    let forgotten: Vec<String> = forgotten.map(|source| source.path).collect();
    no_offence("Not compiled, because no parent has their `mod` line:", &forgotten);
}

fn has_parent(path: &str) -> bool {
    let name = path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
    let name = name.rsplit('/').next().unwrap_or_default();
    parents_of(path).iter().any(|parent| {
        let text = read(parent);
        text.lines().any(|line| {
            let words: Vec<&str> = line.trim_end_matches(';').split_whitespace().collect();
            words.windows(2).any(|pair| pair == ["mod", name])
        }) || text.contains(&format!("/{name}.rs\""))
    })
}

#[test]
fn golden_files_are_small_enough_to_be_read() {
    let golden = files_below("tests").into_iter().chain(files_below("crates"));
    let golden: BTreeSet<String> =
        golden.filter(|path| path.contains("/golden/") || path.contains("/cases/")).collect();
    let large = golden.into_iter().filter_map(|path| {
        let size = root().join(&path).metadata().map_or(0, |metadata| metadata.len());
        (size > MOST_GOLDEN).then(|| format!("{path}: {size} bytes"))
    });
    no_offence("Show less in one golden file:", &large.collect::<Vec<_>>());
}
