//! Draws a release: from protected tables to primitives, and from these to SVG, outlined SVG and PNG.
//!
//! The way is `Release` → [`Table`] (what the kinds see) → [`Scene`] (primitives) → SVG → pixels. A chart kind is one file of
//! [`kinds`]. Nothing here can see an unprotected number, because nothing but the gate can make a release.
//!
//! plotters is not used. Its coordinates would come with its own backend, style and integer pixels, while linear scales, ticks and
//! five primitives are a hundred lines; and every label must be measured and laid out by us in any case, as its own text is drawn
//! on whole pixels and knows no line breaks.

mod breaks;
mod compact;
#[cfg(test)]
mod content_tests;
mod error;
mod figure;
mod fonts;
mod frame;
pub mod kinds;
mod labels;
#[cfg(test)]
mod layout_tests;
mod marks;
mod palette;
mod quantities;
#[cfg(test)]
mod random_tests;
mod range_marks;
mod raster;
mod reading;
#[cfg(test)]
mod sample;
mod scale;
mod scene;
mod segments;
mod sheet;
mod svg;
mod table;
mod text;
mod words;

pub use error::ChartError;
pub use figure::{ChartSpec, Drawing, Rendered, draw, draws, suitable};
pub use fonts::{FONT_FAMILY, FONT_LICENCE, Fonts, REGULAR_TTF, SEMIBOLD_TTF, Weight};
pub use frame::{Body, Frame, Width};
pub use palette::Colour;
pub use reading::Reading;
pub use scene::{Anchor, Item, Paint, Rect, Scene, Text};
pub use table::{Side, Table};
