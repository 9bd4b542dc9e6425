//! Bars of 100 %: how the answers of an ordered question are spread, one bar a group.
//!
//! **What** Segments in the order of the answers, dark to light, with their percentages; everybody as the last bar.
//! **Why** For ordered answers in three comparisons the plain bar of 100 % was read best.
//! **Example** `chart = { kind = "stacked", table = "health_by_wave" }`
//! **Source** Survey data chart designs, R-bloggers, February 2022; order of lightness: see [`crate::palette`].

use catalyse_locale::Wording;

use super::{ChartKind, base_line, brief, remarks};
use crate::frame::{Body, Frame};
use crate::marks;
use crate::palette::{AXIS, Colour, GREY_INK, INK, PAPER, ordered, text_on};
use crate::reading::Reading;
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::table::Table;
use crate::text::{Type, widest, wrap_evenly};
use crate::{ChartError, labels, words};

/// The kind `stacked`.
pub(super) struct Stacked;

const DESCRIPTION: Wording = Wording::new(
    "Barres empilées à 100 % : { $title }, { $universe }. { $rows }",
    "100% stacked bars: { $title }, { $universe }. { $rows }",
);

/// Holds one bar before its place is known.
struct Row {
    label: Vec<String>,
    base: Option<String>,
    readings: Vec<Reading>,
    is_total: bool,
}

/// Holds one segment: from where to where in per cent of the bar, and what stands in it.
struct Segment {
    from: f64,
    to: f64,
    colour: Option<Colour>,
    is_hollow: bool,
    words: String,
}

const BAR_HEIGHT: f64 = 28.0;

impl ChartKind for Stacked {
    fn name(&self) -> &'static str {
        "stacked"
    }

    fn draws(&self, table: &Table) -> bool {
        let (n_categories, n_groups) = table.size();
        n_categories > 1 && table.categories.is_exclusive && n_groups + table.totals.len() > 0
    }

    fn suits(&self, table: &Table) -> bool {
        self.draws(table) && table.categories.is_ordered && table.size().1 > 1
    }

    fn shows_intervals(&self, _: &Table) -> bool {
        false
    }

    fn base(&self, _: &Table, _: &Frame<'_>) -> Option<u64> {
        None
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let rows = rows(table, frame);
        let labels = rows.iter().map(|row| widest(frame.fonts, &row.label, frame.label()));
        let bases = rows.iter().flat_map(|row| &row.base);
        let bases = bases.map(|base| frame.small().width(frame.fonts, base));
        let left = if frame.width.is_narrow() {
            0.0
        } else {
            labels.chain(bases).fold(0.0, f64::max) + 12.0
        };
        let colours = ordered(table.size().0);
        let mut scene = Scene::default();
        let mut y = draw_names(&mut scene, table, frame, (&rows, &colours, left));
        for row in &rows {
            y += draw_row(&mut scene, frame, (table, row), (&colours, left, y));
        }
        let mut remarks = remarks(table.language, table.readings());
        let is_hatched = |reading: &&Reading| match reading {
            Reading::Hidden(_) | Reading::AtLeast(_) | Reading::AtMost(_) => true,
            Reading::Percent(..) | Reading::About(..) => false,
        };
        if table.readings().any(|reading| is_hatched(&reading)) {
            let hatched = words::say(table.language, &words::HATCHED);
            remarks.retain(|remark| *remark != hatched);
            remarks.push(words::say(table.language, &words::HATCHED_REST));
        }
        Ok(Body { scene, height: y, remarks })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let n_groups = table.size().1;
        let ends = if n_groups == 0 { vec![None] } else { vec![Some(0), Some(n_groups - 1)] };
        let mut told: Vec<String> = Vec::new();
        for group in ends {
            let sentence = format!(
                "{}. {}",
                super::group_words(table, group),
                super::main_shares(table, &table.column(group))
            );
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
        let args = super::about_table(table).text("rows", told.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

fn rows(table: &Table, frame: &Frame<'_>) -> Vec<Row> {
    let width = if frame.width.is_narrow() { frame.inner() * 0.7 } else { frame.inner() * 0.26 };
    let row = |group: Option<usize>, label: &str| Row {
        label: wrap_evenly(frame.fonts, label, frame.label(), width),
        base: base_line(table, group),
        readings: table.column(group),
        is_total: group.is_none(),
    };
    let mut rows: Vec<Row> =
        (0..table.size().1).map(|group| row(Some(group), table.group(group))).collect();
    if !table.totals.is_empty() {
        rows.push(row(None, &words::say(table.language, &words::EVERYBODY)));
    }
    rows
}

/// Names the answers, above the segments of the first bar if all of them find room near enough, else in a key.
fn draw_names(
    scene: &mut Scene,
    table: &Table,
    frame: &Frame<'_>,
    (rows, colours, left): (&[Row], &[Colour], f64),
) -> f64 {
    let names = table.categories.headings.iter().map(|(_, label)| label.as_str());
    let segments = rows.first().map(|row| segments(table, row, colours)).unwrap_or_default();
    let is_whole = segments.iter().all(|segment| segment.colour.is_some());
    if !frame.width.is_narrow() && is_whole && segments.len() == colours.len() {
        let width = frame.inner() - left - 1.0;
        let middle =
            |segment: &Segment| left + f64::midpoint(segment.from, segment.to) / 100.0 * width;
        let labels: Vec<(f64, &str)> = segments.iter().map(middle).zip(names.clone()).collect();
        if let Some(height) = labels::above(scene, frame, &labels, left) {
            return height;
        }
    }
    let entries: Vec<(Colour, &str)> = colours.iter().copied().zip(names).collect();
    labels::key(scene, frame, &entries, left)
}

/// Draws one bar and returns the height of its row.
fn draw_row(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (table, row): (&Table, &Row),
    (colours, left, top): (&[Colour], f64, f64),
) -> f64 {
    let (set, small) = (frame.label(), frame.small());
    let mut label_set = set;
    if row.is_total {
        label_set.weight = crate::fonts::Weight::SemiBold;
    }
    let label_height = row.label.len() as f64 * set.line_height();
    let base_height = if row.base.is_some() { small.line_height() } else { 0.0 };
    let base = row.base.clone().unwrap_or_default();
    let bar_top = if frame.width.is_narrow() {
        scene.lines(&Text::new(0.0, top + set.size, label_set, ""), &row.label);
        let text = Text::new(frame.inner(), top + set.size, small, base);
        scene.text(text.anchored(Anchor::End).coloured(GREY_INK));
        top + label_height + 3.0
    } else {
        let block = label_height + base_height;
        let middle = top + block.max(BAR_HEIGHT) / 2.0;
        let text = Text::new(left - 12.0, 0.0, label_set, "").anchored(Anchor::End);
        scene.centred(&text, middle - base_height / 2.0, &row.label);
        let baseline = middle + block / 2.0 - small.size * 0.3;
        let text = Text::new(left - 12.0, baseline, small, base);
        scene.text(text.anchored(Anchor::End).coloured(GREY_INK));
        middle - BAR_HEIGHT / 2.0
    };
    let segments = segments(table, row, colours);
    let below = draw_segments(scene, frame, &segments, (left, bar_top));
    let bottom = (bar_top + BAR_HEIGHT + below).max(if frame.width.is_narrow() {
        top
    } else {
        top + (label_height + base_height).max(BAR_HEIGHT)
    });
    bottom - top + 14.0
}

/// Lays the segments of a bar end to end. What is hidden or only bounded shares the hatched rest.
fn segments(table: &Table, row: &Row, colours: &[Colour]) -> Vec<Segment> {
    let certain = |reading: &Reading| match reading {
        Reading::Percent(..) | Reading::About(..) => reading.position(),
        Reading::AtLeast(_) | Reading::AtMost(_) | Reading::Hidden(_) => None,
    };
    let sum: f64 = row.readings.iter().filter_map(certain).sum();
    let mut uncertain: Vec<String> = Vec::new();
    let (mut at, mut segments) = (0.0, Vec::new());
    // Whole percents may add up to 99 or 101: what is complete fills the bar exactly.
    let is_complete = row.readings.iter().all(|reading| certain(reading).is_some());
    let whole = if is_complete { sum.max(1.0) } else { sum.max(100.0) };
    for (reading, colour) in row.readings.iter().zip(colours) {
        match certain(reading) {
            Some(size) => {
                let to = at + size / whole * 100.0;
                let is_hollow = matches!(reading, Reading::About(..));
                let words = brief(table, reading);
                segments.push(Segment { from: at, to, colour: Some(*colour), is_hollow, words });
                at = to;
            }
            None => uncertain.push(brief(table, reading)),
        }
    }
    if !uncertain.is_empty() {
        uncertain.dedup();
        let words = uncertain.join(" ");
        segments.push(Segment { from: at, to: 100.0, colour: None, is_hollow: false, words });
    }
    segments
}

/// Draws the segments with their words, inside where they fit, else below, and returns the height needed below.
fn draw_segments(
    scene: &mut Scene,
    frame: &Frame<'_>,
    segments: &[Segment],
    (left, top): (f64, f64),
) -> f64 {
    let width = frame.inner() - left - 1.0;
    let x_of = |percent: f64| left + percent / 100.0 * width;
    let inside = Type::semibold(frame.small().size);
    let mut below: Vec<(f64, &str)> = Vec::new();
    for segment in segments {
        let (from, to) = (x_of(segment.from), x_of(segment.to));
        let area = Rect::new(from, top, to - from, BAR_HEIGHT);
        let ink = match (segment.colour, segment.is_hollow) {
            (None, _) => {
                marks::hatch(scene, area, AXIS);
                INK
            }
            (Some(colour), true) => {
                // A coloured foot tells which answer it is, the white above that its share is words.
                scene.rect(area, Paint::hollow(AXIS, 1.0).dashed(&[4.0, 2.5]));
                let foot = Rect::new(from + 1.0, top + BAR_HEIGHT - 5.5, to - from - 2.0, 5.0);
                scene.rect(foot, Paint::fill(colour));
                INK
            }
            (Some(colour), false) => {
                scene.rect(area, Paint::fill(colour).edged(PAPER, 1.5));
                text_on(colour)
            }
        };
        let fits = inside.width(frame.fonts, &segment.words) + 6.0 <= to - from;
        let middle = f64::midpoint(from, to);
        if fits {
            let raised = if segment.is_hollow { 2.5 } else { 0.0 };
            let baseline = top + BAR_HEIGHT / 2.0 + inside.middle() - raised;
            let text = Text::new(middle, baseline, inside, segment.words.clone())
                .anchored(Anchor::Middle)
                .coloured(ink);
            scene.text(if segment.colour.is_none() { text.with_halo() } else { text });
        } else if to - from > 0.1 || segment.colour.is_none() {
            below.push((middle, &segment.words));
        }
    }
    scene.rect(Rect::new(left, top, width, BAR_HEIGHT), Paint::stroke(AXIS, 0.8));
    labels::below(scene, frame, &below, top + BAR_HEIGHT)
}
