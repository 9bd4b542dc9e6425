//! Ranges: the middle half of a quantity with its median and its mean, a line for each group.
//!
//! **What** A band from the first to the third quartile, a stroke at the median, a diamond at the mean; everybody below, in grey. A panel for each
//! column, all on one scale.
//! **Why** A middle half says where most persons are, which a mean does not; and a band is read as "from … to", which a box plot is not.
//! **Example** `chart = { kind = "range", table = "stop_minutes" }`
//! **Source** Tufte, *The Visual Display of Quantitative Information* (1983), chapter 6, on box plots redrawn.

use std::collections::BTreeSet;

use catalyse_disclose::Mark;
use catalyse_locale::{Args, Wording};

use super::{ChartKind, Native, Reads};
use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::parts::panels::{Manner, Panels, n_across};
use crate::parts::range_marks::{BAND, Value, draw_key, draw_line};
use crate::parts::scale::{Scale, quantity_ticks};
use crate::parts::told::about_table;
use crate::scene::palette::{AXIS, GREY_INK, GRID};
use crate::scene::text::{Type, wrap_evenly};
use crate::scene::{Anchor, Paint, Scene, Text};
use crate::table::Table;
use crate::table::quantities::{Line, Panel, Quantities, Spread};
use crate::words;

/// The kind `range`.
pub(super) struct Range;

/// Between two panels.
const GAP: f64 = 22.0;

/// Between labels and marks.
const AIR: f64 = 12.0;

impl ChartKind for Range {
    fn name(&self) -> &'static str {
        "range"
    }

    fn reads(&self) -> Reads {
        Reads::Quantities
    }

    fn native(&self) -> Native {
        Native::Ranges
    }

    fn draws(&self, table: &Table) -> bool {
        table.quantities.spreads().next().is_some()
    }

    fn caption(&self, _: &Table) -> Wording {
        words::MIDDLE_HALF
    }

    fn base(&self, table: &Table, _: &Frame<'_>) -> Option<u64> {
        everybody(&table.quantities).map(|spread| spread.n)
    }

    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError> {
        let unfit = || ChartError::Unfit { table: table.id.clone(), kind: "range".to_owned() };
        let panels: Vec<Panel> = table.quantities.panels.iter().map(in_order).collect();
        let first = panels.first().ok_or_else(unfit)?;
        let plan = self::panels(table, frame, first);
        let mut scene = Scene::default();
        let mut y = draw_key(&mut scene, frame);
        for across in panels.chunks(plan.n_across) {
            y += draw_across(&mut scene, (table, frame), (&plan, across), y);
        }
        Ok(Body { scene, height: y, remarks: remarks(table) })
    }

    fn describe(&self, table: &Table, _: &Frame<'_>) -> String {
        let told = |line: &Line, panel: &Panel| {
            let spread = line.spread.ok()?;
            let say = |quantity: f64| table.quantities.words(table.language, quantity);
            let label = panel.label.as_ref();
            let label =
                label.map_or_else(|| line.label.clone(), |of| format!("{of}, {}", line.label));
            let args = Args::new().text("label", label).text("median", say(spread.median));
            Some(match spread.middle {
                Some((low, high)) => {
                    let args = args.text("low", say(low)).text("high", say(high));
                    LINE.say(table.language, &args)
                }
                None => MEDIAN_ONLY.say(table.language, &args),
            })
        };
        let panels = table.quantities.panels.iter();
        let lines: Vec<String> = panels
            .flat_map(|panel| panel.lines.iter().filter_map(move |line| told(line, panel)))
            .take(MOST_TOLD)
            .collect();
        let args = about_table(table).text("lines", lines.join(" "));
        DESCRIPTION.say(table.language, &args)
    }
}

/// How many lines a description tells; the table beside the figure has them all.
const MOST_TOLD: usize = 8;
const DESCRIPTION: Wording = Wording::new(
    "Graphique d’étendues : { $title }, { $universe }. { $lines }",
    "Range chart: { $title }, { $universe }. { $lines }",
);
const LINE: Wording = Wording::new(
    "{ $label } : médiane { $median }, moitié du milieu de { $low } à { $high }.",
    "{ $label }: median { $median }, middle half from { $low } to { $high }.",
);
const MEDIAN_ONLY: Wording =
    Wording::new("{ $label } : médiane { $median }.", "{ $label }: median { $median }.");

fn everybody(quantities: &Quantities) -> Option<Spread> {
    let last = quantities.panels.last()?;
    last.lines.iter().find(|line| line.is_everybody)?.spread.ok()
}

/// Puts everybody last; the other lines keep the order of the table, which all panels share.
fn in_order(panel: &Panel) -> Panel {
    let mut panel = panel.clone();
    panel.lines.sort_by_key(|line| line.is_everybody);
    panel
}

fn remarks(table: &Table) -> Vec<String> {
    let lines = table.quantities.lines();
    let marks: BTreeSet<Mark> = lines.filter_map(|line| line.spread.err()).collect();
    let mut remarks: Vec<String> =
        marks.into_iter().map(|mark| words::say(table.language, &words::meaning(mark))).collect();
    if table.quantities.spreads().any(|spread| spread.middle.is_none()) {
        remarks.push(words::say(table.language, &NO_MIDDLE));
    }
    remarks
}

const NO_MIDDLE: Wording = Wording::new(
    "Sans bande : trop peu de personnes pour donner la moitié du milieu.",
    "Without a band: too few persons to tell the middle half.",
);

/// Lays the panels out: all on one scale, from the left end of the axis to where the widest number still has room.
fn panels(table: &Table, frame: &Frame<'_>, first: &Panel) -> Panels {
    let is_narrow = frame.width.is_narrow();
    let n_panels = table.quantities.panels.len();
    let room = match (is_narrow, n_across(frame, n_panels)) {
        (true, _) => 1.0,
        (false, 1) => 0.34,
        (false, _) => 0.24,
    };
    let height = |label: f64| {
        if is_narrow { label + BAND + 16.0 } else { (label + 9.0).max(BAND + 18.0) }
    };
    let manner = Manner {
        label: frame.label(),
        room,
        air: (!is_narrow).then_some(AIR),
        gap: GAP,
        height: &height,
    };
    let axis = |width: f64, n_across: usize| {
        let (low, high) = ends(&table.quantities);
        let ticks = quantity_ticks(low, high, if n_across == 1 && !is_narrow { 5 } else { 3 });
        let domain = (ticks.first().copied().unwrap_or(low), ticks.last().copied().unwrap_or(high));
        let values =
            table.quantities.lines().map(|line| Value::of(table, frame, line).width(frame));
        let plot = (width - values.fold(0.0, f64::max)).max(40.0);
        (Scale::new(domain, (0.0, plot)), ticks)
    };
    let lines = first.lines.iter().map(|line| line.label.as_str());
    Panels::new(frame, (n_panels, lines), &manner, axis)
}

/// Draws the panels that stand side by side and returns the height.
fn draw_across(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    (plan, across): (&Panels, &[Panel]),
    top: f64,
) -> f64 {
    let set = Type::semibold(frame.label().size);
    let heads: Vec<Vec<String>> = across
        .iter()
        .map(|panel| {
            let label = panel.label.as_deref().unwrap_or_default();
            wrap_evenly(frame.fonts, label, set, plan.width)
        })
        .collect();
    let has_heads = across.iter().any(|panel| panel.label.is_some());
    let n_lines = heads.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let head_height = if has_heads { n_lines as f64 * set.line_height() + 4.0 } else { 0.0 };
    for (place, (panel, lines)) in across.iter().zip(&heads).enumerate() {
        let x = plan.x(place);
        if has_heads {
            scene.lines(&Text::new(x, top + set.size, set, ""), lines);
        }
        let mut drawn = Scene::default();
        draw_panel(&mut drawn, (table, frame), (plan, panel));
        scene.extend(drawn, x, top + head_height);
    }
    if !frame.width.is_narrow() {
        plan.draw_labels(scene, top + head_height);
    }
    let between = if has_heads { 16.0 } else { 2.0 };
    head_height + plan.height() + frame.small().line_height() + 6.0 + between
}

fn draw_panel(
    scene: &mut Scene,
    (table, frame): (&Table, &Frame<'_>),
    (plan, panel): (&Panels, &Panel),
) {
    draw_axis(scene, (table, frame), plan);
    let mut y = 0.0;
    for ((line, label), height) in panel.lines.iter().zip(&plan.labels).zip(&plan.heights) {
        let middle = if frame.width.is_narrow() {
            let set = frame.label();
            scene.lines(&Text::new(0.0, y + set.size, set, "").with_halo(), label);
            y + label.len() as f64 * set.line_height() + 4.0 + BAND / 2.0
        } else {
            y + height / 2.0
        };
        let value = Value::of(table, frame, line);
        draw_line(scene, frame, (line, &value), (plan.scale, middle));
        y += height;
    }
}

fn draw_axis(scene: &mut Scene, (table, frame): (&Table, &Frame<'_>), plan: &Panels) {
    let (set, bottom) = (frame.small(), plan.height());
    for (index, tick) in plan.ticks.iter().enumerate() {
        let x = plan.scale.at(*tick);
        let paint = if index == 0 { Paint::stroke(AXIS, 1.2) } else { Paint::stroke(GRID, 1.0) };
        scene.line((x, 0.0), (x, bottom), paint);
        let is_whole = plan.ticks.iter().all(|tick| tick.fract() == 0.0);
        let words = catalyse_locale::decimal(table.language, *tick, usize::from(!is_whole));
        let text = Text::new(x, bottom + set.line_height(), set, words);
        // On a phone nothing stands left of the first line to lean over.
        let anchor =
            if index == 0 && frame.width.is_narrow() { Anchor::Start } else { Anchor::Middle };
        scene.text(text.anchored(anchor).coloured(GREY_INK));
    }
}

/// Returns from where to where the axis goes: from 0, unless all that is drawn lies far from it.
fn ends(quantities: &Quantities) -> (f64, f64) {
    let reaches = quantities.spreads().map(Spread::reach);
    let (low, high) = reaches.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, reach| {
        (ends.0.min(reach.0), ends.1.max(reach.1))
    });
    if low >= 0.0 && low < high * 0.6 { (0.0, high) } else { (low, high) }
}
