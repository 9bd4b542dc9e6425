//! `tables/ID.excel.csv`: the same numbers in the dialect that a French Excel opens with a double click.
//!
//! Semicolon, CRLF, UTF-8 with a byte order mark, decimal comma: with `22.5` it would read a date, without the mark mojibake.

use catalyse_locale::{Args, Language, Wording};

use super::{Output, OutputFile};
use crate::report::error::ReportError;
use crate::report::flat::{self, FIELDS, Field, FlatCell};
use crate::report::{Report, ReportFigure};

/// Makes `tables/ID.excel.csv`.
pub(super) struct CsvExcel;

impl Output for CsvExcel {
    fn name(&self) -> &'static str {
        "csv-excel"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "les mêmes nombres, à ouvrir dans un Excel en français (point-virgule, virgule décimale)",
            "the same numbers, to open in a French Excel (semicolon, decimal comma)",
        )
    }

    fn place(&self, _: Language) -> String {
        "tables/*.excel.csv".to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn files_of(&self, figure: &ReportFigure) -> Vec<String> {
        vec![format!("tables/{}.excel.csv", figure.id)]
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        report
            .figures()
            .map(|figure| {
                let path = format!("tables/{}.excel.csv", figure.id);
                Ok(OutputFile { path, bytes: write(report, figure)? })
            })
            .collect()
    }
}

/// The mark by which Excel knows UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn write(report: &Report, figure: &ReportFigure) -> Result<Vec<u8>, ReportError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(headings(report.language, figure))?;
    for (row, column, cell) in flat::cells(&figure.table) {
        let fields = FlatCell::of(cell, (report.language, figure.table.rounding)).fields();
        let place = [row.heading.label.clone(), column.label.clone()];
        writer.write_record(place.into_iter().chain(fields.iter().map(text)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()).into())
}

/// Names the columns in the reader's language.
fn headings(language: Language, figure: &ReportFigure) -> Vec<String> {
    static NAMES: [Wording; FIELDS.len() + 1] = [
        Wording::new("Colonne", "Column"),
        Wording::new("Effectif", "Count"),
        Wording::new("Part en %", "Share in %"),
        Wording::new("Intervalle : bas", "Interval: low"),
        Wording::new("Intervalle : haut", "Interval: high"),
        Wording::new("Part en mots", "Share in words"),
        Wording::new("N pondéré", "Weighted N"),
        Wording::new("Effectif efficace", "Effective number"),
        Wording::new("Personnes avec une valeur", "Persons with a value"),
        Wording::new("Moyenne", "Mean"),
        Wording::new("Moyenne, intervalle : bas", "Mean, interval: low"),
        Wording::new("Moyenne, intervalle : haut", "Mean, interval: high"),
        Wording::new("Médiane", "Median"),
        Wording::new("Médiane, intervalle : bas", "Median, interval: low"),
        Wording::new("Médiane, intervalle : haut", "Median, interval: high"),
        Wording::new("Premier quartile", "First quartile"),
        Wording::new("Troisième quartile", "Third quartile"),
        Wording::new("Statut", "Status"),
    ];
    let names = NAMES.iter().map(|name| name.say(language, &Args::new()));
    std::iter::once(figure.table.row_label.clone()).chain(names).collect()
}

fn text(field: &Field) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Number(number) => number.to_string().replace('.', ","),
        Field::Text(text) => text.clone(),
    }
}
