//! From our SVG to pixels and to an SVG whose letters are outlines.
//!
//! The PNG has a palette: a figure has a handful of flat colours and their blends at the edges, and one byte a pixel is written
//! in a third of the time of four.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions};

use crate::error::ChartError;
use crate::scene::fonts::{FONT_FAMILY, Fonts};
use crate::write::compact::compact;

/// Pixels for one px of the drawing, so that a figure of 760 px is sharp on a slide.
pub(crate) const PIXELS_PER_PX: f32 = 2.0;

/// Reads an SVG of ours.
pub(crate) fn parse(id: &str, svg: &str, fonts: &Fonts) -> Result<Tree, ChartError> {
    let options = Options {
        fontdb: fonts.database(),
        font_family: FONT_FAMILY.to_owned(),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| failure(id, &error))
}

/// Returns the drawing with outlines in place of letters, for programs that ignore web fonts.
pub(crate) fn outline(tree: &Tree) -> String {
    compact(&tree.to_string(&WriteOptions {
        coordinates_precision: 2,
        transforms_precision: 4,
        ..WriteOptions::default()
    }))
}

/// Returns the drawing as a PNG.
pub(crate) fn png(id: &str, tree: &Tree) -> Result<Vec<u8>, ChartError> {
    let size = tree.size();
    let (width, height) = (
        (size.width() * PIXELS_PER_PX).ceil() as u32,
        (size.height() * PIXELS_PER_PX).ceil() as u32,
    );
    let mut pixmap =
        Pixmap::new(width, height).ok_or_else(|| failure(id, &"the drawing has no size"))?;
    resvg::render(tree, Transform::from_scale(PIXELS_PER_PX, PIXELS_PER_PX), &mut pixmap.as_mut());
    let (palette, indices) = reduce(pixmap.data());
    encode((width, height), &palette, &indices).map_err(|error| failure(id, &error))
}

fn failure(id: &str, reason: &impl ToString) -> ChartError {
    ChartError::Raster { id: id.to_owned(), reason: reason.to_string() }
}

/// Reduces opaque RGBA pixels to a palette of at most 256 colours.
///
/// Colours fall into cells of a cube, 32 steps a side, fewer if that gives too many; the colour of a cell is the one that most of
/// its pixels have, so that flat areas keep theirs exactly and only the blends at edges move a little.
fn reduce(rgba: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut bits = 5_u32;
    loop {
        let cells = count_cells(rgba, bits);
        let used: Vec<usize> =
            (0..cells.len()).filter(|cell| cells.get(*cell).is_some_and(|(_, n)| *n > 0)).collect();
        if used.len() <= 256 || bits <= 2 {
            return index(rgba, bits, &cells, &used);
        }
        bits -= 1;
    }
}

/// Finds for each cell the colour that most of its pixels have (Boyer–Moore vote), and how many votes it is ahead plus one.
fn count_cells(rgba: &[u8], bits: u32) -> Vec<([u8; 3], u64)> {
    let mut cells = vec![([0; 3], 0_u64); 1 << (3 * bits)];
    let (mut last, mut run) = ([255; 3], 0_u64);
    let mut vote = |colour: [u8; 3], votes: u64| {
        let Some((leader, ahead)) = cells.get_mut(cell_of(colour, bits)) else { return };
        if *leader == colour || *ahead == 0 {
            (*leader, *ahead) = (colour, ahead.saturating_add(votes));
        } else if *ahead > votes {
            *ahead -= votes;
        } else {
            (*leader, *ahead) = (colour, (votes - *ahead).max(1));
        }
    };
    for pixel in rgba.chunks_exact(4) {
        let colour = colour_of(pixel);
        if colour != last {
            vote(last, run);
            (last, run) = (colour, 0);
        }
        run += 1;
    }
    vote(last, run);
    cells
}

fn index(rgba: &[u8], bits: u32, cells: &[([u8; 3], u64)], used: &[usize]) -> (Vec<u8>, Vec<u8>) {
    let mut places = vec![0_u8; cells.len()];
    let mut palette = Vec::with_capacity(used.len() * 3);
    // White, the last cell, gets index 0: runs of zeros are what deflate is quickest at.
    for (place, cell) in used.iter().rev().take(256).enumerate() {
        if let (Some(entry), Some((colour, _))) = (places.get_mut(*cell), cells.get(*cell)) {
            *entry = place as u8;
            palette.extend_from_slice(colour);
        }
    }
    let place_of =
        |pixel: &[u8]| places.get(cell_of(colour_of(pixel), bits)).copied().unwrap_or_default();
    (palette, rgba.chunks_exact(4).map(place_of).collect())
}

fn colour_of(pixel: &[u8]) -> [u8; 3] {
    match pixel {
        [red, green, blue, ..] => [*red, *green, *blue],
        _ => [255; 3],
    }
}

fn cell_of([red, green, blue]: [u8; 3], bits: u32) -> usize {
    let part = |value: u8| usize::from(value) >> (8 - bits);
    part(red) << (2 * bits) | part(green) << bits | part(blue)
}

fn encode(
    (width, height): (u32, u32),
    palette: &[u8],
    indices: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_deflate_compression(png::DeflateCompression::Level(4));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indices)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_colours_stay_exact_and_blends_share_a_cell() {
        let mut rgba = Vec::new();
        for shade in 0..=255_u8 {
            rgba.extend_from_slice(&[shade, shade, shade, 255]);
        }
        for _ in 0..1_000 {
            rgba.extend_from_slice(&[0x5b, 0x8d, 0xb3, 255]);
        }
        let (palette, indices) = reduce(&rgba);
        assert!(palette.len() <= 256 * 3 && palette.len() < 40 * 3);
        let last = usize::from(*indices.last().unwrap()) * 3;
        assert_eq!(&palette[last..last + 3], [0x5b, 0x8d, 0xb3]);
        assert!(palette[0] > 247, "the lightest comes first");
    }

    #[test]
    fn many_colours_still_fit_a_palette() {
        let rgba: Vec<u8> = (0..40_000_u32)
            .flat_map(|i| [(i % 251) as u8, (i % 241) as u8, (i % 239) as u8, 255])
            .collect();
        let (palette, indices) = reduce(&rgba);
        assert!(palette.len() <= 256 * 3);
        assert_eq!(indices.len(), 40_000);
    }
}
