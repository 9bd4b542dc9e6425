//! Small multiples: the same bars once for each partner, everybody in grey behind them.
//!
//! **What** One panel a group; the same categories, order and scale in each; the total as a broad grey bar behind the bar.
//! **Why** A partner finds itself at once and compares with all, without a league table.
//! **Example** `chart = { kind = "multiples", table = "transport_by_partner" }`
//! **Source** Tufte, *Envisioning Information* (1990), chapter 4, on small multiples.

use catalyse_disclose::Axis;
use catalyse_locale::{Args, Wording};

use super::ChartKind;
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::marks;
use crate::parts::panels::{Manner, Panels};
use crate::parts::scale::{Scale, ticks};
use crate::parts::told::{about_table, main_shares, remarks};
use crate::scene::palette::{AXIS, BAR, GREY_INK, INK, TOTAL};
use crate::scene::text::{Type, wrap_evenly};
use crate::scene::{Paint, Rect, Scene, Text};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::words;

/// The kind `multiples`.
pub(super) struct Multiples;

const DESCRIPTION: Wording = Wording::new(
    "Petits graphiques à barres, un par { $axis } : { $title }, { $universe }. { $all }{ $groups }",
    "Small bar charts, one for each { $axis }: { $title }, { $universe }. { $all }{ $groups }",
);
const GROUP_FIRST: Wording = Wording::new(
    "{ $group }, en premier : { $label } { $value }.",
    "{ $group }, first: { $label } { $value }.",
);

/// Holds the panels, and the categories in the order of their lines.
struct Grid {
    order: Vec<usize>,
    panels: Panels,
}

/// Between two panels.
const GAP: f64 = 18.0;

impl ChartKind for Multiples {
    fn name(&self) -> &'static str {
        "multiples"
    }

    fn draws(&self, table: &Table) -> bool {
        table.size().0 > 0 && table.size().1 > 0
    }

    fn suits(&self, table: &Table) -> bool {
        table.size().0 > 0 && table.size().1 > 1 && table.groups.name == Axis::PARTNER
    }

    fn base(&self, table: &Table, _: &Frame<'_>) -> Option<u64> {
        table.total_base
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let grid = grid(table, frame);
        let mut scene = Scene::default();
        let mut y = draw_key(&mut scene, table, frame);
        let groups: Vec<usize> = (0..table.size().1).collect();
        for across in groups.chunks(grid.panels.n_across) {
            y += draw_across(&mut scene, (table, frame), (&grid, across), y);
        }
        Ok(Body { scene, height: y, remarks: remarks(table.language, table.readings()) })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let first = |group: usize| {
            let readings = table.column(Some(group));
            let size = |index: &usize| {
                readings.get(*index).and_then(Reading::position).map(|size| size as i64)
            };
            let top = (0..readings.len()).rev().max_by_key(size)?;
            let args = Args::new()
                .text("group", table.group(group))
                .text("label", table.category(top))
                .text("value", readings.get(top)?.words(table.printed()));
            Some(GROUP_FIRST.say(table.language, &args))
        };
        let groups: Vec<String> = (0..table.size().1).filter_map(first).take(6).collect();
        let all = if table.totals.is_empty() {
            String::new()
        } else {
            format!(
                "{}. {} ",
                words::say(table.language, &words::EVERYBODY),
                main_shares(table, &table.totals)
            )
        };
        let args = about_table(table)
            .text("axis", table.groups.label.to_lowercase())
            .text("all", all)
            .text("groups", groups.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

fn grid(table: &Table, frame: &Frame<'_>) -> Grid {
    let by_size =
        if table.totals.is_empty() { table.column(Some(0)) } else { table.totals.clone() };
    let order = table.order(&by_size);
    let manner = Manner {
        label: label_set(frame),
        room: if frame.width.is_narrow() { 0.4 } else { 0.24 },
        air: Some(10.0),
        gap: GAP,
        height: &|label: f64| (label + 5.0).max(25.0),
    };
    let axis = |width: f64, _| {
        let reach = table.readings().map(Reading::reach).fold(1.0, f64::max);
        let set = value_set(frame);
        // A long value beside a short bar needs no room at the end of the scale.
        let cells = (0..table.size().0)
            .flat_map(|index| (0..table.size().1).map(move |group| (index, group)));
        let widths = cells.map(|(index, group)| {
            let reading = table.reading(index, group);
            let total = table.totals.get(index).and_then(Reading::position).unwrap_or(0.0);
            let value = set.width(frame.fonts, &reading.brief(table.printed()));
            (width - value - 8.0) * reach / reading.reach().max(total).max(1.0)
        });
        let plot_width = widths.fold(width - 8.0, f64::min).max(30.0);
        let ticks = ticks(0.0, reach, 2).into_iter().filter(|tick| *tick <= reach).collect();
        (Scale::new((0.0, reach), (0.0, plot_width)), ticks)
    };
    let lines = order.iter().map(|index| table.category(*index));
    let panels = Panels::new(frame, (table.size().1, lines), &manner, axis);
    Grid { order, panels }
}

fn label_set(frame: &Frame<'_>) -> Type {
    Type::regular(frame.small().size + 0.5)
}

fn value_set(frame: &Frame<'_>) -> Type {
    Type::semibold(frame.small().size)
}

/// Draws what the two bars mean and returns the height.
fn draw_key(scene: &mut Scene, table: &Table, frame: &Frame<'_>) -> f64 {
    if table.totals.is_empty() {
        return 0.0;
    }
    let set = frame.small();
    let baseline = set.size * 0.95;
    let mut x = 0.0;
    let all = words::say(table.language, &words::EVERYBODY);
    for (colour, height, words) in [(BAR, 8.0, table.groups.label.as_str()), (TOTAL, 16.0, &all)] {
        let top = baseline - set.size * 0.34 - height / 2.0;
        scene.rect(Rect::new(x, top, 22.0, height), Paint::fill(colour));
        scene.text(Text::new(x + 28.0, baseline, set, words).coloured(GREY_INK));
        x += 28.0 + set.width(frame.fonts, words) + 18.0;
    }
    set.line_height() + 12.0
}

/// Draws the panels that stand side by side, with the labels of the categories left of them, and returns the height.
fn draw_across(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    (grid, groups): (&Grid, &[usize]),
    top: f64,
) -> f64 {
    let panels = &grid.panels;
    let head = Type::semibold(frame.label().size);
    let heads: Vec<Vec<String>> = groups
        .iter()
        .map(|group| wrap_evenly(frame.fonts, table.group(*group), head, panels.width))
        .collect();
    let n_lines = heads.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let small = frame.small();
    let head_height = n_lines as f64 * head.line_height() + small.line_height() + 3.0;
    let bars_top = top + head_height;
    for (place, (group, lines)) in groups.iter().zip(&heads).enumerate() {
        let x = panels.x(place);
        let first = top + head.size + (n_lines - lines.len().max(1)) as f64 * head.line_height();
        scene.lines(&Text::new(x, first, head, ""), lines);
        let base = table.base_line(Some(*group)).unwrap_or_default();
        let baseline = bars_top - 3.0 - small.size * 0.3;
        scene.text(Text::new(x, baseline, small, base).coloured(GREY_INK));
        draw_panel(scene, (table, frame), (grid, *group), (x, bars_top));
    }
    panels.draw_labels(scene, bars_top);
    head_height + panels.height() + small.line_height() + 20.0
}

fn draw_panel(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    (grid, group): (&Grid, usize),
    (left, top): (f64, f64),
) {
    let (panels, bottom) = (&grid.panels, top + grid.panels.height());
    let mut panel = Scene::default();
    let set = (Type::regular(frame.small().size - 1.0), table.language);
    marks::grid(&mut panel, (panels.scale, &panels.ticks), (0.0, bottom - top), set);
    let value = value_set(frame);
    let mut y = 0.0;
    for (index, height) in grid.order.iter().zip(&panels.heights) {
        let middle = y + height / 2.0;
        let reading = table.reading(*index, group);
        let total = table.totals.get(*index).and_then(Reading::position).unwrap_or(0.0);
        let area = Rect::new(0.0, middle - 8.5, panels.scale.at(total), 17.0);
        panel.rect(area, Paint::fill(TOTAL));
        marks::bar(&mut panel, &reading, panels.scale, (middle, 4.5));
        let x = panels.scale.at(reading.reach().max(total)) + 6.0;
        let colour = if reading.position().is_some() { INK } else { GREY_INK };
        let text = Text::new(x, middle + value.middle(), value, reading.brief(table.printed()));
        panel.text(text.coloured(colour).with_halo());
        y += height;
    }
    panel.line((0.0, 0.0), (0.0, bottom - top), Paint::stroke(AXIS, 1.2));
    scene.extend(panel, left, top);
}
