//! Workbooks made by hand: the few parts that a reader needs, with whatever oddity a test wants in them.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Packs parts into a container.
pub(crate) fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a container").into_inner()
}

/// Packs a container anew without compressing its parts, so that a byte of them can be changed.
pub(crate) fn pack_stored(packed: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(packed)).expect("a container");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let name = part.name().expect("a name").into_owned();
        zip.start_file(name, options).expect("a part");
        zip.write_all(&bytes).expect("a part");
    }
    zip.finish().expect("a container").into_inner()
}

/// Makes an XLSX of sheets: their name, state (`visible`, `hidden`) and the XML inside `sheetData`.
pub(crate) fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    xlsx_with(sheets, "", &[])
}

/// Makes an XLSX of one sheet with XML before and behind its `sheetData`: columns that are hidden, cells that are merged.
pub(crate) fn xlsx_shaped(name: &str, before: &str, data: &str, behind: &str) -> Vec<u8> {
    let data = format!("{before}<sheetData>{data}</sheetData>{behind}");
    xlsx(&[(name, "visible", &data)])
}

/// As [`xlsx`], with XML in `workbook.xml` and further parts.
pub(crate) fn xlsx_with(
    sheets: &[(&str, &str, &str)],
    workbook: &str,
    more: &[(&str, &str)],
) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    for (index, (name, state, data)) in sheets.iter().enumerate() {
        let id = index + 1;
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"rId{id}\"/>"
        ));
        links.push_str(&format!("<Relationship Id=\"rId{id}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"));
        let data = if data.contains("<sheetData>") {
            (*data).to_owned()
        } else {
            format!("<sheetData>{data}</sheetData>")
        };
        parts.push((
            format!("xl/worksheets/sheet{id}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\">{data}</worksheet>"),
        ));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\">{workbook}<sheets>{list}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>")));
    parts.push(("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")));
    parts.push(("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .chain(more.iter().copied())
        .collect();
    pack(&parts)
}

/// Makes the XML of rows of text cells; an empty text is no cell.
pub(crate) fn rows(first_row: usize, rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (index, row) in rows.iter().enumerate() {
        let number = first_row + index;
        xml.push_str(&format!("<row r=\"{number}\">"));
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let letter = char::from(b'A' + column as u8);
            xml.push_str(&format!(
                "<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
            ));
        }
        xml.push_str("</row>");
    }
    xml
}

/// Makes an ODS of the XML inside `office:spreadsheet`.
pub(crate) fn ods(content: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"><office:automatic-styles><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    );
    pack(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}
