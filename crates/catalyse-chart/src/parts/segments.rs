//! The segments of a bar of 100 %: how long each is, what stands in it, and what is only known to be little.

use crate::parts::frame::Frame;
use crate::parts::labels;
use crate::parts::marks;
use crate::scene::palette::{AXIS, Colour, INK, PAPER, text_on};
use crate::scene::text::Type;
use crate::scene::{Anchor, Paint, Rect, Scene, Text};
use crate::table::Table;
use crate::table::reading::Reading;

/// The height of a bar.
pub(crate) const BAR_HEIGHT: f64 = 28.0;

/// Holds one segment: from where to where in per cent of the bar, and what stands in it.
pub(crate) struct Segment {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) colour: Option<Colour>,
    is_hollow: bool,
    words: String,
}

/// Lays the segments of a bar end to end. What is hidden, or only known to be little, shares what the others leave, hatched.
pub(crate) fn segments(table: &Table, readings: &[Reading], colours: &[Colour]) -> Vec<Segment> {
    let certain = |reading: &Reading| match reading {
        Reading::Percent(..) | Reading::About(..) | Reading::AtLeast(_) => reading.position(),
        Reading::AtMost(_) | Reading::Hidden(_) => None,
    };
    let sum: f64 = readings.iter().filter_map(certain).sum();
    let n_open = readings.iter().filter(|reading| certain(reading).is_none()).count();
    // Whole percents may add up to 99 or 101: what is complete fills the bar exactly.
    let is_complete = readings.iter().all(|reading| match reading {
        Reading::Percent(..) | Reading::About(..) => true,
        Reading::AtLeast(_) | Reading::AtMost(_) | Reading::Hidden(_) => false,
    });
    let whole = if is_complete { sum.max(1.0) } else { sum.max(100.0) };
    let left = (whole - sum) / whole * 100.0;
    let (mut at, mut segments) = (0.0, Vec::<Segment>::new());
    for (reading, colour) in readings.iter().zip(colours) {
        let words = reading.brief(table.printed());
        if let Some(size) = certain(reading) {
            let to = at + size / whole * 100.0;
            let is_hollow = matches!(reading, Reading::About(..));
            segments.push(Segment { from: at, to, colour: Some(*colour), is_hollow, words });
            at = to;
            continue;
        }
        at += left / n_open as f64;
        match segments.last_mut() {
            Some(before) if before.colour.is_none() => {
                if !before.words.contains(&words) {
                    before.words = format!("{}, {words}", before.words);
                }
                before.to = at;
            }
            Some(_) | None => {
                let from = at - left / n_open as f64;
                segments.push(Segment { from, to: at, colour: None, is_hollow: false, words });
            }
        }
    }
    // Rounding may leave a bound nothing of the bar: then there is nothing to draw or to name.
    if n_open == 0 && !is_complete && left > 0.5 {
        let rest =
            Segment { from: at, to: 100.0, colour: None, is_hollow: false, words: String::new() };
        segments.push(rest);
    }
    segments
}

/// Draws the segments with their words, inside where they fit, else below, and returns the height needed below.
pub(crate) fn draw_segments(
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
    labels::below(scene, frame, &below, (left, top + BAR_HEIGHT))
}
