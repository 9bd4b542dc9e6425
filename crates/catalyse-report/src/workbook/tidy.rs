//! The sheet `donnees`: every cell of every table as one row, for pivot tables and programs. Its headings are the same in every language.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::formats::Formats;
use super::{set_print, tidy_name};
use crate::report::Report;
use crate::report::flat::{self, FIELDS, Field, FlatCell, PLACE_FIELDS};

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    report: &Report,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(tidy_name(report.language))?;
    let heads = ["table", "measure"].into_iter().chain(PLACE_FIELDS).chain(FIELDS);
    let mut last_column = 0;
    for (column, head) in (0..).zip(heads) {
        sheet.write_with_format(0, column, head, &formats.heading)?;
        last_column = column;
    }
    let mut row_index = 1;
    for figure in report.figures() {
        for (row, column, cell) in flat::cells(&figure.table) {
            let texts = [
                figure.id.as_str(),
                &figure.table.caption,
                flat::role(row.heading.role),
                &row.heading.key,
                &row.heading.label,
                flat::role(column.role),
                &column.key,
                &column.label,
            ];
            for (index, text) in (0..).zip(texts) {
                sheet.write(row_index, index, text)?;
            }
            let fields = FlatCell::of(cell, (report.language, figure.table.rounding)).fields();
            for ((index, head), field) in (8..).zip(FIELDS).zip(fields) {
                match field {
                    Field::Empty => {}
                    // Shares are written as on the other sheets.
                    Field::Number(number) if head.starts_with("percent") => {
                        sheet.write_with_format(
                            row_index,
                            index,
                            number / 100.0,
                            &formats.share,
                        )?;
                    }
                    Field::Number(number) => {
                        sheet.write(row_index, index, number)?;
                    }
                    Field::Text(text) if text.is_empty() => {}
                    Field::Text(text) => {
                        sheet.write(row_index, index, text)?;
                    }
                }
            }
            row_index += 1;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, row_index.saturating_sub(1), last_column)?;
    for (column, width) in [(0, 24), (1, 32), (4, 32), (7, 24)] {
        sheet.set_column_width(column, width)?;
    }
    set_print(sheet, report, Some((0, 0)))
}
