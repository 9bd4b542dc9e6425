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
    for letter in text.chars() {
        match plain(letter) {
            Some(plain) => push(&mut folded, plain),
            // Letters decompose one by one: what stands beside them only moves marks, and marks are dropped.
            None => std::iter::once(letter)
                .nfkd()
                .filter(|part| !is_combining_mark(*part))
                .for_each(|part| push(&mut folded, part)),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Returns the letter that an accented letter of French stands on, or an ASCII letter itself: nearly all that comes, and no need to
/// look it up in Unicode's tables.
const fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '\0'..='\x7f' | '’' | '–' | '«' | '»' | 'œ' | 'Œ' | 'æ' | 'Æ' => letter,
        'à' | 'â' | 'ä' | 'á' | 'À' | 'Â' | 'Ä' | 'Á' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'í' | 'Î' | 'Ï' | 'Í' => 'i',
        'ô' | 'ö' | 'ó' | 'Ô' | 'Ö' | 'Ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => 'u',
        _ => return None,
    })
}

fn push(folded: &mut String, letter: char) {
    match letter {
        'a'..='z' | '0'..='9' | '+' | '<' | '>' => folded.push(letter),
        'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        _ if !letter.is_ascii() && letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
        _ if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
        _ => {}
    }
}

/// Returns a key that puts names in the order of a French directory: letters first, then accents (Durbuy, Érezée, Hotton).
pub fn sort_key(text: &str) -> (String, String) {
    (fold(text), text.to_owned())
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    use super::{fold, sort_key};

    #[test]
    fn accents_case_and_punctuation_do_not_count() {
        assert_eq!(fold("Main-d'œuvre (N°\u{a0}2)"), "main d oeuvre n 2");
        assert_eq!(fold("  Érezée "), fold("EREZEE"));
        assert_eq!(fold(" -- "), "");
    }

    #[test]
    fn every_letter_folds_as_its_decomposition_does() {
        let by_tables = |letter: char| {
            let parts = letter.nfkd().filter(|part| !is_combining_mark(*part));
            let mut folded = "x".to_owned();
            for part in parts {
                match part {
                    'œ' | 'Œ' => folded.push_str("oe"),
                    'æ' | 'Æ' => folded.push_str("ae"),
                    '+' | '<' | '>' => folded.push(part),
                    _ if part.is_alphanumeric() => folded.extend(part.to_lowercase()),
                    _ if !folded.ends_with(' ') => folded.push(' '),
                    _ => {}
                }
            }
            folded.trim_end_matches(' ').to_owned()
        };
        for letter in '\0'..='\u{ffff}' {
            assert_eq!(fold(&format!("x{letter}")), by_tables(letter), "{letter:?}");
        }
        assert_eq!(fold("e\u{301}te\u{323}\u{301} 각"), fold("été 각"));
    }

    #[test]
    fn a_name_with_an_accent_stands_where_a_reader_looks_for_it() {
        let mut names = ["Hotton", "Érezée", "Durbuy", "Erpent"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Durbuy", "Érezée", "Erpent", "Hotton"]);
    }
}
