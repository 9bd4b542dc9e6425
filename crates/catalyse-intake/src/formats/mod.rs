//! The formats a delivery may come in.
//!
//! To add one: write `formats/my_format.rs` with a struct that implements [`Format`], then add its `mod` line and its line in [`ALL`].
//! A format is chosen by the content of the file, never by its name.

mod csv;
mod ods;
mod xls;
mod xlsx;

use catalyse_codebook::DateSystem;
use catalyse_locale::{Label, Message};

use crate::columns::heads::Heads;
use crate::look::Look;
use crate::sheet::block::Block;
use crate::sheet::shape::Shape;
use crate::{IntakeError, ReadSeek};

/// Lists every format in the order they are tried. CSV takes what is text and nothing else.
pub(crate) const ALL: &[&dyn Format] =
    &[&xlsx::XlsxFormat, &ods::OdsFormat, &xls::XlsFormat, &csv::CsvFormat];

/// Lists the names of the formats, for people.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|format| format.name()).collect()
}

/// Says whether a file with this ending, in small letters, is likely one of a format.
pub fn has_ending(ending: &str) -> bool {
    ALL.iter().any(|format| format.endings().contains(&ending))
}

/// A format: it knows its files by their content and opens them as sheets of rows.
pub(crate) trait Format: Sync {
    /// Returns its name for people, `XLSX`.
    fn name(&self) -> &'static str;

    /// Lists the usual endings of its files. A file that is named is read whatever its ending.
    fn endings(&self) -> &'static [&'static str];

    /// Says whether a file is of this format.
    fn recognises(&self, look: &Look) -> bool;

    /// Opens a file.
    ///
    /// # Errors
    /// It is damaged, encrypted or beyond a limit.
    fn open<'a>(
        &self,
        reader: &'a mut dyn ReadSeek,
        heads: &Heads<'_>,
    ) -> Result<Box<dyn Sheets + 'a>, IntakeError>;
}

/// An opened file: one or more sheets whose rows can be read, and read again.
pub(crate) trait Sheets {
    /// Lists the sheets in the order of the file.
    fn list(&self) -> Vec<SheetHead>;

    /// Begins to read the rows of a sheet from its top.
    ///
    /// # Errors
    /// The sheet cannot be reached.
    fn rows(&mut self, sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError>;

    /// Returns how the file is written, once its rows were read: `CSV, UTF-8, « ; »`.
    fn written_as(&self) -> Label;

    /// Returns the day a serial number counts from.
    fn date_system(&self) -> DateSystem {
        DateSystem::From1900
    }

    /// Returns the mark that numbers with one mark are taken to hold where nothing else tells.
    fn usual_mark(&self) -> catalyse_codebook::DecimalMark {
        catalyse_codebook::DecimalMark::Comma
    }

    /// Says whether each row should have as many cells as the header.
    fn has_even_rows(&self) -> bool {
        false
    }

    /// Returns what the file does to the cells of a sheet beside their values: merged cells, hidden rows and columns.
    fn shape(&mut self, _sheet_index: usize) -> Shape {
        Shape::default()
    }

    /// Returns what is odd about the order in which a sheet has its rows.
    fn order_notice(&mut self, _sheet_index: usize) -> Option<Message> {
        None
    }

    /// Returns what is odd about the file as a whole, once its rows were read: a name for the check, and the sentence.
    fn warnings(&self) -> Vec<(&'static str, Message)> {
        Vec::new()
    }
}

/// Holds what is known of a sheet before its rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetHead {
    /// Its name, for workbooks.
    pub(crate) name: Option<String>,
    /// Whether the file hides it.
    pub(crate) is_hidden: bool,
}

/// The rows of a sheet, a block at a time.
pub(crate) trait Rows {
    /// Returns the next rows, or nothing at the end.
    ///
    /// # Errors
    /// The file is damaged or beyond a limit.
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError>;
}
