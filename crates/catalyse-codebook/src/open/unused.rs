//! Finding files that nothing uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{CodeList, ListName, SchemaFiles};

/// Lists the study's own forms and lists that nothing uses, and the common lists that no file speaks of.
pub(super) fn unused(
    files: &SchemaFiles,
    study: &str,
    form_files: &[(String, usize)],
    lists: &BTreeMap<ListName, CodeList>,
) -> Vec<String> {
    let own = format!("{study}/");
    let used_forms: BTreeSet<&str> = form_files.iter().map(|(path, _)| path.as_str()).collect();
    let is_unused = |path: &&str| {
        let is_own = path.starts_with(&own);
        if path.contains("/forms/") {
            return is_own && !used_forms.contains(path);
        }
        let is_list = is_own || path.starts_with("common/");
        list_name(path).is_some_and(|name| {
            let is_used = ListName::new(name).is_ok_and(|name| lists.contains_key(&name));
            is_list && !is_used && !is_spoken_of(files, name)
        })
    };
    files.iter().map(|(path, _)| path).filter(is_unused).map(str::to_owned).collect()
}

fn list_name(path: &str) -> Option<&str> {
    path.split_once("/code-lists/").and_then(|(_, file)| file.strip_suffix(".csv"))
}

/// Says whether any schema has the name as a word: a form of another study, a check, a report.
fn is_spoken_of(files: &SchemaFiles, name: &str) -> bool {
    let is_toml = |path: &str| Path::new(path).extension().is_some_and(|end| end == "toml");
    let is_mark = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
    files
        .iter()
        .filter(|(path, _)| is_toml(path))
        .any(|(_, text)| text.contains(name) && text.split(is_mark).any(|word| word == name))
}
