//! Texts of a drawing: how they are typeset and where their lines break.
//!
//! SVG has no line breaking, so it is done here with the real widths of the font. A line breaks at plain spaces only: no-break
//! spaces and hyphens hold place names together ("La Roche-en-Ardenne"). Only a word wider than the whole line is cut.

use catalyse_locale::Language;

use crate::fonts::{Fonts, Weight};

/// A reader without the bundled font gets another one, often wider (Arial, Verdana): lines are broken as if texts were this much wider.
pub(crate) const SLACK: f64 = 1.06;

/// Holds how a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub(crate) weight: Weight,
    pub(crate) size: f64,
}

impl Type {
    pub(crate) const fn regular(size: f64) -> Self {
        Self { weight: Weight::Regular, size }
    }

    pub(crate) const fn semibold(size: f64) -> Self {
        Self { weight: Weight::SemiBold, size }
    }

    /// Returns the distance from one baseline to the next.
    pub(crate) fn line_height(self) -> f64 {
        self.size * 1.26
    }

    /// Returns how far below the middle of a line its baseline stands.
    pub(crate) fn middle(self) -> f64 {
        self.size * 0.34
    }

    /// Returns the width of a text, with slack for another font.
    pub(crate) fn width(self, fonts: &Fonts, text: &str) -> f64 {
        fonts.width(text, self.weight, self.size) * SLACK
    }
}

/// Replaces the spaces that the language wants unbreakable: before `%`, `;`, `:`, inside « », and in `n = 5`.
///
/// **Source** Lexique des règles typographiques en usage à l'Imprimerie nationale: narrow no-break space before `; ! ? %`, no-break
/// space before `:`. The same for other languages would be wrong, so that only French text is changed, apart from `n = 5`.
pub(crate) fn typeset(language: Language, text: &str) -> String {
    let text = text.replace("n = ", "n\u{a0}=\u{a0}").replace("n ≈ ", "n\u{a0}≈\u{a0}");
    if language != Language::Fr {
        return text;
    }
    let mut set = text.replace('\'', "’");
    for (plain, narrow) in [
        (" %", "\u{202f}%"),
        (" ;", "\u{202f};"),
        (" !", "\u{202f}!"),
        (" ?", "\u{202f}?"),
        (" :", "\u{a0}:"),
        ("« ", "«\u{202f}"),
        (" »", "\u{202f}»"),
        ("≥ ", "≥\u{202f}"),
        ("≤ ", "≤\u{202f}"),
    ] {
        set = set.replace(plain, narrow);
    }
    set
}

/// Breaks a text into lines no wider than `width`, as full as possible: for running text. An empty text has no line.
pub(crate) fn wrap(fonts: &Fonts, text: &str, set: Type, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if let Some(line) = lines.last_mut()
            && set.width(fonts, line) + set.width(fonts, " ") + set.width(fonts, word) <= width
        {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        lines.extend(cut_word(fonts, word, set, width));
    }
    lines
}

/// Breaks a text into as few lines as `wrap`, of about equal width: for titles and labels.
pub(crate) fn wrap_evenly(fonts: &Fonts, text: &str, set: Type, width: f64) -> Vec<String> {
    let lines = wrap(fonts, text, set, width);
    if lines.len() < 2 {
        return lines;
    }
    // No narrower than the widest word, so that evening out cuts none.
    let widest_word =
        text.split([' ', '\n']).map(|word| set.width(fonts, word)).fold(0.0, f64::max).min(width);
    let even = (width / lines.len() as f64 * 0.9).max(widest_word);
    // Six halvings come within two per cent of the narrowest width that needs no further line.
    let (mut too_narrow, mut fits, mut best) = (even, width, lines);
    for _ in 0..6 {
        let middle = f64::midpoint(too_narrow, fits);
        let tried = wrap(fonts, text, set, middle);
        if tried.len() <= best.len() {
            (fits, best) = (middle, tried);
        } else {
            too_narrow = middle;
        }
    }
    best
}

/// Returns the widest line.
pub(crate) fn widest(fonts: &Fonts, lines: &[String], set: Type) -> f64 {
    lines.iter().map(|line| set.width(fonts, line)).fold(0.0, f64::max)
}

/// Cuts a word wider than the line: at its no-break spaces, else after a hyphen or a slash, else anywhere, with a hyphen.
fn cut_word(fonts: &Fonts, word: &str, set: Type, width: f64) -> Vec<String> {
    if set.width(fonts, word) <= width {
        return vec![word.to_owned()];
    }
    if word.contains('\u{a0}') {
        return wrap(fonts, &word.replace('\u{a0}', " "), set, width);
    }
    let hyphen = set.width(fonts, "-");
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for letter in word.chars() {
        let letter_width = set.width(fonts, letter.encode_utf8(&mut [0; 4]));
        if set.width(fonts, &piece) + letter_width + hyphen > width && !piece.is_empty() {
            let rest = match piece.rfind(['-', '/', '\u{2011}']) {
                Some(at) => piece.split_off(piece.ceil_char_boundary(at + 1)),
                None => String::new(),
            };
            if !piece.ends_with(['-', '/', '\u{2011}']) {
                piece.push('-');
            }
            pieces.push(std::mem::replace(&mut piece, rest));
        }
        piece.push(letter);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f64) -> Vec<String> {
        wrap(&Fonts::load().unwrap(), text, Type::regular(10.0), width)
    }

    #[test]
    fn lines_break_at_plain_spaces_only() {
        assert_eq!(
            lines("Rendeux et La\u{a0}Roche-en-Ardenne", 100.0),
            ["Rendeux et", "La\u{a0}Roche-en-Ardenne"]
        );
        assert_eq!(lines("", 100.0), [""; 0]);
        assert_eq!(lines("  a  b ", 100.0), ["a b"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_loses_no_letter() {
        let cut = lines("Bezirksschornsteinfegermeister", 60.0);
        assert!(cut.len() > 1, "{cut:?}");
        let joined: String = cut.iter().map(|line| line.trim_end_matches('-')).collect();
        assert_eq!(joined, "Bezirksschornsteinfegermeister");
        assert_eq!(lines("La\u{a0}Roche-en-Ardenne", 60.0), ["La", "Roche-en-", "Ardenne"]);
        assert_eq!(lines("Vague\u{a0}1", 30.0), ["Vague", "1"]);
    }

    #[test]
    fn even_lines_are_as_few_as_full_ones() {
        let fonts = Fonts::load().unwrap();
        let text = "Vélo, cyclomoteur, trottinette ou marche à pied";
        let (full, even) = (
            wrap(&fonts, text, Type::regular(10.0), 150.0),
            wrap_evenly(&fonts, text, Type::regular(10.0), 150.0),
        );
        assert_eq!(full.len(), even.len());
        assert_eq!(even.join(" "), text);
        let set = Type::regular(10.0);
        assert!(widest(&fonts, &even, set) <= widest(&fonts, &full, set));
    }

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(
            typeset(Language::Fr, "L'écart : 5 % ; « non » (n = 5) ?"),
            "L’écart\u{a0}: 5\u{202f}%\u{202f}; «\u{202f}non\u{202f}» (n\u{a0}=\u{a0}5)\u{202f}?"
        );
        assert_eq!(typeset(Language::En, "It's 5 % (n = 5)"), "It's 5 % (n\u{a0}=\u{a0}5)");
    }
}
