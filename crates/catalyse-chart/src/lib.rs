//! Draws a release: from protected tables to primitives, and from these to SVG, outlined SVG and PNG.
//!
//! The way is `Release` → [`Table`] (what the kinds see) → [`Scene`] (primitives) → SVG → pixels. A chart kind is one file of
//! [`kinds`]. Nothing here can see an unprotected number, because nothing but the gate can make a release.
//!
//! plotters is not used. Its coordinates would come with its own backend, style and integer pixels, while linear scales, ticks and
//! five primitives are a hundred lines; and every label must be measured and laid out by us in any case, as its own text is drawn
//! on whole pixels and knows no line breaks.

mod error;
mod figure;
pub mod kinds;
mod parts;
mod scene;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub use error::ChartError;
pub use figure::{ChartSpec, Drawing, Rendered, draw, draws, suitable};
pub use parts::frame::{Body, Frame, Width};
pub use scene::fonts::{FONT_FAMILY, FONT_LICENCE, Fonts, REGULAR_TTF, SEMIBOLD_TTF, Weight};
pub use scene::palette::Colour;
pub use scene::{Anchor, Item, Paint, Rect, Scene, Text};
pub use table::reading::Reading;
pub use table::{Side, Table};
