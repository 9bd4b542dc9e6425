//! `catalyse store journal`: what was done to the store, by whom, why.

use std::fmt::Write;

use catalyse_locale::{Args, Language, Wording};
use catalyse_store::{JournalPage, Line};
use serde_json::Value as Json;

use crate::commands::batch::day_and_time;
use crate::failure::{Exit, Failure};
use crate::store::{OpenStore, signed};
use crate::terminal::{Terminal, print};

/// The words of a line's subject, which the store writes in English.
const WORDS: &[(&str, &str)] = &[
    ("account", "compte"),
    ("batch", "lot"),
    ("before", "avant"),
    ("changed", "changées"),
    ("closed", "fermé"),
    ("draft", "brouillon"),
    ("drafts", "brouillons"),
    ("edited_since", "changées depuis"),
    ("finding", "constat"),
    ("kept_with", "restées avec elles"),
    ("likeness", "ressemblance"),
    ("new", "nouvelles"),
    ("partner", "partenaire"),
    ("password", "mot de passe"),
    ("edition", "édition"),
    ("number", "numéro"),
    ("wave", "vague"),
    ("person", "personne"),
    ("persons", "personnes"),
    ("record", "fiche"),
    ("records", "fiches"),
    ("restored", "remises"),
    ("role", "rôle"),
    ("state", "état"),
    ("study", "étude"),
    ("taken_away", "retirées"),
    ("variables", "variables"),
    ("version", "version"),
    ("with_identity", "avec l’identité"),
];

/// What a line says of itself for the program alone.
const HIDDEN: [&str; 2] = ["seal", "steps"];

/// A list of more is counted.
const MOST_LISTED: usize = 6;

/// Lists lines.
pub(super) fn run(open: &OpenStore, last: u32, terminal: &Terminal) -> Result<Exit, Failure> {
    let page = JournalPage { at_most: last, ..JournalPage::default() };
    let lines = open.wait(open.store.journal(&page))?;
    let texts: Vec<String> = lines.iter().map(|line| line_text(line, terminal.language)).collect();
    print(&texts.concat())?;
    open.close();
    Ok(Exit::Clean)
}

fn line_text(line: &Line, language: Language) -> String {
    const WHY: Wording = Wording::new("motif : { $why }", "reason: { $why }");
    let mut text = format!(
        "{:>5}  {}  {}  {}\n",
        line.number,
        day_and_time(line.at),
        signed(&line.who, language),
        line.action.label().get(language)
    );
    let subject: Json = serde_json::from_str(&line.subject).unwrap_or_default();
    let parts = subject.as_object().into_iter().flatten();
    let parts = parts.filter(|(name, value)| !HIDDEN.contains(&name.as_str()) && !value.is_null());
    let parts: Vec<String> = parts
        .map(|(name, value)| format!("{} {}", word(name, language), value_text(value, language)))
        .collect();
    if !parts.is_empty() {
        let _ = writeln!(text, "       {}", parts.join(", "));
    }
    if !line.why.is_empty() {
        let args = Args::new().text("why", &line.why);
        let _ = writeln!(text, "       {}", WHY.say(language, &args));
    }
    text
}

fn word(name: &str, language: Language) -> String {
    let known = WORDS.iter().find(|(en, _)| *en == name);
    match language {
        Language::Fr => known.map_or(name, |(_, fr)| fr).to_owned(),
        Language::En | Language::Nl | Language::De => name.replace('_', " "),
    }
}

fn value_text(value: &Json, language: Language) -> String {
    const YES: Wording = Wording::new("oui", "yes");
    const NO: Wording = Wording::new("non", "no");
    match value {
        Json::String(text) => {
            word(text.get(..16).filter(|_| text.len() > 40).unwrap_or(text), language)
        }
        Json::Bool(true) => YES.say(language, &Args::new()),
        Json::Bool(false) => NO.say(language, &Args::new()),
        Json::Array(values) if values.len() > MOST_LISTED => values.len().to_string(),
        Json::Array(values) => {
            let texts: Vec<String> =
                values.iter().map(|value| value_text(value, language)).collect();
            texts.join(" ")
        }
        Json::Null | Json::Number(_) | Json::Object(_) => value.to_string(),
    }
}
