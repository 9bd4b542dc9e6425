//! A workbook as Excel writes it, in its smallest form: shared strings, three cell styles, hidden sheets.
//!
//! **Source** ECMA-376 part 1: 12 (package), 18.2 (workbook), 18.3 (sheets), 18.4 (shared strings), 18.8 (styles).

use std::fmt::Write;

use catalyse_records::column_letters;
use indexmap::IndexSet;

use super::archive::{escape, pack};
use super::grid::{Grid, Written, serial_of};
use crate::SimulateError;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Style 1 is a day (number format 14), style 0 everything else.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

/// Packs sheets into a workbook. The hidden sheet of a grid follows it.
pub(crate) fn workbook(grids: &[Grid]) -> Result<Vec<u8>, SimulateError> {
    let mut sheets: Vec<(&Grid, bool)> = grids.iter().map(|grid| (grid, false)).collect();
    sheets.extend(grids.iter().filter_map(|grid| Some((grid.hidden.as_deref()?, true))));
    let mut strings = IndexSet::new();
    let bodies: Vec<String> = sheets.iter().map(|(grid, _)| sheet(grid, &mut strings)).collect();
    let mut types = String::new();
    let mut names = String::new();
    let mut relations = String::new();
    for ((grid, is_hidden), number) in sheets.iter().zip(1_usize..) {
        let state = if *is_hidden { " state=\"hidden\"" } else { "" };
        let name = escape(&grid.name);
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        );
        let _ = write!(
            names,
            "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>"
        );
        let _ = write!(
            relations,
            "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let n = sheets.len();
    let content_types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>"
    );
    let root = format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{names}</sheets></workbook>"
    );
    let book_relations = format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId{}\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
        n + 1,
        n + 2
    );
    let styles = format!("{HEAD}{STYLES}");
    let shared = shared_strings(&strings);
    let mut parts = vec![
        ("[Content_Types].xml", content_types.as_str()),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &book_relations),
        ("xl/styles.xml", &styles),
        ("xl/sharedStrings.xml", &shared),
    ];
    let paths: Vec<String> =
        (1..=n).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    parts.extend(paths.iter().map(String::as_str).zip(bodies.iter().map(String::as_str)));
    pack(&parts)
}

fn sheet(grid: &Grid, strings: &mut IndexSet<String>) -> String {
    let mut text = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    for (row, number) in grid.rows.iter().zip(1_u32..) {
        // Excel leaves out rows without cells.
        if row.is_empty() {
            continue;
        }
        let _ = write!(text, "<row r=\"{number}\">");
        for (cell, column) in row.iter().zip(0_u32..) {
            let place = format!("{}{number}", column_letters(column));
            let _ = match cell {
                Written::Nothing => Ok(()),
                Written::Text(content) => {
                    let (index, _) = strings.insert_full(content.clone());
                    write!(text, "<c r=\"{place}\" t=\"s\"><v>{index}</v></c>")
                }
                Written::Number(number) => write!(text, "<c r=\"{place}\"><v>{number}</v></c>"),
                Written::Day(day) => {
                    write!(text, "<c r=\"{place}\" s=\"1\"><v>{}</v></c>", serial_of(*day))
                }
            };
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    text
}

fn shared_strings(strings: &IndexSet<String>) -> String {
    let mut text = format!("{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{}\">", strings.len());
    for string in strings {
        let _ = write!(text, "<si><t xml:space=\"preserve\">{}</t></si>", escape(string));
    }
    text.push_str("</sst>");
    text
}
