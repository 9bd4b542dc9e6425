//! The marks of a range: a band for the middle half, a stroke for the median, a diamond for the mean; and the key that says so.

use catalyse_locale::Wording;

use crate::parts::frame::Frame;
use crate::parts::marks::{Shape, point};
use crate::parts::scale::Scale;
use crate::scene::palette::{BAR, DEEP, GREY_INK, INK, PAPER, TOTAL};
use crate::scene::{Paint, Rect, Scene, Text};
use crate::table::Table;
use crate::table::quantities::Line;
use crate::words;

/// The height of a band.
pub(crate) const BAND: f64 = 16.0;

/// Between the end of the marks and the number: half a diamond, and air.
const AIR: f64 = 14.0;

/// Draws what band, stroke and diamond mean, and returns the height.
pub(crate) fn draw_key(scene: &mut Scene, frame: &Frame<'_>) -> f64 {
    const ENTRIES: [Wording; 3] = [
        Wording::new("moitié du milieu des personnes", "middle half of the persons"),
        Wording::new("médiane (le nombre en gras)", "median (the number in bold)"),
        Wording::new("moyenne", "mean"),
    ];
    let set = frame.small();
    let (mut x, mut y) = (0.0, 0.0);
    for (index, entry) in ENTRIES.iter().enumerate() {
        let words = words::say(frame.language, entry);
        let room = if index == 0 { 26.0 } else { 10.0 };
        let width = room + 6.0 + set.width(frame.fonts, &words);
        if x > 0.0 && x + width > frame.inner() {
            (x, y) = (0.0, y + set.line_height() + 4.0);
        }
        let middle = y + set.size * 0.95 - set.middle();
        match index {
            0 => scene.rect(Rect::new(x, middle - 6.0, room, 12.0), Paint::fill(BAR)),
            1 => stroke_of_median(scene, (x + room / 2.0, middle), 14.0),
            _ => diamond(scene, (x + room / 2.0, middle)),
        }
        let text = Text::new(x + room + 6.0, y + set.size * 0.95, set, words);
        scene.text(text.coloured(GREY_INK));
        x += width + 20.0;
    }
    y + set.line_height() + 12.0
}

fn stroke_of_median(scene: &mut Scene, (x, middle): (f64, f64), height: f64) {
    let (top, bottom) = (middle - height / 2.0, middle + height / 2.0);
    scene.line((x, top - 1.0), (x, bottom + 1.0), Paint::stroke(PAPER, 6.0));
    scene.line((x, top), (x, bottom), Paint::stroke(INK, 3.2));
}

fn diamond(scene: &mut Scene, place: (f64, f64)) {
    point(scene, Shape::Diamond, place, Paint::fill(PAPER).edged(DEEP, 1.8));
}

/// Holds what is written right of the marks of a line.
pub(crate) struct Value {
    median: String,
    /// The persons; nothing where several panels stand side by side, whose table has them.
    n: String,
}

impl Value {
    pub(crate) fn of(table: &Table, frame: &Frame<'_>, line: &Line) -> Self {
        let Ok(spread) = line.spread else {
            return Self { median: String::new(), n: String::new() };
        };
        let is_alone = table.quantities.panels.len() == 1 || frame.width.is_narrow();
        let n = format!("({})", words::n_equals(table.printed(), spread.n));
        Self {
            median: table.quantities.words(table.language, spread.median),
            n: if is_alone { n } else { String::new() },
        }
    }

    /// Returns the room it asks for.
    pub(crate) fn width(&self, frame: &Frame<'_>) -> f64 {
        let median = frame.value().width(frame.fonts, &self.median);
        AIR + median + 7.0 + frame.small().width(frame.fonts, &self.n) + 4.0
    }
}

/// Draws one line of a panel, or the mark that stands in its place.
pub(crate) fn draw_line(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (line, told): (&Line, &Value),
    (scale, middle): (Scale, f64),
) {
    let (value, small) = (frame.value(), frame.small());
    let spread = match line.spread {
        Ok(spread) => spread,
        Err(mark) => {
            let text = Text::new(6.0, middle + value.middle(), value, mark.text());
            return scene.text(text.coloured(GREY_INK).with_halo());
        }
    };
    if let Some((low, high)) = spread.middle {
        // A middle half of one value is still seen.
        let width = (scale.at(high) - scale.at(low)).max(3.0);
        let band = Rect::new(scale.at(low), middle - BAND / 2.0, width, BAND);
        scene.rect(band, Paint::fill(if line.is_everybody { TOTAL } else { BAR }));
    }
    diamond(scene, (scale.at(spread.mean), middle));
    stroke_of_median(scene, (scale.at(spread.median), middle), BAND + 4.0);
    let x = scale.at(spread.reach().1) + AIR;
    let n_x = x + value.width(frame.fonts, &told.median) + 7.0;
    let median = Text::new(x, middle + value.middle(), value, told.median.as_str());
    scene.text(median.with_halo());
    if !told.n.is_empty() {
        let n = Text::new(n_x, middle + small.middle(), small, told.n.as_str());
        scene.text(n.coloured(GREY_INK).with_halo());
    }
}
