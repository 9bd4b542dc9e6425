//! Findings as a table for other programs: RFC 4180, UTF-8, one finding a row.

use super::{FindingsOutput, Shown};
use crate::commands::check::findings::groups;

/// Writes findings as CSV.
pub(crate) struct Csv;

/// The heads of the columns.
pub(crate) const HEADS: [&str; 8] =
    ["severity", "check", "file", "sheet", "row", "column", "cell", "variable"];

impl FindingsOutput for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, shown: &Shown<'_>) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let _ = writer.write_record(HEADS.iter().copied().chain(["message"]));
        for row in rows(shown) {
            let _ = writer.write_record(row);
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Lists the findings as rows of text: the columns of [`HEADS`], then the message.
pub(crate) fn rows(shown: &Shown<'_>) -> Vec<Vec<String>> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut rows = Vec::new();
    for group in groups(&shown.reading.findings) {
        let message = group.cause.message.say(shown.language);
        for place in group.places {
            let cell = place.address().rsplit('!').next().unwrap_or_default().to_owned();
            rows.push(vec![
                format!("{:?}", group.cause.severity).to_lowercase(),
                group.cause.check.to_string(),
                place.file.clone(),
                place.sheet.clone().unwrap_or_default(),
                number(place.row),
                number(place.column),
                if place.row.is_some() || place.column.is_some() { cell } else { String::new() },
                group.cause.variable.as_ref().map(ToString::to_string).unwrap_or_default(),
                message.clone(),
            ]);
        }
    }
    rows
}
