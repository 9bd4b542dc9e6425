//! The spaces of French print, set once where a text goes to a page.
//!
//! Source: Imprimerie nationale, *Lexique des règles typographiques*: narrow no-break space (U+202F) before `;`, `!`, `?`, `%` and inside
//! guillemets, no-break space (U+00A0) before `:`. Never used for a cell that holds a number of a workbook or a CSV.

use catalyse_locale::Language;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// Returns the text with the spaces of its language.
pub(crate) fn typeset(language: Language, text: &str) -> String {
    match language {
        Language::Fr => french(text),
        Language::En | Language::Nl | Language::De => text.to_owned(),
    }
}

fn french(text: &str) -> String {
    let mut typeset = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        typeset.push(match (letter, letters.peek()) {
            (' ', Some(';' | '!' | '?' | '%' | '»')) => NARROW,
            (' ', Some(':')) => NO_BREAK,
            (' ', _) if typeset.ends_with('«') => NARROW,
            ('\'', _) => '’',
            _ => letter,
        });
    }
    typeset
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use super::typeset;

    #[test]
    fn french_marks_stay_with_their_word() {
        assert_eq!(
            typeset(Language::Fr, "« l'aide » : 12 % ; oui ?"),
            "«\u{202f}l’aide\u{202f}»\u{a0}: 12\u{202f}%\u{202f}; oui\u{202f}?"
        );
        assert_eq!(typeset(Language::En, "it's 12 : 3"), "it's 12 : 3");
    }
}
