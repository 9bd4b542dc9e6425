//! Reading checks and target groups.

use std::collections::BTreeSet;

use catalyse_locale::{Args, Label, Language, Wording};

use super::table::Table;
use super::word::{one_of, slug};
use crate::{CheckId, CheckSpec, FormName, GroupName, Severity, TargetGroup, VariableName};

const HOLES_DIFFER: Wording = Wording::new(
    "les textes de « { $key } » n'ont pas les mêmes trous en français et en anglais : { $holes }",
    "the texts of `{ $key }` do not have the same holes in French and English: { $holes }",
);
const NO_VARIABLE: Wording = Wording::new(
    "« variables » doit nommer au moins une variable : celle où se place le constat",
    "`variables` must name at least one variable: the one where the finding stands",
);

/// Reads the checks of a file. What is left of their keys belongs to their kinds.
pub(crate) fn read_checks(table: &Table<'_, '_>) -> Vec<CheckSpec> {
    let checks = table.tables("check");
    table.finish();
    checks.iter().filter_map(read_check).collect()
}

fn read_check(table: &Table<'_, '_>) -> Option<CheckSpec> {
    let id = table.required_text("id").and_then(|text| slug(table, "id", &text, CheckId::new));
    let kind = table.required_text("kind");
    let form =
        table.required_text("form").and_then(|text| slug(table, "form", &text, FormName::new));
    let variables: Vec<VariableName> = table
        .texts("variables")
        .into_iter()
        .filter_map(|(text, _)| slug(table, "variables", &text, VariableName::new))
        .collect();
    if variables.is_empty() {
        table.source.error(table.line_of("variables"), &NO_VARIABLE, Args::new());
    }
    let severity = table.required_text("severity").and_then(|word| {
        one_of(
            table,
            "severity",
            &word,
            &[("hard", Severity::Hard), ("soft", Severity::Soft), ("info", Severity::Info)],
        )
    });
    let message = table.required_label("message");
    compare_holes(table, "message", &message);
    let why = table.label("why").unwrap_or_default();
    let source = table.text("source").unwrap_or_default();
    let when = table.text("when");
    let written_at = (table.source.file.clone(), table.line);
    Some(CheckSpec {
        id: id?,
        kind: kind?,
        severity: severity?,
        message,
        why,
        source,
        variables,
        form: form?,
        when,
        params: table.rest(),
        written_at,
    })
}

/// Reads the target groups of a file, each with the line of its condition.
pub(crate) fn read_groups(table: &Table<'_, '_>) -> Vec<(TargetGroup, usize)> {
    let groups = table.tables("group");
    table.finish();
    groups.iter().filter_map(read_group).collect()
}

fn read_group(table: &Table<'_, '_>) -> Option<(TargetGroup, usize)> {
    let name = table.required_text("id").and_then(|text| slug(table, "id", &text, GroupName::new));
    let label = table.required_label("label");
    let condition = table.required_text("condition");
    let source = table.text("source").unwrap_or_default();
    let line = table.line_of("condition");
    table.finish();
    Some((TargetGroup { name: name?, label, condition: condition?, source }, line))
}

/// Notes a message whose French and English texts do not have the same holes.
pub(crate) fn compare_holes(table: &Table<'_, '_>, key: &str, label: &Label) {
    let (Some(fr), Some(en)) = (label.exact(Language::Fr), label.exact(Language::En)) else {
        return;
    };
    let (fr, en) = (holes(fr), holes(en));
    let differing: Vec<&str> = fr.symmetric_difference(&en).copied().collect();
    if !differing.is_empty() {
        let args = Args::new().text("key", key).text("holes", differing.join(", "));
        table.source.error(table.line_of(key), &HOLES_DIFFER, args);
    }
}

impl CheckSpec {
    /// Lists the holes of its message, in whatever language they stand.
    pub fn holes(&self) -> BTreeSet<&str> {
        self.message.iter().flat_map(|(_, pattern)| holes(pattern)).collect()
    }
}

/// Lists the holes of a pattern: the words behind `$`.
fn holes(pattern: &str) -> BTreeSet<&str> {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    pattern
        .split('$')
        .skip(1)
        .map(|rest| rest.split(|letter| !is_word(letter)).next().unwrap_or_default())
        .collect()
}
