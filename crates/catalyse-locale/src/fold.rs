//! Texts made comparable: for matching headers and codes, and for sorting names as a French reader does.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the text in lower case, without accents, with every run of blanks, punctuation and underscores as one blank.
///
/// Used to find a column or a category by its name: `« Date d'entrée »`, `date_d_entree` and `DATE D’ENTREE` are the same.
///
/// ```
/// assert_eq!(catalyse_locale::fold(" Date d\u{2019}entrée\u{a0}"), catalyse_locale::fold("DATE_D_ENTREE"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        if letter == 'œ' || letter == 'Œ' {
            folded.push_str("oe");
        } else if letter == 'æ' || letter == 'Æ' {
            folded.push_str("ae");
        } else if letter.is_alphanumeric() || letter == '+' || letter == '<' || letter == '>' {
            folded.extend(letter.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Returns a key that puts names in the order of a French directory: letters first, then accents (Durbuy, Érezée, Hotton).
pub fn sort_key(text: &str) -> (String, String) {
    (fold(text), text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{fold, sort_key};

    #[test]
    fn accents_case_and_punctuation_do_not_count() {
        assert_eq!(fold("Main-d'œuvre (N°\u{a0}2)"), "main d oeuvre n 2");
        assert_eq!(fold("  Érezée "), fold("EREZEE"));
        assert_eq!(fold(" -- "), "");
    }

    #[test]
    fn a_name_with_an_accent_stands_where_a_reader_looks_for_it() {
        let mut names = ["Hotton", "Érezée", "Durbuy", "Erpent"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Durbuy", "Érezée", "Erpent", "Hotton"]);
    }
}
