//! Finding the dialect of a text: each way is tried, and the one that names the most variables is it.

use crate::columns::heads::Heads;
use crate::csv::dialect::{DELIMITERS, Dialect};
use crate::csv::parse::{Parsed, parse};
use crate::limits::HEADER_ROWS;

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
