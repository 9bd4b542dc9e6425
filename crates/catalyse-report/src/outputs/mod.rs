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

use crate::report::error::ReportError;
use crate::report::{Report, ReportFigure};

/// Turns a report into files.
pub trait Output: Sync {
    /// Returns the name, as `--outputs` takes it.
    fn name(&self) -> &'static str;

    /// Says what the files are for, for the reader of the folder.
    fn purpose(&self) -> Wording;

    /// Returns the name of the file it makes, or the folder, or the pattern of the names of its files, in the reader's language.
    fn place(&self, language: Language) -> String;

    /// Lists the endings of its files.
    fn endings(&self) -> &'static [&'static str];

    /// Lists those of its files that hold one figure, for the page to point to; nothing if it makes one file of the whole.
    fn files_of(&self, _: &ReportFigure) -> Vec<String> {
        Vec::new()
    }

    /// Says whether its files are for people, who find them before those for programs.
    fn is_for_people(&self) -> bool {
        true
    }

    /// Says whether its one file is the page that is opened first, and can be shown without the others.
    fn is_page(&self) -> bool {
        false
    }

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
