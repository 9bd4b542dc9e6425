//! Marks that several kinds draw: whiskers, hatching, hollow bars, grids.

use catalyse_locale::Language;

use crate::parts::scale::Scale;
use crate::scene::palette::{AXIS, BAR, Colour, GREY_INK, GRID, INK, PAPER};
use crate::scene::text::Type;
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::table::reading::Reading;

/// Draws a bar from zero with its interval; hollow for a share in words, hatched where only a bound is told.
pub(crate) fn bar(scene: &mut Scene, reading: &Reading, scale: Scale, (middle, half): (f64, f64)) {
    let Some(position) = reading.position() else { return };
    let (zero, end) = (scale.at(0.0), scale.at(position));
    let area = |from: f64, to: f64| Rect::new(from, middle - half, to - from, 2.0 * half);
    match reading {
        Reading::Percent(..) => scene.rect(area(zero, end), Paint::fill(BAR)),
        Reading::AtLeast(_) => {
            hatch(scene, area(end, scale.at(100.0)), BAR);
            scene.rect(area(zero, end), Paint::fill(BAR));
        }
        Reading::AtMost(_) => hatch(scene, area(zero, end), BAR),
        Reading::About(..) => {
            scene.rect(area(zero, end), Paint::hollow(BAR, 1.5).dashed(&[4.0, 2.5]));
        }
        Reading::Hidden(_) => {}
    }
    if let Some((low, high)) = reading.interval() {
        whisker(scene, (scale.at(low), scale.at(high)), middle, half * 0.45);
    }
}

/// Names the shape of a point, so that series differ without colour.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Circle,
    Diamond,
    Square,
    Triangle,
}

impl Shape {
    /// Returns the shape of a series.
    pub(crate) const fn of(series: usize) -> Self {
        match series % 4 {
            0 => Self::Circle,
            1 => Self::Diamond,
            2 => Self::Square,
            _ => Self::Triangle,
        }
    }
}

/// Draws a point.
pub(crate) fn point(scene: &mut Scene, shape: Shape, (x, y): (f64, f64), paint: Paint) {
    const R: f64 = 4.8;
    let corners: &[(f64, f64)] = match shape {
        Shape::Circle => return scene.circle((x, y), R, paint),
        Shape::Diamond => &[(0.0, -1.35), (1.35, 0.0), (0.0, 1.35), (-1.35, 0.0)],
        Shape::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Triangle => &[(0.0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
    };
    let corners = corners.iter().map(|(right, down)| (x + right * R, y + down * R)).collect();
    scene.path(corners, true, paint);
}

/// Returns the paint of a point: filled, or hollow for a share in words.
pub(crate) const fn point_paint(reading: &Reading, colour: Colour) -> Paint {
    match reading {
        Reading::About(..) => Paint::hollow(colour, 1.6),
        Reading::Percent(..) | Reading::AtLeast(_) | Reading::AtMost(_) | Reading::Hidden(_) => {
            Paint::fill(colour).edged(PAPER, 1.0)
        }
    }
}

/// Draws an interval: a line with caps, on a white edge that keeps it visible on a bar.
pub(crate) fn whisker(scene: &mut Scene, (low, high): (f64, f64), y: f64, cap: f64) {
    for (colour, width, more) in [(PAPER, 4.0, 1.0), (INK, 1.5, 0.0)] {
        let (top, bottom) = (y - cap - more, y + cap + more);
        let lines = vec![
            vec![(low - more, y), (high + more, y)],
            vec![(low, top), (low, bottom)],
            vec![(high, top), (high, bottom)],
        ];
        scene.strokes(lines, Paint::stroke(colour, width));
    }
}

/// Fills a rectangle with slanted lines: somewhere in here, or not shown.
pub(crate) fn hatch(scene: &mut Scene, rect: Rect, colour: Colour) {
    const STEP: f64 = 6.0;
    scene.rect(rect, Paint::fill(PAPER).edged(colour, 1.0));
    let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
    let mut lines = Vec::new();
    // The lines rise to the right: x + y is the same along each of them.
    let first = ((rect.x + rect.y) / STEP).ceil() as i64;
    let last = ((right + bottom) / STEP).floor() as i64;
    for index in first..=last {
        let sum = index as f64 * STEP;
        let from = ((sum - bottom).max(rect.x), (sum - rect.x).min(bottom));
        let to = ((sum - rect.y).min(right), (sum - right).max(rect.y));
        if to.0 - from.0 > 0.5 {
            lines.push(vec![from, to]);
        }
    }
    if !lines.is_empty() {
        scene.strokes(lines, Paint::stroke(colour, 1.0));
    }
}

/// Draws the vertical lines of an axis of percentages with their numbers below; the last number has the `%`.
pub(crate) fn grid(
    scene: &mut Scene,
    (scale, ticks): (Scale, &[f64]),
    (top, bottom): (f64, f64),
    (set, language): (Type, Language),
) {
    for (index, tick) in ticks.iter().enumerate() {
        let x = scale.at(*tick);
        let is_zero = *tick == 0.0;
        let paint = if is_zero { Paint::stroke(AXIS, 1.2) } else { Paint::stroke(GRID, 1.0) };
        scene.line((x, top), (x, bottom), paint);
        let value = *tick as u8;
        let words = if index + 1 == ticks.len() {
            catalyse_locale::percent(language, value)
        } else {
            value.to_string()
        };
        let text = Text::new(x, bottom + set.line_height(), set, words);
        scene.text(text.anchored(Anchor::Middle).coloured(GREY_INK));
    }
}
