//! Names side by side: above what they name, below it, or as a key.

use crate::parts::frame::Frame;
use crate::scene::palette::{AXIS, Colour};
use crate::scene::text::{Type, pieces, widest, wrap};
use crate::scene::{Anchor, Paint, Rect, Scene, Text};

/// Writes names above the places they belong to, each joined to its place, and returns the height.
///
/// Draws nothing if a name would have to stand too far from its place.
pub(crate) fn above(
    scene: &mut Scene,
    frame: &Frame<'_>,
    labels: &[(f64, &str)],
    left: f64,
) -> Option<f64> {
    const FARTHEST: f64 = 30.0;
    let set = frame.small();
    let widths: Vec<f64> =
        labels.iter().map(|(_, words)| set.width(frame.fonts, words) + 14.0).collect();
    let starts = spread(labels, &widths, (left, frame.inner()));
    let middles = || starts.iter().zip(&widths).map(|(start, width)| start + width / 2.0);
    let is_near = |(middle, (place, _)): (f64, &(f64, &str))| (middle - place).abs() <= FARTHEST;
    if starts.first().is_some_and(|start| *start < left) || !middles().zip(labels).all(is_near) {
        return None;
    }
    let foot = set.line_height() + 2.0;
    for (middle, (place, words)) in middles().zip(labels) {
        scene.text(Text::new(middle, set.size, set, *words).anchored(Anchor::Middle));
        let corners =
            vec![(middle, foot), (middle, foot + 3.0), (*place, foot + 8.0), (*place, foot + 11.0)];
        scene.path(corners, false, Paint::stroke(AXIS, 0.8));
    }
    Some(foot + 13.0)
}

/// Writes words below the places they belong to, side by side, each joined to its place, and returns the height.
pub(crate) fn below(
    scene: &mut Scene,
    frame: &Frame<'_>,
    labels: &[(f64, &str)],
    (left, top): (f64, f64),
) -> f64 {
    if labels.is_empty() {
        return 0.0;
    }
    let set = Type::regular(frame.small().size - 0.5);
    let widths: Vec<f64> =
        labels.iter().map(|(_, words)| set.width(frame.fonts, words) + 8.0).collect();
    let starts = spread(labels, &widths, (left, frame.inner()));
    let baseline = top + 6.0 + set.size;
    for (((place, words), width), start) in labels.iter().zip(&widths).zip(starts) {
        let middle = start + width / 2.0;
        scene.line((*place, top + 1.0), (middle, top + 6.0), Paint::stroke(AXIS, 0.8));
        scene.text(Text::new(middle, baseline, set, *words).anchored(Anchor::Middle));
    }
    8.0 + set.line_height()
}

/// Draws a key, a swatch before each name, over as many lines as needed, and returns the height.
pub(crate) fn key(
    scene: &mut Scene,
    frame: &Frame<'_>,
    entries: &[(Colour, &str)],
    left: f64,
) -> f64 {
    const SWATCH: f64 = 12.0;
    let set = frame.small();
    let (mut x, mut y) = (left, 0.0);
    for (colour, words) in entries {
        let lines = wrap(frame.fonts, words, set, frame.inner() - left - SWATCH - 6.0);
        let width = SWATCH + 6.0 + widest(frame.fonts, &lines, set);
        if x > left && (x + width > frame.inner() || lines.len() > 1) {
            (x, y) = (left, y + set.line_height() + 4.0);
        }
        scene.rect(Rect::new(x, y + 1.5, SWATCH, SWATCH), Paint::fill(*colour).edged(AXIS, 0.6));
        scene.lines(&Text::new(x + SWATCH + 6.0, y + set.size * 0.95, set, ""), &lines);
        x += width + 18.0;
        y += (lines.len().max(1) - 1) as f64 * set.line_height();
    }
    y + set.line_height() + 12.0
}

/// Returns the headings of the columns: in full where every word fits, else letters and a key.
pub(crate) fn heads(
    labels: &[String],
    frame: &Frame<'_>,
    cell_width: f64,
) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let set = frame.small();
    let fits = labels.iter().all(|label| {
        let hyphen = set.width(frame.fonts, "-");
        pieces(label).all(|piece| set.width(frame.fonts, piece) + hyphen <= cell_width - 6.0)
    });
    let in_full: Vec<Vec<String>> =
        labels.iter().map(|label| wrap(frame.fonts, label, set, cell_width - 6.0)).collect();
    if fits && in_full.iter().all(|lines| lines.len() <= 5) {
        return (in_full, Vec::new());
    }
    let letter = |index: usize| char::from(b'A' + index as u8 % 26).to_string();
    let letters = (0..labels.len()).map(|index| vec![letter(index)]).collect();
    let key = labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let entry = format!("{}\u{a0}\u{a0}{label}", letter(index));
            wrap(frame.fonts, &entry, set, frame.inner())
        })
        .collect();
    (letters, key)
}

/// Writes what the letters of [`heads`] mean and returns the height.
pub(crate) fn letters(scene: &mut Scene, frame: &Frame<'_>, key: &[Vec<String>]) -> f64 {
    let set = frame.small();
    let mut y = 0.0;
    for lines in key {
        scene.lines(&Text::new(0.0, y + set.size, set, ""), lines);
        y += lines.len() as f64 * set.line_height();
    }
    if y > 0.0 { y + 10.0 } else { 0.0 }
}

/// Returns where each label starts so that none touches the next and none passes the right end.
///
/// If there are too many for the room, they pass the left end.
fn spread(labels: &[(f64, &str)], widths: &[f64], (left, right): (f64, f64)) -> Vec<f64> {
    let mut starts = Vec::with_capacity(labels.len());
    let mut free = left;
    for ((middle, _), width) in labels.iter().zip(widths) {
        let start = (middle - width / 2.0).max(free);
        starts.push(start);
        free = start + width;
    }
    let mut end = right;
    for (start, width) in starts.iter_mut().zip(widths).rev() {
        *start = start.min(end - width);
        end = *start;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_stay_apart_and_inside() {
        let labels = [(10.0, ""), (12.0, ""), (95.0, ""), (99.0, "")];
        let starts = spread(&labels, &[20.0; 4], (0.0, 100.0));
        assert_eq!(starts, [0.0, 20.0, 60.0, 80.0]);
    }
}
