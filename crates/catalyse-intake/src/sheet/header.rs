//! Where the table begins: the row, among the first thirty that hold anything, whose cells name the most variables.

use std::collections::BTreeSet;

use catalyse_codebook::RawCell;

use crate::columns::heads::{Heads, Meaning};
use crate::limits::HEADER_ROWS;
use crate::sheet::block::Block;

/// Holds the header of a sheet.
#[derive(Debug)]
pub(crate) struct Header {
    /// The number of its row as people see it.
    pub(crate) row: u32,
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
    let (names_person, n_named, upper_index) = best?;
    let row_index = if has_second_row(block, upper_index, heads, person) {
        upper_index + 1
    } else {
        upper_index
    };
    let row = block.rows.get(row_index)?.number;
    let titles = (0..upper_index)
        .flat_map(|above| block.filled(above))
        .filter_map(|(_, cell)| text_of(cell))
        .map(str::to_owned)
        .collect();
    let heads = heads_of(block, row_index, heads);
    Some(Header { row, heads, titles, n_named, names_person })
}

/// Says whether the row below a header goes on with it: right of a merged head it names a category of what that one names, and it
/// holds nothing below the head of the person. A record might hold such a word too, but not in a column without a head.
fn has_second_row(block: &Block, row_index: usize, heads: &Heads<'_>, person: usize) -> bool {
    let upper: Vec<(u32, &str)> = block
        .filled(row_index)
        .filter_map(|(column, cell)| Some((column, text_of(cell)?)))
        .collect();
    let person =
        upper.iter().find(|(_, text)| heads.meaning(text) == Some(Meaning::Variable(person)));
    let below = row_index + 1;
    let has_person =
        person.is_some_and(|(column, _)| !matches!(block.cell(below, *column), RawCell::Empty));
    let goes_on = |(column, cell): (u32, RawCell<'_>)| {
        let over = upper.iter().rev().find(|(other, _)| *other <= column);
        let over = over.filter(|(other, _)| *other < column);
        let whole = over.zip(text_of(cell)).map(|((_, over), text)| format!("{over} {text}"));
        whole.is_some_and(|whole| matches!(heads.meaning(&whole), Some(Meaning::Category(..))))
    };
    below < block.rows.len() && !has_person && block.filled(below).any(goes_on)
}

fn named_in(block: &Block, row_index: usize, heads: &Heads<'_>) -> BTreeSet<Meaning> {
    block.filled(row_index).filter_map(|(_, cell)| heads.meaning(text_of(cell)?)).collect()
}

/// Lists the heads of a row. A head that says nothing alone may say it together with the merged one above: « Obstacles » over « transport ».
fn heads_of(block: &Block, row_index: usize, heads: &Heads<'_>) -> Vec<Head> {
    let above = row_index.checked_sub(1).filter(|above| {
        let number = |index: usize| block.rows.get(index).map(|row| row.number);
        number(*above).map(|number| number + 1) == number(row_index)
    });
    let upper: Vec<(u32, String)> = above
        .into_iter()
        .flat_map(|above| block.filled(above))
        .filter_map(|(column, cell)| Some((column, text_of(cell)?.to_owned())))
        .collect();
    let mut found: Vec<Head> = block
        .filled(row_index)
        .filter_map(|(column, cell)| {
            let text = text_of(cell)?.to_owned();
            let own = heads.meaning(&text);
            let meaning = own.or_else(|| {
                let (_, over) = upper.iter().rev().find(|(other, _)| *other <= column)?;
                heads.meaning(&format!("{over} {text}"))
            });
            Some(Head { column, text, meaning })
        })
        .collect();
    // A head merged downwards stands in the upper row alone.
    for (column, text) in upper {
        let is_free = found.iter().all(|head| head.column != column);
        if let Some(meaning) = heads.meaning(&text).filter(|_| is_free) {
            found.push(Head { column, text, meaning: Some(meaning) });
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
