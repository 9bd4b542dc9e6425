//! Arrows: which crate may use which, and which crates may name a heavy library.
//!
//! A new arrow changes this table and `ARCHITECTURE.md` first; the build does not stop it, so this test does.

use std::collections::BTreeSet;

use super::no_offence;
use crate::repository::manifests;

/// Each crate with the crates of ours it may use. What is not here may use nothing.
const ARROWS: [(&str, &[&str]); 16] = [
    ("catalyse-locale", &[]),
    ("catalyse-stats", &[]),
    ("catalyse-codebook", &["locale"]),
    ("catalyse-records", &["codebook", "locale"]),
    ("catalyse-intake", &["codebook", "records", "locale"]),
    ("catalyse-check", &["codebook", "records", "locale"]),
    // Intervals and bands of evidence are made from rounded counts, so the gate itself asks stats for them.
    ("catalyse-disclose", &["locale", "stats"]),
    // Keeps answers one by one, and so needs no columns.
    ("catalyse-store", &["codebook", "locale"]),
    ("catalyse-tabulate", &["codebook", "records", "stats", "disclose", "locale"]),
    // Right of the gate: no records, no codebook, no polars.
    ("catalyse-chart", &["disclose", "locale"]),
    // What a test could not have seen is worked out from its printed interval.
    ("catalyse-report", &["disclose", "chart", "stats", "locale"]),
    // Invents deliveries from a study's own forms and checks.
    ("catalyse-simulate", &["codebook", "records", "check", "locale"]),
    // Reports come to it as a function of the program: it links nothing left or right of the gate.
    ("catalyse-web", &["codebook", "records", "check", "stats", "store", "locale"]),
    (
        "catalyse",
        &[
            "locale", "codebook", "records", "intake", "check", "stats", "tabulate", "disclose",
            "chart", "report", "simulate", "store", "web",
        ],
    ),
    ("catalyse-testkit", &["codebook", "records", "locale"]),
    (
        "catalyse-bench",
        &[
            "locale", "codebook", "records", "intake", "check", "stats", "tabulate", "disclose",
            "simulate",
        ],
    ),
];

/// Crates for tests alone, which nothing that is shipped may use.
const TEST_ONLY: [&str; 3] = ["catalyse-testkit", "catalyse-tests", "catalyse-bench"];

/// Heavy libraries and the crates that may name them: a change elsewhere then never waits for them.
const HEAVY: [(&str, &[&str]); 25] = [
    // Records keep columns, check and tabulate run conditions on them; bench compares.
    ("polars", &["catalyse-records", "catalyse-check", "catalyse-tabulate", "catalyse-bench"]),
    ("calamine", &["catalyse-intake"]),
    ("quick-xml", &["catalyse-intake"]),
    ("chardetng", &["catalyse-intake"]),
    ("sqlparser", &["catalyse-codebook"]),
    ("fluent-bundle", &["catalyse-locale"]),
    ("statrs", &["catalyse-stats"]),
    // The gate, and the attack on what it lets through.
    ("microlp", &["catalyse-disclose", "catalyse-tests"]),
    ("plotters", &["catalyse-chart"]),
    ("resvg", &["catalyse-chart"]),
    ("askama", &["catalyse-report", "catalyse-web"]),
    ("axum", &["catalyse-web"]),
    ("tower-http", &["catalyse-web"]),
    ("tokio-rustls", &["catalyse-web"]),
    // The report, the workbook of findings that goes back to a partner, and invented deliveries.
    ("rust_xlsxwriter", &["catalyse-report", "catalyse", "catalyse-simulate"]),
    ("clap", &["catalyse"]),
    ("indicatif", &["catalyse"]),
    ("rustix", &["catalyse"]),
    ("rpassword", &["catalyse"]),
    ("sqlx", &["catalyse-store"]),
    ("tokio", &["catalyse-store", "catalyse-web"]),
    ("chacha20poly1305", &["catalyse-store"]),
    ("argon2", &["catalyse-store"]),
    ("blake3", &["catalyse-store"]),
    ("criterion", &["catalyse-bench"]),
];

fn names_of(manifest: &toml::Table, section: &str) -> BTreeSet<String> {
    let own = manifest.get(section).and_then(toml::Value::as_table);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let of_targets = targets
        .into_iter()
        .flat_map(toml::Table::values)
        .filter_map(|target| target.get(section)?.as_table());
    own.into_iter().chain(of_targets).flat_map(toml::Table::keys).cloned().collect()
}

#[test]
fn crates_use_each_other_along_the_allowed_arrows_only() {
    let mut offences = Vec::new();
    for (name, manifest) in manifests() {
        if name == "catalyse-tests" {
            continue;
        }
        let allowed =
            ARROWS.iter().find(|(package, _)| *package == name).map(|(_, allowed)| *allowed);
        let Some(allowed) = allowed else {
            offences.push(format!("{name} has no line in the table of arrows"));
            continue;
        };
        for used in names_of(&manifest, "dependencies") {
            let short = used.strip_prefix("catalyse-").unwrap_or(&used);
            let is_ours = used.starts_with("catalyse");
            if is_ours && !allowed.contains(&short) {
                offences.push(format!("{name} → {used}"));
            }
        }
    }
    no_offence("These arrows between crates are not allowed:", &offences);
}

#[test]
fn what_is_for_tests_is_used_in_tests_only() {
    let used = manifests().into_iter().flat_map(|(name, manifest)| {
        let dependencies = names_of(&manifest, "dependencies");
        let test_only = dependencies.into_iter().filter(|used| TEST_ONLY.contains(&used.as_str()));
        test_only.map(move |used| format!("{name} → {used}")).collect::<Vec<_>>()
    });
    no_offence("Move these to dev-dependencies:", &used.collect::<Vec<_>>());
}

#[test]
fn a_heavy_library_is_named_by_the_crate_that_fences_it() {
    let mut offences = Vec::new();
    for (name, manifest) in manifests() {
        for used in names_of(&manifest, "dependencies") {
            let fenced = HEAVY.iter().find(|(library, _)| *library == used);
            if fenced.is_some_and(|(_, crates)| !crates.contains(&name.as_str())) {
                offences.push(format!("{name} names {used}"));
            }
        }
    }
    no_offence("Reach these libraries through the crate that fences them:", &offences);
}

#[test]
fn right_of_the_gate_nothing_can_reach_records() {
    let all = manifests();
    let mut reached: BTreeSet<String> =
        ["catalyse-chart".to_owned(), "catalyse-report".to_owned()].into();
    loop {
        let more: Vec<String> = all
            .iter()
            .filter(|(name, _)| reached.contains(name))
            .flat_map(|(_, manifest)| names_of(manifest, "dependencies"))
            .filter(|used| !reached.contains(used))
            .collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    for forbidden in
        ["catalyse-records", "catalyse-codebook", "catalyse-tabulate", "catalyse-intake", "polars"]
    {
        assert!(!reached.contains(forbidden), "chart and report reach {forbidden}: {reached:?}");
    }
}
