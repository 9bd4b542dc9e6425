//! Reading one column of a block: each cell by its type, else as a word for a missing reason, else to check.

use std::ops::Range;

use catalyse_codebook::{MissingReason, RawCell, Storage, Value};
use catalyse_locale::Message;
use catalyse_records::ColumnBuilder;

use crate::block::Block;
use crate::plan::ColumnPlan;

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
}

/// Reads one column of a block.
pub(crate) fn decode_column(
    (block, kept): (&Block, &[Kept]),
    column: &ColumnPlan<'_>,
    position: u32,
    (builder, misses): (&mut ColumnBuilder, &mut Vec<Miss>),
) {
    let list = column.list.as_ref();
    let looks_first = column.takes_any_text && !column.markers.is_empty();
    for kept in kept {
        let cell = block.cell_in(&kept.cells, position);
        if matches!(cell, RawCell::Empty) {
            builder.push_missing(None);
            continue;
        }
        if looks_first && let Some(reason) = marker(column, cell) {
            builder.push_missing(Some(reason));
            continue;
        }
        match column.variable.value_type.read(cell, column.read_as, list) {
            Ok(value) => builder.push_value(value),
            Err(unreadable) => {
                let known = marker(column, cell);
                builder.push_missing(Some(known.unwrap_or(MissingReason::ToCheck)));
                if known.is_none() {
                    let row_index = kept.row_index;
                    misses.push(Miss { row_index, column: position, reason: unreadable.0 });
                }
            }
        }
    }
}

fn marker(column: &ColumnPlan<'_>, cell: RawCell<'_>) -> Option<MissingReason> {
    if let RawCell::Text(text) = cell { column.markers.reason(text) } else { None }
}

/// Reads a variable that has one yes-or-no column a category. All blank is no answer; one unreadable cell leaves the whole to check.
pub(crate) fn decode_categories(
    (block, kept): (&Block, &[Kept]),
    column: &ColumnPlan<'_>,
    columns: &[(u32, u16)],
    (builder, misses): (&mut ColumnBuilder, &mut Vec<Miss>),
) {
    debug_assert_eq!(column.variable.value_type.storage(), Storage::Codes);
    let Some(yes_no) = catalyse_codebook::types::find("yes_no") else { return };
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
