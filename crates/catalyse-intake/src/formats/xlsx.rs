//! XLSX, by calamine's cell reader: it streams, survives cells far away, and goes on after a cell it cannot read.
//!
//! `worksheets()` and `open_workbook_auto` are never used: the first drops a sheet that fails without a word, the second trusts the name.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};
use catalyse_codebook::DateSystem;
use catalyse_locale::{Args, Label, Message, Wording};

use crate::columns::heads::Heads;
use crate::formats::{Format, Rows, SheetHead, Sheets};
use crate::look::Look;
use crate::sheet::block::{Block, OddityKind};
use crate::sheet::shape::Shape;
use crate::workbook::addresses::Along;
use crate::workbook::raw_cells::{RawCells, Shared};
use crate::workbook::rows::{RowBuilder, is_nothing};
use crate::workbook::xlsx_shape::{Surveyed, survey_of};
use crate::{IntakeError, ReadSeek};

/// The workbooks of Excel since 2007.
pub(crate) struct XlsxFormat;

impl Format for XlsxFormat {
    fn name(&self) -> &'static str {
        "XLSX"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn recognises(&self, look: &Look) -> bool {
        look.is_zip() && look.has_entry("workbook.xml")
    }

    fn open<'a>(
        &self,
        reader: &'a mut dyn ReadSeek,
        _heads: &Heads<'_>,
    ) -> Result<Box<dyn Sheets + 'a>, IntakeError> {
        let reader = Shared::new(reader);
        let workbook = Xlsx::new(reader.clone()).map_err(|error| damaged(&error))?;
        Ok(Box::new(XlsxSheets { workbook, reader, surveyed: BTreeMap::new() }))
    }
}

fn damaged(error: &dyn std::fmt::Display) -> IntakeError {
    IntakeError::Damaged(format!("XLSX: {error}"))
}

const DISORDERED: Wording = Wording::new(
    "Des lignes de la feuille ne sont pas dans l'ordre dans le fichier, ou un numéro de ligne s'y trouve deux fois. Toutes ont été lues, chacune sous le numéro qu'elle porte ; un tableur peut en montrer moins. Demander au partenaire comment le fichier a été fait, et comparer le nombre de fiches.",
    "Rows of the sheet are out of order in the file, or a row number stands there twice. All were read, each under the number it has; a spreadsheet program may show fewer. Ask the partner how the file was made, and compare the number of records.",
);

struct XlsxSheets<'a> {
    workbook: Xlsx<Shared<'a>>,
    reader: Shared<'a>,
    /// What is known of the XML of the sheets that were looked at.
    surveyed: BTreeMap<usize, Rc<Surveyed>>,
}

impl XlsxSheets<'_> {
    /// Lists the sheets that hold cells: no charts, no macros.
    fn cell_sheets(&self) -> Vec<SheetHead> {
        self.workbook
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetHead {
                name: Some(sheet.name.clone()),
                is_hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    fn name_of(&self, sheet_index: usize) -> String {
        let sheet = self.cell_sheets().into_iter().nth(sheet_index);
        sheet.and_then(|sheet| sheet.name).unwrap_or_default()
    }

    fn survey(&mut self, sheet_index: usize) -> Result<Rc<Surveyed>, IntakeError> {
        if let Some(known) = self.surveyed.get(&sheet_index) {
            return Ok(Rc::clone(known));
        }
        let surveyed = Rc::new(survey_of(&self.reader, &self.name_of(sheet_index))?);
        self.surveyed.insert(sheet_index, Rc::clone(&surveyed));
        Ok(surveyed)
    }
}

impl Sheets for XlsxSheets<'_> {
    fn list(&self) -> Vec<SheetHead> {
        self.cell_sheets()
    }

    fn rows(&mut self, sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
        let name = self.name_of(sheet_index);
        let surveyed = self.survey(sheet_index)?;
        let reader =
            self.workbook.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
        Ok(Box::new(XlsxRows {
            reader,
            rows: RowBuilder::new(),
            at: (1, 0),
            n_cells: 0,
            surveyed,
            along: Along::default(),
            raw: RawOfSheet {
                reader: self.reader.clone(),
                sheet: name,
                cells: None,
                is_taken: false,
            },
            last_error: None,
            is_over: false,
        }))
    }

    fn shape(&mut self, sheet_index: usize) -> Shape {
        self.survey(sheet_index).map(|surveyed| surveyed.shape.clone()).unwrap_or_default()
    }

    fn order_notice(&mut self, sheet_index: usize) -> Option<Message> {
        let surveyed = self.survey(sheet_index).ok()?;
        surveyed.addresses.is_disordered.then(|| DISORDERED.with(Args::new()))
    }

    fn written_as(&self) -> Label {
        Label::same("XLSX")
    }

    fn date_system(&self) -> DateSystem {
        if self.workbook.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 }
    }
}

struct XlsxRows<'a, 'r> {
    reader: XlsxCellReader<'a, Shared<'r>>,
    rows: RowBuilder,
    /// The row (from 1) and column (from 0) where the next cell is expected.
    at: (u32, u32),
    /// How many cells came, those that could not be read among them.
    n_cells: u64,
    surveyed: Rc<Surveyed>,
    along: Along,
    raw: RawOfSheet<'r>,
    last_error: Option<String>,
    is_over: bool,
}

/// The sheet's own XML, taken only when a cell cannot be read.
struct RawOfSheet<'r> {
    reader: Shared<'r>,
    sheet: String,
    cells: Option<RawCells>,
    is_taken: bool,
}

impl RawOfSheet<'_> {
    fn address(&mut self, number: u64) -> Option<(u32, u32)> {
        if !self.is_taken {
            self.cells = RawCells::of_sheet(&self.reader, &self.sheet);
            self.is_taken = true;
        }
        self.cells.as_mut()?.address(number)
    }
}

impl XlsxRows<'_, '_> {
    /// Takes one cell. After an error the reader goes on behind the cell; the same error twice at one place is the end of a sheet cut off.
    fn step(&mut self) -> Result<(), IntakeError> {
        let cell = self.n_cells + 1;
        // calamine computes the numbers of rows and columns without a bound: it panics or goes round (xlsx/mod.rs; up to 0.38).
        let reader = AssertUnwindSafe(&mut self.reader);
        let read = catch_unwind(move || { reader }.next_cell_with_formula_metadata());
        let read = read.map_err(|_| String::new());
        let read = read.and_then(|read| read.map_err(|error| error.to_string()));
        let addresses = &self.surveyed.addresses;
        if self.along.has_odd_row(addresses, cell) && read.is_err() {
            return Ok(());
        }
        self.n_cells = cell;
        if self.along.begins_repeated(addresses, cell) {
            self.rows.end_row();
        }
        if let Some(row) = self.along.odd_cell(addresses, cell) {
            self.rows.add_oddity(row, None, OddityKind::OddAddress);
            self.last_error = None;
            return Ok(());
        }
        match read {
            Ok(None) => self.is_over = true,
            Ok(Some(record)) => {
                self.last_error = None;
                let (row, column) = (record.pos.0.saturating_add(1), record.pos.1);
                self.at = (row, column.saturating_add(1));
                if record.formula.is_some() && is_nothing(&record.value) {
                    self.rows.add_oddity(row, Some(column), OddityKind::FormulaWithoutValue);
                }
                let value: &DataRef<'_> = &record.value;
                self.rows.add(row, column, value)?;
            }
            Err(error) => {
                let address = self.raw.address(self.n_cells);
                let (row, column) = address.unwrap_or(self.at);
                if address.is_none() && self.last_error.as_ref() == Some(&error) {
                    self.rows.add_oddity(row, None, OddityKind::SheetCutOff);
                    self.is_over = true;
                } else {
                    self.rows.add_oddity(row, Some(column), OddityKind::BrokenCell);
                    self.at = (row, column.saturating_add(1));
                }
                self.last_error = Some(error);
            }
        }
        Ok(())
    }
}

impl Rows for XlsxRows<'_, '_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        while !self.is_over {
            self.step()?;
            if self.rows.is_full() {
                return Ok(Some(self.rows.take_full()));
            }
        }
        Ok((!self.rows.is_empty()).then(|| self.rows.take_rest()))
    }
}
