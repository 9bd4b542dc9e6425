//! The outputs of a report: one file a kind.
//!
//! To add one: write `outputs/NAME.rs` with a unit struct that implements [`Output`], and give it one `mod` line and one line in [`ALL`].

mod csv;
mod csv_excel;
mod figures;
mod html;
mod json;
mod readme;
mod xlsx;

use catalyse_locale::{Language, Wording};

use crate::report::{Report, ReportError};

/// Turns a report into files.
pub trait Output: Sync {
    /// Returns the name, as `--outputs` takes it.
    fn name(&self) -> &'static str;

    /// Says what the files are for, for the reader of the folder.
    fn purpose(&self) -> Wording;

    /// Makes the files.
    ///
    /// # Errors
    /// Returns an error if a library refuses to write a page, a workbook or a table.
    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError>;
}

/// Holds one file of a report.
#[derive(Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Where it belongs in the folder of the report, with `/`: `tables/transport.csv`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for OutputFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "OutputFile({}, {} bytes)", self.path, self.bytes.len())
    }
}

/// Lists every output, in the order a reader of the folder meets them.
pub const ALL: &[&dyn Output] = &[
    &html::Html,
    &xlsx::Xlsx,
    &figures::Figures,
    &csv::Csv,
    &csv_excel::CsvExcel,
    &json::Json,
    &readme::Readme,
];

/// Returns an output by its name.
pub fn by_name(name: &str) -> Option<&'static dyn Output> {
    ALL.iter().copied().find(|output| output.name() == name)
}

/// Returns the name of the file that an output makes, or the pattern of the names of its files, in the reader's language.
pub fn file_name(output: &str, language: Language) -> String {
    let is_french = language == Language::Fr;
    match (output, is_french) {
        ("html", true) => "rapport.html",
        ("html", false) => "report.html",
        ("xlsx", true) => "tableaux.xlsx",
        ("xlsx", false) => "tables.xlsx",
        ("figures", _) => "figures/",
        ("csv", _) => "tables/*.csv",
        ("csv-excel", _) => "tables/*.excel.csv",
        ("json", _) => "tables/*.json",
        ("readme", true) => "LISEZMOI.txt",
        ("readme", false) => "README.txt",
        (other, _) => other,
    }
    .to_owned()
}
