//! Rows in which cells that are merged over several rows hold their value in each of them, as people see it.

use std::collections::BTreeMap;

use catalyse_codebook::RawCell;

use crate::IntakeError;
use crate::formats::Rows;
use crate::sheet::block::{Block, Cells, Content, Row, TypedCell};
use crate::sheet::shape::{Merged, Shape};

/// The rows of a sheet with the values of merged cells in all their rows.
pub(crate) struct FilledRows<'s> {
    rows: Box<dyn Rows + 's>,
    /// The cells that are merged downwards, by column and last row.
    merged: BTreeMap<(u32, u32), Filling>,
}

/// Cells that are merged downwards, and what the first of them holds once it was seen.
struct Filling {
    first_row: u32,
    value: Option<(Content, String)>,
}

impl<'s> FilledRows<'s> {
    /// Fills the cells that are merged below the header.
    pub(crate) fn new(rows: Box<dyn Rows + 's>, shape: &Shape, header_row: u32) -> Self {
        let down = shape.merged.iter().filter(|merged| merged.goes_down());
        let below = down.filter(|merged| *merged.rows.start() > header_row);
        let merged = below.map(|Merged { rows, columns }| {
            ((*columns.start(), *rows.end()), Filling { first_row: *rows.start(), value: None })
        });
        Self { rows, merged: merged.collect() }
    }

    fn fill(&mut self, block: &mut Block) {
        let numbers = || block.rows.iter().map(|row| row.number);
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return };
        let columns: Vec<u32> = self
            .merged
            .iter()
            .filter(|((_, end), filling)| *end >= first && filling.first_row <= last)
            .map(|((column, _), _)| *column)
            .collect();
        if columns.is_empty() {
            return;
        }
        let (mut cells, mut rows) = (Vec::new(), Vec::new());
        for row_index in 0..block.rows.len() {
            let Some(Row { number, .. }) = block.rows.get(row_index).copied() else { continue };
            rows.push(Row { number, first_cell: cells.len() as u32 });
            let mut own = typed_cells(block, row_index);
            let is_blank = own.is_empty();
            for column in &columns {
                if let Some(cell) = self.cell(block, (row_index, number), *column)
                    && !is_blank
                {
                    own.push(cell);
                }
            }
            own.sort_by_key(|cell| cell.column);
            own.dedup_by_key(|cell| cell.column);
            cells.extend(own);
        }
        (block.rows, block.cells) = (rows, Cells::Typed(cells));
    }

    /// Remembers the first cell of merged ones, and returns what a further one holds.
    fn cell(
        &mut self,
        block: &mut Block,
        (row_index, number): (usize, u32),
        column: u32,
    ) -> Option<TypedCell> {
        let (_, filling) = self.merged.range_mut((column, number)..=(column, u32::MAX)).next()?;
        if filling.first_row > number {
            return None;
        }
        if !matches!(block.cell(row_index, column), RawCell::Empty) {
            let cells = typed_cells(block, row_index);
            let cell = cells.iter().find(|cell| cell.column == column)?;
            if filling.first_row == number {
                let text = match cell.content {
                    Content::Text(span) | Content::DateIso(span) => block.piece(span).to_owned(),
                    Content::Number(_)
                    | Content::DateSerial(_)
                    | Content::Boolean(_)
                    | Content::Error(_) => String::new(),
                };
                filling.value = Some((cell.content, text));
            }
            return None;
        }
        let (content, text) = filling.value.as_ref()?;
        let content = match content {
            Content::Text(_) => Content::Text(block.keep_text(text)),
            Content::DateIso(_) => Content::DateIso(block.keep_text(text)),
            content @ (Content::Number(_)
            | Content::DateSerial(_)
            | Content::Boolean(_)
            | Content::Error(_)) => *content,
        };
        Some(TypedCell { column, content })
    }
}

fn typed_cells(block: &Block, row_index: usize) -> Vec<TypedCell> {
    match &block.cells {
        Cells::Typed(cells) => cells.get(block.cells_of(row_index)).unwrap_or_default().to_vec(),
        Cells::Texts(_) => Vec::new(),
    }
}

impl Rows for FilledRows<'_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        let Some(mut block) = self.rows.next_block()? else { return Ok(None) };
        if matches!(block.cells, Cells::Typed(_)) {
            self.fill(&mut block);
        }
        Ok(Some(block))
    }
}
