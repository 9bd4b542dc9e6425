//! Horizontal bars with intervals: one group, its categories by size.
//!
//! **What** One bar a category from zero, its interval as a whisker, value and count right of the upper bound.
//! **Why** Lengths from a common zero are what readers compare best, and horizontal bars leave room for long answers.
//! **Parameters** `group`: the key of the partner or wave that is shown (default: everybody).
//! **Example** `chart = { kind = "bar", table = "transport" }`
//! **Source** Cleveland and McGill, JASA 79:531 (1984), on judging lengths; interval: Wilson, from the gate.

use catalyse_disclose::Axis;
use catalyse_locale::{Args, Wording, fewer_than, typeset};

use super::ChartKind;
use super::multiples::Multiples;
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::marks;
use crate::parts::scale::{Scale, ticks};
use crate::parts::told::{group_words, main_shares, remarks};
use crate::scene::palette::{AXIS, GREY_INK, INK};
use crate::scene::text::{widest, wrap_evenly};
use crate::scene::{Anchor, Paint, Scene, Text};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::words;

/// The kind `bar`.
pub(super) struct Bar;

const DESCRIPTION: Wording = Wording::new(
    "Graphique à barres horizontales : { $title }, { $group }. { $shares }",
    "Horizontal bar chart: { $title }, { $group }. { $shares }",
);

/// Holds one bar before its place is known.
struct Row {
    reading: Reading,
    label: Vec<String>,
    value: String,
    count: String,
    height: f64,
}

impl ChartKind for Bar {
    fn name(&self) -> &'static str {
        "bar"
    }

    fn draws(&self, table: &Table) -> bool {
        let (n_categories, n_groups) = table.size();
        n_categories > 0 && (n_groups > 0 || !table.totals.is_empty())
    }

    fn beside_everybody(&self) -> Option<&'static dyn ChartKind> {
        Some(&Multiples)
    }

    fn base(&self, table: &Table, frame: &Frame<'_>) -> Option<u64> {
        table.base(shown_group(table, frame))
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let readings = table.column(shown_group(table, frame));
        let few = few(table, &readings);
        let rows = rows(table, frame, (&readings, &few));
        let mut remarks = remarks(table.language, readings.iter());
        remarks.extend(few_words(table, &few));
        let (scene, height) = lay_out(frame, &rows);
        Ok(Body { scene, height, remarks })
    }

    fn describe(&self, table: &Table, frame: &Frame<'_>) -> String {
        let group = shown_group(table, frame);
        let readings = table.column(group);
        let args = Args::new()
            .text("title", &table.title)
            .text("group", group_words(table, group))
            .text("shares", main_shares(table, &readings));
        DESCRIPTION.say(table.language, &args)
    }
}

/// Lists the answers of hardly anybody that a long figure names below in place of drawing nothing at each of them.
fn few(table: &Table, readings: &[Reading]) -> Vec<usize> {
    const LONG: usize = 10;
    let is_few =
        |index: &usize| matches!(readings.get(*index), Some(Reading::Percent(0, _, Some(0))));
    let few: Vec<usize> = (0..readings.len()).filter(is_few).collect();
    let is_worth = readings.len() > LONG && few.len() > 1 && !table.categories.is_ordered;
    if is_worth && few.len() < readings.len() { few } else { Vec::new() }
}

fn few_words(table: &Table, few: &[usize]) -> Option<String> {
    const FEW: Wording = Wording::new(
        "Non dessinés, { $fewer } personnes chacun : { $labels }.",
        "Not drawn, { $fewer } persons each: { $labels }.",
    );
    let labels: Vec<&str> = few.iter().map(|index| table.category(*index)).collect();
    let args = Args::new()
        .text("fewer", fewer_than(table.language, table.rounding))
        .text("labels", labels.join(", "));
    let words = FEW.say(table.language, &args);
    (!few.is_empty()).then(|| typeset(table.language, &words))
}

fn rows(table: &Table, frame: &Frame<'_>, (readings, few): (&[Reading], &[usize])) -> Vec<Row> {
    let label_width = if frame.width.is_narrow() { frame.inner() } else { frame.inner() * 0.34 };
    let bar_height = if frame.width.is_narrow() { 18.0 } else { 20.0 };
    let row = |index: usize| {
        let reading = readings.get(index).copied()?;
        let label = wrap_evenly(frame.fonts, table.category(index), frame.label(), label_width);
        let label_height = label.len() as f64 * frame.label().line_height();
        let height = if frame.width.is_narrow() {
            label_height + bar_height + 15.0
        } else {
            (label_height + 9.0).max(bar_height + 14.0)
        };
        let count = match reading {
            Reading::Percent(_, _, Some(count)) => {
                format!("({})", words::n_equals(table.printed(), count))
            }
            Reading::Percent(_, _, None)
            | Reading::AtLeast(_)
            | Reading::AtMost(_)
            | Reading::About(..)
            | Reading::Hidden(_) => String::new(),
        };
        Some(Row { value: reading.words(table.printed()), reading, label, count, height })
    };
    table.order(readings).into_iter().filter(|index| !few.contains(index)).filter_map(row).collect()
}

fn lay_out(frame: &Frame<'_>, rows: &[Row]) -> (Scene, f64) {
    let left = if frame.width.is_narrow() {
        1.0
    } else {
        let labels = rows.iter().map(|row| widest(frame.fonts, &row.label, frame.label()));
        labels.fold(0.0, f64::max) + 10.0
    };
    let reach = rows.iter().map(|row| row.reading.reach()).fold(1.0, f64::max);
    let n_ticks = if frame.width.is_narrow() { 3 } else { 5 };
    let ticks: Vec<f64> =
        ticks(0.0, reach, n_ticks).into_iter().filter(|tick| *tick <= reach.max(2.0)).collect();
    let scale = Scale::new((0.0, reach), (left, left + plot_width(frame, rows, left, reach)));
    let mut scene = Scene::default();
    let bottom: f64 = rows.iter().map(|row| row.height).sum();
    if !frame.width.is_narrow() {
        let set = (frame.small(), frame.language);
        marks::grid(&mut scene, (scale, &ticks), (0.0, bottom), set);
    }
    let mut y = 0.0;
    for row in rows {
        draw_row(&mut scene, frame, row, (scale, y));
        y += row.height;
    }
    let axis_height = if frame.width.is_narrow() { 0.0 } else { frame.small().line_height() + 6.0 };
    (scene, bottom + axis_height)
}

/// Returns the widest plot in which every value still stands inside the canvas.
fn plot_width(frame: &Frame<'_>, rows: &[Row], left: f64, reach: f64) -> f64 {
    let available = frame.inner() - left;
    let fits = |row: &Row| {
        let share = row.reading.reach() / reach;
        let room = available - GAP - value_width(frame, row);
        if share > 0.0 { room / share } else { available }
    };
    // Half of the last number of the axis stands right of its line.
    let last_tick = frame.small().width(frame.fonts, "100\u{202f}%") / 2.0;
    rows.iter().map(fits).fold(available - last_tick, f64::min).max(40.0)
}

const GAP: f64 = 8.0;

fn value_width(frame: &Frame<'_>, row: &Row) -> f64 {
    let value = frame.value().width(frame.fonts, &row.value);
    if row.count.is_empty() {
        return value;
    }
    value + 7.0 + frame.small().width(frame.fonts, &row.count)
}

fn draw_row(scene: &mut Scene, frame: &Frame<'_>, row: &Row, (scale, top): (Scale, f64)) {
    let set = frame.label();
    let label_height = row.label.len() as f64 * set.line_height();
    let middle = if frame.width.is_narrow() {
        scene.lines(&Text::new(0.0, top + set.size, set, "").with_halo(), &row.label);
        top + label_height + 2.0 + 9.0
    } else {
        let middle = top + row.height / 2.0;
        let text = Text::new(scale.at(0.0) - 10.0, 0.0, set, "").anchored(Anchor::End);
        scene.centred(&text, middle, &row.label);
        middle
    };
    if frame.width.is_narrow() {
        // On a phone the values are printed at every bar: a grid would only cross the labels above them.
        let zero = scale.at(0.0);
        scene.line((zero, middle - 12.0), (zero, middle + 12.0), Paint::stroke(AXIS, 1.2));
    }
    marks::bar(scene, &row.reading, scale, (middle, 10.0));
    let x = scale.at(row.reading.reach()) + GAP;
    let (value, count) = (frame.value(), frame.small());
    let colour = if row.reading.position().is_some() { INK } else { GREY_INK };
    let text = Text::new(x, middle + value.middle(), value, row.value.clone());
    scene.text(text.coloured(colour).with_halo());
    let x = x + frame.fonts.width(&row.value, value.weight, value.size) + 7.0;
    let text = Text::new(x, middle + value.middle(), count, row.count.clone());
    scene.text(text.coloured(GREY_INK).with_halo());
}

/// Returns the group that a chart of one group shows: the one asked for, else everybody, else the last wave or the first group.
fn shown_group(table: &Table, frame: &Frame<'_>) -> Option<usize> {
    let last = table.size().1.saturating_sub(1);
    let only = if table.groups.name == Axis::WAVE { last } else { 0 };
    frame.group.or_else(|| table.totals.is_empty().then_some(only))
}
