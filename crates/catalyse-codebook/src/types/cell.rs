//! What every type does first with a cell: trim it, and refuse the errors of a workbook.

use catalyse_locale::{Args, Wording};

use crate::Unreadable;

/// What an error of a workbook says.
pub(crate) const WORKBOOK_ERROR: Wording = Wording::new(
    "la cellule contient une erreur de calcul du classeur ; corriger la formule ou écrire la valeur",
    "the cell holds a calculation error of the workbook; correct the formula or write the value",
);

/// Returns the text without the blanks, no-break spaces and invisible marks around it.
pub fn trim(text: &str) -> &str {
    // Most cells begin and end with a letter or digit.
    if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter))
}

/// Says whether a letter shows nothing: a byte order mark, a zero-width space, a soft hyphen, a direction mark.
pub(crate) const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\0')
}

/// Returns what a workbook's number is when it is whole and not negative. A workbook keeps 15 digits.
pub(crate) fn whole(number: f64) -> Option<u64> {
    let rounded = number.round();
    let is_whole = (number - rounded).abs() <= rounded.abs() * 1e-14;
    (is_whole && (0.0..1e15).contains(&rounded)).then_some(rounded as u64)
}

/// Makes the answer for a cell that cannot be read.
pub(crate) fn unreadable(wording: &Wording) -> Unreadable {
    Unreadable(wording.with(Args::new()))
}

#[cfg(test)]
mod tests {
    use super::{trim, whole};

    #[test]
    fn blanks_of_every_kind_are_trimmed() {
        assert_eq!(trim("\u{feff}\u{a0} 12\u{202f}\t"), "12");
        assert_eq!(trim("Été"), "Été");
        assert_eq!(trim("\u{a0}"), "");
        assert_eq!(trim(""), "");
    }

    #[test]
    fn a_number_is_whole_up_to_fifteen_digits() {
        assert_eq!(whole(3.0), Some(3));
        assert_eq!(whole(0.1 + 0.2 + 2.7), Some(3));
        assert_eq!(whole(3.001), None);
        assert_eq!(whole(-1.0), None);
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(whole(1e15), None);
    }
}
