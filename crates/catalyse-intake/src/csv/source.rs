//! The text of a file: bytes in, UTF-8 out, a piece at a time.
//!
//! A line that is not UTF-8 is decoded by itself: files are glued together of two encodings more often than one thinks,
//! and deciding for the whole file damages one half without an error.

use std::io::SeekFrom;

use crate::csv::encoding::{Encoding, encoding_of};
use crate::csv::legacy::Legacy;
use crate::delivery::read_some;
use crate::limits::BLOCK_BYTES;
use crate::{IntakeError, ReadSeek};

/// Reads the text of a file.
pub(crate) struct TextSource<'a> {
    reader: &'a mut dyn ReadSeek,
    encoding: Encoding,
    n_mark: usize,
    legacy: Option<Legacy>,
    wide: Option<encoding_rs::Decoder>,
    raw: Vec<u8>,
    /// Whether a line held letters in UTF-8 that ASCII has not.
    pub(crate) has_utf8: bool,
    /// How many lines were not UTF-8.
    pub(crate) n_legacy_lines: u64,
    /// Whether UTF-8 was encoded twice: `Ã©`.
    pub(crate) is_doubled: bool,
}

impl<'a> TextSource<'a> {
    /// Looks at the beginning of a file.
    ///
    /// # Errors
    /// The file cannot be fetched.
    pub(crate) fn open(reader: &'a mut dyn ReadSeek) -> Result<Self, IntakeError> {
        reader.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        read_some(reader, BLOCK_BYTES as u64, &mut head)?;
        let (encoding, n_mark) = encoding_of(&head);
        // If the beginning is not UTF-8, all of it says what it is; else the first odd line that comes will.
        let cut = head.len().saturating_sub(4);
        let is_utf8 =
            std::str::from_utf8(&head).map_or_else(|error| error.valid_up_to() >= cut, |_| true);
        let legacy = (encoding == Encoding::Bytes && !is_utf8).then(|| Legacy::guess(&head));
        let mut source = Self {
            reader,
            encoding,
            n_mark,
            legacy,
            wide: None,
            raw: Vec::new(),
            has_utf8: false,
            n_legacy_lines: 0,
            is_doubled: false,
        };
        source.rewind()?;
        Ok(source)
    }

    /// Goes back to the beginning.
    ///
    /// # Errors
    /// The file cannot be fetched.
    pub(crate) fn rewind(&mut self) -> Result<(), IntakeError> {
        self.reader.seek(SeekFrom::Start(self.n_mark as u64))?;
        self.raw.clear();
        self.wide = match self.encoding {
            Encoding::Bytes => None,
            Encoding::Utf16Little => Some(encoding_rs::UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Big => Some(encoding_rs::UTF_16BE.new_decoder_without_bom_handling()),
        };
        (self.has_utf8, self.n_legacy_lines, self.is_doubled) = (false, 0, false);
        Ok(())
    }

    /// Adds the next piece of text to the buffer. Returns whether the file has ended.
    ///
    /// # Errors
    /// The file cannot be fetched.
    pub(crate) fn fill(&mut self, text: &mut Vec<u8>) -> Result<bool, IntakeError> {
        let n_before = self.raw.len();
        read_some(self.reader, BLOCK_BYTES as u64, &mut self.raw)?;
        let is_end = self.raw.len() == n_before;
        if let Some(decoder) = &mut self.wide {
            let mut decoded = String::new();
            decoded
                .reserve(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(BLOCK_BYTES * 3));
            let _ = decoder.decode_to_string(&self.raw, &mut decoded, is_end);
            self.raw.clear();
            text.extend_from_slice(decoded.as_bytes());
        } else {
            self.take_bytes(text, is_end);
        }
        Ok(is_end)
    }

    fn take_bytes(&mut self, text: &mut Vec<u8>, is_end: bool) {
        match std::str::from_utf8(&self.raw) {
            Ok(valid) => {
                self.note_letters(text, valid.len());
                text.extend_from_slice(&self.raw);
                self.raw.clear();
            }
            // A letter is cut in two at the end of the piece: its rest comes with the next one.
            Err(error) if error.error_len().is_none() && !is_end => {
                let rest = self.raw.split_off(error.valid_up_to());
                self.note_letters(text, self.raw.len());
                text.extend_from_slice(&self.raw);
                self.raw = rest;
            }
            Err(_) => self.repair(text, is_end),
        }
    }

    /// Takes a piece line by line, each in UTF-8 if it is, else in the 8-bit encoding.
    fn repair(&mut self, text: &mut Vec<u8>, is_end: bool) {
        let is_line_end = |byte: &u8| *byte == b'\n' || *byte == b'\r';
        let whole = match self.raw.iter().rposition(is_line_end) {
            Some(position) if !is_end => position + 1,
            _ => self.raw.len(),
        };
        let rest = self.raw.split_off(whole);
        let piece = std::mem::replace(&mut self.raw, rest);
        let legacy = *self.legacy.get_or_insert_with(|| Legacy::guess(&odd_lines(&piece)));
        for line in piece.split_inclusive(is_line_end) {
            if std::str::from_utf8(line).is_ok() {
                self.has_utf8 |= !line.is_ascii();
                text.extend_from_slice(line);
            } else {
                self.n_legacy_lines += 1;
                legacy.decode_into(line, text);
            }
        }
    }

    /// Looks once at the first letters beyond ASCII.
    fn note_letters(&mut self, before: &[u8], n_bytes: usize) {
        if !self.has_utf8 || before.len() < BLOCK_BYTES {
            let piece = self.raw.get(..n_bytes).unwrap_or_default();
            if piece.is_ascii() {
                return;
            }
            self.has_utf8 = true;
            // « Ã© », « Ã¨ », « Ã  »: é, è, à encoded twice.
            let is_doubled = |rest: &[u8]| {
                matches!(rest, [0xC3, 0x83, 0xC2, 0xA0 | 0xA8 | 0xA9 | 0xAA | 0xA7, ..])
            };
            // Accents are few: what is ASCII is stepped over in wide strides.
            let mut rest = piece;
            while let Some(place) = rest.chunks(64).position(|stride| !stride.is_ascii()) {
                let from = place * 64;
                let until = (from + 64).min(rest.len());
                self.is_doubled |= (from..until).any(|at| rest.get(at..).is_some_and(is_doubled));
                rest = rest.get(until..).unwrap_or_default();
            }
        }
    }

    /// Returns the 8-bit encoding, if a line needed one.
    pub(crate) fn legacy(&self) -> Option<Legacy> {
        self.legacy.filter(|_| self.n_legacy_lines > 0)
    }

    /// Returns the name of the encoding for people.
    pub(crate) fn encoding_name(&self) -> String {
        match (self.encoding, self.legacy()) {
            (Encoding::Utf16Little | Encoding::Utf16Big, _) => "UTF-16".to_owned(),
            (Encoding::Bytes, None) => "UTF-8".to_owned(),
            (Encoding::Bytes, Some(legacy)) if self.has_utf8 => {
                format!("UTF-8 + {}", legacy.name())
            }
            (Encoding::Bytes, Some(legacy)) => legacy.name().to_owned(),
        }
    }
}

fn odd_lines(piece: &[u8]) -> Vec<u8> {
    piece
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| std::str::from_utf8(line).is_err())
        .flatten()
        .copied()
        .collect()
}
