//! Where the table begins: the row, among the first thirty that hold anything, whose cells name the most variables.

use std::collections::BTreeSet;

use catalyse_codebook::RawCell;

use crate::columns::heads::{Heads, Meaning};
use crate::csv::dialect::DELIMITERS;
use crate::limits::HEADER_ROWS;
use crate::sheet::block::Block;

/// Holds the header of a sheet.
#[derive(Debug)]
pub(crate) struct Header {
    /// The number of its row as people see it.
    pub(crate) row: u32,
    /// The row above it that goes with it, if the heads stand in two rows.
    pub(crate) upper_row: Option<u32>,
    /// Its cells that hold a text.
    pub(crate) heads: Vec<Head>,
    /// The texts above it: titles, which may name the partner and the wave.
    pub(crate) titles: Vec<String>,
    /// How many variables it names.
    pub(crate) n_named: usize,
    /// Whether one of them is the person.
    pub(crate) names_person: bool,
}

/// Holds one head.
#[derive(Debug)]
pub(crate) struct Head {
    /// The column, from 0.
    pub(crate) column: u32,
    /// Its text.
    pub(crate) text: String,
    /// What it stands for.
    pub(crate) meaning: Option<Meaning>,
}

/// Finds the header among the first rows, or nothing if none names the person or three variables.
pub(crate) fn find(block: &Block, heads: &Heads<'_>, person: usize) -> Option<Header> {
    let mut best: Option<(bool, usize, usize)> = None;
    // A workbook does not store rows that hold nothing, a text file has them: neither counts them.
    let filled = (0..block.rows.len()).filter(|index| block.filled(*index).next().is_some());
    for row_index in filled.take(HEADER_ROWS) {
        let named = named_in(block, row_index, heads);
        let has_person = named.contains(&Meaning::Variable(person));
        let is_header = named.len() >= 3 || (has_person && !named.is_empty());
        let score = (has_person, named.len());
        if is_header && best.is_none_or(|(person, count, _)| score > (person, count)) {
            best = Some((score.0, score.1, row_index));
        }
    }
    let (names_person, _, upper_index) = best?;
    let has_second_row = has_second_row(block, upper_index, heads, person);
    let row_index = if has_second_row { upper_index + 1 } else { upper_index };
    let row = block.rows.get(row_index)?.number;
    let upper_row = block.rows.get(upper_index).map(|row| row.number).filter(|_| has_second_row);
    let titles = (0..upper_index)
        .flat_map(|above| block.filled(above))
        .filter_map(|(_, cell)| text_of(cell))
        .map(str::to_owned)
        .collect();
    let heads = heads_of(block, row_index, heads, has_second_row);
    let named: BTreeSet<Meaning> = heads.iter().filter_map(|head| head.meaning).collect();
    Some(Header { row, upper_row, heads, titles, n_named: named.len(), names_person })
}

/// Returns the heads of the row that names most variables where none is a header, so that a message can say what was recognised.
pub(crate) fn nearly(block: &Block, heads: &Heads<'_>) -> Option<(u32, Vec<Head>)> {
    let filled = (0..block.rows.len()).filter(|index| block.filled(*index).next().is_some());
    let n_named = |row_index: &usize| named_in(block, *row_index, heads).len();
    let best = filled.take(HEADER_ROWS).filter(|index| n_named(index) > 0);
    let row_index = best.max_by_key(|index| (n_named(index), usize::MAX - index))?;
    let row = block.rows.get(row_index)?.number;
    Some((row, heads_of(block, row_index, heads, false)))
}

/// Returns the mark that parts heads of the study within the only cell of a row: a table whose cells were never taken apart.
pub(crate) fn mark_within_cells(block: &Block, heads: &Heads<'_>) -> Option<u8> {
    const ENOUGH: usize = 3;
    let filled = (0..block.rows.len()).filter(|index| block.filled(*index).next().is_some());
    filled.take(HEADER_ROWS).find_map(|row_index| {
        let texts = texts_of(block, row_index);
        let [(_, text)] = texts.as_slice() else { return None };
        let n_known = |mark: &u8| {
            let parts = text.split(char::from(*mark));
            parts
                .filter(|part| heads.meaning(part.trim_matches('"')).is_some())
                .take(ENOUGH)
                .count()
        };
        DELIMITERS.into_iter().find(|mark| n_known(mark) == ENOUGH)
    })
}

/// Says whether the row below a header goes on with it: it holds nothing below the head of the person and texts alone, and right of a
/// merged head it names a category of what that one names, or a variable that belongs under such a title. A record might hold such a
/// word too, but not in a column without a head.
fn has_second_row(block: &Block, row_index: usize, heads: &Heads<'_>, person: usize) -> bool {
    let upper = texts_of(block, row_index);
    let person =
        upper.iter().find(|(_, text)| heads.meaning(text) == Some(Meaning::Variable(person)));
    let below = row_index + 1;
    let has_person =
        person.is_some_and(|(column, _)| !matches!(block.cell(below, *column), RawCell::Empty));
    let is_text = || block.filled(below).all(|(_, cell)| text_of(cell).is_some());
    let goes_on = |(column, cell): (u32, RawCell<'_>)| {
        let over = upper.iter().rev().find(|(other, _)| *other <= column);
        let Some(((at, over), text)) = over.zip(text_of(cell)) else { return false };
        // Straight below a head that is known stands an answer.
        (*at < column || heads.meaning(over).is_none()) && heads.meaning_under(over, text).is_some()
    };
    below < block.rows.len() && !has_person && is_text() && block.filled(below).any(goes_on)
}

/// Lists the texts of a row with their columns.
fn texts_of(block: &Block, row_index: usize) -> Vec<(u32, &str)> {
    let texts = block.filled(row_index);
    texts.filter_map(|(column, cell)| Some((column, text_of(cell)?))).collect()
}

fn named_in(block: &Block, row_index: usize, heads: &Heads<'_>) -> BTreeSet<Meaning> {
    block.filled(row_index).filter_map(|(_, cell)| heads.meaning(text_of(cell)?)).collect()
}

/// Lists the heads of a row. A head that says nothing alone may say it together with the merged one above: « Obstacles » over
/// « transport », « Ménage » over « Taille ».
fn heads_of(block: &Block, row_index: usize, heads: &Heads<'_>, has_upper: bool) -> Vec<Head> {
    let above = row_index.checked_sub(1).filter(|above| {
        let number = |index: usize| block.rows.get(index).map(|row| row.number);
        number(*above).map(|number| number + 1) == number(row_index)
    });
    let upper = above.map(|above| texts_of(block, above)).unwrap_or_default();
    let lower = texts_of(block, row_index);
    let mut found: Vec<Head> = lower
        .iter()
        .map(|(column, text)| {
            let meaning = heads.meaning(text).or_else(|| {
                let (_, over) = upper.iter().rev().find(|(other, _)| other <= column)?;
                heads.meaning_under(over, text)
            });
            Head { column: *column, text: (*text).to_owned(), meaning }
        })
        .collect();
    // A head merged downwards stands in the upper row alone. One that nobody knows is a title if something stands below its columns.
    for (position, (column, text)) in upper.iter().enumerate() {
        let next = upper.get(position + 1).map_or(u32::MAX, |(next, _)| *next);
        let is_title = lower.iter().any(|(below, _)| (*column..next).contains(below));
        let meaning = heads.meaning(text);
        let is_free = found.iter().all(|head| head.column != *column);
        if is_free && (meaning.is_some() || has_upper && !is_title) {
            found.push(Head { column: *column, text: (*text).to_owned(), meaning });
        }
    }
    found.sort_by_key(|head| head.column);
    found
}

fn text_of(cell: RawCell<'_>) -> Option<&str> {
    match cell {
        RawCell::Text(text) => Some(text),
        RawCell::Empty
        | RawCell::Number(_)
        | RawCell::DateSerial(_)
        | RawCell::DateIso(_)
        | RawCell::Boolean(_)
        | RawCell::Error(_) => None,
    }
}
