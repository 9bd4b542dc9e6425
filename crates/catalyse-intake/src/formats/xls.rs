//! XLS, the workbooks of Excel 97 to 2003, by calamine behind a look at the container. The format is read whole.

use std::io::{Cursor, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError};
use catalyse_codebook::DateSystem;
use catalyse_locale::Label;

use crate::columns::heads::Heads;
use crate::delivery::read_some;
use crate::formats::{Format, Rows, SheetHead, Sheets};
use crate::limits::MAX_XLS_BYTES;
use crate::look::Look;
use crate::sheet::block::{Block, OddityKind};
use crate::sheet::shape::{Merged, Shape};
use crate::workbook::compound::{Holding, check};
use crate::workbook::rows::{RowBuilder, borrowed};
use crate::{IntakeError, Kind, ReadSeek, Size};

/// The workbooks of Excel 97 to 2003.
pub(crate) struct XlsFormat;

impl Format for XlsFormat {
    fn name(&self) -> &'static str {
        "XLS"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xls"]
    }

    fn recognises(&self, look: &Look) -> bool {
        look.is_compound()
    }

    fn open<'a>(
        &self,
        reader: &'a mut dyn ReadSeek,
        _heads: &Heads<'_>,
    ) -> Result<Box<dyn Sheets + 'a>, IntakeError> {
        let mut bytes = Vec::new();
        reader.seek(SeekFrom::Start(0))?;
        read_some(reader, MAX_XLS_BYTES + 1, &mut bytes)?;
        if bytes.len() as u64 > MAX_XLS_BYTES {
            return Err(IntakeError::TooLarge { what: Size::FileBytes, limit: MAX_XLS_BYTES });
        }
        match check(&bytes)? {
            Holding::Workbook => {}
            Holding::Encrypted => return Err(IntakeError::Encrypted),
            Holding::Other => return Err(IntakeError::NotATable(Kind::Office)),
        }
        // calamine panics on some damaged files (cfb.rs, xls.rs; all versions up to 0.38).
        let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
        let workbook = opened.map_err(|_| damaged())?.map_err(|error| match error {
            XlsError::Password => IntakeError::Encrypted,
            error => IntakeError::Damaged(format!("XLS: {error}")),
        })?;
        Ok(Box::new(XlsSheets { workbook }))
    }
}

fn damaged() -> IntakeError {
    IntakeError::Damaged("XLS".to_owned())
}

struct XlsSheets {
    workbook: Xls<Cursor<Vec<u8>>>,
}

impl XlsSheets {
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
}

impl Sheets for XlsSheets {
    fn list(&self) -> Vec<SheetHead> {
        self.cell_sheets()
    }

    fn rows(&mut self, sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
        let name = self.cell_sheets().into_iter().nth(sheet_index).and_then(|sheet| sheet.name);
        let name = name.unwrap_or_default();
        let read = catch_unwind(AssertUnwindSafe(|| {
            (self.workbook.worksheet_range(&name), self.workbook.worksheet_formula(&name))
        }));
        let (values, formulas) = read.map_err(|_| damaged())?;
        let values = values.map_err(|error| IntakeError::Damaged(format!("XLS: {error}")))?;
        // A sheet whose formulas cannot be read still has its values.
        let formulas = formulas.unwrap_or_default();
        Ok(Box::new(XlsRows { values, formulas, next: 0, rows: RowBuilder::new() }))
    }

    fn shape(&mut self, sheet_index: usize) -> Shape {
        let name = self.cell_sheets().into_iter().nth(sheet_index).and_then(|sheet| sheet.name);
        let merged = name.and_then(|name| self.workbook.merge_cells_by_sheet_name(&name).ok());
        let merged = merged.unwrap_or_default().into_iter().map(|one| Merged {
            rows: one.start.0.saturating_add(1)..=one.end.0.saturating_add(1),
            columns: one.start.1..=one.end.1,
        });
        Shape { merged: merged.collect(), ..Shape::default() }
    }

    fn written_as(&self) -> Label {
        Label::same("XLS")
    }

    fn date_system(&self) -> DateSystem {
        if self.workbook.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 }
    }
}

struct XlsRows {
    values: Range<Data>,
    formulas: Range<String>,
    next: usize,
    rows: RowBuilder,
}

impl Rows for XlsRows {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        let Self { values, formulas, next, rows } = self;
        let (first_row, first_column) = values.start().unwrap_or_default();
        while *next < values.height() {
            let row_index = *next;
            *next += 1;
            let row = first_row + row_index as u32;
            for column_index in 0..values.width() {
                let Some(value) = values.get((row_index, column_index)) else { continue };
                let column = first_column + column_index as u32;
                let formula = formulas.get_value((row, column));
                if *value == Data::Empty && formula.is_some_and(|formula| !formula.is_empty()) {
                    rows.add_oddity(row + 1, Some(column), OddityKind::FormulaWithoutValue);
                }
                rows.add(row + 1, column, &borrowed(value))?;
            }
            if rows.is_full() {
                return Ok(Some(rows.take_full()));
            }
        }
        Ok((!rows.is_empty()).then(|| rows.take_rest()))
    }
}
