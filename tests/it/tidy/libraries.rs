//! Libraries: pure functions over what they are given. No files, no clock, no environment, no network, no hash order.

use super::no_offence;
use crate::repository::{Source, sources};

/// Crates that may touch the outside: the program, the store, the server, and what only tests and measures use.
const MAY_TOUCH: [&str; 6] =
    ["catalyse", "catalyse-store", "catalyse-web", "catalyse-testkit", "catalyse-bench", "it"];

/// Names of the standard library that reach outside, or bring an order that differs from run to run.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread::sleep",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "HashMap",
    "HashSet",
    "RandomState",
];

/// Global state.
const GLOBAL: [&str; 4] = ["static mut ", "OnceLock", "LazyLock", "thread_local!"];

fn find<'a>(sources: &'a [Source], names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    sources.iter().flat_map(move |source| {
        let lines = source.code_lines().filter_map(move |(line, text)| {
            let name = names.iter().find(|name| text.contains(**name))?;
            Some(format!("{}:{line}: `{name}`", source.path))
        });
        lines.collect::<Vec<_>>()
    })
}

fn libraries() -> Vec<Source> {
    let sources =
        sources().into_iter().filter(|source| !MAY_TOUCH.contains(&source.package.as_str()));
    sources.filter(|source| source.path.contains("/src/")).collect()
}

#[test]
fn libraries_touch_nothing_outside_and_keep_no_hash_order() {
    let offences: Vec<String> = find(&libraries(), &OUTSIDE).collect();
    no_offence("Take it as an argument, or use BTreeMap and IndexMap:", &offences);
}

#[test]
fn libraries_have_no_state_that_changes() {
    // A value that is made once from constants (a font, a bundle of words) is no state; each such place is named here.
    const MADE_ONCE: [&str; 5] =
        ["fonts.rs", "wording.rs", "engine.rs", "raster.rs", "own_checks.rs"];
    let libraries: Vec<Source> = libraries()
        .into_iter()
        .filter(|source| !MADE_ONCE.iter().any(|name| source.path.ends_with(name)))
        .collect();
    let offences: Vec<String> = find(&libraries, &GLOBAL).collect();
    no_offence("Pass it as an argument:", &offences);
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    let allow = ["#[", "#!["].map(|open| format!("{open}{}", "allow("));
    let mut offences = Vec::new();
    for source in sources() {
        let silenced = source
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| allow.iter().any(|name| line.contains(name)));
        offences.extend(silenced.map(|(index, _)| format!("{}:{}", source.path, index + 1)));
    }
    no_offence("Use `#[expect(…, reason = \"…\")]`, or the workspace manifest:", &offences);
}

#[test]
fn no_test_is_left_out() {
    let mark = format!("#[{}", "ignore");
    let ignored = sources()
        .into_iter()
        .filter(|source| source.text.contains(&mark))
        .map(|source| source.path);
    no_offence(
        "Pin what happens now and name the issue that will change it:",
        &ignored.collect::<Vec<_>>(),
    );
}

#[test]
fn what_holds_values_of_persons_derives_no_debug() {
    // `Debug` of these types is written by hand and gives lengths and names, no content.
    const PRIVATE: [&str; 4] =
        ["struct Records", "struct Chunk", "struct Delivery", "struct Unread"];
    let mut offences = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.shipped().lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let is_private = PRIVATE.iter().any(|name| {
                line.trim_start_matches("pub ")
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with([' ', '<', '{', '(']))
            });
            let derives = lines
                .iter()
                .take(index)
                .rev()
                .take_while(|line| line.starts_with("#[") || line.starts_with("///"));
            if is_private
                && derives.into_iter().any(|line| line.contains("derive") && line.contains("Debug"))
            {
                offences.push(format!("{}:{}", source.path, index + 1));
            }
        }
    }
    no_offence("Write `Debug` by hand: lengths and names, no content:", &offences);
}
