//! From primitives to files: SVG, letters as outlines, pixels.

pub(crate) mod compact;
pub(crate) mod raster;
pub(crate) mod svg;
