//! The content of an ODS, read here rather than by calamine: that one never ends on a file that is cut off, loses the first of two
//! sheets of one name, and copies a repeated text before any limit.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::limits::{MAX_BLOCK_CELLS, MAX_CELL_BYTES, MAX_COLUMNS, MAX_SHEET_ROWS};
use crate::sheet::block::{Content, OddityKind};
use crate::workbook::rows::RowBuilder;
use crate::{IntakeError, Size};

/// Goes through the rows of one sheet.
pub(crate) struct OdsCells<B: BufRead> {
    xml: Reader<B>,
    buffer: Vec<u8>,
    /// The number of the row being read, from 1; 0 before the first.
    row: u32,
    /// How many times the row stands there.
    n_rows: u32,
    column: u32,
    cell: Option<Cell>,
    /// The cells of the row, for a row that stands there several times.
    cells: Vec<(u32, Cell)>,
    /// How deep in notes and drawings, whose text is not the cell's.
    n_asides: u32,
    is_over: bool,
}

#[derive(Clone, Default)]
struct Cell {
    kind: Kind,
    value: Option<String>,
    text: String,
    n_columns: u32,
    has_formula: bool,
    has_paragraph: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Nothing,
    Number,
    Date,
    Boolean,
    Text,
}

/// A row repeated more often than this is formatting, not data; so is a cell.
pub(crate) const MAX_REPEATED: u32 = 4_096;

impl<B: BufRead> OdsCells<B> {
    /// Goes to the beginning of a sheet, by its place in the file.
    ///
    /// # Errors
    /// The content is damaged, or has no such sheet.
    pub(crate) fn new(mut xml: Reader<B>, sheet_index: usize) -> Result<Self, IntakeError> {
        let mut buffer = Vec::new();
        let mut n_seen = 0;
        // A sheet that holds nothing may be one tag.
        let is_over = loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))?;
            let (element, is_whole) = match event {
                Event::Start(element) => (element, false),
                Event::Empty(element) => (element, true),
                Event::Eof => return Err(IntakeError::Damaged("content.xml".to_owned())),
                _ => continue,
            };
            if element.name().as_ref() == "table:table" {
                if n_seen == sheet_index {
                    break is_whole;
                }
                n_seen += 1;
            }
        };
        Ok(Self {
            xml,
            buffer,
            row: 0,
            n_rows: 1,
            column: 0,
            cell: None,
            cells: Vec::new(),
            n_asides: 0,
            is_over,
        })
    }

    /// Adds rows until the builder is full. Returns whether the sheet has ended.
    ///
    /// # Errors
    /// A few rows hold more cells than is read.
    pub(crate) fn fill(&mut self, rows: &mut RowBuilder) -> Result<bool, IntakeError> {
        while !self.is_over && !rows.is_full() {
            self.step(rows)?;
        }
        Ok(self.is_over)
    }

    fn step(&mut self, rows: &mut RowBuilder) -> Result<(), IntakeError> {
        // The buffer is lent to the event, so that what the event says can change the rest.
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        match self.xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => self.begin(&element),
            Ok(Event::Empty(element)) => {
                self.begin(&element);
                self.end(element.local_name().as_ref(), rows)?;
            }
            Ok(Event::End(element)) => self.end(element.local_name().as_ref(), rows)?,
            Ok(Event::Text(text)) => self.add_text(&text.xml10_content())?,
            Ok(Event::CData(text)) => self.add_text(&text.xml10_content())?,
            Ok(Event::GeneralRef(reference)) => {
                let known = reference.resolve_char_ref().ok().flatten();
                match known {
                    Some(letter) => self.add_text(letter.encode_utf8(&mut [0; 4]))?,
                    None => self.add_text(entity(&reference.xml10_content()))?,
                }
            }
            // A file that is cut off ends inside the table.
            Ok(Event::Eof) | Err(_) => {
                rows.add_oddity(self.row.max(1), None, OddityKind::SheetCutOff);
                self.is_over = true;
            }
            Ok(_) => {}
        }
        self.buffer = buffer;
        Ok(())
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "table-row" => {
                self.row = self.row.saturating_add(self.n_rows);
                self.n_rows = number(element, "table:number-rows-repeated");
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(cell_of(element)),
            "annotation" | "shapes" | "frame" | "custom-shape" => self.n_asides += 1,
            "p" if self.n_asides == 0 => {
                if let Some(cell) = &mut self.cell {
                    // A second paragraph is a second line.
                    cell.text.extend(cell.has_paragraph.then_some('\n'));
                    cell.has_paragraph = true;
                }
            }
            "s" if self.n_asides == 0 => {
                let n_blanks = number(element, "text:c").min(1_000);
                if let Some(cell) = &mut self.cell {
                    cell.text.extend(std::iter::repeat_n(' ', n_blanks as usize));
                }
            }
            "tab" if self.n_asides == 0 => self.add_letter('\t'),
            "line-break" if self.n_asides == 0 => self.add_letter('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, rows: &mut RowBuilder) -> Result<(), IntakeError> {
        match name {
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let (column, n_columns) = (self.column, cell.n_columns);
                    self.column = column.saturating_add(n_columns);
                    if column < MAX_COLUMNS && !cell.is_blank() {
                        self.cells.push((column, cell));
                    }
                }
            }
            "table-row" => self.end_row(rows)?,
            "annotation" | "shapes" | "frame" | "custom-shape" => {
                self.n_asides = self.n_asides.saturating_sub(1);
            }
            "table" => self.is_over = true,
            _ => {}
        }
        Ok(())
    }

    fn end_row(&mut self, rows: &mut RowBuilder) -> Result<(), IntakeError> {
        if self.cells.is_empty() {
            return Ok(());
        }
        if self.n_rows > MAX_REPEATED || self.row > MAX_SHEET_ROWS {
            return Err(IntakeError::TooLarge { what: Size::Cells, limit: MAX_BLOCK_CELLS as u64 });
        }
        for repeat in 0..self.n_rows {
            let row = self.row.saturating_add(repeat);
            for (first, cell) in &self.cells {
                let end = first.saturating_add(cell.n_columns).min(MAX_COLUMNS);
                for column in *first..end {
                    cell.add_to(rows, row, column)?;
                }
            }
        }
        Ok(())
    }

    fn add_letter(&mut self, letter: char) {
        if let Some(cell) = &mut self.cell {
            cell.text.push(letter);
        }
    }

    fn add_text(&mut self, text: &str) -> Result<(), IntakeError> {
        if let Some(cell) =
            self.cell.as_mut().filter(|cell| cell.has_paragraph && self.n_asides == 0)
        {
            if cell.text.len() + text.len() > MAX_CELL_BYTES {
                return Err(IntakeError::TooLarge {
                    what: Size::RowBytes,
                    limit: MAX_CELL_BYTES as u64,
                });
            }
            cell.text.push_str(text);
        }
        Ok(())
    }
}

impl Cell {
    fn is_blank(&self) -> bool {
        self.value.is_none() && self.text.is_empty() && !self.has_formula
    }

    fn add_to(&self, rows: &mut RowBuilder, row: u32, column: u32) -> Result<(), IntakeError> {
        let value = self.value.as_deref().unwrap_or_default();
        // An error of a formula is a text that begins so.
        if self.text.starts_with('#') && self.has_formula {
            return rows.add_content(row, column, Content::Error("#ODS"));
        }
        match self.kind {
            Kind::Number => match value.parse() {
                Ok(number) => rows.add_content(row, column, Content::Number(number)),
                Err(_) => rows.add_text(row, column, &self.text),
            },
            Kind::Boolean => rows.add_content(row, column, Content::Boolean(value == "true")),
            Kind::Date => rows.add_date(row, column, value),
            Kind::Text if self.text.is_empty() => rows.add_text(row, column, value),
            Kind::Nothing if self.has_formula && self.text.is_empty() => {
                rows.add_oddity(row, Some(column), OddityKind::FormulaWithoutValue);
                Ok(())
            }
            Kind::Text | Kind::Nothing => rows.add_text(row, column, &self.text),
        }
    }
}

fn cell_of(element: &BytesStart<'_>) -> Cell {
    let kind = attribute(element, "office:value-type");
    let (kind, name) = match kind.as_deref() {
        Some("float" | "percentage" | "currency") => (Kind::Number, "office:value"),
        Some("date") => (Kind::Date, "office:date-value"),
        Some("boolean") => (Kind::Boolean, "office:boolean-value"),
        Some("time") => (Kind::Text, "office:time-value"),
        Some(_) => (Kind::Text, "office:string-value"),
        None => (Kind::Nothing, "office:string-value"),
    };
    Cell {
        kind,
        value: attribute(element, name),
        text: String::new(),
        has_paragraph: false,
        n_columns: number(element, "table:number-columns-repeated").min(MAX_COLUMNS),
        has_formula: attribute(element, "table:formula").is_some(),
    }
}

/// Returns an attribute, its entities resolved.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok().flatten()?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// Returns an attribute that counts how often something stands there; without it, once.
pub(crate) fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).map_or(1, |count| count.parse().unwrap_or(u32::MAX)).max(1)
}

/// Returns the letter of one of XML's own five entities. Others are never looked up: that is how a file explodes.
fn entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => "",
    }
}

fn damaged(error: &dyn std::fmt::Display) -> IntakeError {
    IntakeError::Damaged(format!("content.xml: {error}"))
}
