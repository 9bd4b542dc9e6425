//! Findings as a table for other programs: RFC 4180, UTF-8, one finding a row.

use std::io::{self, Write};

use catalyse_codebook::{Severity, VariableName};

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

    fn write(&self, shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(HEADS.iter().copied().chain(["message"]))?;
        for_each_row(shown, |severity, row| {
            let severity = match severity {
                Severity::Hard => "hard",
                Severity::Soft => "soft",
                Severity::Info => "info",
            };
            Ok(writer.write_record(std::iter::once(severity).chain(row))?)
        })?;
        writer.flush()
    }
}

/// What stands as the check beside a file that could not be read.
const UNREADABLE: &str = "file.unreadable";

/// Hands on the files that could not be read, then the findings, as rows of text: how grave each is, then the other columns of [`HEADS`] and the message.
pub(crate) fn for_each_row(
    shown: &Shown<'_>,
    mut take: impl FnMut(Severity, [&str; 8]) -> io::Result<()>,
) -> io::Result<()> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    for (file, message) in &shown.reading.unreadable {
        let message = message.say(shown.language);
        take(Severity::Hard, [UNREADABLE, file, "", "", "", "", "", &message])?;
    }
    for group in groups(&shown.reading.findings) {
        let message = group.cause.message.say(shown.language);
        let severity = group.cause.severity;
        let variable = group.cause.variable.as_ref().map(VariableName::as_str).unwrap_or_default();
        for place in group.places() {
            let (row, column) = (number(place.row), number(place.column));
            let address = place.address();
            let is_cell = place.row.is_some() || place.column.is_some();
            let cell = if is_cell { address.rsplit('!').next().unwrap_or_default() } else { "" };
            let sheet = place.sheet.as_deref().unwrap_or_default();
            let check = group.cause.check.as_str();
            take(severity, [check, &place.file, sheet, &row, &column, cell, variable, &message])?;
        }
    }
    Ok(())
}
