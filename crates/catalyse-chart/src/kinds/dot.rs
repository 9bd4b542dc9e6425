//! Points of two groups on one line: what changed between two waves, or what differs between two groups.
//!
//! **What** One row a category: a point and its interval for each group, both values and the difference as a table at the right.
//! **Why** Places on a common axis are compared better than slopes; lengths play no part, so that the axis may start above zero.
//! **Example** `chart = { kind = "dot", table = "transport_change" }`
//! **Source** Cleveland and McGill, JASA 79:531 (1984).

use catalyse_locale::{Args, Wording, points};

use super::{ChartKind, Native};
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::marks::{self, Shape};
use crate::parts::scale::{Scale, ticks};
use crate::parts::told::{N_TOLD, about_table, remarks};
use crate::scene::fonts::Weight;
use crate::scene::palette::{Colour, DEEP, EARLIER, GREY_INK, GRID, INK};
use crate::scene::text::{Type, widest, wrap_evenly};
use crate::scene::{Anchor, Paint, Scene, Text};
use crate::table::reading::Reading;
use crate::table::{Change, Table};
use crate::words;

/// The kind `dot`.
pub(super) struct Dot;

const DESCRIPTION: Wording = Wording::new(
    "Graphique à points : { $title }, { $universe }, { $from } et { $to }. { $rows }",
    "Dot plot: { $title }, { $universe }, { $from } and { $to }. { $rows }",
);
const FROM_TO: Wording = Wording::new(
    "{ $label } : { $from } puis { $to }{ $change }.",
    "{ $label }: { $from }, then { $to }{ $change }.",
);

/// The two groups: colour and shape, so that they differ in black and white too.
const ENDS: [(Colour, Shape); 2] = [(EARLIER, Shape::Circle), (DEEP, Shape::Diamond)];

/// Holds one category before its place is known.
struct Row {
    label: Vec<String>,
    readings: [Reading; 2],
    change: Option<Change>,
    height: f64,
}

/// Holds where the columns are: the plot, and the right ends of both values and of the difference.
struct Columns {
    plot: (f64, f64),
    ends: [f64; 3],
    has_changes: bool,
}

impl ChartKind for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn native(&self) -> Native {
        Native::Lines
    }

    fn draws(&self, table: &Table) -> bool {
        table.size().0 > 0 && table.size().1 == 2
    }

    fn shows(&self, table: &Table) -> Option<Table> {
        table.without_no()
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let rows = rows(table, frame);
        let columns = columns(table, frame, &rows);
        let mut scene = Scene::default();
        let top = draw_heads(&mut scene, table, frame, &columns);
        let (scale, ticks) = axis(&rows, columns.plot, frame);
        let bottom = top + rows.iter().map(|row| row.height).sum::<f64>();
        // On a phone each row has its own piece of the grid, and only the numbers stand here.
        let grid_top = if frame.width.is_narrow() { bottom } else { top };
        let set = (frame.small(), table.language);
        marks::grid(&mut scene, (scale, &ticks), (grid_top, bottom), set);
        let mut y = top;
        for row in &rows {
            draw_row(&mut scene, (table, frame), (row, &columns), (scale, &ticks, y));
            y += row.height;
        }
        let mut remarks = remarks(table.language, table.cells.iter());
        if columns.has_changes {
            remarks.insert(0, words::say(table.language, &words::DIFFERENCE_NOTE));
        }
        if !frame.breaks.is_empty() {
            remarks.push(words::say(table.language, &words::BREAK_BETWEEN));
        }
        Ok(Body { scene, height: bottom + frame.small().line_height() + 6.0, remarks })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let language = table.language;
        let order = table.order(&table.column(Some(1))).into_iter();
        let rows: Vec<String> = order
            .take(N_TOLD)
            .map(|index| {
                let change = table.changes.get(index).copied().flatten();
                let change = change.map_or_else(String::new, |change| {
                    format!(" ({})", points(language, change.points))
                });
                let args = Args::new()
                    .text("label", table.category(index))
                    .text("from", table.reading(index, 0).words(table.printed()))
                    .text("to", table.reading(index, 1).words(table.printed()))
                    .text("change", change);
                FROM_TO.say(language, &args)
            })
            .collect();
        let args = about_table(table)
            .text("from", table.group(0))
            .text("to", table.group(1))
            .text("rows", rows.join(" "));
        DESCRIPTION.say(language, &args)
    }
}

fn rows(table: &Table, frame: &Frame<'_>) -> Vec<Row> {
    let is_narrow = frame.width.is_narrow();
    let width = if is_narrow { frame.inner() } else { frame.inner() * 0.3 };
    let row = |index: usize| {
        let label = wrap_evenly(frame.fonts, table.category(index), frame.label(), width);
        let label_height = label.len() as f64 * frame.label().line_height();
        let height = if is_narrow {
            label_height + frame.value().line_height() + 44.0
        } else {
            (label_height + 10.0).max(36.0)
        };
        let readings = [table.reading(index, 0), table.reading(index, 1)];
        Row { label, readings, change: table.changes.get(index).copied().flatten(), height }
    };
    table.order(&table.column(Some(1))).into_iter().map(row).collect()
}

fn columns(table: &Table, frame: &Frame<'_>, rows: &[Row]) -> Columns {
    let has_changes = rows.iter().any(|row| row.change.is_some());
    if frame.width.is_narrow() {
        let ends = [frame.inner() * 0.34, frame.inner() * 0.66, frame.inner()];
        return Columns { plot: (16.0, frame.inner() - 16.0), ends, has_changes };
    }
    let gap = 16.0;
    let set = frame.value();
    let value_width = |end: usize| {
        let values = rows.iter().filter_map(|row| row.readings.get(end));
        let values = values.map(|reading| set.width(frame.fonts, &reading.brief(table.printed())));
        let head = head_lines(table, frame, end);
        values.fold(widest(frame.fonts, &head, head_set(frame)) + 14.0, f64::max)
    };
    let change_width = if has_changes {
        let changes = rows.iter().filter_map(|row| row.change);
        let head = words::say(table.language, &words::DIFFERENCE);
        changes
            .map(|change| set.width(frame.fonts, &points(table.language, change.points)))
            .fold(head_set(frame).width(frame.fonts, &head), f64::max)
            + gap
    } else {
        0.0
    };
    let last = frame.inner();
    let second = last - change_width;
    let first = second - value_width(1) - gap;
    let plot_right = first - value_width(0) - gap - 6.0;
    let labels = rows.iter().map(|row| widest(frame.fonts, &row.label, frame.label()));
    let plot_left = (labels.fold(0.0, f64::max) + 20.0).min(plot_right - 60.0);
    Columns { plot: (plot_left, plot_right), ends: [first, second, last], has_changes }
}

fn head_set(frame: &Frame<'_>) -> Type {
    Type::semibold(frame.small().size)
}

fn head_lines(table: &Table, frame: &Frame<'_>, end: usize) -> Vec<String> {
    let width = if frame.width.is_narrow() { 108.0 } else { 84.0 };
    let mut lines = wrap_evenly(frame.fonts, table.group(end), head_set(frame), width);
    lines.extend(table.base_line(Some(end)));
    lines
}

/// Draws the heads of the columns, which say what the points mean, and returns their height.
fn draw_heads(scene: &mut Scene, table: &Table, frame: &Frame<'_>, columns: &Columns) -> f64 {
    let set = head_set(frame);
    let heads = [head_lines(table, frame, 0), head_lines(table, frame, 1)];
    let n_lines = heads.iter().map(Vec::len).max().unwrap_or(1);
    let last = (n_lines.max(1) - 1) as f64 * set.line_height() + set.size;
    for (end, (lines, (colour, shape))) in heads.iter().zip(ENDS).enumerate() {
        let Some(right) = columns.ends.get(end).copied() else { continue };
        let has_base = table.base_line(Some(end)).is_some();
        let n_words = lines.len() - usize::from(has_base);
        let first = last - (lines.len().max(1) - 1) as f64 * set.line_height();
        for (index, line) in lines.iter().enumerate() {
            let is_words = index < n_words;
            let mut text = Text::new(right, first + index as f64 * set.line_height(), set, line);
            if !is_words {
                text.weight = Weight::Regular;
                text.colour = GREY_INK;
            }
            scene.text(text.anchored(Anchor::End));
        }
        let first_line = lines.first().map_or("", String::as_str);
        let x = right - frame.fonts.width(first_line, set.weight, set.size) - 10.0;
        marks::point(scene, shape, (x, first - set.size * 0.33), Paint::fill(colour));
    }
    if columns.has_changes {
        let words = words::say(table.language, &words::DIFFERENCE);
        let text = Text::new(frame.inner(), last, set, words).anchored(Anchor::End);
        scene.text(text);
    }
    last + 12.0
}

/// Returns the axis: it may start above zero, and always has the ends of every interval.
fn axis(rows: &[Row], plot: (f64, f64), frame: &Frame<'_>) -> (Scale, Vec<f64>) {
    let readings = || rows.iter().flat_map(|row| &row.readings);
    let low = readings().filter_map(Reading::low).reduce(f64::min).unwrap_or(0.0);
    let high = readings().map(Reading::reach).fold(low + 1.0, f64::max);
    let ticks = ticks(low, high, if frame.width.is_narrow() { 3 } else { 5 });
    let ends = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(100.0));
    (Scale::new(ends, plot), ticks)
}

fn draw_row(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    (row, columns): (&Row, &Columns),
    (scale, ticks, top): (Scale, &[f64], f64),
) {
    let set = frame.label();
    let value = frame.value();
    let (middle, values) = if frame.width.is_narrow() {
        // On a phone the values have a line of their own, so that the plot has the whole width.
        scene.lines(&Text::new(0.0, top + set.size, set, ""), &row.label);
        let values = top + row.label.len() as f64 * set.line_height() + value.size;
        (values + 23.0, values)
    } else {
        let text = Text::new(columns.plot.0 - 14.0, 0.0, set, "").anchored(Anchor::End);
        let middle = top + row.height / 2.0;
        scene.centred(&text, middle, &row.label);
        (middle, middle + value.middle())
    };
    for tick in ticks.iter().filter(|_| frame.width.is_narrow()) {
        let x = scale.at(*tick);
        scene.line((x, middle - 13.0), (x, middle + 13.0), Paint::stroke(GRID, 1.0));
    }
    let dash: &[f64] = if frame.breaks.is_empty() { &[] } else { &[2.0, 3.0] };
    let between = Paint::stroke(Colour(0xb0, 0xb0, 0xb0), 1.2).dashed(dash);
    draw_points(scene, row, (scale, middle), between);
    for (end, reading) in row.readings.iter().enumerate() {
        let Some(right) = columns.ends.get(end).copied() else { continue };
        let text = Text::new(right, values, value, reading.brief(table.printed()));
        let colour = if end == 1 && reading.position().is_some() { INK } else { GREY_INK };
        scene.text(text.anchored(Anchor::End).coloured(colour));
    }
    if let Some(change) = row.change {
        let words = points(table.language, change.points);
        let mut text = Text::new(frame.inner(), values, value, words);
        if !change.is_evident {
            text.weight = Weight::Regular;
            text.colour = GREY_INK;
        }
        scene.text(text.anchored(Anchor::End));
    }
}

/// Draws both points with their intervals, one a little above the other so that intervals do not hide each other.
fn draw_points(scene: &mut Scene, row: &Row, (scale, middle): (Scale, f64), between: Paint) {
    let heights = [middle - 6.0, middle + 6.0];
    let places: Vec<Option<(f64, f64)>> = row
        .readings
        .iter()
        .zip(heights)
        .map(|(reading, y)| reading.position().map(|position| (scale.at(position), y)))
        .collect();
    if let [Some(from), Some(to)] = places.as_slice() {
        scene.line(*from, *to, between);
    }
    for ((reading, place), (colour, shape)) in row.readings.iter().zip(places).zip(ENDS) {
        let Some((x, y)) = place else { continue };
        let open = match reading {
            Reading::AtLeast(_) => Some((x, scale.at(100.0))),
            Reading::AtMost(_) => Some((scale.at(0.0), x)),
            Reading::Percent(..) | Reading::About(..) | Reading::Hidden(_) => None,
        };
        if let Some((from, to)) = open {
            scene.line((from, y), (to, y), Paint::stroke(colour, 2.0).dashed(&[3.0, 3.0]));
        }
        if let Some((low, high)) = reading.interval() {
            let (low, high) = (scale.at(low), scale.at(high));
            for cap in [low, high] {
                scene.line((cap, y - 3.0), (cap, y + 3.0), Paint::stroke(colour, 1.6));
            }
            scene.line((low, y), (high, y), Paint::stroke(colour, 1.6));
        }
        marks::point(scene, shape, (x, y), marks::point_paint(reading, colour));
    }
}
