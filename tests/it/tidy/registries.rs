//! Registries: every kind that a folder of kinds holds stands in its `ALL`, so that a new kind is two files and none is forgotten.

use super::no_offence;
use crate::repository::{Source, sources};

/// The folders of kinds with the trait each is a registry of.
const REGISTRIES: [(&str, &str); 10] = [
    ("crates/catalyse-check/src/kinds/", "CheckKind"),
    ("crates/catalyse-codebook/src/types/", "ValueType"),
    ("crates/catalyse-intake/src/formats/", "Format"),
    ("crates/catalyse-tabulate/src/kinds/", "TableKind"),
    ("crates/catalyse-disclose/src/rules/", "Rule"),
    ("crates/catalyse-disclose/src/modes/", "Mode"),
    ("crates/catalyse-chart/src/kinds/", "ChartKind"),
    ("crates/catalyse-report/src/outputs/", "Output"),
    ("crates/catalyse/src/commands/check/outputs/", "FindingsOutput"),
    ("crates/catalyse/src/commands/profile/outputs/", "ProfileOutput"),
];

#[test]
fn every_kind_of_a_kinds_folder_stands_in_its_registry() {
    let sources = sources();
    let mut missing = Vec::new();
    for (folder, name) in REGISTRIES {
        let of_folder: Vec<&Source> = in_folder(&sources, folder);
        let Some(registry) =
            of_folder.iter().find(|source| source.path == format!("{folder}mod.rs"))
        else {
            continue;
        };
        for source in &of_folder {
            for kind in kinds_of(source.shipped(), name) {
                let module = source
                    .path
                    .trim_start_matches(folder)
                    .trim_end_matches(".rs")
                    .replace('/', "::");
                let line = format!("&{module}::{kind}");
                let short = format!("&{kind}");
                // One type may make several kinds: then each is a constant of it in a file of its own, and these stand in the registry.
                let made = constants_of(&of_folder, folder, kind);
                if !made.is_empty() {
                    let registered = all_of(&registry.text);
                    let is_missing = |made: &String| !registered.iter().any(|one| one == made);
                    missing.extend(made.into_iter().filter(is_missing));
                    continue;
                }
                if !all_of(&registry.text).iter().any(|entry| *entry == line || *entry == short) {
                    missing.push(format!(
                        "{}: `{line}` is not in `ALL` of {folder}mod.rs",
                        source.path
                    ));
                }
            }
        }
    }
    no_offence("Add the line to the registry:", &missing);
}

/// Lists the constants of a type in a folder, as a registry names them: `&partner::PARTNER`.
fn constants_of(of_folder: &[&Source], folder: &str, kind: &str) -> Vec<String> {
    let opening = format!(": {kind} = {kind} {{");
    let made = of_folder.iter().flat_map(|source| {
        let module = source.path.trim_start_matches(folder).trim_end_matches(".rs");
        let lines = source.shipped().lines().filter(|line| line.contains(&opening));
        let names = lines.filter_map(|line| line.split(':').next()?.split(' ').next_back());
        names.map(|name| format!("&{}::{name}", module.replace('/', "::"))).collect::<Vec<_>>()
    });
    made.collect()
}

#[test]
fn the_folders_of_kinds_are_where_this_test_looks_for_them() {
    let sources = sources();
    let empty = REGISTRIES.into_iter().filter_map(|(folder, name)| {
        let is_there = sources.iter().any(|source| source.path.starts_with(crate_of(folder)));
        let n_kinds: usize = in_folder(&sources, folder)
            .iter()
            .map(|source| kinds_of(source.shipped(), name).len())
            .sum();
        (is_there && n_kinds == 0).then(|| format!("{folder}: no `impl {name} for`"))
    });
    no_offence("A registry moved: say here where it is now:", &empty.collect::<Vec<_>>());
}

fn crate_of(folder: &str) -> &str {
    folder.split("src/").next().unwrap_or_default()
}

fn in_folder<'a>(sources: &'a [Source], folder: &str) -> Vec<&'a Source> {
    sources.iter().filter(|source| source.path.starts_with(folder)).collect()
}

/// Finds the types that a file makes kinds of.
fn kinds_of<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let heads = text
        .lines()
        .filter_map(|line| line.strip_prefix("impl ")?.strip_prefix(name)?.strip_prefix(" for "));
    heads.filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next()).collect()
}

/// Reads the entries of `ALL`.
fn all_of(text: &str) -> Vec<&str> {
    let list = text
        .split_once("const ALL")
        .and_then(|(_, rest)| rest.split_once("&[")?.1.split_once("&["));
    let list = list.and_then(|(_, rest)| rest.split_once("];")).map_or("", |(list, _)| list);
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

#[test]
fn entries_and_kinds_are_read_as_they_are_written() {
    let text = "pub const ALL: &[&dyn Kind] =\n    &[&a::A, &b::B];\n";
    assert_eq!(all_of(text), ["&a::A", "&b::B"]);
    assert_eq!(kinds_of("impl Kind for Nice {\nimpl Other for Bad {", "Kind"), ["Nice"]);
}
