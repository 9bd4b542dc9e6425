//! Where the cells of an XLSX sheet stand, read from its own XML: calamine's error about a cell does not say which one it was.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::ReadSeek;
use crate::limits::MAX_PART_IN_MEMORY;
use crate::workbook::ods_cells::attribute;

/// A reader that several may use in turn, each at its own place.
#[derive(Clone)]
pub(crate) struct Shared<'a> {
    reader: Rc<RefCell<&'a mut dyn ReadSeek>>,
    at: u64,
}

impl<'a> Shared<'a> {
    /// Shares a reader.
    pub(crate) fn new(reader: &'a mut dyn ReadSeek) -> Self {
        Self { reader: Rc::new(RefCell::new(reader)), at: 0 }
    }
}

impl Read for Shared<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut reader = self.reader.borrow_mut();
        reader.seek(SeekFrom::Start(self.at))?;
        let n_bytes = reader.read(buffer)?;
        self.at += n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Seek for Shared<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut reader = self.reader.borrow_mut();
        if let SeekFrom::Current(_) = to {
            reader.seek(SeekFrom::Start(self.at))?;
        }
        self.at = reader.seek(to)?;
        Ok(self.at)
    }
}

/// The addresses of a sheet's cells in their order.
pub(crate) struct RawCells {
    xml: Vec<u8>,
    at: usize,
    n_seen: u64,
}

impl RawCells {
    /// Takes the XML of a sheet into memory; nothing if it cannot be found or is too large.
    pub(crate) fn of_sheet(reader: &Shared<'_>, sheet: &str) -> Option<Self> {
        let mut archive = ZipArchive::new(reader.clone()).ok()?;
        let path = path_of(&mut archive, sheet)?;
        let mut xml = Vec::new();
        archive.by_name(&path).ok()?.take(MAX_PART_IN_MEMORY).read_to_end(&mut xml).ok()?;
        Some(Self { xml, at: 0, n_seen: 0 })
    }

    /// Returns row (from 1) and column (from 0) of the cell with this number, counted from 1. Ask in rising order.
    pub(crate) fn address(&mut self, number: u64) -> Option<(u32, u32)> {
        while self.n_seen < number {
            let rest = self.xml.get(self.at..)?;
            let start = rest.iter().position(|byte| *byte == b'<')?;
            let tag = rest.get(start + 1..)?;
            let length = tag.iter().position(|byte| *byte == b'>')?;
            let tag = tag.get(..length)?;
            self.at += start + 1 + length;
            let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next()?;
            if name.rsplit(|byte| *byte == b':').next() == Some(b"c") && !tag.starts_with(b"/") {
                self.n_seen += 1;
                if self.n_seen == number {
                    return address_in(tag);
                }
            }
        }
        None
    }
}

/// Reads the attribute `r="AB12"`.
fn address_in(tag: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(tag).ok()?;
    let (_, rest) = text.split_once(" r=")?;
    row_and_column(rest.get(1..)?.split(['"', '\'']).next()?)
}

/// Reads an address, `AB12`, as its row (from 1) and column (from 0).
pub(crate) fn row_and_column(address: &str) -> Option<(u32, u32)> {
    let n_letters = address.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = address.split_at(n_letters);
    if !(1..=3).contains(&n_letters) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((digits.parse().ok()?, column - 1))
}

/// Finds the part of a sheet: its name leads to a relationship, and that to the part.
pub(crate) fn path_of(archive: &mut ZipArchive<Shared<'_>>, sheet: &str) -> Option<String> {
    let id = find(archive, "xl/workbook.xml", "sheet", |attribute| {
        (attribute("name")? == sheet).then(|| attribute("r:id")).flatten()
    })?;
    let target = find(archive, "xl/_rels/workbook.xml.rels", "Relationship", |attribute| {
        (attribute("Id")? == id).then(|| attribute("Target")).flatten()
    })?;
    Some(match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// Returns what the first element of a name that has an answer gives.
fn find(
    archive: &mut ZipArchive<Shared<'_>>,
    part: &str,
    element_name: &str,
    answer: impl Fn(&dyn Fn(&str) -> Option<String>) -> Option<String>,
) -> Option<String> {
    let mut xml = Reader::from_reader(io::BufReader::new(archive.by_name(part).ok()?));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == element_name =>
            {
                if let Some(found) = answer(&|name| attribute(&element, name)) {
                    return Some(found);
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
