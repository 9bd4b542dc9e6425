//! A plain workbook: sheets of text with heads, to be filtered and ticked off. For lists of findings; releases go the other way.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Holds one sheet of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainSheet {
    /// The name of the sheet, at most 31 letters.
    pub name: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// The rows. A text of digits alone is written as a number.
    pub rows: Vec<Vec<String>>,
}

/// Writes sheets of texts as a workbook: heads frozen, filters set, long texts wrapped.
///
/// The day in its properties is fixed, so that the same sheets give the same bytes.
///
/// # Errors
/// A name is longer than 31 letters or holds one of `[]:*?/\`.
pub fn plain_workbook(sheets: &[PlainSheet]) -> Result<Vec<u8>, XlsxError> {
    const WIDEST: usize = 80;
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let head = Format::new().set_bold().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for sheet in sheets {
        let worksheet = workbook.add_worksheet().set_name(&sheet.name)?;
        for (column, title) in sheet.heads.iter().enumerate() {
            worksheet.write_string_with_format(0, column as u16, title, &head)?;
            let of_column = sheet.rows.iter().filter_map(|row| row.get(column));
            let longest =
                of_column.map(|cell| cell.chars().count()).chain([title.chars().count() + 3]).max();
            worksheet.set_column_width(column as u16, longest.unwrap_or(8).min(WIDEST) as f64)?;
        }
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32 + 1, column as u16);
                match cell.parse::<u32>() {
                    Ok(number) => worksheet.write_number_with_format(row, column, number, &text)?,
                    Err(_) => worksheet.write_string_with_format(row, column, cell, &text)?,
                };
            }
        }
        worksheet.set_freeze_panes(1, 0)?;
        if let Some(last) = sheet.heads.len().checked_sub(1) {
            worksheet.autofilter(0, 0, sheet.rows.len() as u32, last as u16)?;
        }
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::{PlainSheet, plain_workbook};

    #[test]
    fn the_same_sheets_give_the_same_bytes_and_a_formula_stays_text() {
        let sheet = PlainSheet {
            name: "Constats".into(),
            heads: vec!["Ligne".into(), "Que faire".into()],
            rows: vec![vec!["14".into(), "=1+1".into()]],
        };
        let first = plain_workbook(std::slice::from_ref(&sheet)).expect("a workbook");
        assert_eq!(first, plain_workbook(&[sheet]).expect("a workbook"));
        assert_eq!(first.get(..2), Some(b"PK".as_slice()));
    }
}
