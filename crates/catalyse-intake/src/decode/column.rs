//! Reading one column of a block: each cell by its type, else as a word for a missing reason, else to check.

use std::ops::Range;

use catalyse_codebook::{MissingReason, RawCell, Storage, Value};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::{ColumnBuilder, Packed};

use crate::columns::plan::ColumnPlan;
use crate::decode::memory::{Meant, Memory};
use crate::sheet::block::{Block, Cells, text_cell};

/// A row that becomes a record, and where its cells stand in the block.
pub(crate) struct Kept {
    pub(crate) row_index: usize,
    pub(crate) number: u32,
    pub(crate) cells: Range<usize>,
}

/// A cell that could not be read.
pub(crate) struct Miss {
    pub(crate) row_index: usize,
    pub(crate) column: u32,
    pub(crate) reason: Message,
    /// Whether the nearest value was taken nonetheless.
    pub(crate) is_rounded: bool,
}

/// Reads one column of a block. What it has read before it remembers.
pub(crate) fn decode_column(
    (block, kept): (&Block, &[Kept]),
    column: &ColumnPlan<'_>,
    (position, memory): (u32, &mut Memory),
    (builder, misses): (&mut ColumnBuilder, &mut Vec<Miss>),
) {
    let reads_once = column.variable.value_type.storage() == Storage::Text;
    let Cells::Texts(spans) = &block.cells else {
        return decode_cells((block, kept), column, position, (builder, misses));
    };
    if reads_once {
        return decode_cells((block, kept), column, position, (builder, misses));
    }
    let text = block.text.as_bytes();
    for kept in kept {
        let index = kept.cells.start + position as usize;
        let span = if index < kept.cells.end { spans.get(index) } else { None };
        let Some(span) = span.filter(|span| span.start < span.end) else {
            builder.push_missing(None);
            continue;
        };
        let key = memory.key(text, span.start as usize, span.end as usize);
        if let Some(meant) = key.and_then(|key| memory.recall(key)) {
            match meant {
                Meant::Value(packed) => builder.push_packed(packed),
                Meant::Missing(reason) => builder.push_missing(Some(reason)),
            }
            continue;
        }
        let cell = text_cell(block.piece(*span));
        let meant = decode_cell(column, cell, builder, |reason, is_rounded| {
            let row_index = kept.row_index;
            misses.push(Miss { row_index, column: position, reason, is_rounded });
        });
        if let Some((key, meant)) = key.zip(meant) {
            memory.keep(key, meant);
        }
    }
}

fn decode_cells(
    (block, kept): (&Block, &[Kept]),
    column: &ColumnPlan<'_>,
    position: u32,
    (builder, misses): (&mut ColumnBuilder, &mut Vec<Miss>),
) {
    for kept in kept {
        let cell = block.cell_in(&kept.cells, position);
        decode_cell(column, cell, builder, |reason, is_rounded| {
            let row_index = kept.row_index;
            misses.push(Miss { row_index, column: position, reason, is_rounded });
        });
    }
}

/// Reads one cell, and returns what it means if that is short and sure: what cannot be read must be told each time.
fn decode_cell(
    column: &ColumnPlan<'_>,
    cell: RawCell<'_>,
    builder: &mut ColumnBuilder,
    miss: impl FnOnce(Message, bool),
) -> Option<Meant> {
    if matches!(cell, RawCell::Empty) {
        builder.push_missing(None);
        return None;
    }
    let looks_first = column.takes_any_text && !column.words.markers.is_empty();
    if looks_first && let Some(reason) = marker(column, cell) {
        builder.push_missing(Some(reason));
        return Some(Meant::Missing(reason));
    }
    let list = column.words.list.as_ref();
    let read = match time_only(column, cell) {
        Some(time) => Err(time),
        None => column.variable.value_type.read(cell, column.read_as, list).map_err(|why| why.0),
    };
    match read {
        Ok(value) => {
            let packed = Packed::of(&value);
            builder.push_value(value);
            packed.map(Meant::Value)
        }
        Err(reason) => {
            if let Some(known) = marker(column, cell) {
                builder.push_missing(Some(known));
                return Some(Meant::Missing(known));
            }
            let rounded = column.variable.value_type.read_rounded(cell, column.read_as);
            miss(reason, rounded.is_some());
            match rounded {
                Some(value) => builder.push_value(value),
                None => builder.push_missing(Some(MissingReason::ToCheck)),
            }
            None
        }
    }
}

/// Says that a cell of a column of days holds an hour alone: workbooks store it as a part of their day zero.
fn time_only(column: &ColumnPlan<'_>, cell: RawCell<'_>) -> Option<Message> {
    const TIME: Wording = Wording::new(
        "c'est une heure, pas une date ; écrire le jour, le mois et l'année",
        "this is a time, not a date; write day, month and year",
    );
    // Day zero as workbooks count from 1900 and from 1904, and a length of time as ODS and XLSX write it.
    let is_time = match cell {
        RawCell::DateSerial(serial) => (0.0..1.0).contains(&serial),
        RawCell::DateIso(text) => text.starts_with("1899-12-30") || text.starts_with("1904-01-01T"),
        RawCell::Text(text) => {
            text.starts_with("PT") && text.as_bytes().get(2).is_some_and(u8::is_ascii_digit)
        }
        RawCell::Empty | RawCell::Number(_) | RawCell::Boolean(_) | RawCell::Error(_) => false,
    };
    let is_of_days = column.variable.value_type.storage() == Storage::Date;
    (is_time && is_of_days).then(|| TIME.with(Args::new()))
}

fn marker(column: &ColumnPlan<'_>, cell: RawCell<'_>) -> Option<MissingReason> {
    if let RawCell::Text(text) = cell { column.words.markers.reason(text) } else { None }
}

/// Reads a variable that has one yes-or-no column a category. All blank is no answer; one unreadable cell leaves the whole to check.
pub(crate) fn decode_categories(
    (block, kept): (&Block, &[Kept]),
    column: &ColumnPlan<'_>,
    columns: &[(u32, u16)],
    (builder, misses): (&mut ColumnBuilder, &mut Vec<Miss>),
) {
    debug_assert_eq!(column.variable.value_type.storage(), Storage::Codes);
    let yes_no = catalyse_codebook::types::of_category();
    for kept in kept {
        let (mut bits, mut is_answered, mut reason) = (0_u64, false, None);
        for &(position, category) in columns {
            let cell = block.cell_in(&kept.cells, position);
            if matches!(cell, RawCell::Empty) {
                continue;
            }
            match yes_no.read(cell, column.read_as, None) {
                Ok(Value::Boolean(is_chosen)) => {
                    is_answered = true;
                    bits |= u64::from(is_chosen) << (category % 64);
                }
                Ok(_) => {}
                Err(unreadable) => {
                    let known = marker(column, cell);
                    if known.is_none() {
                        misses.push(Miss {
                            row_index: kept.row_index,
                            column: position,
                            reason: unreadable.0,
                            is_rounded: false,
                        });
                    }
                    reason = reason.or(Some(known.unwrap_or(MissingReason::ToCheck)));
                }
            }
        }
        match reason {
            Some(reason) => builder.push_missing(Some(reason)),
            None if is_answered => builder.push_value(Value::Codes(bits)),
            None => builder.push_missing(None),
        }
    }
}

/// Returns what stands in a cell, for its owner's eyes only.
pub(crate) fn raw_text(cell: RawCell<'_>) -> String {
    match cell {
        RawCell::Empty => String::new(),
        RawCell::Text(text) | RawCell::DateIso(text) | RawCell::Error(text) => text.to_owned(),
        RawCell::Number(number) | RawCell::DateSerial(number) => number.to_string(),
        RawCell::Boolean(truth) => truth.to_string(),
    }
}
