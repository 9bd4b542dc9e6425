//! Determinism: the same input gives the same bytes, in whatever order the machine works.

use crate::program::{run, scratch};
use crate::sample::{files_of, report, run_again_on, run_on, write_report};

/// Names the files that differ between two folders.
fn differing(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)]) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> =
        one.iter().chain(other).map(|(name, _)| name).collect();
    let find = |files: &[(String, Vec<u8>)], name: &String| {
        files.iter().find(|(other, _)| other == name).cloned()
    };
    names.into_iter().filter(|name| find(one, name) != find(other, name)).cloned().collect()
}

#[test]
fn a_report_written_twice_has_the_same_bytes() {
    let (one, other) = (files_of(report()), files_of(&write_report("report-of-the-sample-again")));
    assert!(one.len() > 20, "the report has {} files", one.len());
    assert_eq!(differing(&one, &other), Vec::<String>::new());
}

#[test]
fn findings_come_in_the_same_order_each_time() {
    let arguments = ["check", "--all", "--format", "csv"];
    let (one, other) = (run_on("faulty", &arguments), run_again_on("faulty", &arguments));
    assert!(one.stdout.lines().count() > 10, "the faulty files have findings");
    assert_eq!(one.stdout, other.stdout);
}

#[test]
fn the_same_seed_invents_the_same_files_and_another_one_others() {
    let invent = |name: &str, seed: &str| {
        let folder = scratch(name);
        let out = folder.to_string_lossy().into_owned();
        let run =
            run(&["simulate", "--persons", "40", "--waves", "2", "--seed", seed, "--out", &out]);
        assert_eq!(run.exit, Some(0), "{}", run.stderr);
        files_of(&folder)
    };
    let (one, again, other) =
        (invent("seed-3", "3"), invent("seed-3-again", "3"), invent("seed-4", "4"));
    assert_eq!(differing(&one, &again), Vec::<String>::new());
    assert!(!differing(&one, &other).is_empty());
}
