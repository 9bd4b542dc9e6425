//! How a text file parts its cells: found by trying each way and seeing which one names the most variables.

use crate::columns::heads::Heads;
use crate::csv::parse::{Parsed, parse};
use crate::limits::HEADER_ROWS;

/// Holds the marks of a text file.
#[derive(Clone)]
pub(crate) struct Dialect {
    /// The mark between cells.
    pub(crate) delimiter: u8,
    /// The mark around cells.
    pub(crate) quote: u8,
    /// Whether a byte ends a cell that has no quotes: the delimiter and the line ends.
    pub(crate) ends_cell: [bool; 256],
}

impl Dialect {
    /// Makes the dialect of a delimiter and a quote.
    pub(crate) fn new(delimiter: u8, quote: u8) -> Self {
        let mut ends_cell = [false; 256];
        for byte in [delimiter, b'\n', b'\r'] {
            ends_cell[usize::from(byte)] = true;
        }
        Self { delimiter, quote, ends_cell }
    }

    /// Marks, among eight bytes, those that end a cell without quotes: the lowest bit set belongs to the first of them.
    #[inline]
    pub(crate) const fn ends_in(&self, eight: u64) -> u64 {
        const ONES: u64 = u64::from_le_bytes([1; 8]);
        const HIGH: u64 = u64::from_le_bytes([128; 8]);
        // A byte that is zero borrows from its upper neighbours, never from lower ones (Warren, Hacker's Delight, 6-1).
        const fn zeros(eight: u64) -> u64 {
            eight.wrapping_sub(ONES) & !eight & HIGH
        }
        zeros(eight ^ ONES.wrapping_mul(self.delimiter as u64))
            | zeros(eight ^ ONES.wrapping_mul(b'\n' as u64))
            | zeros(eight ^ ONES.wrapping_mul(b'\r' as u64))
    }

    /// Returns the name of the delimiter for people.
    pub(crate) const fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => "« ; »",
            b',' => "« , »",
            b'\t' => "tab",
            _ => "« | »",
        }
    }
}

const DELIMITERS: [u8; 4] = *b";,\t|";

/// Finds the dialect of a text that begins so: the one whose rows name the most variables of the study, else the one whose rows are
/// most alike.
pub(crate) fn find(text: &[u8], is_end: bool, heads: &Heads<'_>) -> Dialect {
    let quotes: &[u8] = if text.contains(&b'\'') { b"\"'" } else { b"\"" };
    let mut best: Option<((usize, usize, usize), Dialect)> = None;
    for &quote in quotes {
        for delimiter in DELIMITERS {
            let dialect = Dialect::new(delimiter, quote);
            let mut own_text = text.to_vec();
            let parsed = parse(&mut own_text, is_end, &dialect, 0, &mut 1);
            let score = (named(&own_text, &parsed, heads), alike(&parsed), quoted(text, &dialect));
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, dialect));
            }
        }
    }
    best.map_or_else(|| Dialect::new(b';', b'"'), |(_, dialect)| dialect)
}

/// Counts the variables that the best row names.
fn named(text: &[u8], parsed: &Parsed, heads: &Heads<'_>) -> usize {
    let cells_of = |index: usize| {
        let start = parsed.rows.get(index).map_or(0, |row| row.first_cell as usize);
        let end =
            parsed.rows.get(index + 1).map_or(parsed.spans.len(), |row| row.first_cell as usize);
        parsed.spans.get(start..end).unwrap_or_default()
    };
    (0..parsed.rows.len().min(HEADER_ROWS))
        .map(|index| {
            cells_of(index)
                .iter()
                .filter_map(|span| text.get(span.start as usize..span.end as usize))
                .filter_map(|cell| std::str::from_utf8(cell).ok())
                .filter(|cell| heads.meaning(cell).is_some())
                .count()
        })
        .max()
        .unwrap_or(0)
}

/// Counts the cells that begin with the quote.
fn quoted(text: &[u8], dialect: &Dialect) -> usize {
    let inner = text
        .windows(2)
        .filter(|two| dialect.ends_cell[usize::from(two[0])] && two[1] == dialect.quote);
    inner.count() + usize::from(text.first() == Some(&dialect.quote))
}

/// Says how alike the rows are: the cells of a row, times how many rows have as many, for the most frequent count above one.
fn alike(parsed: &Parsed) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for (row, next) in parsed.rows.iter().zip(parsed.rows.iter().skip(1)).take(HEADER_ROWS * 4) {
        *counts.entry((next.first_cell - row.first_cell) as usize).or_default() += 1;
    }
    counts
        .iter()
        .filter(|(n_cells, _)| **n_cells > 1)
        .map(|(n_cells, n_rows)| n_cells * n_rows)
        .max()
        .unwrap_or(0)
}

/// Returns the delimiter that a first line `sep=;` names, and the length of the line.
pub(crate) fn declared(text: &[u8]) -> Option<(u8, usize)> {
    let start = usize::from(text.first() == Some(&b'"'));
    let line = text.get(start..)?;
    let word = line.get(..4)?;
    if !word.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let delimiter = *line.get(4).filter(|byte| DELIMITERS.contains(byte))?;
    let line_end = text.iter().position(|byte| *byte == b'\n' || *byte == b'\r')?;
    let is_whole_line = line_end <= start + 6;
    let n_bytes =
        if text.get(line_end..line_end + 2) == Some(b"\r\n") { line_end + 2 } else { line_end + 1 };
    is_whole_line.then_some((delimiter, n_bytes))
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn the_first_end_is_found_among_eight_bytes() {
        let dialect = Dialect::new(b';', b'"');
        let first =
            |eight: &[u8; 8]| dialect.ends_in(u64::from_le_bytes(*eight)).trailing_zeros() / 8;
        for (eight, found) in [
            (b";bcdefgh", 0),
            (b"a<;d\nf;h", 2),
            (b"abc\rdefg", 3),
            (b"\xbb:<\x8a\x0b\x0c\x0e\n", 7),
            (b"\0\xff\x80abcde", 8),
        ] {
            assert_eq!(first(eight), found, "{eight:?}");
        }
    }
}
