//! A first look at a file: what it is by its content. The name is never trusted.

use std::collections::BTreeSet;
use std::io::SeekFrom;

use crate::delivery::read_some;
use crate::workbook::archive;
use crate::{IntakeError, Kind, ReadSeek};

/// Holds what the first bytes of a file, and the names inside a container, say.
pub(crate) struct Look {
    /// The first bytes, 8 KiB at most.
    pub(crate) head: Vec<u8>,
    /// The names inside, if it is a ZIP.
    pub(crate) entries: BTreeSet<String>,
}

const HEAD_BYTES: u64 = 8 * 1024;

impl Look {
    /// Looks at a file and leaves the reader at its beginning.
    ///
    /// # Errors
    /// The file is empty, is no table, or its container is damaged or beyond a limit.
    pub(crate) fn at(reader: &mut dyn ReadSeek) -> Result<Self, IntakeError> {
        reader.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        read_some(reader, HEAD_BYTES, &mut head)?;
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
        let is_blank = text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0);
        if is_blank && (head.len() as u64) < HEAD_BYTES {
            return Err(IntakeError::Empty);
        }
        let mut look = Self { head, entries: BTreeSet::new() };
        if look.is_zip() {
            look.entries = archive::check(reader)?;
        }
        reader.seek(SeekFrom::Start(0))?;
        look.refuse_other_files()?;
        Ok(look)
    }

    /// Says whether the file is a ZIP container.
    pub(crate) fn is_zip(&self) -> bool {
        self.head.starts_with(b"PK\x03\x04") || self.head.starts_with(b"PK\x05\x06")
    }

    /// Says whether the file is an OLE compound file: XLS, or an encrypted workbook.
    pub(crate) fn is_compound(&self) -> bool {
        self.head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
    }

    /// Says whether a file inside the container ends in this name, whatever its case.
    pub(crate) fn has_entry(&self, end: &str) -> bool {
        self.entries.iter().any(|name| name.to_ascii_lowercase().ends_with(end))
    }

    fn refuse_other_files(&self) -> Result<(), IntakeError> {
        match self.other_kind() {
            Some(kind) => Err(IntakeError::NotATable(kind)),
            None => Ok(()),
        }
    }

    fn other_kind(&self) -> Option<Kind> {
        let head = self.head.as_slice();
        let begins = |magic: &[u8]| head.starts_with(magic);
        if self.is_zip() {
            return self.other_container();
        }
        if begins(b"%PDF-") || begins(b"\xEF\xBB\xBF%PDF-") {
            return Some(Kind::Pdf);
        }
        let images: [&[u8]; 7] =
            [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\x01\0"];
        // `BM` alone could begin a text: a bitmap has zeros at its bytes 6 to 9.
        let is_image = images.iter().any(|magic| begins(magic))
            && (!begins(b"BM") || head.get(6..10) == Some(&[0; 4]));
        if is_image || (begins(b"RIFF") && head.get(8..12) == Some(b"WEBP")) {
            return Some(Kind::Image);
        }
        if begins(b"\x09\x00") || begins(b"\x09\x02") || begins(b"\x09\x04") || begins(b"{\\rtf") {
            return Some(Kind::Office);
        }
        self.markup().or_else(|| self.binary())
    }

    fn other_container(&self) -> Option<Kind> {
        let is_workbook = self.has_entry("workbook.xml") || self.is_ods();
        if self.has_entry("workbook.bin") {
            Some(Kind::Xlsb)
        } else if is_workbook {
            None
        } else if self.entries.iter().all(|name| name == "mimetype") {
            Some(Kind::EmptyZip)
        } else if self.has_entry("word/document.xml")
            || self.has_entry("ppt/presentation.xml")
            || self.entries.contains("content.xml")
        {
            Some(Kind::Document)
        } else {
            Some(Kind::Zip)
        }
    }

    /// Says whether the container is an ODS: its first entry, stored unpacked, names the type; some writers leave it out.
    pub(crate) fn is_ods(&self) -> bool {
        const TYPES: [&[u8]; 3] = [
            b"application/vnd.oasis.opendocument.text",
            b"application/vnd.oasis.opendocument.presentation",
            b"application/vnd.oasis.opendocument.graphics",
        ];
        let head = self.head.get(..200).unwrap_or(&self.head);
        let names = |wanted: &[u8]| head.windows(wanted.len()).any(|window| window == wanted);
        self.entries.contains("content.xml") && !TYPES.iter().any(|other| names(other))
    }

    /// HTML and XML, also in UTF-16 and behind blanks.
    fn markup(&self) -> Option<Kind> {
        let text: String = self
            .head
            .iter()
            .filter(|byte| **byte != 0 && byte.is_ascii())
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
        let text = text.trim_start();
        if !text.starts_with('<') {
            return None;
        }
        let pages =
            ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<div", "<style"];
        let is_page = pages.iter().any(|tag| text.starts_with(tag));
        if is_page || (text.contains("<html") && !text.contains("<workbook")) {
            Some(Kind::Html)
        } else if text.starts_with("<?xml") || text.starts_with("<!") || text.contains("xmlns") {
            Some(Kind::Xml)
        } else {
            None
        }
    }

    /// Bytes that no text has, unless the zeros stand as UTF-16 has them.
    fn binary(&self) -> Option<Kind> {
        if self.is_compound() || crate::csv::encoding::is_utf16(&self.head) {
            return None;
        }
        let n_odd = self
            .head
            .iter()
            .filter(|byte| {
                **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A)
            })
            .count();
        (n_odd * 20 > self.head.len()).then_some(Kind::Binary)
    }
}
