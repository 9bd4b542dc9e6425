//! One record, worked out at once: derived values, what a skip leaves out, and what the checks say of it.
//!
//! It is the engine of a batch run on one row: the same [`Checks`] and the same [`Derivation`], opened once. There is no second rule
//! language, so what is accepted here is accepted in a delivery too.

mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_check::{Checks, Confrontation};
use catalyse_codebook::{Answer, Answers, CheckId, Codebook, FormName, Severity, VariableName};
use catalyse_locale::{Language, Message};
use catalyse_records::{
    Chunk, Derivation, Records, Source, SourceIndex, Table, answers_of, chunk_of,
};

use crate::WebError;

pub use sheet::{RowKey, Sheet};

/// Holds a study opened for entry.
pub struct Live {
    /// The codebook.
    pub codebook: Arc<Codebook>,
    checks: Checks,
    tables: Vec<LiveTable>,
    sources: Arc<Vec<Source>>,
}

struct LiveTable {
    table: Table,
    derivation: Derivation,
}

/// Holds what the engine says of a sheet.
#[derive(Clone, Default)]
pub struct Seen {
    /// The answers of each row with what was derived: values of calculations and the reason `not_applicable`.
    pub rows: BTreeMap<RowKey, Answers>,
    /// What the checks found, hard ones first, in the order of rows.
    pub findings: Vec<Found>,
}

/// Holds one finding of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The check.
    pub check: CheckId,
    /// What follows.
    pub severity: Severity,
    /// The row it stands in.
    pub row: RowKey,
    /// The variable it stands at.
    pub variable: Option<VariableName>,
    /// What it tells the encoder.
    pub message: Message,
}

impl Found {
    /// Says whether it only tells that a question has no answer yet. Whoever is still typing knows; it is said at the end.
    pub fn is_of_empty_field(&self) -> bool {
        self.variable
            .as_ref()
            .is_some_and(|name| self.check == CheckId::of_variable(name, "required"))
    }

    /// Returns the sentence in the language.
    pub fn say(&self, language: Language) -> String {
        self.message.say(language)
    }
}

impl Live {
    /// Opens a study for entry.
    ///
    /// # Errors
    /// Its checks or calculations cannot be run; `codebook lint` tells where.
    pub fn open(codebook: Arc<Codebook>) -> Result<Self, WebError> {
        let checks = Checks::open(&codebook).map_err(|problems| {
            let texts: Vec<String> =
                problems.iter().map(|problem| problem.say(Language::En)).collect();
            WebError::Study(texts.join("\n"))
        })?;
        let tables = checks
            .tables()
            .map(|table| {
                let derivation =
                    Derivation::open(&codebook, table.clone()).map_err(WebError::engine)?;
                Ok(LiveTable { table: table.clone(), derivation })
            })
            .collect::<Result<Vec<_>, WebError>>()?;
        // Every question stands on the form: none of its columns is absent.
        let source = |live: &LiveTable| {
            let names = live.derivation.layout.variables.iter().cloned();
            Source { columns: names.zip(0_u32..).collect(), ..Source::default() }
        };
        let sources = Arc::new(tables.iter().map(source).collect());
        Ok(Self { codebook, checks, tables, sources })
    }

    /// Works a sheet out.
    ///
    /// # Errors
    /// The engine stops, which is a defect of the study.
    pub fn look(&self, sheet: &Sheet) -> Result<Seen, WebError> {
        let mut confrontation = Confrontation::new(&self.checks, Arc::clone(&self.sources));
        let mut seen = Seen::default();
        for (live, index) in self.tables.iter().zip(0_u32..) {
            let rows = self.rows_of(&live.table, sheet);
            if rows.is_empty() {
                continue;
            }
            let numbered = rows.iter().map(|(key, answers)| (key.number() + 1, answers));
            let chunk = chunk_of(&self.codebook, live.table.clone(), SourceIndex(index), numbered)
                .map_err(WebError::engine)?;
            confrontation.chunk(chunk.clone()).map_err(WebError::engine)?;
            let derived = self.derived(live, chunk)?;
            seen.rows.extend(rows.into_iter().map(|(key, _)| key).zip(derived));
        }
        seen.findings = self.read_findings(confrontation)?;
        Ok(seen)
    }

    /// Returns the rows of a table, those of a repeat with the keys of their person beside their own answers.
    fn rows_of(&self, table: &Table, sheet: &Sheet) -> Vec<(RowKey, Answers)> {
        let study = &self.codebook.study;
        let keys = [&study.person, &study.wave, &study.partner];
        match table {
            Table::Main => vec![(RowKey::Main, sheet.main.clone())],
            Table::Repeat(form) => {
                let rows = sheet.repeats.get(form).into_iter().flatten();
                rows.map(|(number, own)| {
                    let mut answers = own.clone();
                    for key in keys {
                        if let Some(answer) = sheet.main.get(key) {
                            answers.insert(key.clone(), answer.clone());
                        }
                    }
                    (RowKey::Repeat(form.clone(), *number), answers)
                })
                .collect()
            }
        }
    }

    /// Returns the answers of the rows of a chunk with what follows from them.
    fn derived(&self, live: &LiveTable, chunk: Chunk) -> Result<Vec<Answers>, WebError> {
        let frame = live.derivation.apply(&chunk.frame).map_err(WebError::engine)?;
        let sources = vec![chunk.source; chunk.rows.len()];
        let records = Records { table: chunk.table, sources, rows: chunk.rows, frame };
        answers_of(&self.codebook, &records).map_err(WebError::engine)
    }

    fn read_findings(&self, confrontation: Confrontation<'_>) -> Result<Vec<Found>, WebError> {
        let findings = confrontation.finish().map_err(WebError::engine)?.findings;
        let mut found: Vec<Found> = findings
            .all
            .iter()
            .filter_map(|finding| {
                let cause = findings.causes.get(finding.cause as usize)?;
                let table = &self.tables.get(finding.source.0 as usize)?.table;
                let row = match table {
                    Table::Main => RowKey::Main,
                    Table::Repeat(form) => {
                        RowKey::Repeat(form.clone(), finding.row.saturating_sub(1))
                    }
                };
                Some(Found {
                    check: cause.check.clone(),
                    severity: cause.severity,
                    row,
                    variable: cause.variable.clone(),
                    message: cause.message.clone(),
                })
            })
            .collect();
        found.sort_by(|one, other| (one.severity, &one.row).cmp(&(other.severity, &other.row)));
        Ok(found)
    }
}

impl Seen {
    /// Returns the answer of a row, derived ones too.
    pub fn answer(&self, row: &RowKey, variable: &VariableName) -> Option<&Answer> {
        self.rows.get(row)?.get(variable)
    }

    /// Lists the findings at a variable of a row.
    pub fn findings_at<'a>(
        &'a self,
        row: &'a RowKey,
        variable: &'a VariableName,
    ) -> impl Iterator<Item = &'a Found> {
        self.findings
            .iter()
            .filter(move |found| found.row == *row && found.variable.as_ref() == Some(variable))
    }

    /// Lists the forms that are repeats of the sheet with the numbers of their rows.
    pub fn numbers(&self, form: &FormName) -> Vec<u32> {
        let number = |key: &RowKey| match key {
            RowKey::Repeat(of, number) if of == form => Some(*number),
            RowKey::Repeat(..) | RowKey::Main => None,
        };
        self.rows.keys().filter_map(number).collect()
    }
}
