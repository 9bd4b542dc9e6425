//! Numbers that are names: digits kept as text, with the marks people put between them.

use std::borrow::Cow;

use crate::types::cell::{trim, whole};
use crate::{RawCell, Value};

/// Holds up to sixteen digits without allocating.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    bytes: [u8; 16],
    len: usize,
}

impl Digits {
    /// Returns the digits of a text. The marks between them are skipped; anything else makes it no number.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        let mut digits = Self { bytes: [b'0'; 16], len: 0 };
        for letter in text.chars() {
            if letter.is_ascii_digit() {
                *digits.bytes.get_mut(digits.len)? = letter as u8;
                digits.len += 1;
            } else if !matches!(letter, '.' | '-' | '/' | ' ' | '\u{a0}' | '\u{202f}') {
                return None;
            }
        }
        Some(digits)
    }

    /// Returns the digits of a cell: of a text, or of a whole number that the workbook made of it.
    pub(crate) fn of_cell(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Text(text) => Self::of_text(trim(text)),
            RawCell::Number(number) => Self::of_number(whole(number)?),
            RawCell::Empty
            | RawCell::DateSerial(_)
            | RawCell::DateIso(_)
            | RawCell::Boolean(_)
            | RawCell::Error(_) => None,
        }
    }

    fn of_number(number: u64) -> Option<Self> {
        Self::of_text(&number.to_string())
    }

    /// Returns how many there are.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Adds zeros in front up to a length: a workbook drops them.
    pub(crate) fn padded(self, len: usize) -> Self {
        let mut bytes = [b'0'; 16];
        let start = len.saturating_sub(self.len).min(16 - self.len);
        bytes[start..start + self.len].copy_from_slice(self.as_bytes());
        Self { bytes, len: start + self.len }
    }

    /// Returns the number that the digits from `from` up to but not including `to` make.
    pub(crate) fn number(&self, from: usize, to: usize) -> u64 {
        self.as_bytes()
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
    }

    /// Returns the digits as a value, borrowed from the cell where it holds nothing else.
    pub(crate) fn value<'a>(&self, cell: RawCell<'a>) -> Value<'a> {
        if let RawCell::Text(text) = cell
            && trim(text).as_bytes() == self.as_bytes()
        {
            return Value::Text(Cow::Borrowed(trim(text)));
        }
        let text = self.as_bytes().iter().copied().map(char::from).collect();
        Value::Text(Cow::Owned(text))
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}
