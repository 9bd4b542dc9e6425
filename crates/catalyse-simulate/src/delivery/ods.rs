//! A workbook as LibreOffice writes it, in its smallest form: blank cells and rows counted, days as ISO dates.
//!
//! **Source** OASIS OpenDocument 1.3, part 3: 9.1 (tables), 19.385 (value types); part 2: 3 (packages).

use std::fmt::Write;

use catalyse_codebook::types::ymd_of_day_number;

use super::archive::{escape, pack};
use super::grid::{Grid, Written};
use crate::SimulateError;

const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\"";
/// A style for days, as dd/mm/yyyy.
const STYLES: &str = "<office:automatic-styles><number:date-style style:name=\"N1\"><number:day number:style=\"long\"/><number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style><style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/></office:automatic-styles>";

/// Packs sheets into a workbook.
pub(crate) fn workbook(grids: &[Grid]) -> Result<Vec<u8>, SimulateError> {
    let mut content = format!(
        "{HEAD}<office:document-content {SPACES} office:version=\"1.3\">{STYLES}<office:body><office:spreadsheet>"
    );
    for grid in grids {
        sheet(grid, &mut content);
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{TYPE}\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    pack(&[("mimetype", TYPE), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)])
}

fn sheet(grid: &Grid, content: &mut String) {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let _ = write!(
        content,
        "<table:table table:name=\"{}\"><table:table-column table:number-columns-repeated=\"{width}\"/>",
        escape(&grid.name)
    );
    for row in &grid.rows {
        content.push_str("<table:table-row>");
        let mut n_blank = 0_usize;
        for cell in row {
            if *cell == Written::Nothing {
                n_blank += 1;
                continue;
            }
            blanks(n_blank, content);
            n_blank = 0;
            write_cell(cell, content);
        }
        blanks(n_blank.max(usize::from(row.is_empty())), content);
        content.push_str("</table:table-row>");
    }
    content.push_str("</table:table>");
}

fn blanks(n: usize, content: &mut String) {
    let _ = match n {
        0 => Ok(()),
        1 => write!(content, "<table:table-cell/>"),
        n => write!(content, "<table:table-cell table:number-columns-repeated=\"{n}\"/>"),
    };
}

fn write_cell(cell: &Written, content: &mut String) {
    let _ = match cell {
        Written::Nothing => Ok(()),
        Written::Text(text) => write!(
            content,
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escape(text)
        ),
        Written::Number(number) => write!(
            content,
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{}</text:p></table:table-cell>",
            number.to_string().replace('.', ",")
        ),
        Written::Day(day) => {
            let (year, month, day) = ymd_of_day_number(*day);
            write!(
                content,
                "<table:table-cell table:style-name=\"ce1\" office:value-type=\"date\" office:date-value=\"{year:04}-{month:02}-{day:02}\"><text:p>{day:02}/{month:02}/{year:04}</text:p></table:table-cell>"
            )
        }
    };
}
