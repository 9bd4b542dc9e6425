//! A block: some rows of a sheet as the file gives them, with the cells side by side and their text in one buffer.
//!
//! Cells of a text file are spans of that buffer and nothing more, so that no cell is allocated; cells of a workbook know their type.

use std::ops::Range;

use catalyse_codebook::RawCell;
use catalyse_codebook::types::trim;

/// Holds some rows.
#[derive(Clone, Default)]
pub(crate) struct Block {
    /// The text of all cells.
    pub(crate) text: String,
    /// The rows in order.
    pub(crate) rows: Vec<Row>,
    /// Their cells.
    pub(crate) cells: Cells,
    /// What was odd about some of them.
    pub(crate) oddities: Vec<Oddity>,
}

/// Holds where the cells of one row begin.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The number as people see it, from 1.
    pub(crate) number: u32,
    /// The index of its first cell.
    pub(crate) first_cell: u32,
}

/// Holds the cells of a block.
#[derive(Clone)]
pub(crate) enum Cells {
    /// Of a text file: each cell is a piece of the text; the place in the row is the column.
    Texts(Vec<Span>),
    /// Of a workbook: only the cells that hold something, sorted by column within a row.
    Typed(Vec<TypedCell>),
}

impl Default for Cells {
    fn default() -> Self {
        Self::Texts(Vec::new())
    }
}

/// Where a cell's text begins and ends in the buffer.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Holds one cell of a workbook.
#[derive(Clone, Copy)]
pub(crate) struct TypedCell {
    /// The column, from 0.
    pub(crate) column: u32,
    /// What it holds.
    pub(crate) content: Content,
}

/// Holds what a cell of a workbook holds.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    Text(Span),
    Number(f64),
    DateSerial(f64),
    DateIso(Span),
    Boolean(bool),
    Error(&'static str),
}

/// Says what is odd about a row or cell, beside its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Oddity {
    /// The row as people see it.
    pub(crate) row: u32,
    /// The column from 0, if a cell is meant.
    pub(crate) column: Option<u32>,
    /// What is odd.
    pub(crate) kind: OddityKind,
}

/// Says what can be odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OddityKind {
    /// A quote opens a cell and never closes it.
    UnclosedQuote,
    /// The workbook's own entry for the cell cannot be read.
    BrokenCell,
    /// A cell whose address cannot be: it is not read.
    OddAddress,
    /// A formula whose result the file does not hold.
    FormulaWithoutValue,
    /// The sheet breaks off here.
    SheetCutOff,
}

impl TypedCell {
    /// Returns the cell with its text further along in the buffer.
    pub(crate) fn moved(self, shift: u32) -> Self {
        self.with_spans(|span| Span { start: span.start + shift, end: span.end + shift })
    }

    /// Returns the cell with its text nearer to the beginning of the buffer.
    pub(crate) fn moved_back(self, shift: u32) -> Self {
        self.with_spans(|span| Span {
            start: span.start.saturating_sub(shift),
            end: span.end.saturating_sub(shift),
        })
    }

    /// Returns where its text begins, if it has one.
    pub(crate) const fn text_start(&self) -> Option<u32> {
        match self.content {
            Content::Text(span) | Content::DateIso(span) => Some(span.start),
            Content::Number(_)
            | Content::DateSerial(_)
            | Content::Boolean(_)
            | Content::Error(_) => None,
        }
    }

    fn with_spans(self, change: impl Fn(Span) -> Span) -> Self {
        let content = match self.content {
            Content::Text(span) => Content::Text(change(span)),
            Content::DateIso(span) => Content::DateIso(change(span)),
            content @ (Content::Number(_)
            | Content::DateSerial(_)
            | Content::Boolean(_)
            | Content::Error(_)) => content,
        };
        Self { content, ..self }
    }
}

impl OddityKind {
    /// Returns the name of the check that tells it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "quote-unclosed",
            Self::BrokenCell => "cell-broken",
            Self::OddAddress => "cell-address",
            Self::FormulaWithoutValue => "formula-without-value",
            Self::SheetCutOff => "sheet-cut-off",
        }
    }
}

impl Block {
    /// Returns the indices of the cells of a row.
    pub(crate) fn cells_of(&self, row_index: usize) -> Range<usize> {
        let n_cells = match &self.cells {
            Cells::Texts(cells) => cells.len(),
            Cells::Typed(cells) => cells.len(),
        };
        let start = self.rows.get(row_index).map_or(n_cells, |row| row.first_cell as usize);
        let end = self.rows.get(row_index + 1).map_or(n_cells, |row| row.first_cell as usize);
        start..end
    }

    /// Returns the text of a span.
    pub(crate) fn piece(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Returns one cell. Blanks alone are no content.
    pub(crate) fn cell(&self, row_index: usize, column: u32) -> RawCell<'_> {
        self.cell_in(&self.cells_of(row_index), column)
    }

    /// Returns one cell of the row whose cells are known: for going down a column without looking each row up again.
    pub(crate) fn cell_in(&self, row: &Range<usize>, column: u32) -> RawCell<'_> {
        match &self.cells {
            Cells::Texts(spans) => {
                let index = row.start + column as usize;
                let span = if index < row.end { spans.get(index) } else { None };
                span.map_or(RawCell::Empty, |span| text_cell(self.piece(*span)))
            }
            Cells::Typed(cells) => {
                let cells = cells.get(row.clone()).unwrap_or_default();
                self.typed_cell(cells, column)
            }
        }
    }

    fn typed_cell(&self, cells: &[TypedCell], column: u32) -> RawCell<'_> {
        // A row without gaps has its cell at its own place: the usual case.
        let straight = cells.get(column as usize).filter(|cell| cell.column == column);
        let found = straight.or_else(|| {
            let position = cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
            cells.get(position)
        });
        found.map_or(RawCell::Empty, |cell| self.raw(cell.content))
    }

    fn raw(&self, content: Content) -> RawCell<'_> {
        match content {
            Content::Text(span) => text_cell(self.piece(span)),
            Content::Number(number) => RawCell::Number(number),
            Content::DateSerial(serial) => RawCell::DateSerial(serial),
            Content::DateIso(span) => RawCell::DateIso(self.piece(span)),
            Content::Boolean(truth) => RawCell::Boolean(truth),
            Content::Error(name) => RawCell::Error(name),
        }
    }

    /// Lists the cells of a row that hold something, with their columns.
    pub(crate) fn filled(&self, row_index: usize) -> impl Iterator<Item = (u32, RawCell<'_>)> {
        let range = self.cells_of(row_index);
        let (spans, typed): (&[Span], &[TypedCell]) = match &self.cells {
            Cells::Texts(spans) => (spans.get(range).unwrap_or_default(), &[]),
            Cells::Typed(cells) => (&[], cells.get(range).unwrap_or_default()),
        };
        let texts = spans.iter().enumerate();
        texts
            .map(|(column, span)| (column as u32, text_cell(self.piece(*span))))
            .chain(typed.iter().map(|cell| (cell.column, self.raw(cell.content))))
            .filter(|(_, cell)| !matches!(cell, RawCell::Empty))
    }

    /// Adds a text to the buffer and returns where it stands.
    pub(crate) fn keep_text(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, end: self.text.len() as u32 }
    }
}

/// Returns a text as a cell.
pub(crate) fn text_cell(text: &str) -> RawCell<'_> {
    // A cell that begins with a letter or digit holds something: nearly all do.
    let begins = text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
    if !begins && trim(text).is_empty() { RawCell::Empty } else { RawCell::Text(text) }
}
