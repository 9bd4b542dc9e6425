//! A heat table: the numbers of a cross-table or a transition matrix, on colours that help to find the large ones.
//!
//! **What** One cell a pair with its percentage printed in it; rows and columns as in the release; everybody apart at the end.
//! **Why** Colour alone is read badly and not at all by some: here it only leads to the number.
//! **Example** `chart = { kind = "heat", table = "status_transition" }`
//! **Source** WCAG 2.2, 1.4.1 (colour is not the only means) and 1.4.3 (contrast of the numbers).

use catalyse_locale::{Args, Wording};

use super::ChartKind;
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::labels;
use crate::parts::marks;
use crate::parts::sheet::{Sheet, head_height, sides, strong};
use crate::parts::told::{N_TOLD, about_table, remarks};
use crate::scene::fonts::Weight;
use crate::scene::palette::{AXIS, GREY_INK, GRID, INK, PAPER, heat, text_on};
use crate::scene::text::{Type, wrap};
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::table::reading::Reading;
use crate::table::{Side, Table};

/// The kind `heat`.
pub(super) struct Heat;

const DESCRIPTION: Wording = Wording::new(
    "Tableau coloré : { $title }, { $universe } ; lignes : { $row_axis } ; colonnes : { $column_axis }. { $cells }",
    "Heat table: { $title }, { $universe }; rows: { $row_axis }; columns: { $column_axis }. { $cells }",
);
const CELL: Wording =
    Wording::new("{ $row }, { $column } : { $value }.", "{ $row }, { $column }: { $value }.");

impl ChartKind for Heat {
    fn name(&self) -> &'static str {
        "heat"
    }

    fn draws(&self, table: &Table) -> bool {
        // Beyond these a number does not fit its cell any more.
        let (n_categories, n_groups) = table.size();
        let n_columns = if table.has_categories_in_rows { n_groups } else { n_categories };
        n_categories > 0 && n_groups > 0 && n_columns <= 16
    }

    fn suits(&self, table: &Table) -> bool {
        self.draws(table) && table.size().0 > 1 && table.size().1 > 1
    }

    fn shows_intervals(&self, _: &Table) -> bool {
        false
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let sheet = Sheet::new(table, frame);
        let mut scene = Scene::default();
        let mut y = labels::letters(&mut scene, frame, &sheet.key);
        y += draw_heads(&mut scene, table, frame, (&sheet, y));
        let highest = table.readings().filter_map(Reading::position).fold(1.0, f64::max);
        let places = sheet.row_places();
        for (row, (top, height)) in places.iter().enumerate() {
            let (top, height) = (y + top, *height);
            draw_row_head(&mut scene, frame, (&sheet, row), top + height / 2.0);
            for column in 0..sheet.columns.len() {
                let reading = sheet.reading(table, row, column);
                let area = sheet.cell(column, (top, height));
                draw_cell(&mut scene, (table, frame), reading, (area, highest));
            }
        }
        y += places.last().map_or(0.0, |(top, height)| top + height);
        Ok(Body { scene, height: y, remarks: remarks(table.language, table.readings()) })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let (rows, columns) = sides(table);
        let mut cells: Vec<(usize, usize, Reading)> = (0..rows.headings.len())
            .flat_map(|row| (0..columns.headings.len()).map(move |column| (row, column)))
            .map(|(row, column)| (row, column, reading(table, row, column)))
            .collect();
        cells.sort_by(|one, other| {
            let size = |reading: &Reading| reading.position().unwrap_or(-1.0);
            size(&other.2).total_cmp(&size(&one.2))
        });
        let heading = |side: &Side, index: usize| {
            side.headings.get(index).map(|(_, label)| label.clone()).unwrap_or_default()
        };
        let cells: Vec<String> = cells
            .into_iter()
            .take(N_TOLD)
            .map(|(row, column, reading)| {
                let args = Args::new()
                    .text("row", heading(rows, row))
                    .text("column", heading(columns, column))
                    .text("value", reading.words(table.printed()));
                CELL.say(table.language, &args)
            })
            .collect();
        let args = about_table(table)
            .text("row_axis", &rows.label)
            .text("column_axis", &columns.label)
            .text("cells", cells.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

fn reading(table: &Table, row: usize, column: usize) -> Reading {
    if table.has_categories_in_rows {
        table.reading(row, column)
    } else {
        table.reading(column, row)
    }
}

fn head_set(frame: &Frame<'_>) -> Type {
    frame.small()
}

fn draw_row_head(scene: &mut Scene, frame: &Frame<'_>, (sheet, row): (&Sheet, usize), middle: f64) {
    let Some((lines, base)) = sheet.rows.get(row) else { return };
    let half = head_height(frame, lines, base.as_ref()) / 2.0;
    let (x, mut set, small) = (sheet.left - 10.0, frame.label(), head_set(frame));
    if sheet.total_row == Some(row) {
        set = strong(set);
    }
    let first = middle - half + set.line_height() / 2.0 + set.middle();
    scene.lines(&Text::new(x, first, set, "").anchored(Anchor::End), lines);
    let baseline = middle + half - small.line_height() / 2.0 + small.middle();
    let text = Text::new(x, baseline, small, base.clone().unwrap_or_default());
    scene.text(text.anchored(Anchor::End).coloured(GREY_INK));
}

/// Draws the headings of the columns with their bases, if shares are taken of columns, and returns the height.
fn draw_heads(
    scene: &mut Scene,
    table: &Table,
    frame: &Frame<'_>,
    (sheet, top): (&Sheet, f64),
) -> f64 {
    let set = head_set(frame);
    let base_lines = |column: usize| -> Vec<String> {
        let base = sheet.column_base(table, column).unwrap_or_default().replace('\u{a0}', " ");
        wrap(frame.fonts, &base, set, sheet.cell_width - 4.0)
    };
    let n_lines = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(column, lines)| lines.len() + base_lines(column).len())
        .max()
        .unwrap_or(1);
    let axes = Type::semibold(set.size);
    let (rows, columns) = sides(table);
    let titles = [
        wrap(frame.fonts, &columns.label, axes, frame.inner() - sheet.left),
        wrap(frame.fonts, &rows.label, axes, sheet.left - 12.0),
    ];
    let [above, beside] = &titles;
    let n_above = (n_lines + above.len()).max(beside.len());
    let height = n_above as f64 * set.line_height() + 9.0;
    let last = top + height - 6.0 - set.size * 0.3;
    let text = Text::new(sheet.left + 2.0, top + set.size, axes, "").coloured(GREY_INK);
    scene.lines(&text, above);
    let first = last - beside.len().saturating_sub(1) as f64 * set.line_height();
    let text = Text::new(sheet.left - 10.0, first, axes, "").coloured(GREY_INK);
    scene.lines(&text.anchored(Anchor::End), beside);
    for (column, lines) in sheet.columns.iter().enumerate() {
        let bases = base_lines(column);
        let x = sheet.x(column) + 0.5 * sheet.cell_width;
        let set = if sheet.total_column == Some(column) { strong(set) } else { set };
        let first = last - (lines.len() + bases.len()).saturating_sub(1) as f64 * set.line_height();
        let text = Text::new(x, first, set, "").anchored(Anchor::Middle);
        scene.lines(&text, lines);
        let below = first + lines.len() as f64 * set.line_height();
        let small = head_set(frame);
        let text = Text::new(x, below, small, "").anchored(Anchor::Middle).coloured(GREY_INK);
        scene.lines(&text, &bases);
    }
    height
}

fn draw_cell(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    reading: Reading,
    (area, highest): (Rect, f64),
) {
    let (ground, ink) = match (&reading, reading.position()) {
        (Reading::Percent(..), Some(position)) => {
            // The lightest colour is for nothing at all, the darkest for the largest share of the table.
            let colour = heat(position / highest);
            (Paint::fill(colour).edged(PAPER, 1.5), text_on(colour))
        }
        (Reading::About(..), _) => (Paint::hollow(AXIS, 1.0).dashed(&[4.0, 2.5]), INK),
        (_, Some(_)) => (Paint::hollow(GRID, 1.0), INK),
        (_, None) => (Paint::hollow(GRID, 1.0), GREY_INK),
    };
    let inset = Rect::new(area.x + 1.0, area.y + 1.0, area.width - 2.0, area.height - 2.0);
    let is_bound = matches!(reading, Reading::AtLeast(_) | Reading::AtMost(_));
    if is_bound {
        marks::hatch(scene, inset, GRID);
    } else {
        scene.rect(inset, ground);
    }
    let mut set = frame.value();
    let mut words = reading.brief(table.printed());
    if set.width(frame.fonts, &words) > area.width - 6.0 {
        set = Type { weight: Weight::Regular, size: 11.5 };
        if let Reading::About(count, base) = reading {
            let (_, rounding) = table.printed();
            words = match count {
                0 if rounding > 1 => format!("<\u{202f}{rounding}/{base}"),
                count => format!("{count}/{base}"),
            };
        }
    }
    let lines = wrap(frame.fonts, &words.replace('\u{a0}', " "), set, area.width - 4.0);
    let text = Text::new(area.x + area.width / 2.0, 0.0, set, "").anchored(Anchor::Middle);
    let text = text.coloured(ink);
    let text = if is_bound { text.with_halo() } else { text };
    scene.centred(&text, area.y + area.height / 2.0, &lines);
}
