//! A small study, and what a delivery becomes as text: records, findings with their places, counts.

pub(crate) mod workbook;

use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_intake::{Delivery, IntakeError, Options, read};
use catalyse_locale::Language;
use catalyse_records::{Chunk, Event, Findings, Ledger, Source, Unread};

const STUDY: &str = r#"id = "small"
title = { fr = "Petite étude", en = "Small study" }
population = { fr = "personnes suivies", en = "persons followed" }
forms = ["forms/person.toml", "forms/identity.toml", "forms/spells.toml"]
policy = "partnership"
[keys]
person = "person_id"
wave = "wave"
partner = "partner"
interview_date = "interview_date"
[[partner]]
id = "durbuy"
label = { fr = "Durbuy", en = "Durbuy" }
aliases = ["CPAS de Durbuy"]
[[partner]]
id = "nord"
label = { fr = "Le Nord", en = "The North" }
aliases = ["nord"]
[[wave]]
id = "w1"
label = { fr = "Vague 1", en = "Wave 1" }
from = "2024-03-01"
to = "2024-05-31"
aliases = ["vague 1", "v1", "1"]
[[wave]]
id = "w2"
label = { fr = "Vague 2", en = "Wave 2" }
from = "2024-09-01"
to = "2024-11-30"
aliases = ["vague 2", "v2", "2"]
"#;

const VARIABLES: &str = r#"name = "person"
title = { fr = "Personne", en = "Person" }
grain = "person-wave"
[[section]]
name = "identity"
title = { fr = "Identité", en = "Identity" }
[[section.variable]]
name = "person_id"
type = "pseudonym"
label = { fr = "Code de la personne", en = "Person code" }
aliases = ["code personne"]
[[section.variable]]
name = "wave"
type = "wave"
label = { fr = "Vague", en = "Wave" }
[[section.variable]]
name = "partner"
type = "partner"
label = { fr = "Partenaire", en = "Partner" }
[[section.variable]]
name = "interview_date"
type = "date"
label = { fr = "Date de l'entretien", en = "Date of the interview" }
[[section.variable]]
name = "birth"
type = "partial_date"
label = { fr = "Naissance", en = "Birth" }
[[section.variable]]
name = "rooms"
type = "integer"
label = { fr = "Nombre de pièces", en = "Number of rooms" }
missing = ["refused", "unknown", "to_check"]
[[section.variable]]
name = "rent"
type = "decimal"
label = { fr = "Loyer", en = "Rent" }
missing = ["refused"]
[[section.variable]]
name = "adults"
type = "integer"
label = { fr = "Adultes dans le ménage", en = "Adults in the household" }
[[section.variable]]
name = "income"
type = "euros"
label = { fr = "Revenu mensuel", en = "Monthly income" }
missing = ["refused"]
[[section.variable]]
name = "tenure"
type = "select_one tenure"
label = { fr = "Logement", en = "Housing" }
missing = ["unknown"]
[[section.variable]]
name = "means"
type = "select_multiple means"
label = { fr = "Moyens de transport", en = "Means of transport" }
[[section.variable]]
name = "note"
type = "text"
label = { fr = "Remarque", en = "Note" }
missing = ["refused"]
"#;

const IDENTITY: &str = r#"name = "identity"
title = { fr = "Identité", en = "Identity" }
grain = "person"
[[section]]
name = "origin"
title = { fr = "Origine", en = "Origin" }
[[section.variable]]
name = "born"
type = "partial_date"
label = { fr = "Né(e) le", en = "Born on" }
[[section.variable]]
name = "spoken"
type = "select_multiple means"
label = { fr = "Langues", en = "Languages" }
missing = ["refused"]
"#;

const SPELLS: &str = r#"name = "spells"
title = { fr = "Emplois", en = "Jobs" }
grain = "repeat"
[[section]]
name = "spell"
title = { fr = "Emploi", en = "Job" }
[[section.variable]]
name = "spell_start"
type = "month"
label = { fr = "Début", en = "Start" }
[[section.variable]]
name = "employer_kind"
type = "select_one tenure"
label = { fr = "Genre d'employeur", en = "Kind of employer" }
"#;

/// Returns the codebook of the small study.
pub(crate) fn codebook() -> Codebook {
    let mut files = SchemaFiles::new();
    files.add("small/study.toml", STUDY);
    files.add("small/forms/person.toml", VARIABLES);
    files.add("small/forms/identity.toml", IDENTITY);
    files.add("small/forms/spells.toml", SPELLS);
    files.add("common/policies/partnership.toml", "base = 5\n");
    files.add(
        "common/code-lists/tenure.csv",
        "code,label_fr,label_en,source\nowner,propriétaire,owner,a test\ntenant,locataire,tenant,a test\n",
    );
    files.add(
        "common/code-lists/means.csv",
        "code,label_fr,label_en,source\ncar,voiture,car,a test\nbus,bus,bus,a test\n",
    );
    Codebook::open(&files, "small").expect("a study").codebook
}

/// Holds all that a reading handed on.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) sources: Vec<Source>,
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) findings: Findings,
    pub(crate) ledger: Ledger,
}

/// Reads bytes as a delivery.
pub(crate) fn try_read(
    name: &str,
    bytes: &[u8],
    options: &Options,
) -> Result<Outcome, IntakeError> {
    let codebook = codebook();
    let mut outcome = Outcome::default();
    let mut reader = Cursor::new(bytes);
    let delivery = Delivery { name, reader: &mut reader };
    read(&codebook, delivery, options, &mut |event| {
        match event {
            Event::Sources(sources) => outcome.sources = sources,
            Event::Chunk(chunk) => outcome.chunks.push(chunk),
            Event::Joined(source, rows) => {
                let joined = outcome.sources[source.0 as usize].joined.as_mut();
                joined.expect("a joined sheet").rows.extend(rows);
            }
            Event::Unread(unread) => outcome.unread.extend(unread),
            Event::Findings(findings) => outcome.findings = findings,
            Event::Ledger(ledger) => outcome.ledger = ledger,
        }
        ControlFlow::Continue(())
    })?;
    Ok(outcome)
}

/// Returns what is said of a file in both languages, the finding of a check a line; that check alone.
pub(crate) fn said(name: &str, bytes: &[u8], check: &str) -> String {
    let outcome = match try_read(name, bytes, &Options::default()) {
        Ok(outcome) => outcome,
        Err(error) => {
            let message = error.message();
            return format!("{}\n{}\n", message.say(Language::Fr), message.say(Language::En));
        }
    };
    let causes = outcome.findings.causes.iter();
    let wanted = causes.filter(|cause| cause.check.as_str() == check);
    let mut text = String::new();
    for cause in wanted {
        let message = &cause.message;
        let _ = writeln!(text, "{}\n{}", message.say(Language::Fr), message.say(Language::En));
    }
    text
}

/// Reads bytes and writes all that came of them.
pub(crate) fn outcome_of(name: &str, bytes: &[u8]) -> String {
    outcome_with(name, bytes, &Options::default())
}

/// As [`outcome_of`], with what the sender said.
pub(crate) fn outcome_with(name: &str, bytes: &[u8], options: &Options) -> String {
    match try_read(name, bytes, options) {
        Ok(outcome) => outcome.to_text(),
        Err(error) => format!("refused: {}\n", error.message().say(Language::En)),
    }
}

impl Outcome {
    /// Writes records (only what is not empty), findings, texts that could not be read, and the ledger.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for chunk in &self.chunks {
            for (index, row) in chunk.rows.iter().enumerate() {
                let _ = write!(text, "{row}:");
                for column in chunk.frame.columns() {
                    let value = column.get(index).expect("in range");
                    if !value.is_null() {
                        let _ = write!(text, " {}={}", column.name(), value.str_value());
                    }
                }
                text.push('\n');
            }
        }
        for finding in &self.findings.all {
            let cause = &self.findings.causes[finding.cause as usize];
            let place = self.findings.place(finding).address();
            let is_of_file = cause.check.as_str().starts_with("file.");
            let is_explained = catalyse_intake::explain(cause.check.as_str()).is_some();
            assert!(is_explained || !is_of_file, "{} is explained nowhere", cause.check);
            let _ = writeln!(text, "{place} {} {:?}", cause.check, cause.severity);
        }
        for unread in &self.unread {
            let _ = writeln!(text, "unread {} {}: {:?}", unread.row, unread.variable, unread.text);
        }
        for entry in &self.ledger.entries {
            assert!(entry.is_balanced());
            let _ = write!(
                text,
                "{}: read {}, kept {}, blank {}",
                entry.read_as.get(Language::En),
                entry.rows_read,
                entry.rows_kept,
                entry.rows_blank
            );
            for aside in &entry.rows_set_aside {
                let _ = write!(
                    text,
                    ", {} {} {:?}",
                    aside.count,
                    aside.reason.get(Language::En),
                    aside.rows
                );
            }
            text.push('\n');
        }
        text
    }
}
