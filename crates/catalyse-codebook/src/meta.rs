//! JSON Schemas of the files of a study, for completion in editors. They are made from the registries, so that none is forgotten.

use serde_json::{Map, Value, json};

use crate::{CodeScope, MissingReason, types};

const SLUG: &str = "^[a-z][a-z0-9_-]*$";
const VARIABLE: &str = "^[a-z][a-z0-9_]*$";

/// Returns the schema of `study.toml`.
pub fn study_schema() -> Value {
    let partner = object(
        &["id", "label"],
        &[
            ("id", name(SLUG, "Name of the partner in the data.")),
            ("label", label("Name for people.")),
            ("aliases", texts("Other names under which files speak of it.")),
        ],
    );
    let wave = object(
        &["id", "label", "from", "to"],
        &[
            ("id", name(SLUG, "Name of the wave in the data.")),
            ("label", label("Name for people.")),
            ("from", day("First day.")),
            ("to", day("Last day.")),
            ("aliases", texts("Other names under which files speak of it.")),
            (
                "note",
                label("What a reader must know when comparing it with an earlier wave: a break."),
            ),
            ("note_variables", texts("The variables the note is about; without it, all of them.")),
        ],
    );
    let key = |meaning| name(VARIABLE, meaning);
    let keys = object(
        &["person", "wave", "partner", "interview_date"],
        &[
            ("person", key("Variable that names the person: the pseudonym.")),
            ("codes", one_of(&CodeScope::WORDS.map(|(word, _)| word))),
            ("wave", key("Variable that names the wave.")),
            ("partner", key("Variable that names the partner.")),
            ("interview_date", key("Variable with the date from which ages are counted.")),
            ("weight", key("Variable that weighs persons.")),
        ],
    );
    file(
        "A study of catalyse",
        object(
            &["id", "title", "population", "forms", "policy", "keys"],
            &[
                ("id", name(SLUG, "Name of the study: its folder.")),
                ("title", label("Title for people.")),
                ("population", label("Who is counted, for the universe of a report.")),
                ("languages", list_of(one_of(&["fr", "en", "nl", "de"]))),
                ("forms", texts("Files of the forms, in the order they are asked.")),
                ("checks", texts("Files of the checks.")),
                ("groups", texts("Files of the target groups.")),
                ("reports", texts("Names of the reports.")),
                ("policy", text("Name of the disclosure policy.")),
                ("keys", keys),
                ("partner", list_of(partner)),
                ("wave", list_of(wave)),
                ("access", list_of(access_schema())),
                ("reask", reask_schema()),
            ],
        ),
    )
}

/// Who sees answers about health in entry.
fn access_schema() -> Value {
    object(
        &["to", "role", "reason"],
        &[
            ("to", one_of(&["health", "sensitive"])),
            ("role", one_of(&["encoder", "partner_coordinator", "network_coordinator"])),
            ("reason", label("Why that role needs these answers; printed in the list of access.")),
        ],
    )
}

/// What is asked anew without showing the earlier answer.
fn reask_schema() -> Value {
    object(
        &[],
        &[
            (
                "percent",
                json!({ "type": "integer", "minimum": 0, "maximum": 100, "description": "Share of the questions, in percent, drawn anew for each person and wave." }),
            ),
            ("variables", texts("Variables that are always asked so.")),
        ],
    )
}

/// Returns the schema of a form.
pub fn form_schema() -> Value {
    let section = object(
        &["name", "title"],
        &[
            ("name", name(SLUG, "Name of the section.")),
            ("title", label("Title for people.")),
            ("variable", list_of(variable())),
        ],
    );
    file(
        "A form of catalyse",
        object(
            &["name", "title", "grain"],
            &[
                ("name", name(SLUG, "Name of the form.")),
                ("title", label("Title for people.")),
                ("grain", one_of(&["person", "person-wave", "repeat"])),
                ("section", list_of(section)),
            ],
        ),
    )
}

/// Returns the schema of the checks. What a kind of check needs beside these keys is open: the kinds live above the codebook.
pub fn checks_schema() -> Value {
    let mut check = object(
        &["id", "kind", "form", "variables", "severity", "message"],
        &[
            ("id", name(SLUG, "Name of the check.")),
            ("kind", text("Kind of the check.")),
            ("form", text("Form whose records it looks at.")),
            ("variables", texts("Variables it speaks of; the finding stands at the first.")),
            ("severity", one_of(&["hard", "soft", "info"])),
            ("when", text("Condition (SQL): only records that meet it are looked at.")),
            ("message", label("What is wrong and what to do; holes as { $label }.")),
            ("why", label("Why it exists.")),
            ("source", text("Where the rule comes from.")),
        ],
    );
    check["additionalProperties"] = json!(true);
    file("Checks of catalyse", object(&[], &[("check", list_of(check))]))
}

fn variable() -> Value {
    let reasons = MissingReason::ALL.map(MissingReason::name);
    let condition = |meaning: &str| text(&format!("{meaning} A condition (SQL)."));
    object(
        &["name", "type", "label"],
        &[
            ("name", name(VARIABLE, "Name of the variable: its column.")),
            ("type", type_schema()),
            ("label", label("Name for people, short: the head of a column.")),
            ("hint", label("What the encoder reads beside the field.")),
            ("definition", label("What the variable means.")),
            ("examples", list_of(label("An answer as it should be written."))),
            ("aliases", texts("Other heads under which partners send it.")),
            (
                "required",
                json!({ "type": ["boolean", "string"], "description": "Whether an answer or a reason is needed: true or a condition (SQL)." }),
            ),
            ("relevant", condition("When it is asked; skipped only when this is false.")),
            ("constraint", condition("What its value must meet.")),
            ("constraint_message", label("What to say when the constraint is not met.")),
            ("calculation", text("How its value follows from others (SQL). It is never asked.")),
            ("default", text("The value an entry form begins with.")),
            ("appearance", one_of(&["ordered", "search", "multiline"])),
            ("missing", list_of(one_of(&reasons))),
            ("sensitivity", one_of(&["identifying", "health", "sensitive", "plain"])),
            ("purpose", label("Why it is asked.")),
            (
                "retention_months",
                json!({ "type": "integer", "minimum": 0, "description": "Months it is kept after the person's last record." }),
            ),
            ("concept", text("Standard it maps to, with its version.")),
            ("since", text("First wave it is asked in.")),
            ("until", text("Last wave it is asked in.")),
        ],
    )
}

/// The types, each with what it is for; those with a list as a pattern.
fn type_schema() -> Value {
    let types = types::ALL.iter().map(|value_type| {
        let name = value_type.name();
        let meaning = value_type.meaning().get(catalyse_locale::Language::En).to_owned();
        let pattern = match (value_type.needs_list(), value_type.may_have_list()) {
            (true, _) => format!("^{name} [a-z][a-z0-9_-]*$"),
            (false, true) => format!("^{name}( [a-z][a-z0-9_-]*)?$"),
            (false, false) => return json!({ "const": name, "description": meaning }),
        };
        json!({ "type": "string", "pattern": pattern, "description": meaning })
    });
    json!({ "anyOf": types.collect::<Vec<_>>() })
}

fn file(title: &str, schema: Value) -> Value {
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("title".to_owned(), json!(title));
    if let Value::Object(rest) = schema {
        whole.extend(rest);
    }
    Value::Object(whole)
}

fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn label(meaning: &str) -> Value {
    let text = json!({ "type": "string" });
    let mut schema = object(
        &["fr", "en"],
        &[("fr", text.clone()), ("en", text.clone()), ("nl", text.clone()), ("de", text)],
    );
    schema["description"] = json!(meaning);
    schema
}

fn text(meaning: &str) -> Value {
    json!({ "type": "string", "description": meaning })
}

fn name(pattern: &str, meaning: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "description": meaning })
}

fn day(meaning: &str) -> Value {
    name("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", meaning)
}

fn texts(meaning: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": meaning })
}

fn list_of(items: Value) -> Value {
    let mut schema = json!({ "type": "array" });
    schema["items"] = items;
    schema
}

fn one_of(words: &[&str]) -> Value {
    json!({ "enum": words })
}

#[cfg(test)]
mod tests;
