//! What calamine's cell reader does not tell of an XLSX sheet, from its own XML in one pass: merged cells, what is hidden, odd addresses.
//!
//! The pass goes to the end of the part, where the container has its checksum; calamine stops before.

use std::io::Read;

use zip::ZipArchive;

use crate::IntakeError;
use crate::sheet::shape::{Merged, Shape};
use crate::workbook::addresses::Addresses;
use crate::workbook::raw_cells::{Shared, path_of, row_and_column};

/// Bytes that are taken apart at a time.
const PIECE: usize = 64 * 1024;
/// Bytes of a tag that is looked into: those of rows and columns are short.
const LONGEST_TAG: usize = 4 * 1024;
/// Merged cells that are remembered.
const MAX_MERGED: usize = 65_536;

/// Holds what one pass over the XML of a sheet shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Surveyed {
    pub(crate) shape: Shape,
    pub(crate) addresses: Addresses,
}

/// Goes through the XML of a sheet; of one that cannot be found nothing is known.
///
/// # Errors
/// The part is not what was packed: its checksum is another one, or it does not unpack.
pub(crate) fn survey_of(reader: &Shared<'_>, sheet: &str) -> Result<Surveyed, IntakeError> {
    let mut found = Surveyed::default();
    let Ok(mut archive) = ZipArchive::new(reader.clone()) else { return Ok(found) };
    let Some(path) = path_of(&mut archive, sheet) else { return Ok(found) };
    let Ok(part) = archive.by_name(&path) else { return Ok(found) };
    let mut tags = Tags { found: &mut found, begun: Vec::new(), is_in_tag: false };
    let mut part = part.take(crate::limits::MAX_UNPACKED);
    let mut piece = vec![0; PIECE];
    loop {
        let n_bytes = part.read(&mut piece).map_err(IntakeError::of_unpacking)?;
        let Some(bytes) = piece.get(..n_bytes).filter(|bytes| !bytes.is_empty()) else { break };
        tags.take(bytes);
    }
    Ok(found)
}

/// Collects tags that may be cut by the end of a piece.
struct Tags<'s> {
    found: &'s mut Surveyed,
    begun: Vec<u8>,
    is_in_tag: bool,
}

impl Tags<'_> {
    fn take(&mut self, mut bytes: &[u8]) {
        loop {
            let mark = if self.is_in_tag { b'>' } else { b'<' };
            let Some(end) = bytes.iter().position(|byte| *byte == mark) else {
                if self.is_in_tag && self.begun.len() < LONGEST_TAG {
                    self.begun.extend_from_slice(bytes);
                }
                return;
            };
            let (before, rest) = bytes.split_at(end);
            if self.is_in_tag {
                if self.begun.is_empty() {
                    look_at(before, self.found);
                } else {
                    self.begun.extend_from_slice(before);
                    look_at(&self.begun, self.found);
                    self.begun.clear();
                }
            }
            self.is_in_tag = !self.is_in_tag;
            bytes = rest.get(1..).unwrap_or_default();
        }
    }
}

/// Takes what a tag says of hidden rows and columns, merged cells and addresses.
fn look_at(tag: &[u8], Surveyed { shape: found, addresses }: &mut Surveyed) {
    // Nearly all tags are of cells, which writers begin so.
    if let Some(address) = tag.strip_prefix(b"c r=\"") {
        let end = address.iter().position(|byte| *byte == b'"');
        addresses.take_cell(Some(address.get(..end.unwrap_or(0)).unwrap_or_default()));
        return;
    }
    let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next();
    let name = name.and_then(|name| name.rsplit(|byte| *byte == b':').next()).unwrap_or_default();
    if !matches!(name, b"row" | b"col" | b"mergeCell" | b"c") {
        return;
    }
    let Ok(tag) = std::str::from_utf8(tag) else { return };
    let number = |name| attribute(tag, name)?.parse::<u32>().ok();
    let is_hidden = matches!(attribute(tag, "hidden"), Some("1" | "true"));
    match name {
        b"c" => addresses.take_cell(attribute(tag, "r").map(str::as_bytes)),
        b"row" => addresses.take_row(attribute(tag, "r")),
        _ => {}
    }
    match name {
        b"row" if is_hidden && !tag.ends_with('/') => {
            if let Some(row) = number("r") {
                found.hide_row(row);
            }
        }
        b"col" if is_hidden => {
            if let (Some(first @ 1..), Some(last @ 1..)) = (number("min"), number("max")) {
                found.hidden_columns.push(first - 1..=last - 1);
            }
        }
        b"mergeCell" if found.merged.len() < MAX_MERGED => {
            found.merged.extend(attribute(tag, "ref").and_then(merged));
        }
        _ => {}
    }
}

/// Reads `B2:C4`.
fn merged(range: &str) -> Option<Merged> {
    let (first, last) = range.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) =
        (row_and_column(first)?, row_and_column(last)?);
    Some(Merged { rows: first_row..=last_row, columns: first_column..=last_column })
}

/// Returns an attribute as it stands: those that are asked for hold numbers and addresses.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=")).map(|at| at + name.len() + 2)?;
    let rest = tag.get(start..)?;
    let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::{Merged, Shape, Surveyed, Tags};

    #[test]
    fn tags_are_read_wherever_the_pieces_are_cut() {
        let xml = "<worksheet><cols><col min=\"5\" max=\"6\" hidden=\"1\"/></cols><sheetData><row r=\"3\" hidden=\"1\"><c r=\"A3\"/></row>\
            <x:row r='4' hidden='true'><c/></x:row><row r=\"5\"><c/></row><row r=\"9\" hidden=\"1\"/></sheetData>\
            <mergeCells><mergeCell ref=\"B2:B4\"/><mergeCell ref=\"C2:D2\"/></mergeCells></worksheet>";
        let expected = Shape {
            merged: vec![
                Merged { rows: 2..=4, columns: 1..=1 },
                Merged { rows: 2..=2, columns: 2..=3 },
            ],
            hidden_rows: vec![3..=4],
            hidden_columns: vec![4..=5],
        };
        for size in 1..40 {
            let mut found = Surveyed::default();
            let mut tags = Tags { found: &mut found, begun: Vec::new(), is_in_tag: false };
            xml.as_bytes().chunks(size).for_each(|piece| tags.take(piece));
            assert_eq!(found.shape, expected, "pieces of {size}");
        }
    }
}
