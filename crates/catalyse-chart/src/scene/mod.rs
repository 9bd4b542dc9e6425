//! The closed set of primitives that every chart kind is made of.
//!
//! A scene knows nothing of SVG, pixels or data: kinds write it, [`crate::write::svg`] reads it, tests look for texts that overlap or
//! leave the canvas. Coordinates are in px, y goes down.

pub(crate) mod fonts;
pub(crate) mod palette;
pub(crate) mod text;

use crate::scene::fonts::{Fonts, Weight};
use crate::scene::palette::{Colour, INK, PAPER};
use crate::scene::text::Type;

/// Holds primitives in the order they are painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The primitives, the lowest first.
    pub items: Vec<Item>,
}

/// Holds one primitive.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rectangle.
    Rect(Rect, Paint),
    /// Lines through points, closed or not.
    Path {
        /// The corners of each line.
        lines: Vec<Vec<(f64, f64)>>,
        /// Whether the last point of a line is joined to its first.
        is_closed: bool,
        /// How it is painted.
        paint: Paint,
    },
    /// A circle.
    Circle {
        /// The centre.
        centre: (f64, f64),
        /// The radius.
        radius: f64,
        /// How it is painted.
        paint: Paint,
    },
    /// One line of text.
    Text(Text),
}

/// Holds a rectangle by its top left corner and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The top edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// Holds how an area is filled and its edge drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// The colour of the area.
    pub fill: Option<Colour>,
    /// How opaque the area is, in per cent; 0 means the usual 100.
    pub opacity_percent: u8,
    /// The colour and the width of the edge.
    pub stroke: Option<(Colour, f64)>,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dash: &'static [f64],
    /// Whether a line ends round.
    pub is_round: bool,
}

/// Says which end of a text its x is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// Holds one line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where the anchor is.
    pub x: f64,
    /// Where the letters stand.
    pub baseline: f64,
    /// Which end `x` is.
    pub anchor: Anchor,
    /// The weight.
    pub weight: Weight,
    /// The size of the font.
    pub size: f64,
    /// The colour.
    pub colour: Colour,
    /// Whether a white edge keeps it apart from what it crosses.
    pub has_halo: bool,
    /// The words.
    pub content: String,
}

impl Paint {
    /// Returns an area without edge.
    pub const fn fill(colour: Colour) -> Self {
        Self { fill: Some(colour), opacity_percent: 0, stroke: None, dash: &[], is_round: false }
    }

    /// Returns a line.
    pub const fn stroke(colour: Colour, width: f64) -> Self {
        Self {
            fill: None,
            opacity_percent: 0,
            stroke: Some((colour, width)),
            dash: &[],
            is_round: false,
        }
    }

    /// Returns a white area with an edge: a mark whose share is words.
    pub const fn hollow(colour: Colour, width: f64) -> Self {
        Self {
            fill: Some(PAPER),
            opacity_percent: 0,
            stroke: Some((colour, width)),
            dash: &[],
            is_round: false,
        }
    }

    /// Returns the same with an edge.
    #[must_use]
    pub const fn edged(mut self, colour: Colour, width: f64) -> Self {
        self.stroke = Some((colour, width));
        self
    }

    /// Returns the same with dashes.
    #[must_use]
    pub const fn dashed(mut self, dash: &'static [f64]) -> Self {
        self.dash = dash;
        self
    }
}

impl Rect {
    /// Returns a rectangle by its top left corner and its size.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Says whether two rectangles have an area in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

impl Text {
    /// Returns a text in ink whose x is its left end.
    pub(crate) fn new(x: f64, baseline: f64, set: Type, content: impl Into<String>) -> Self {
        Self {
            x,
            baseline,
            anchor: Anchor::Start,
            weight: set.weight,
            size: set.size,
            colour: INK,
            has_halo: false,
            content: content.into(),
        }
    }

    /// Returns the same with another anchor.
    pub(crate) const fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// Returns the same in another colour.
    pub(crate) const fn coloured(mut self, colour: Colour) -> Self {
        self.colour = colour;
        self
    }

    /// Returns the same with a white edge.
    pub(crate) const fn with_halo(mut self) -> Self {
        self.has_halo = true;
        self
    }

    /// Returns the box that the text fills, from the top of an accented capital to the foot of a `g`.
    pub fn bounds(&self, fonts: &Fonts) -> Rect {
        let width = fonts.width(&self.content, self.weight, self.size);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Rect::new(left, self.baseline - self.size * 0.9, width, self.size * 1.12)
    }
}

impl Scene {
    /// Adds a rectangle. One without width or height is left out.
    pub fn rect(&mut self, rect: Rect, paint: Paint) {
        if rect.width > 0.0 && rect.height > 0.0 {
            self.items.push(Item::Rect(rect, paint));
        }
    }

    /// Adds a line from one point to another.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: Paint) {
        self.strokes(vec![vec![from, to]], paint);
    }

    /// Adds a line through points.
    pub fn path(&mut self, points: Vec<(f64, f64)>, is_closed: bool, paint: Paint) {
        self.items.push(Item::Path { lines: vec![points], is_closed, paint });
    }

    /// Adds several open lines painted alike.
    pub fn strokes(&mut self, lines: Vec<Vec<(f64, f64)>>, paint: Paint) {
        self.items.push(Item::Path { lines, is_closed: false, paint });
    }

    /// Adds a circle.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, paint: Paint) {
        self.items.push(Item::Circle { centre, radius, paint });
    }

    /// Adds a line of text. One without letters is left out.
    pub fn text(&mut self, text: Text) {
        if !text.content.is_empty() {
            self.items.push(Item::Text(text));
        }
    }

    /// Adds lines of text one below the other, in the same manner as the first.
    pub(crate) fn lines(&mut self, first: &Text, lines: &[String]) {
        let step = Type { weight: first.weight, size: first.size }.line_height();
        for (index, line) in lines.iter().enumerate() {
            let mut text = first.clone();
            text.baseline = first.baseline + index as f64 * step;
            text.content.clone_from(line);
            self.text(text);
        }
    }

    /// Adds lines of text whose middle is at a height, in the manner of a text whose baseline does not matter.
    pub(crate) fn centred(&mut self, like: &Text, middle: f64, lines: &[String]) {
        let set = Type { weight: like.weight, size: like.size };
        let first = middle - (lines.len().max(1) - 1) as f64 * set.line_height() / 2.0;
        self.lines(&Text { baseline: first + set.middle(), ..like.clone() }, lines);
    }

    /// Adds the primitives of another scene, moved.
    pub fn extend(&mut self, other: Self, right: f64, down: f64) {
        self.items.extend(other.items.into_iter().map(|item| moved(item, right, down)));
    }

    /// Lists the texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            Item::Rect(..) | Item::Path { .. } | Item::Circle { .. } => None,
        })
    }
}

fn moved(item: Item, right: f64, down: f64) -> Item {
    let step = |(x, y): (f64, f64)| (x + right, y + down);
    match item {
        Item::Rect(rect, paint) => {
            Item::Rect(Rect { x: rect.x + right, y: rect.y + down, ..rect }, paint)
        }
        Item::Path { lines, is_closed, paint } => {
            let lines = lines.into_iter().map(|line| line.into_iter().map(step).collect());
            Item::Path { lines: lines.collect(), is_closed, paint }
        }
        Item::Circle { centre, radius, paint } => {
            Item::Circle { centre: step(centre), radius, paint }
        }
        Item::Text(text) => {
            Item::Text(Text { x: text.x + right, baseline: text.baseline + down, ..text })
        }
    }
}
