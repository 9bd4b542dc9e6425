//! Taking text apart into rows and cells, in place: a cell is a span of the text.
//!
//! Quotes are read as RFC 4180 has them, and leniently where people do not. A quote that opens a cell and never closes it must not
//! swallow the rows below: it counts as a letter, and the row is named. It is taken for unclosed when the file ends, when the cell
//! grows beyond any sensible one, when something else than a delimiter follows the closing quote of a cell with line ends,
//! or when a line within it has as many cells as the header.

use crate::csv::dialect::Dialect;
use crate::limits::{MAX_QUOTED_BYTES, MAX_QUOTED_LINES};
use crate::sheet::block::{Oddity, OddityKind, Row, Span};

/// A guess at how long a cell is, with its mark.
const BYTES_A_CELL: usize = 4;

/// Holds what was taken apart.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) rows: Vec<Row>,
    pub(crate) spans: Vec<Span>,
    pub(crate) oddities: Vec<Oddity>,
    /// How many bytes it took; the rest is the beginning of a row.
    pub(crate) n_bytes: usize,
}

/// Takes the whole rows of a text apart. `is_end` says that no more text comes.
pub(crate) fn parse(
    text: &mut [u8],
    is_end: bool,
    dialect: &Dialect,
    n_columns: usize,
    next_row: &mut u32,
) -> Parsed {
    let mut parsed = Parsed::default();
    // Cells of a few bytes are the rule: growing to their number step by step would copy them several times.
    parsed.spans.reserve(text.len() / BYTES_A_CELL);
    let mut record =
        Record { text, is_end, dialect, n_columns, escaped: Vec::new(), has_unclosed: false };
    while parsed.n_bytes < record.text.len() {
        let first_cell = parsed.spans.len();
        let Some(next) = record.take(parsed.n_bytes, &mut parsed.spans) else {
            parsed.spans.truncate(first_cell);
            break;
        };
        record.drop_doubled_quotes(&mut parsed.spans);
        if record.has_unclosed {
            record.has_unclosed = false;
            let kind = OddityKind::UnclosedQuote;
            parsed.oddities.push(Oddity { row: *next_row, column: None, kind });
        }
        parsed.rows.push(Row { number: *next_row, first_cell: first_cell as u32 });
        *next_row = next_row.saturating_add(1);
        parsed.n_bytes = next;
    }
    parsed
}

struct Record<'a> {
    text: &'a mut [u8],
    is_end: bool,
    dialect: &'a Dialect,
    n_columns: usize,
    /// The cells of this row that hold doubled quotes.
    escaped: Vec<usize>,
    has_unclosed: bool,
}

enum Quoted {
    /// The cell ends before `end`, the text goes on at `next`.
    Closed {
        end: usize,
        next: usize,
        is_escaped: bool,
    },
    Unclosed,
    NeedsMore,
}

impl Record<'_> {
    /// Takes one row and returns where the next one begins, or nothing if its end has not come yet.
    fn take(&mut self, start: usize, spans: &mut Vec<Span>) -> Option<usize> {
        self.escaped.clear();
        self.has_unclosed = false;
        let mut at = start;
        loop {
            if self.text.get(at).is_some_and(|byte| *byte == self.dialect.quote) {
                match self.quoted(at + 1) {
                    Quoted::Closed { end, next, is_escaped } => {
                        if is_escaped {
                            self.escaped.push(spans.len());
                        }
                        spans.push(Span { start: at as u32 + 1, end: end as u32 });
                        match self.after_cell(next)? {
                            After::Cell(next) => at = next,
                            After::Row(next) => return Some(next),
                        }
                        continue;
                    }
                    Quoted::Unclosed => {
                        self.has_unclosed = true;
                        at += 1;
                    }
                    Quoted::NeedsMore => return None,
                }
            }
            let end = at + self.plain_len(at);
            spans.push(Span { start: at as u32, end: end as u32 });
            match self.after_cell(end)? {
                After::Cell(next) => at = next,
                After::Row(next) => return Some(next),
            }
        }
    }

    /// Returns how long the cell is that stands there without quotes. Eight bytes are looked at at a time: most cells are shorter, and
    /// a loop whose length nobody can foresee costs more than all comparisons together.
    #[inline]
    fn plain_len(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(eight) = self.text.get(at..).and_then(|rest| rest.first_chunk()) {
            let ends = self.dialect.ends_in(u64::from_le_bytes(*eight));
            if ends != 0 {
                return at - start + ends.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        let is_end = |byte: &u8| self.dialect.ends_cell[usize::from(*byte)];
        let tail = self.text.get(at..).unwrap_or_default();
        at - start + tail.iter().position(is_end).unwrap_or(tail.len())
    }

    /// Looks at the mark behind a cell.
    fn after_cell(&self, end: usize) -> Option<After> {
        match self.text.get(end) {
            None => self.is_end.then_some(After::Row(end)),
            Some(b'\n') => Some(After::Row(end + 1)),
            Some(b'\r') => match self.text.get(end + 1) {
                Some(b'\n') => Some(After::Row(end + 2)),
                None if !self.is_end => None,
                _ => Some(After::Row(end + 1)),
            },
            Some(_) => Some(After::Cell(end + 1)),
        }
    }

    fn quoted(&self, start: usize) -> Quoted {
        let quote = self.dialect.quote;
        let (mut at, mut is_escaped) = (start, false);
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|byte| *byte == quote) else {
                return self.without_end(start);
            };
            at += found;
            if at - start > MAX_QUOTED_BYTES {
                return Quoted::Unclosed;
            }
            match self.text.get(at + 1) {
                Some(next) if *next == quote => {
                    is_escaped = true;
                    at += 2;
                }
                None if !self.is_end => return Quoted::NeedsMore,
                _ => match self.closes_at(start, at) {
                    Mark::Closes(next) => return Quoted::Closed { end: at, next, is_escaped },
                    Mark::NeverClosed => return Quoted::Unclosed,
                    Mark::Letter => at += 1,
                },
            }
        }
    }

    /// Says what a quote is that stands behind the beginning of a quoted cell.
    fn closes_at(&self, start: usize, at: usize) -> Mark {
        let inside = self.text.get(start..at).unwrap_or_default();
        let rest = self.text.get(at + 1..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let ends = rest.get(blanks).is_none_or(|byte| self.dialect.ends_cell[usize::from(*byte)]);
        let has_lines = inside.iter().any(|byte| *byte == b'\n' || *byte == b'\r');
        match (ends, has_lines) {
            (true, true) if self.swallows_rows(inside) => Mark::NeverClosed,
            (true, _) => Mark::Closes(at + 1 + blanks),
            (false, true) => Mark::NeverClosed,
            (false, false) => Mark::Letter,
        }
    }

    fn without_end(&self, start: usize) -> Quoted {
        let inside = self.text.get(start..).unwrap_or_default();
        let n_lines = count(inside, b'\n');
        if self.is_end || inside.len() > MAX_QUOTED_BYTES || n_lines > MAX_QUOTED_LINES {
            Quoted::Unclosed
        } else {
            Quoted::NeedsMore
        }
    }

    /// Says whether a whole line within a cell has as many delimiters as a row of the table.
    fn swallows_rows(&self, inside: &[u8]) -> bool {
        let delimiters = |line: &[u8]| count(line, self.dialect.delimiter);
        count(inside, b'\n') > MAX_QUOTED_LINES
            || (self.n_columns >= 3
                && inside
                    .split(|byte| *byte == b'\n')
                    .skip(1)
                    .any(|line| delimiters(line) + 1 >= self.n_columns))
    }

    /// Makes `""` a `"` within the cells that hold it.
    fn drop_doubled_quotes(&mut self, spans: &mut [Span]) {
        for index in self.escaped.drain(..) {
            let Some(span) = spans.get_mut(index) else { continue };
            let Some(cell) = self.text.get_mut(span.start as usize..span.end as usize) else {
                continue;
            };
            let (mut read, mut written) = (0, 0);
            while read < cell.len() {
                let is_doubled = cell[read] == self.dialect.quote
                    && cell.get(read + 1) == Some(&self.dialect.quote);
                cell[written] = cell[read];
                written += 1;
                read += if is_doubled { 2 } else { 1 };
            }
            span.end = span.start + written as u32;
        }
    }
}

/// What a quote within a quoted cell is.
enum Mark {
    /// The end of the cell; the text goes on there.
    Closes(usize),
    /// A letter of the cell.
    Letter,
    /// The proof that the cell was never closed before.
    NeverClosed,
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().map(|byte| usize::from(*byte == wanted)).sum()
}

enum After {
    Cell(usize),
    Row(usize),
}
