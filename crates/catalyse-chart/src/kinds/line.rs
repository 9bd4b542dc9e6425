//! Lines over three waves and more, each named at its end.
//!
//! **What** One line a category with a dash, a colour and a mark of its own; intervals as whiskers; name and last value right of it.
//! **Why** A name at the end of a line needs no key, and dashes are read in black and white.
//! **Example** `chart = { kind = "line", table = "transport_by_wave" }`
//! **Source** ONS style guide, "Data visualisation: titles and text" (names beside lines, dashes).

use catalyse_disclose::Axis;
use catalyse_locale::{Args, Wording, percent};

use super::{ChartKind, Native};
use crate::error::ChartError;
use crate::parts::breaks;
use crate::parts::frame::{Body, Frame};
use crate::parts::marks::{self, Shape};
use crate::parts::scale::{Scale, ticks};
use crate::parts::told::{N_TOLD, about_table, remarks};
use crate::scene::fonts::Weight;
use crate::scene::palette::{AXIS, Colour, DASHES, GREY_INK, GRID, INK, SERIES};
use crate::scene::text::{wrap, wrap_evenly};
use crate::scene::{Anchor, Paint, Scene, Text};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::words;

/// The kind `line`.
pub(super) struct Line;

const DESCRIPTION: Wording = Wording::new(
    "Graphique en lignes : { $title }, { $universe }, de { $from } à { $to }. { $rows }",
    "Line chart: { $title }, { $universe }, from { $from } to { $to }. { $rows }",
);
const FROM_TO: Wording =
    Wording::new("{ $label } : de { $from } à { $to }.", "{ $label }: from { $from } to { $to }.");

/// The room between the plot and the names of the lines.
const LEADER: f64 = 22.0;

/// The room between the lowest line of the grid and the names of the waves.
const FOOT: f64 = 8.0;

/// Holds where the plot is, and its two scales.
struct Plot {
    left: f64,
    right: f64,
    bottom: f64,
    places: Vec<f64>,
    scale: Scale,
    ticks: Vec<f64>,
}

/// Holds the name of a line and where it would like to stand.
struct End {
    category: usize,
    lines: Vec<String>,
    value: String,
    from: (f64, f64),
    top: f64,
    height: f64,
}

impl ChartKind for Line {
    fn name(&self) -> &'static str {
        "line"
    }

    fn native(&self) -> Native {
        Native::Lines
    }

    fn draws(&self, table: &Table) -> bool {
        table.size().0 > 0 && table.size().1 > 1
    }

    fn suits(&self, table: &Table) -> bool {
        let (n_categories, n_groups) = table.size();
        table.groups.name == Axis::WAVE
            && n_groups > 2
            && (1..=SERIES.len()).contains(&n_categories)
    }

    fn shows(&self, table: &Table) -> Option<Table> {
        table.without_no()
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let mut ends = ends(table, frame);
        let plot = plot(table, frame, &ends);
        let mut scene = Scene::default();
        let foot = draw_axes(&mut scene, (table, frame), &plot);
        for category in 0..table.size().0 {
            draw_series(&mut scene, table, &plot, category);
        }
        for group in &frame.breaks {
            if let Some([before, after]) = plot.places.get(group.saturating_sub(1)..=*group) {
                let x = f64::midpoint(*before, *after);
                breaks::upright(&mut scene, frame, (x, plot.bottom));
            }
        }
        place_ends(&mut ends, table, &plot);
        for end in &ends {
            draw_end(&mut scene, frame, &plot, end);
        }
        let mut remarks = remarks(table.language, table.cells.iter());
        let is_broken = |reading: &Reading| reading.position().is_none();
        if table.cells.iter().any(is_broken) {
            remarks.push(words::say(table.language, &words::BROKEN_LINE));
        }
        remarks.extend(breaks::remark(frame));
        Ok(Body { scene, height: plot.bottom + foot, remarks })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let last = table.size().1.saturating_sub(1);
        let mut order: Vec<usize> = (0..table.size().0).collect();
        order.sort_by(|one, other| {
            let size = |row: usize| table.reading(row, last).position().unwrap_or(-1.0);
            size(*other).total_cmp(&size(*one))
        });
        let row = |index: usize| {
            let args = Args::new()
                .text("label", table.category(index))
                .text("from", table.reading(index, 0).words(table.printed()))
                .text("to", table.reading(index, last).words(table.printed()));
            FROM_TO.say(table.language, &args)
        };
        let rows: Vec<String> = order.into_iter().take(N_TOLD).map(row).collect();
        let args = about_table(table)
            .text("from", table.group(0))
            .text("to", table.group(last))
            .text("rows", rows.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

/// Returns the names of the lines, wrapped, and the last value that is shown of each.
fn ends(table: &Table, frame: &Frame<'_>) -> Vec<End> {
    let set = frame.small();
    let end = |category: usize| {
        let mut from_last = (0..table.size().1).rev().map(|group| table.reading(category, group));
        let last = from_last.clone().next();
        let shown = from_last.find(|reading| reading.position().is_some()).or(last);
        let value = shown.map_or_else(String::new, |reading| reading.brief(table.printed()));
        let lines = wrap_evenly(frame.fonts, table.category(category), set, end_width(frame));
        let height = (lines.len() + 1) as f64 * set.line_height() + 4.0;
        End { category, lines, value, from: (0.0, 0.0), top: 0.0, height }
    };
    (0..table.size().0).map(end).collect()
}

fn end_width(frame: &Frame<'_>) -> f64 {
    frame.inner() * if frame.width.is_narrow() { 0.31 } else { 0.26 }
}

fn plot(table: &Table, frame: &Frame<'_>, ends: &[End]) -> Plot {
    let is_narrow = frame.width.is_narrow();
    let readings = || table.cells.iter();
    let low = readings().filter_map(Reading::low).reduce(f64::min).unwrap_or(0.0);
    // An axis that starts a little above zero gains nothing and misleads.
    let low = if low < 30.0 { 0.0 } else { low };
    let high = readings().map(Reading::reach).fold(low + 1.0, f64::max);
    let ticks = ticks(low, high, 5);
    let names: f64 = ends.iter().map(|end| end.height).sum();
    let bottom = names.max(if is_narrow { 250.0 } else { 290.0 }) + 8.0;
    let tick_width = frame.small().width(frame.fonts, "100\u{202f}%");
    let left = tick_width + 8.0;
    let widest = end_width(frame);
    let right = frame.inner() - widest - LEADER;
    let inset = if is_narrow { 10.0 } else { 28.0 };
    let n_steps = table.size().1.saturating_sub(1).max(1) as f64;
    let places = (0..table.size().1)
        .map(|group| left + inset + (right - left - 2.0 * inset) * group as f64 / n_steps)
        .collect();
    let range = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(100.0));
    Plot { left, right, bottom, places, scale: Scale::new(range, (bottom, 8.0)), ticks }
}

/// Draws the grid with the waves below it, and returns the height below the plot.
fn draw_axes(scene: &mut Scene, (table, frame): (&Table, &Frame<'_>), plot: &Plot) -> f64 {
    let set = frame.small();
    for (index, tick) in plot.ticks.iter().enumerate() {
        let y = plot.scale.at(*tick);
        let paint = if index == 0 { Paint::stroke(AXIS, 1.2) } else { Paint::stroke(GRID, 1.0) };
        scene.line((plot.left, y), (plot.right, y), paint);
        let value = *tick as u8;
        let is_last = index + 1 == plot.ticks.len();
        let words = if is_last { percent(table.language, value) } else { value.to_string() };
        let text = Text::new(plot.left - 7.0, y + set.middle(), set, words);
        scene.text(text.anchored(Anchor::End).coloured(GREY_INK));
    }
    let step = match plot.places.as_slice() {
        [first, second, ..] => second - first,
        [_] | [] => plot.right - plot.left,
    };
    let mut foot = 0.0_f64;
    for (group, x) in plot.places.iter().enumerate() {
        let room = (step - 6.0).min(2.0 * x).min(2.0 * (frame.inner() - x));
        let mut lines = wrap_evenly(frame.fonts, table.group(group), set, room);
        let n_words = lines.len();
        if let Some(base) = table.base_line(Some(group)) {
            lines.extend(wrap(frame.fonts, &base.replace('\u{a0}', " "), set, room));
        }
        for (index, line) in lines.iter().enumerate() {
            let baseline = plot.bottom + FOOT + set.size + index as f64 * set.line_height();
            let colour = if index < n_words { INK } else { GREY_INK };
            let text = Text::new(*x, baseline, set, line).anchored(Anchor::Middle);
            scene.text(text.coloured(colour));
        }
        foot = foot.max(lines.len() as f64 * set.line_height());
    }
    foot + FOOT + 6.0
}

fn paint_of(category: usize) -> (Colour, &'static [f64]) {
    let colour = SERIES.get(category % SERIES.len()).copied().unwrap_or(INK);
    (colour, DASHES.get(category % DASHES.len()).copied().unwrap_or(&[]))
}

/// Returns how far right of its wave a series stands, so that whiskers do not hide each other.
fn dodge(table: &Table, category: usize) -> f64 {
    let n_series = table.size().0;
    (category as f64 - (n_series.max(1) - 1) as f64 / 2.0)
        * (16.0 / n_series.max(2) as f64).min(5.0)
}

fn draw_series(scene: &mut Scene, table: &Table, plot: &Plot, category: usize) {
    let (colour, dash) = paint_of(category);
    let shift = dodge(table, category);
    let mut run: Vec<(f64, f64)> = Vec::new();
    let mut points = Vec::new();
    let mut runs = Vec::new();
    for (group, x) in plot.places.iter().enumerate() {
        let reading = table.reading(category, group);
        match reading.position() {
            Some(position) => {
                let place = (x + shift, plot.scale.at(position));
                run.push(place);
                points.push((place, reading));
            }
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.push(run);
    for run in runs.into_iter().filter(|run| run.len() > 1) {
        let mut paint = Paint::stroke(colour, 2.2).dashed(dash);
        paint.is_round = dash.is_empty();
        scene.path(run, false, paint);
    }
    for ((x, y), reading) in points {
        if let Some((low, high)) = reading.interval() {
            let (low, high) = (plot.scale.at(low), plot.scale.at(high));
            scene.line((x, low), (x, high), Paint::stroke(colour, 1.1));
            for cap in [low, high] {
                scene.line((x - 2.5, cap), (x + 2.5, cap), Paint::stroke(colour, 1.1));
            }
        }
        marks::point(scene, Shape::of(category), (x, y), marks::point_paint(&reading, colour));
    }
}

/// Spreads the names so that none touches another, as near to the ends of their lines as possible.
fn place_ends(ends: &mut [End], table: &Table, plot: &Plot) {
    for end in ends.iter_mut() {
        let shown = (0..table.size().1).rev().find_map(|group| {
            let position = table.reading(end.category, group).position()?;
            let x = plot.places.get(group)? + dodge(table, end.category);
            Some((x, plot.scale.at(position)))
        });
        end.from = shown.unwrap_or((plot.right, plot.bottom));
        end.top = end.from.1 - end.height / 2.0;
    }
    ends.sort_by(|one, other| one.from.1.total_cmp(&other.from.1));
    let mut free = 0.0_f64;
    for end in ends.iter_mut() {
        end.top = end.top.max(free);
        free = end.top + end.height;
    }
    let mut limit = plot.bottom + 8.0;
    for end in ends.iter_mut().rev() {
        end.top = end.top.min(limit - end.height);
        limit = end.top;
    }
}

fn draw_end(scene: &mut Scene, frame: &Frame<'_>, plot: &Plot, end: &End) {
    let (colour, _) = paint_of(end.category);
    let set = frame.small();
    let x = plot.right + LEADER;
    let middle = end.top + end.height / 2.0;
    let leader =
        vec![(end.from.0 + 8.0, end.from.1), (plot.right + 6.0, end.from.1), (x - 5.0, middle)];
    scene.path(leader, false, Paint::stroke(colour, 0.8).dashed(&[1.0, 2.0]));
    let first = end.top + 2.0 + set.size;
    let mut value = Text::new(x, first, set, end.value.clone()).coloured(colour);
    value.weight = Weight::SemiBold;
    scene.text(value);
    let text = Text::new(x, first + set.line_height(), set, "").coloured(colour);
    scene.lines(&text, &end.lines);
}
