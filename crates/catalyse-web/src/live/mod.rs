//! One record, worked out at once: derived values, what a skip leaves out, and what the checks say of it.
//!
//! It is the engine of a batch run on one row: the same [`Checks`], opened once. There is no second rule language, so what is accepted here
//! is accepted in a delivery too. A keystroke runs only what reads the variable that was typed ([`Focus`]). What looks across records sees the
//! accepted ones that are beside the sheet ([`Accepted`]).

mod beside;
mod says;
mod seen;
mod sheet;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use catalyse_check::{Checks, Focus, Readings, Remembered};
use catalyse_codebook::{Answers, Codebook, VariableName};
use catalyse_locale::Language;
use catalyse_records::{Records, Source, SourceIndex, Table, answers_in, chunk_in};

use crate::WebError;

pub use beside::Accepted;
pub use seen::{Found, Seen};
pub use sheet::{RowKey, Sheet};

/// Holds a study opened for entry.
pub struct Live {
    /// The codebook.
    pub codebook: Arc<Codebook>,
    checks: Checks,
    tables: Vec<LiveTable>,
    sources: Arc<Vec<Source>>,
    /// What reads each variable, made when it is typed for the first time.
    focuses: Mutex<BTreeMap<VariableName, Arc<Focus>>>,
}

struct LiveTable {
    table: Table,
    readings: Readings,
    whole: Focus,
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
        let mut tables = Vec::new();
        for table in checks.tables() {
            if let Some(readings) = checks.readings(&codebook, table) {
                let whole = readings.whole(&codebook).map_err(WebError::engine)?;
                tables.push(LiveTable { table: table.clone(), readings, whole });
            }
        }
        // Every question stands on the form: none of its columns is absent.
        let source = |live: &LiveTable| {
            let names = live.whole.layout().variables.iter().cloned();
            Source { columns: names.zip(0_u32..).collect(), ..Source::default() }
        };
        let sources = Arc::new(tables.iter().map(source).collect());
        Ok(Self { codebook, checks, tables, sources, focuses: Mutex::default() })
    }

    /// Works a sheet out, alone.
    ///
    /// # Errors
    /// The engine stops, which is a defect of the study.
    pub fn look(&self, sheet: &Sheet) -> Result<Seen, WebError> {
        self.look_beside(sheet, Arc::default())
    }

    /// Works a sheet out beside accepted records.
    ///
    /// # Errors
    /// As of [`Self::look`].
    pub fn look_beside(&self, sheet: &Sheet, beside: Arc<Remembered>) -> Result<Seen, WebError> {
        let mut seen = Seen { beside, ..Seen::default() };
        for (index, live) in self.tables.iter().enumerate() {
            let rows = self.rows_of(&live.table, sheet);
            if rows.is_empty() {
                continue;
            }
            let (of_checks, derived) = self.follow_rows(&live.whole, (index, &rows))?;
            seen.tables.insert(index, of_checks);
            seen.rows.extend(rows.into_iter().map(|(key, _)| key).zip(derived));
        }
        seen.findings = self.read_findings(&seen)?;
        Ok(seen)
    }

    /// Puts a sheet that was seen beside other accepted records.
    ///
    /// # Errors
    /// As of [`Self::look`].
    pub fn put_beside(&self, seen: &mut Seen, beside: Arc<Remembered>) -> Result<(), WebError> {
        seen.beside = beside;
        seen.findings = self.read_findings(seen)?;
        Ok(())
    }

    /// Brings what was seen of a sheet up to date after one answer of it has changed.
    ///
    /// # Errors
    /// As of [`Self::look`].
    pub fn follow(
        &self,
        seen: &mut Seen,
        sheet: &Sheet,
        (row, variable): (&RowKey, &VariableName),
    ) -> Result<(), WebError> {
        let study = &self.codebook.study;
        let is_key = [&study.person, &study.wave, &study.partner].contains(&variable);
        let table = match row {
            RowKey::Main => Table::Main,
            RowKey::Repeat(form, _) => Table::Repeat(form.clone()),
        };
        let index = self.tables.iter().position(|live| live.table == table);
        let rows = self.rows_of(&table, sheet).into_iter().filter(|(key, _)| key == row);
        let rows: Vec<(RowKey, Answers)> = rows.collect();
        // Keys stand in every row, and an episode that comes or goes changes what is seen across them.
        let (Some(index), false, Some(known), false) =
            (index, is_key, seen.rows.get_mut(row), rows.is_empty())
        else {
            *seen = self.look_beside(sheet, Arc::clone(&seen.beside))?;
            return Ok(());
        };
        let focus = self.focus(index, variable)?;
        let (of_checks, derived) = self.follow_rows(&focus, (index, &rows))?;
        let mut newer = derived.into_iter().next().unwrap_or_default();
        for name in focus.derived() {
            match newer.remove(name) {
                Some(answer) => known.insert(name.clone(), answer),
                None => known.remove(name),
            };
        }
        if let Some(of_table) = seen.tables.get_mut(&index) {
            of_table.renew(&focus, of_checks, &[row.number().saturating_add(1)]);
        }
        seen.findings = self.read_findings(seen)?;
        Ok(())
    }

    /// Returns what reads a variable.
    fn focus(&self, index: usize, name: &VariableName) -> Result<Arc<Focus>, WebError> {
        let mut focuses = self.focuses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(focus) = focuses.get(name) {
            return Ok(Arc::clone(focus));
        }
        let readings = &self.tables.get(index).ok_or(WebError::Nowhere)?.readings;
        let made = Arc::new(readings.focus(&self.codebook, name).map_err(WebError::engine)?);
        focuses.insert(name.clone(), Arc::clone(&made));
        Ok(made)
    }

    /// Works out what a focus is about for some rows of one table: what its checks saw, and the answers with what follows from them.
    fn follow_rows(
        &self,
        focus: &Focus,
        (index, rows): (usize, &[(RowKey, Answers)]),
    ) -> Result<(catalyse_check::Seen, Vec<Answers>), WebError> {
        let source = SourceIndex(u32::try_from(index).unwrap_or_default());
        let numbered = rows.iter().map(|(key, answers)| (key.number().saturating_add(1), answers));
        let layout = focus.layout();
        let chunk = chunk_in(&self.codebook, layout, source, numbered).map_err(WebError::engine)?;
        let followed = focus.follow(Records::from(chunk));
        let (seen, records) = followed.map_err(WebError::engine)?;
        let derived = answers_in(&self.codebook, layout, &records).map_err(WebError::engine)?;
        Ok((seen, derived))
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
}
