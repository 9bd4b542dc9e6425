//! Marks that several kinds draw: whiskers, hatching, hollow bars, grids.

use catalyse_locale::Language;

use crate::palette::{AXIS, Colour, GREY_INK, GRID, INK, PAPER};
use crate::scale::Scale;
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::text::Type;

/// Draws an interval: a line with caps, on a white edge that keeps it visible on a bar.
pub(crate) fn whisker(scene: &mut Scene, (low, high): (f64, f64), y: f64, cap: f64) {
    for (colour, width, more) in [(PAPER, 4.0, 1.0), (INK, 1.5, 0.0)] {
        let paint = Paint::stroke(colour, width);
        scene.line((low - more, y), (high + more, y), paint);
        scene.line((low, y - cap - more), (low, y + cap + more), paint);
        scene.line((high, y - cap - more), (high, y + cap + more), paint);
    }
}

/// Fills a rectangle with slanted lines: somewhere in here, or not shown.
pub(crate) fn hatch(scene: &mut Scene, rect: Rect, colour: Colour) {
    const STEP: f64 = 6.0;
    scene.rect(rect, Paint::fill(PAPER).edged(colour, 1.0));
    let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
    let mut points = Vec::new();
    // The lines rise to the right: x + y is the same along each of them.
    let first = ((rect.x + rect.y) / STEP).ceil() as i64;
    let last = ((right + bottom) / STEP).floor() as i64;
    for index in first..=last {
        let sum = index as f64 * STEP;
        let from = ((sum - bottom).max(rect.x), (sum - rect.x).min(bottom));
        let to = ((sum - rect.y).min(right), (sum - right).max(rect.y));
        if to.0 - from.0 > 0.5 {
            points.push((from, to));
        }
    }
    for (from, to) in points {
        scene.line(from, to, Paint::stroke(colour, 1.0));
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
