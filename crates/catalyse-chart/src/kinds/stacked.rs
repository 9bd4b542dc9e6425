//! Bars of 100 %: how the answers of an ordered question are spread, one bar a group.
//!
//! **What** Segments in the order of the answers, dark to light, with their percentages; everybody as the last bar.
//! **Why** For ordered answers in three comparisons the plain bar of 100 % was read best.
//! **Example** `chart = { kind = "stacked", table = "health_by_wave" }`
//! **Source** Survey data chart designs, R-bloggers, February 2022; order of lightness: see [`crate::scene::palette`].

use catalyse_locale::Wording;

use super::{ChartKind, Native};
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::segments::{BAR_HEIGHT, Segment, draw_segments, segments};
use crate::parts::told::{about_table, group_words, main_shares, remarks};
use crate::parts::{breaks, labels};
use crate::scene::palette::{AXIS, Colour, GREY_INK, ordered};
use crate::scene::text::{widest, wrap_evenly};
use crate::scene::{Anchor, Paint, Scene, Text};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::words;

/// The kind `stacked`.
pub(super) struct Stacked;

/// Of how many groups the text for screen readers tells each; of more it tells the first and the last.
const MOST_TOLD: usize = 8;
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

impl Row {
    /// Says whether no share of the row is shown: then it has words and no bar.
    fn is_empty(&self) -> bool {
        self.readings.iter().all(|reading| matches!(reading, Reading::Hidden(_)))
    }
}

impl ChartKind for Stacked {
    fn name(&self) -> &'static str {
        "stacked"
    }

    fn native(&self) -> Native {
        Native::Stacked
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
        for (index, row) in rows.iter().enumerate() {
            if frame.breaks.contains(&index) {
                y += breaks::level(&mut scene, frame, (left, y));
            }
            y += draw_row(&mut scene, frame, (table, row), (&colours, left, y));
        }
        let mut remarks = remarks(table.language, table.readings());
        let is_hatched = |reading: &Reading| match reading {
            Reading::Hidden(_) | Reading::AtLeast(_) | Reading::AtMost(_) => true,
            Reading::Percent(..) | Reading::About(..) => false,
        };
        let is_drawn = |row: &&Row| !row.is_empty();
        if rows.iter().filter(is_drawn).any(|row| row.readings.iter().any(is_hatched)) {
            let hatched = words::say(table.language, &words::HATCHED);
            remarks.retain(|remark| *remark != hatched);
            remarks.push(words::say(table.language, &words::HATCHED_REST));
        }
        remarks.extend(breaks::remark(frame));
        Ok(Body { scene, height: y, remarks })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let n_groups = table.size().1;
        let mut groups: Vec<Option<usize>> = match n_groups {
            0..=MOST_TOLD => (0..n_groups).map(Some).collect(),
            _ => vec![Some(0), Some(n_groups - 1)],
        };
        if groups.is_empty() || !table.totals.is_empty() {
            groups.push(None);
        }
        let mut told: Vec<String> = Vec::new();
        for group in groups {
            let sentence = format!(
                "{}. {}",
                group_words(table, group),
                main_shares(table, &table.column(group))
            );
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
        let args = about_table(table).text("rows", told.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

fn rows(table: &Table, frame: &Frame<'_>) -> Vec<Row> {
    let width = if frame.width.is_narrow() { frame.inner() * 0.7 } else { frame.inner() * 0.26 };
    let row = |group: Option<usize>, label: &str| Row {
        label: wrap_evenly(frame.fonts, label, frame.label(), width),
        base: table.base_line(group),
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
    let segments =
        rows.first().map(|row| segments(table, &row.readings, colours)).unwrap_or_default();
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
        label_set.weight = crate::scene::fonts::Weight::SemiBold;
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
    let below = if row.is_empty() {
        draw_no_bar(scene, frame, (table, row), (left, bar_top));
        0.0
    } else {
        draw_segments(scene, frame, &segments(table, &row.readings, colours), (left, bar_top))
    };
    let bottom = (bar_top + BAR_HEIGHT + below).max(if frame.width.is_narrow() {
        top
    } else {
        top + (label_height + base_height).max(BAR_HEIGHT)
    });
    bottom - top + 14.0
}

/// Writes the mark of a row without shares where its bar would begin: a bar full of hatching would look like an answer.
fn draw_no_bar(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (table, row): (&Table, &Row),
    (left, top): (f64, f64),
) {
    let mut marks: Vec<String> =
        row.readings.iter().map(|reading| reading.brief(table.printed())).collect();
    marks.dedup();
    let small = frame.small();
    let baseline = top + BAR_HEIGHT / 2.0 + small.middle();
    let text = Text::new(left + 6.0, baseline, small, marks.join(", "));
    scene.text(text.coloured(GREY_INK));
    scene.line((left, top), (left, top + BAR_HEIGHT), Paint::stroke(AXIS, 0.8));
}
