//! House style as tests: what a reviewer need not look for.
//!
//! Length of functions, `unwrap`, `allow` without a reason, missing docs and unreachable `pub` are lints of the workspace manifest;
//! here stands what no lint knows. A test lists every offence at once, one a line, with what to do.

mod arrows;
mod files;
mod kinds;
mod libraries;
mod manifests;
mod registries;
mod wordings;
mod words;

/// Fails with the list of offences.
fn no_offence(what_to_do: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{what_to_do}\n{}", offences.join("\n"));
}
