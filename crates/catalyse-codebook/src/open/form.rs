//! Reading the forms.

use std::collections::BTreeMap;

use catalyse_locale::{Args, Wording};

use super::table::Table;
use super::word::{one_of, slug, unknown_word};
use crate::{
    Form, FormName, Grain, ListName, MissingReason, Section, Sensitivity, ValueType, Variable,
    VariableName, WaveId, types,
};

const LIST_MISSING: Wording = Wording::new(
    "le type « { $type } » demande une liste de codes : « { $type } NOM »",
    "the type `{ $type }` needs a code list: `{ $type } NAME`",
);
const LIST_NOT_EXPECTED: Wording = Wording::new(
    "le type « { $type } » n'a pas de liste de codes",
    "the type `{ $type }` has no code list",
);
const HYPHEN: Wording = Wording::new(
    "le nom de variable « { $name } » contient « - », qu'une condition lirait comme un moins ; écrire « _ »",
    "the variable name `{ $name }` holds `-`, which a condition would read as minus; write `_`",
);

/// Says where the parts of a variable stand: the variable itself under the empty key, then its keys.
pub(crate) type Lines = BTreeMap<(VariableName, &'static str), (String, usize)>;

/// Reads a form. Notes in `lines` where its variables stand.
pub(crate) fn read_form(table: &Table<'_, '_>, lines: &mut Lines) -> Option<Form> {
    let name =
        table.required_text("name").and_then(|text| slug(table, "name", &text, FormName::new));
    let title = table.required_label("title");
    let grain = table.required_text("grain").and_then(|word| {
        one_of(
            table,
            "grain",
            &word,
            &[
                ("person", Grain::Person),
                ("person-wave", Grain::PersonWave),
                ("repeat", Grain::Repeat),
            ],
        )
    });
    let sections = table.tables("section");
    table.finish();
    let sections = sections.iter().map(|section| read_section(section, lines)).collect();
    Some(Form { name: name?, title, grain: grain?, sections })
}

fn read_section(table: &Table<'_, '_>, lines: &mut Lines) -> Section {
    let name = table.required_text("name").unwrap_or_default();
    let title = table.required_label("title");
    let variables = table.tables("variable");
    table.finish();
    let variables =
        variables.iter().filter_map(|variable| read_variable(variable, lines)).collect();
    Section { name, title, variables }
}

/// The key under which a variable is noted that could not be read.
pub(crate) const BROKEN: &str = "(broken)";

/// The keys whose lines are kept, because what they say is understood only when all forms are read.
const KEPT: [&str; 9] = [
    "type",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "default",
    "since",
    "until",
    "label",
];

fn read_variable(table: &Table<'_, '_>, lines: &mut Lines) -> Option<Variable> {
    let name =
        table.required_text("name").and_then(|text| slug(table, "name", &text, VariableName::new));
    let typed = table.required_text("type").and_then(|text| read_type(table, &text));
    let label = table.required_label("label");
    let [hint, definition, purpose] =
        ["hint", "definition", "purpose"].map(|key| table.label(key).unwrap_or_default());
    let relevant = table.text("relevant");
    let mut missing = read_reasons(table);
    if relevant.is_some() && !missing.contains(&MissingReason::NotApplicable) {
        missing.push(MissingReason::NotApplicable);
    }
    missing.sort_unstable();
    let waves = ["since", "until"]
        .map(|key| table.text(key).and_then(|text| slug(table, key, &text, WaveId::new)));
    let mut variable = Variable {
        name: name.clone().or_else(|| VariableName::new("unnamed").ok())?,
        value_type: types::plainest(),
        list: None,
        label,
        hint,
        definition,
        examples: table.labels("examples"),
        aliases: table.texts("aliases").into_iter().map(|(text, _)| text).collect(),
        required: table.flag_or_text("required"),
        relevant,
        constraint: table.text("constraint"),
        constraint_message: table.label("constraint_message"),
        calculation: table.text("calculation"),
        default: table.text("default"),
        appearance: read_appearance(table),
        missing,
        sensitivity: read_sensitivity(table),
        purpose,
        retention_months: table.count("retention_months"),
        concept: table.text("concept"),
        since: None,
        until: None,
    };
    [variable.since, variable.until] = waves;
    table.finish();
    let name = name?;
    let Some(typed) = typed else {
        lines.insert((name, BROKEN), (table.source.file.clone(), table.line));
        return None;
    };
    (variable.value_type, variable.list) = typed;
    if name.as_str().contains('-') {
        let args = Args::new().text("name", name.as_str());
        table.source.error(table.line_of("name"), &HYPHEN, args);
    }
    keep_lines(table, &name, lines);
    Some(variable)
}

fn keep_lines(table: &Table<'_, '_>, name: &VariableName, lines: &mut Lines) {
    let file = &table.source.file;
    // The first of two variables with one name keeps its place; the second is a problem of its own.
    if !lines.contains_key(&(name.clone(), "")) {
        lines.insert((name.clone(), ""), (file.clone(), table.line));
        for key in KEPT {
            lines.insert((name.clone(), key), (file.clone(), table.line_of(key)));
        }
    }
}

fn read_type(
    table: &Table<'_, '_>,
    text: &str,
) -> Option<(&'static dyn ValueType, Option<ListName>)> {
    let mut words = text.split_whitespace();
    let name = words.next().unwrap_or_default();
    let list = words.next();
    let line = table.line_of("type");
    let Some(value_type) = types::find(name) else {
        let known: Vec<&str> = types::ALL.iter().map(|known| known.name()).collect();
        unknown_word(table, "type", name, &known);
        return None;
    };
    let of_type = || Args::new().text("type", name);
    match (list, value_type.implicit_list()) {
        (None, Some(implicit)) => Some((value_type, ListName::new(implicit).ok())),
        (None, None) if value_type.needs_list() => {
            table.source.error(line, &LIST_MISSING, of_type());
            None
        }
        (None, None) => Some((value_type, None)),
        (Some(list), None) if value_type.may_have_list() => {
            let list = slug(table, "type", list, ListName::new)?;
            Some((value_type, Some(list)))
        }
        (Some(_), _) => {
            table.source.error(line, &LIST_NOT_EXPECTED, of_type());
            None
        }
    }
}

fn read_reasons(table: &Table<'_, '_>) -> Vec<MissingReason> {
    let known = MissingReason::ALL.map(|reason| (reason.name(), reason));
    let words = table.texts("missing").into_iter();
    words.filter_map(|(word, _)| one_of(table, "missing", &word, &known)).collect()
}

fn read_sensitivity(table: &Table<'_, '_>) -> Sensitivity {
    table
        .text("sensitivity")
        .and_then(|word| {
            one_of(
                table,
                "sensitivity",
                &word,
                &[
                    ("identifying", Sensitivity::Identifying),
                    ("health", Sensitivity::Health),
                    ("sensitive", Sensitivity::Sensitive),
                    ("plain", Sensitivity::Plain),
                ],
            )
        })
        .unwrap_or_default()
}

fn read_appearance(table: &Table<'_, '_>) -> Option<String> {
    let word = table.text("appearance")?;
    one_of(
        table,
        "appearance",
        &word,
        &[("ordered", "ordered"), ("search", "search"), ("multiline", "multiline")],
    )
    .map(str::to_owned)
}
