//! What was typed a second time, as text to be sealed: a row for the situation and one for each episode.

use std::fmt;

use catalyse_codebook::{Answers, FormName};
use serde_json::Value as Json;

use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::keys::content::canonical;

/// Holds one row of a second entry.
#[derive(Clone, PartialEq)]
pub struct SecondRow {
    /// The repeat form, or none.
    pub form: Option<FormName>,
    /// The number of the episode as it was typed; 0 without a form.
    pub number: i64,
    /// The answers.
    pub answers: Answers,
}

// Answers are a person's: Debug shows how many there are.
impl fmt::Debug for SecondRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = self.form.as_ref().map_or("main", FormName::as_str);
        write!(formatter, "SecondRow({form}/{}, {} answers)", self.number, self.answers.len())
    }
}

/// Writes rows. Answers stand as the text that the content of a record is.
pub(super) fn write(rows: &[SecondRow]) -> String {
    let row = |row: &SecondRow| {
        let form = row.form.as_ref().map_or("", FormName::as_str);
        serde_json::json!([form, row.number, canonical(&row.answers)])
    };
    Json::Array(rows.iter().map(row).collect()).to_string()
}

/// Reads rows back.
pub(super) fn read(catalogue: &Catalogue, content: &[u8]) -> Result<Vec<SecondRow>, StoreError> {
    let broken = || StoreError::Broken("second entry");
    let rows: Vec<(String, i64, String)> = serde_json::from_slice(content).map_err(|_| broken())?;
    let row = |(form, number, answers): (String, i64, String)| {
        let form = match form.as_str() {
            "" => None,
            name => Some(FormName::new(name).map_err(|_| broken())?),
        };
        Ok(SecondRow { form, number, answers: catalogue.answers(answers.as_bytes())? })
    };
    rows.into_iter().map(row).collect()
}
