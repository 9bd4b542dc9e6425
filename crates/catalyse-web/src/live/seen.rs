//! What the engine says of a sheet: derived answers and findings, and how findings come of what the checks saw.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_check::{Confrontation, Remembered};
use catalyse_codebook::{Answer, Answers, CheckId, FormName, Severity, VariableName};
use catalyse_locale::{Language, Message};
use catalyse_records::Table;

use super::{Live, RowKey};
use crate::WebError;

/// Holds what the engine says of a sheet.
#[derive(Clone, Default)]
pub struct Seen {
    /// The answers of each row with what was derived: values of calculations and the reason `not_applicable`.
    pub rows: BTreeMap<RowKey, Answers>,
    /// What the checks found, hard ones first, in the order of rows.
    pub findings: Vec<Found>,
    /// What the checks saw, by the index of the table.
    pub(super) tables: BTreeMap<usize, catalyse_check::Seen>,
    /// What is known of accepted records that the sheet is seen beside.
    pub(super) beside: Arc<Remembered>,
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
    /// Judges what looks across rows, and puts all findings in order.
    pub(super) fn read_findings(&self, seen: &Seen) -> Result<Vec<Found>, WebError> {
        let mut confrontation = Confrontation::new(&self.checks, Arc::clone(&self.sources));
        for of_table in seen.tables.values() {
            confrontation.add(of_table.clone());
        }
        confrontation.beside(&seen.beside);
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
