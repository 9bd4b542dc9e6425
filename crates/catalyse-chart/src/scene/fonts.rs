//! The bundled font: what the drawings are set in, and how wide a text is.
//!
//! Source Sans 3 has U+202F, the true minus and figures of one width, which many fonts lack. Both weights are bundled whole,
//! with their licence (OFL 1.1), because its name is reserved and a subset would need another one. No system font is ever asked,
//! so that a drawing has the same bytes on every machine.

use std::sync::Arc;

use resvg::usvg::fontdb::Database;
use ttf_parser::Face;

use crate::error::ChartError;

/// The regular weight, a TrueType file.
pub const REGULAR_TTF: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf");
/// The half-bold weight, a TrueType file.
pub const SEMIBOLD_TTF: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-SemiBold.ttf");
/// The licence of the font, to be given with it.
pub const FONT_LICENCE: &str = include_str!("../../assets/fonts/OFL.txt");
/// The family name, as written in an SVG or a style sheet.
pub const FONT_FAMILY: &str = "Source Sans 3";

/// Letters below this code have their widths looked up once.
const N_KEPT: u32 = 0x250;

/// Names a weight of the bundled font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

/// Holds the bundled font, read. Load it once and lend it to every thread that draws.
pub struct Fonts {
    regular: Measured,
    semibold: Measured,
    database: Arc<Database>,
}

struct Measured {
    face: Face<'static>,
    units_per_em: f64,
    kept: Vec<u16>,
}

impl Fonts {
    /// Reads the two weights.
    ///
    /// # Errors
    /// [`ChartError::Font`] if the bundled bytes are no font, which a test excludes.
    pub fn load() -> Result<Self, ChartError> {
        let mut database = Database::new();
        database.load_font_data(REGULAR_TTF.to_vec());
        database.load_font_data(SEMIBOLD_TTF.to_vec());
        database.set_sans_serif_family(FONT_FAMILY);
        Ok(Self {
            regular: Measured::of(REGULAR_TTF)?,
            semibold: Measured::of(SEMIBOLD_TTF)?,
            database: Arc::new(database),
        })
    }

    /// Returns how wide a text is at a size, in the unit of the size.
    ///
    /// Kerning is left out: it nearly always draws letters together, so that the sum of the advances is an upper bound.
    pub fn width(&self, text: &str, weight: Weight, size: f64) -> f64 {
        let measured = match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        };
        let units: f64 = text.chars().map(|letter| f64::from(measured.advance(letter))).sum();
        units * size / measured.units_per_em
    }

    /// Returns the fonts as the rasteriser wants them.
    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }
}

impl Measured {
    fn of(bytes: &'static [u8]) -> Result<Self, ChartError> {
        let face = Face::parse(bytes, 0).map_err(|error| ChartError::Font(error.to_string()))?;
        let units_per_em = f64::from(face.units_per_em());
        let kept = (0..N_KEPT).map(|code| advance(&face, char::from_u32(code))).collect();
        Ok(Self { face, units_per_em, kept })
    }

    fn advance(&self, letter: char) -> u16 {
        self.kept.get(letter as usize).copied().unwrap_or_else(|| advance(&self.face, Some(letter)))
    }
}

/// Returns the advance of a letter; that of the "no such letter" glyph if the font lacks it.
fn advance(face: &Face<'_>, letter: Option<char>) -> u16 {
    let glyph = letter.and_then(|letter| face.glyph_index(letter)).unwrap_or_default();
    face.glyph_hor_advance(glyph).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_font_files_are_those_of_the_checksums() {
        let sums = include_str!("../../assets/fonts/SHA256SUMS");
        let mut found = String::new();
        for (name, bytes) in
            [("SourceSans3-Regular.ttf", REGULAR_TTF), ("SourceSans3-SemiBold.ttf", SEMIBOLD_TTF)]
        {
            let hexadecimal = Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
                write!(text, "{byte:02x}").unwrap();
                text
            });
            writeln!(found, "{hexadecimal}  {name}").unwrap();
        }
        assert_eq!(found, sums);
        assert!(FONT_LICENCE.contains("SIL Open Font License, Version 1.1"));
    }

    #[test]
    fn every_letter_that_figures_need_is_in_both_weights() {
        let fonts = Fonts::load().unwrap();
        for letter in "éÉàçœŒ«»–—−≥≤≈·…’'€%[]\u{a0}\u{202f}\u{2011}ëïüß→".chars()
        {
            for measured in [&fonts.regular, &fonts.semibold] {
                assert!(measured.face.glyph_index(letter).is_some(), "{letter:?}");
            }
        }
    }

    #[test]
    fn figures_have_one_width() {
        let fonts = Fonts::load().unwrap();
        let one = fonts.width("1", Weight::SemiBold, 10.0);
        for digit in ["0", "4", "8"] {
            assert!((fonts.width(digit, Weight::SemiBold, 10.0) - one).abs() < 1e-9);
        }
    }

    #[test]
    fn the_rasteriser_knows_the_family_in_both_weights() {
        let fonts = Fonts::load().unwrap();
        let mut weights: Vec<u16> = fonts
            .database
            .faces()
            .filter(|face| face.families.iter().any(|(name, _)| name == FONT_FAMILY))
            .map(|face| face.weight.0)
            .collect();
        weights.sort_unstable();
        assert_eq!(weights, [400, 600]);
    }

    #[test]
    fn fonts_can_be_lent_to_threads() {
        const fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Fonts>();
    }
}
