//! The mark of a break in a series: a dashed line with its word, and what it means.

use crate::parts::frame::Frame;
use crate::scene::palette::{GREY_INK, INK, PAPER};
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::words;

const DASH: &[f64] = &[5.0, 3.0];

/// Interrupts lines from left to right at `x`, and marks the place.
pub(crate) fn upright(scene: &mut Scene, frame: &Frame<'_>, (x, bottom): (f64, f64)) {
    const HALF_GAP: f64 = 5.0;
    let small = frame.small();
    scene.rect(Rect::new(x - HALF_GAP, 0.0, 2.0 * HALF_GAP, bottom - 1.0), Paint::fill(PAPER));
    let line = Paint::stroke(INK, 1.2).dashed(DASH);
    scene.line((x, small.line_height()), (x, bottom), line);
    let text = Text::new(x, small.size * 0.9, small, words::say(frame.language, &words::BREAK));
    scene.text(text.anchored(Anchor::Middle).coloured(GREY_INK).with_halo());
}

/// Draws the line between two bars, one below the other, and returns the height it takes.
pub(crate) fn level(scene: &mut Scene, frame: &Frame<'_>, (left, top): (f64, f64)) -> f64 {
    let small = frame.small();
    let words = words::say(frame.language, &words::BREAK);
    let end = frame.inner() - small.width(frame.fonts, &words) - 6.0;
    let y = top - 1.0;
    scene.line((left, y), (end, y), Paint::stroke(INK, 1.2).dashed(DASH));
    let text = Text::new(frame.inner(), y + small.middle(), small, words);
    scene.text(text.anchored(Anchor::End).coloured(GREY_INK));
    small.line_height()
}

/// Returns what the mark means, if the figure has one.
pub(crate) fn remark(frame: &Frame<'_>) -> Option<String> {
    (!frame.breaks.is_empty()).then(|| words::say(frame.language, &words::BREAK_NOTE))
}
