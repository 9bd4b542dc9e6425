//! Accepted records beside a sheet: what the kinds that look across records keep of them, worked out once for any number of keystrokes.

use std::collections::BTreeMap;

use catalyse_check::Remembered;
use catalyse_codebook::{Answers, FormName};
use catalyse_records::Table;

use super::{Live, RowKey};
use crate::WebError;

/// Holds an accepted record: the repeat form, or none, and all its answers, keys and identity among them.
pub struct Accepted {
    /// The repeat form, or none for the record of a person in a wave.
    pub form: Option<FormName>,
    /// The answers.
    pub answers: Answers,
}

impl Live {
    /// Works out what has to be known of accepted records, so that a sheet is seen beside them.
    ///
    /// # Errors
    /// The engine stops, which is a defect of the study.
    pub fn remember(&self, accepted: Vec<Accepted>) -> Result<Remembered, WebError> {
        let mut by_table: BTreeMap<usize, Vec<(RowKey, Answers)>> = BTreeMap::new();
        for Accepted { form, answers } in accepted {
            let table = form.clone().map_or(Table::Main, Table::Repeat);
            let index = self.tables.iter().position(|live| live.table == table);
            let Some(index) = index else { continue };
            let key = form.map_or(RowKey::Main, |form| RowKey::Repeat(form, 0));
            by_table.entry(index).or_default().push((key, answers));
        }
        let mut remembered = Remembered::default();
        for (index, rows) in by_table {
            let Some(live) = self.tables.get(index) else { continue };
            let (seen, _) = self.follow_rows(&live.whole, (index, &rows))?;
            remembered.extend(self.checks.remembered(seen));
        }
        Ok(remembered)
    }
}
