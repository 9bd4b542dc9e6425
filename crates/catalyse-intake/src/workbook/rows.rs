//! Puts the cells of a workbook, as they come, into blocks of rows.

use calamine::{CellErrorType, Data, DataRef, DataType};

use crate::limits::{BLOCK_ROWS, MAX_BLOCK_CELLS, MAX_BLOCK_TEXT, MAX_COLUMNS, MAX_SHEET_ROWS};
use crate::sheet::block::{Block, Cells, Content, Oddity, OddityKind, Row, TypedCell};
use crate::{IntakeError, Size};

/// Collects cells into a block. Cells of a row come together and in any order; rows come as the file has them.
pub(crate) struct RowBuilder {
    block: Block,
    /// Whether the next cell begins a row, even if the last one has its number.
    is_row_over: bool,
}

impl RowBuilder {
    /// Makes an empty block.
    pub(crate) fn new() -> Self {
        let block = Block { cells: Cells::Typed(Vec::new()), ..Block::default() };
        Self { block, is_row_over: false }
    }

    /// Says whether the block holds enough rows to be handed on.
    pub(crate) fn is_full(&self) -> bool {
        self.block.rows.len() > BLOCK_ROWS
    }

    /// Says whether the block holds nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.block.rows.is_empty() && self.block.oddities.is_empty()
    }

    /// Ends the row: what comes next is another one, even if it has the same number.
    pub(crate) fn end_row(&mut self) {
        self.is_row_over = true;
    }

    /// Adds an oddity of a row or cell.
    pub(crate) fn add_oddity(&mut self, row: u32, column: Option<u32>, kind: OddityKind) {
        self.begin_row(row);
        self.block.oddities.push(Oddity { row, column, kind });
    }

    /// Adds the cell of a row (from 1) and column (from 0). A cell outside what a workbook can hold is odd, not stored.
    ///
    /// # Errors
    /// A few rows hold more cells than is read.
    pub(crate) fn add(
        &mut self,
        row: u32,
        column: u32,
        value: &DataRef<'_>,
    ) -> Result<(), IntakeError> {
        if column >= MAX_COLUMNS || row > MAX_SHEET_ROWS || row == 0 {
            return Ok(());
        }
        self.begin_row(row);
        let Some(content) = self.content(value) else { return Ok(()) };
        self.push(TypedCell { column, content })
    }

    /// Adds a text cell.
    ///
    /// # Errors
    /// As for [`RowBuilder::add`].
    pub(crate) fn add_text(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
    ) -> Result<(), IntakeError> {
        self.begin_row(row);
        let content = Content::Text(self.block.keep_text(text));
        self.push(TypedCell { column, content })
    }

    /// Adds a date in ISO form.
    ///
    /// # Errors
    /// As for [`RowBuilder::add`].
    pub(crate) fn add_date(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
    ) -> Result<(), IntakeError> {
        self.begin_row(row);
        let content = Content::DateIso(self.block.keep_text(text));
        self.push(TypedCell { column, content })
    }

    /// Adds a number or truth value.
    ///
    /// # Errors
    /// As for [`RowBuilder::add`].
    pub(crate) fn add_content(
        &mut self,
        row: u32,
        column: u32,
        content: Content,
    ) -> Result<(), IntakeError> {
        self.begin_row(row);
        self.push(TypedCell { column, content })
    }

    fn push(&mut self, cell: TypedCell) -> Result<(), IntakeError> {
        let Cells::Typed(cells) = &mut self.block.cells else { return Ok(()) };
        if cells.len() >= MAX_BLOCK_CELLS || self.block.text.len() > MAX_BLOCK_TEXT {
            return Err(IntakeError::TooLarge { what: Size::Cells, limit: MAX_BLOCK_CELLS as u64 });
        }
        cells.push(cell);
        Ok(())
    }

    /// Begins a row if it is another than the last one. Rows that hold nothing at all are not stored: they count by their numbers.
    fn begin_row(&mut self, number: u32) {
        let Cells::Typed(cells) = &self.block.cells else { return };
        let first_cell = cells.len() as u32;
        let is_other = self.block.rows.last().is_none_or(|row| row.number != number);
        if is_other || std::mem::take(&mut self.is_row_over) {
            self.is_row_over = false;
            self.block.rows.push(Row { number, first_cell });
        }
    }

    /// Returns the block up to the last row that is surely complete; the last row stays, because more of its cells may come.
    pub(crate) fn take_full(&mut self) -> Block {
        let mut rest = Self::new().block;
        if let Some(last) = self.block.rows.pop()
            && let Cells::Typed(cells) = &mut self.block.cells
        {
            let moved = cells.split_off(last.first_cell as usize);
            rest.rows.push(Row { first_cell: 0, ..last });
            let starts = moved.iter().filter_map(TypedCell::text_start);
            let start = starts.min().unwrap_or(self.block.text.len() as u32);
            rest.text.push_str(self.block.text.get(start as usize..).unwrap_or_default());
            rest.cells =
                Cells::Typed(moved.into_iter().map(|cell| cell.moved_back(start)).collect());
            let (stay, go) =
                self.block.oddities.iter().partition(|oddity| oddity.row == last.number);
            (rest.oddities, self.block.oddities) = (stay, go);
        }
        sorted(std::mem::replace(&mut self.block, rest))
    }

    /// Returns all that is left.
    pub(crate) fn take_rest(&mut self) -> Block {
        sorted(std::mem::replace(self, Self::new()).block)
    }

    fn content(&mut self, value: &DataRef<'_>) -> Option<Content> {
        Some(match value {
            DataRef::Empty => return None,
            DataRef::Int(number) => Content::Number(*number as f64),
            DataRef::Float(number) => Content::Number(*number),
            DataRef::String(text) | DataRef::DurationIso(text) => {
                Content::Text(self.block.keep_text(text))
            }
            DataRef::SharedString(text) => Content::Text(self.block.keep_text(text)),
            DataRef::Bool(truth) => Content::Boolean(*truth),
            DataRef::DateTime(date) if date.is_datetime() => Content::DateSerial(date.as_f64()),
            DataRef::DateTime(duration) => Content::Number(duration.as_f64()),
            DataRef::DateTimeIso(text) => Content::DateIso(self.block.keep_text(text)),
            DataRef::Error(error) => Content::Error(error_name(error)),
        })
    }
}

/// Puts the cells of each row in the order of their columns; of two cells of one address the last one stays.
fn sorted(mut block: Block) -> Block {
    for row_index in 0..block.rows.len() {
        let range = block.cells_of(row_index);
        if let Cells::Typed(cells) = &mut block.cells
            && let Some(cells) = cells.get_mut(range)
            && !cells.is_sorted_by_key(|cell| cell.column)
        {
            cells.sort_by_key(|cell| cell.column);
        }
    }
    block
}

/// Returns the text that a workbook shows for an error.
pub(crate) fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// Returns a value of a sheet read whole as the cell reader gives it.
pub(crate) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Says whether a value is nothing.
pub(crate) fn is_nothing(value: &DataRef<'_>) -> bool {
    value.is_empty()
}
