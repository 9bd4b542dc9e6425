//! The shape of the sheets of an ODS, told by the tags of rows, columns and cells as they pass.

use quick_xml::events::BytesStart;

use crate::limits::MAX_COLUMNS;
use crate::sheet::shape::{Merged, Shape};
use crate::workbook::ods_cells::{MAX_REPEATED, attribute, number};

/// Merged cells that are remembered.
const MAX_MERGED: usize = 65_536;

/// Collects the shapes of sheets while their tags pass in the order of the file.
#[derive(Default)]
pub(crate) struct OdsShapes {
    /// The sheets so far.
    pub(crate) shapes: Vec<Shape>,
    /// The number of the row, from 1; 0 before the first.
    row: u32,
    /// How many times the row stands there.
    n_rows: u32,
    /// Whether the row is hidden, and nothing was seen in it yet.
    is_hidden: bool,
    /// The column of the next cell, from 0.
    column: u32,
    /// The next column that is described before the rows, from 0.
    described: u32,
}

impl OdsShapes {
    /// Takes what a tag says.
    pub(crate) fn look_at(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "table:table" => {
                *self =
                    Self { shapes: std::mem::take(&mut self.shapes), n_rows: 1, ..Self::default() };
                self.shapes.push(Shape::default());
            }
            "table:table-column" => self.describe(element),
            "table:table-row" => {
                self.row = self.row.saturating_add(self.n_rows);
                self.n_rows = number(element, "table:number-rows-repeated");
                self.is_hidden = is_hidden(element);
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(element),
            _ => {}
        }
    }

    fn describe(&mut self, element: &BytesStart<'_>) {
        let first = self.described;
        self.described = first.saturating_add(number(element, "table:number-columns-repeated"));
        let last = (self.described - 1).min(MAX_COLUMNS);
        if let Some(shape) = self.shapes.last_mut().filter(|_| is_hidden(element)) {
            shape.hidden_columns.push(first..=last);
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) {
        let first = self.column;
        let tag: &str = element.as_ref();
        // Nearly all tags are of plain cells: what stands in few of them is looked for once.
        let says = |what: &str| tag.contains(what);
        let n_columns =
            if says("repeated") { number(element, "table:number-columns-repeated") } else { 1 };
        self.column = first.saturating_add(n_columns);
        let Some(shape) = self.shapes.last_mut() else { return };
        if self.is_hidden && self.n_rows <= MAX_REPEATED && says("value-type") {
            (0..self.n_rows).for_each(|repeat| shape.hide_row(self.row.saturating_add(repeat)));
            self.is_hidden = false;
        }
        if shape.merged.len() < MAX_MERGED && says("spanned") {
            let spanned = |name: &str| number(element, name) - 1;
            let (down, across) =
                (spanned("table:number-rows-spanned"), spanned("table:number-columns-spanned"));
            if down > 0 || across > 0 {
                shape.merged.push(Merged {
                    rows: self.row..=self.row.saturating_add(down),
                    columns: first..=first.saturating_add(across),
                });
            }
        }
    }
}

/// Says whether a row or column is hidden, by hand or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "table:visibility").as_deref(), Some("collapse" | "filter"))
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::OdsShapes;
    use crate::sheet::shape::{Merged, Shape};

    fn shapes(xml: &str) -> Vec<Shape> {
        let mut reader = Reader::from_str(xml);
        let mut shapes = OdsShapes::default();
        loop {
            match reader.read_event().expect("it is XML") {
                Event::Start(element) | Event::Empty(element) => shapes.look_at(&element),
                Event::Eof => return shapes.shapes,
                _ => {}
            }
        }
    }

    #[test]
    fn what_is_merged_or_hidden_is_seen_at_its_place() {
        let xml = r#"<table:table><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
            <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"/></table:table-row>
            <table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value-type="float"/></table:table-row>
            <table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
            </table:table><table:table><table:table-row><table:table-cell table:number-columns-repeated="2"/>
            <table:table-cell table:number-rows-spanned="3" table:number-columns-spanned="1"/><table:covered-table-cell/><table:table-cell table:number-columns-spanned="2"/></table:table-row></table:table>"#;
        let expected = [
            Shape { merged: Vec::new(), hidden_rows: vec![3..=4], hidden_columns: vec![2..=2] },
            Shape {
                merged: vec![
                    Merged { rows: 1..=3, columns: 2..=2 },
                    Merged { rows: 1..=1, columns: 4..=5 },
                ],
                ..Shape::default()
            },
        ];
        assert_eq!(shapes(xml), expected);
    }

    #[test]
    fn counts_beyond_all_sheets_end_nowhere() {
        let xml = r#"<table:table><table:table-column table:visibility="collapse" table:number-columns-repeated="99999999999"/>
            <table:table-row table:number-rows-repeated="4294967295"/><table:table-row table:number-rows-repeated="4294967295" table:visibility="collapse">
            <table:table-cell office:value-type="float" table:number-rows-spanned="4294967295"/></table:table-row></table:table>"#;
        let found = shapes(xml);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|shape| shape.hidden_rows.is_empty()));
    }
}
