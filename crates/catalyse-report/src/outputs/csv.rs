//! `tables/ID.csv`: the numbers of a table after RFC 4180 (comma, UTF-8, decimal point), for programs.

use catalyse_locale::{Language, Wording};

use super::{Output, OutputFile};
use crate::report::error::ReportError;
use crate::report::flat::{self, FIELDS, Field, FlatCell, PLACE_FIELDS};
use crate::report::{Report, ReportFigure};

/// Makes `tables/ID.csv`.
pub(super) struct Csv;

impl Output for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "les nombres, pour un programme (CSV de la norme RFC 4180 : virgule, point décimal)",
            "the numbers, for a program (CSV of RFC 4180: comma, decimal point)",
        )
    }

    fn place(&self, _: Language) -> String {
        "tables/*.csv".to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn files_of(&self, figure: &ReportFigure) -> Vec<String> {
        vec![format!("tables/{}.csv", figure.id)]
    }

    fn is_for_people(&self) -> bool {
        false
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        report
            .figures()
            .map(|figure| {
                let path = format!("tables/{}.csv", figure.id);
                Ok(OutputFile { path, bytes: write(report, figure)? })
            })
            .collect()
    }
}

fn write(report: &Report, figure: &ReportFigure) -> Result<Vec<u8>, ReportError> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(PLACE_FIELDS.iter().chain(&FIELDS))?;
    for (row, column, cell) in flat::cells(&figure.table) {
        let fields = FlatCell::of(cell, (report.language, figure.table.rounding)).fields();
        let place = [
            flat::role(row.heading.role),
            &row.heading.key,
            &row.heading.label,
            flat::role(column.role),
            &column.key,
            &column.label,
        ];
        let texts = place.iter().map(|text| (*text).to_owned()).chain(fields.iter().map(text));
        writer.write_record(texts)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()).into())
}

fn text(field: &Field) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Number(number) => number.to_string(),
        Field::Text(text) => text.clone(),
    }
}
