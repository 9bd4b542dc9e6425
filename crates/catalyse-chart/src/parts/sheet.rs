//! The layout of a heat table: its headings, and where its cells are. Everybody stands apart at the end, as a column or a row.

use crate::parts::frame::Frame;
use crate::parts::labels;
use crate::scene::Rect;
use crate::scene::text::{Type, widest, wrap_evenly};
use crate::table::reading::Reading;
use crate::table::{Side, Table};
use crate::words;

/// The room before everybody, so that the total is not taken for one more group.
const APART: f64 = 8.0;

/// Holds the table as it is printed: rows and columns as in the release.
pub(crate) struct Sheet {
    pub(crate) rows: Vec<(Vec<String>, Option<String>)>,
    pub(crate) columns: Vec<Vec<String>>,
    /// Where headings do not fit above their columns, they stand here in full, with their letters.
    pub(crate) key: Vec<Vec<String>>,
    /// Where the cells begin.
    pub(crate) left: f64,
    pub(crate) cell_width: f64,
    row_heights: Vec<f64>,
    /// Which column stands for everybody.
    pub(crate) total_column: Option<usize>,
    /// Which row stands for everybody.
    pub(crate) total_row: Option<usize>,
}

impl Sheet {
    /// Lays out a table.
    pub(crate) fn new(table: &Table, frame: &Frame<'_>) -> Self {
        let (rows, columns) = sides(table);
        let has_total = !table.totals.is_empty();
        let total_row = (has_total && !table.has_categories_in_rows).then_some(rows.headings.len());
        let total_column =
            (has_total && table.has_categories_in_rows).then_some(columns.headings.len());
        let rows = row_heads(table, frame, rows, total_row);
        let small = frame.small();
        let labels = rows.iter().map(|(lines, _)| widest(frame.fonts, lines, frame.label()));
        let bases = rows.iter().flat_map(|(_, base)| base);
        let bases = bases.map(|base| small.width(frame.fonts, base));
        let left = labels.chain(bases).fold(0.0, f64::max) + 10.0;
        let columns = words(table, columns, total_column);
        let apart = if total_column.is_some() { APART } else { 0.0 };
        let room = frame.inner() - left - 1.0 - apart;
        let cell_width = (room / columns.len().max(1) as f64).min(130.0);
        let (columns, key) = labels::heads(&columns, frame, cell_width);
        let row_heights = rows
            .iter()
            .map(|(lines, base)| (head_height(frame, lines, base.as_ref()) + 9.0).max(34.0))
            .collect();
        Self { rows, columns, key, left, cell_width, row_heights, total_column, total_row }
    }

    /// Returns where a column begins.
    pub(crate) fn x(&self, column: usize) -> f64 {
        let apart = if self.total_column == Some(column) { APART } else { 0.0 };
        self.left + column as f64 * self.cell_width + apart
    }

    /// Lists the rows with their place below the headings: the top and the height of each.
    pub(crate) fn row_places(&self) -> Vec<(f64, f64)> {
        let mut y = 0.0;
        let place = |(row, height): (usize, &f64)| {
            y += if self.total_row == Some(row) { APART } else { 0.0 };
            let top = y;
            y += height;
            (top, *height)
        };
        self.row_heights.iter().enumerate().map(place).collect()
    }

    /// Returns the area of a cell in a row.
    pub(crate) fn cell(&self, column: usize, (top, height): (f64, f64)) -> Rect {
        Rect::new(self.x(column), top, self.cell_width, height)
    }

    /// Returns the reading of a cell, those of everybody among them.
    pub(crate) fn reading(&self, table: &Table, row: usize, column: usize) -> Reading {
        let (category, group) =
            if table.has_categories_in_rows { (row, column) } else { (column, row) };
        let is_total = self.total_column == Some(column) || self.total_row == Some(row);
        match table.totals.get(category) {
            Some(total) if is_total => *total,
            Some(_) | None => table.reading(category, group),
        }
    }

    /// Returns the base of a column, if shares are taken of columns.
    pub(crate) fn column_base(&self, table: &Table, column: usize) -> Option<String> {
        let group = (self.total_column != Some(column)).then_some(column);
        table.has_categories_in_rows.then(|| table.base_line(group)).flatten()
    }
}

/// Returns rows and columns as the release has them.
pub(crate) const fn sides(table: &Table) -> (&Side, &Side) {
    if table.has_categories_in_rows {
        (&table.categories, &table.groups)
    } else {
        (&table.groups, &table.categories)
    }
}

/// Returns how high the heading of a row is, with its base.
pub(crate) fn head_height(frame: &Frame<'_>, lines: &[String], base: Option<&String>) -> f64 {
    let base = if base.is_some() { frame.small().line_height() } else { 0.0 };
    lines.len() as f64 * frame.label().line_height() + base
}

/// Returns how the total is set.
pub(crate) const fn strong(set: Type) -> Type {
    Type::semibold(set.size)
}

fn words(table: &Table, side: &Side, total: Option<usize>) -> Vec<String> {
    let all = total.map(|_| words::say(table.language, &words::EVERYBODY));
    side.headings.iter().map(|(_, label)| label.clone()).chain(all).collect()
}

fn row_heads(
    table: &Table,
    frame: &Frame<'_>,
    rows: &Side,
    total: Option<usize>,
) -> Vec<(Vec<String>, Option<String>)> {
    let width = frame.inner() * if frame.width.is_narrow() { 0.36 } else { 0.3 };
    words(table, rows, total)
        .iter()
        .enumerate()
        .map(|(row, label)| {
            let group = (total != Some(row)).then_some(row);
            let base = (!table.has_categories_in_rows).then(|| table.base_line(group));
            (wrap_evenly(frame.fonts, label, frame.label(), width), base.flatten())
        })
        .collect()
}
