//! Texts of a drawing: how they are set and where their lines break.
//!
//! SVG has no line breaking, so it is done here with the real widths of the font. A line breaks at plain spaces only: no-break
//! spaces and hyphens hold place names together ("La Roche-en-Ardenne"). Only a word wider than the whole line is cut, after a
//! hyphen, a dash or a slash if it has one.

use crate::scene::fonts::{Fonts, Weight};

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
        let mut word = word;
        // A word that must be cut in any case fills the line it stands in: "La Roche-" and "en-Ardenne".
        if set.width(fonts, word) > width
            && let Some(line) = lines.last_mut()
            && let Some((head, rest)) = word.find(MAY_BREAK_AFTER).map(|at| split_after(word, at))
            && set.width(fonts, line) + set.width(fonts, " ") + set.width(fonts, head) <= width
        {
            line.push(' ');
            line.push_str(head);
            word = rest;
        }
        lines.extend(cut_word(fonts, word, set, width));
    }
    lines
}

/// After these a word may be cut, and needs no further hyphen.
const MAY_BREAK_AFTER: [char; 4] = ['-', '–', '/', '\u{2011}'];

/// Splits a word behind the letter that begins at `at`.
fn split_after(word: &str, at: usize) -> (&str, &str) {
    word.split_at(word.ceil_char_boundary(at + 1))
}

/// Returns the pieces of a text that hold together when there is little room: its words, cut after hyphens and dashes.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\u{a0}']).flat_map(|word| word.split_inclusive(MAY_BREAK_AFTER))
}

/// Breaks a text into as few lines as `wrap`, of about equal width: for titles and labels.
pub(crate) fn wrap_evenly(fonts: &Fonts, text: &str, set: Type, width: f64) -> Vec<String> {
    let lines = wrap(fonts, text, set, width);
    if lines.len() < 2 {
        return lines;
    }
    if let Some(lines) = before_bracket(fonts, text, set, width, lines.len()) {
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

/// Breaks before a bracket that ends a text, "Vague 1" and "(mars–mai 2024)", where that needs no more lines than another way.
fn before_bracket(
    fonts: &Fonts,
    text: &str,
    set: Type,
    width: f64,
    n_lines: usize,
) -> Option<Vec<String>> {
    let (head, bracket) = text.strip_suffix(')')?.split_once(" (")?;
    let mut lines = wrap_evenly(fonts, head, set, width);
    lines.extend(wrap_evenly(fonts, &format!("({bracket})"), set, width));
    (lines.len() <= n_lines).then_some(lines)
}

/// Returns the widest line.
pub(crate) fn widest(fonts: &Fonts, lines: &[String], set: Type) -> f64 {
    lines.iter().map(|line| set.width(fonts, line)).fold(0.0, f64::max)
}

/// Cuts a word wider than the line: at its no-break spaces, else after a hyphen, a dash or a slash, else anywhere, with a hyphen.
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
            let rest = match piece.rfind(MAY_BREAK_AFTER) {
                Some(at) => piece.split_off(piece.ceil_char_boundary(at + 1)),
                None => String::new(),
            };
            if !piece.ends_with(MAY_BREAK_AFTER) {
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
        assert_eq!(lines("La\u{a0}Roche-en-Ardenne", 60.0), ["La Roche-", "en-Ardenne"]);
        assert_eq!(lines("Vague\u{a0}1", 30.0), ["Vague", "1"]);
        assert_eq!(lines("(mars–mai 2024)", 36.0), ["(mars–", "mai", "2024)"]);
    }

    #[test]
    fn a_bracket_stands_on_a_line_of_its_own_if_that_costs_none() {
        let fonts = Fonts::load().unwrap();
        let even = |width| {
            wrap_evenly(&fonts, "Vague 4 (septembre–novembre 2025)", Type::regular(10.0), width)
        };
        assert_eq!(even(135.0), ["Vague 4", "(septembre–novembre 2025)"]);
        assert_eq!(even(75.0), ["Vague 4", "(septembre–", "novembre 2025)"]);
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
}
