//! The spaces and apostrophes of print, set once where a text goes to a page or a drawing.
//!
//! Source: Imprimerie nationale, *Lexique des règles typographiques*: narrow no-break space (U+202F) before `;`, `!`, `?`, `%` and
//! inside guillemets, no-break space (U+00A0) before `:`. Other languages keep their text; only `n = 5` holds together in all.
//! Never used for a cell of a workbook or a CSV that holds a number: U+202F must not stand there.

use crate::Language;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// Returns the text with the spaces and apostrophes of its language. Done twice, it changes nothing more.
///
/// **Example**
///
/// ```
/// use catalyse_locale::{Language, typeset};
/// assert_eq!(typeset(Language::Fr, "« l'aide » : 12 %"), "«\u{202f}l’aide\u{202f}»\u{a0}: 12\u{202f}%");
/// assert_eq!(typeset(Language::En, "it's 12 : 3"), "it's 12 : 3");
/// ```
pub fn typeset(language: Language, text: &str) -> String {
    let text = text.replace("n = ", "n\u{a0}=\u{a0}").replace("n ≈ ", "n\u{a0}≈\u{a0}");
    match language {
        Language::Fr => french(&text),
        Language::En | Language::Nl | Language::De => text,
    }
}

fn french(text: &str) -> String {
    let mut typeset = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        typeset.push(match (letter, letters.peek()) {
            (' ' | NO_BREAK, Some(';' | '!' | '?' | '%' | '»')) => NARROW,
            (' ', Some(':')) => NO_BREAK,
            (' ' | NO_BREAK, _) if typeset.ends_with(['«', '≥', '≤']) => NARROW,
            ('\'', _) => '’',
            _ => letter,
        });
    }
    typeset
}

/// Returns a text with a capital at its beginning.
///
/// # Example
/// ```
/// assert_eq!(catalyse_locale::capital("élevée"), "Élevée");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::typeset;
    use crate::Language;

    #[test]
    fn french_marks_stay_with_their_word() {
        let set = typeset(Language::Fr, "« l'aide » : ≥ 12 % ; oui ? n = 5 !");
        assert_eq!(
            set,
            "«\u{202f}l’aide\u{202f}»\u{a0}: ≥\u{202f}12\u{202f}%\u{202f}; oui\u{202f}? n\u{a0}=\u{a0}5\u{202f}!"
        );
        assert_eq!(typeset(Language::Fr, &set), set);
    }

    #[test]
    fn other_languages_keep_their_text() {
        assert_eq!(typeset(Language::En, "It's 5 % (n = 5)"), "It's 5 % (n\u{a0}=\u{a0}5)");
        assert_eq!(typeset(Language::Fr, "22:30, 1;2, a%b"), "22:30, 1;2, a%b");
    }
}
