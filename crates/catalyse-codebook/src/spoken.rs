//! Names as people write them around a number: « vague4 », « vague n° 4 » and « 4e vague » are what a list calls « vague 4 ».
//!
//! One reading for all places that name a wave or a partner: cells, names of files and sheets, titles above a table.

use std::collections::BTreeSet;
use std::ops::Range;

use catalyse_locale::fold;

use crate::CodeList;

/// What may stand between a noun and its number and says no more than that a number follows.
const NUMBER_SIGNS: [&str; 7] = ["n", "no", "nr", "num", "numero", "nummer", "number"];

/// What makes an ordinal of a number: 4e, 4ème, 1er, 1re, 2nd, 2de, 3rd, 4th, 1ste.
const ORDINAL_ENDS: [&str; 14] =
    ["e", "eme", "ieme", "er", "ere", "re", "nd", "nde", "d", "de", "ste", "st", "rd", "th"];

/// A word or a number of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    text: String,
    /// Whether it is a number with an ending such as in « 4e »: its noun may follow it.
    is_ordinal: bool,
}

impl Token {
    fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl CodeList {
    /// Returns the position of the category that a whole text names, however its number is written; nothing if two could be meant.
    pub fn spoken(&self, text: &str) -> Option<u16> {
        const LONGEST: usize = 120;
        if text.len() > LONGEST {
            return None;
        }
        let tokens = tokens_of(text);
        let is_named = |words: &Vec<Token>| {
            let is_turned = matches!((tokens.as_slice(), words.as_slice()), ([number, noun], [own_noun, own_number])
                if number.is_number() && number.text == own_number.text && noun.text == own_noun.text);
            is_turned || is_same(&tokens, words)
        };
        let mut found = None;
        for (position, words) in self.words() {
            if words.iter().any(is_named) {
                if found.is_some() {
                    return None;
                }
                found = Some(position);
            }
        }
        found
    }

    /// Lists the categories that a text names among other words. A word inside a longer one of another category is the longer one's:
    /// `vague 1` in `vague 1 bis`. Beside it, it names a second category, and nobody can tell which is meant.
    pub fn spoken_in(&self, text: &str) -> Vec<u16> {
        let tokens = tokens_of(text);
        let mut spans: Vec<(Range<usize>, u16)> = Vec::new();
        for (position, words) in self.words() {
            for word in words.iter().filter(|word| is_telling(word)) {
                let windows = tokens.windows(word.len()).enumerate();
                let found = windows.filter(|(_, window)| is_same(window, word));
                spans.extend(found.map(|(start, _)| (start..start + word.len(), position)));
            }
        }
        let is_inside = |span: &Range<usize>, position: u16| {
            spans.iter().any(|(other, of)| {
                *of != position
                    && other.len() > span.len()
                    && other.start <= span.start
                    && span.end <= other.end
            })
        };
        let named = spans.iter().filter(|(span, position)| !is_inside(span, *position));
        let named: BTreeSet<u16> = named.map(|(_, position)| *position).collect();
        named.into_iter().collect()
    }

    /// Lists the words of each category: its labels with and without what stands in brackets at their end, its code, its aliases.
    fn words(&self) -> impl Iterator<Item = (u16, Vec<Vec<Token>>)> {
        (0_u16..).zip(&self.categories).map(|(position, category)| {
            let labels = || category.label.iter().map(|(_, label)| label);
            let short = labels().filter_map(|label| Some(label.split_once('(')?.0));
            let words = labels()
                .chain(short)
                .chain([category.code.as_str()])
                .chain(category.aliases.iter().map(String::as_str));
            (position, words.map(tokens_of).filter(|word| !word.is_empty()).collect())
        })
    }
}

/// Parts a text into words and numbers: `nord-vague2.csv` is nord, vague, 2, csv.
fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for word in fold(text).split(' ') {
        for piece in pieces_of(word) {
            let is_number = piece.bytes().all(|byte| byte.is_ascii_digit());
            let token = Token { text: piece.to_owned(), is_ordinal: false };
            if is_number && tokens.last().is_some_and(|last| is_number_sign(last, tokens.len())) {
                tokens.pop();
            }
            // « 4e » in one word: the ending is no word of its own.
            match tokens.last_mut() {
                Some(last) if ends_ordinal(word, piece) && last.is_number() => {
                    last.is_ordinal = true;
                }
                _ => tokens.push(token),
            }
        }
    }
    tokens
}

fn is_number_sign(token: &Token, n_before: usize) -> bool {
    n_before > 1 && NUMBER_SIGNS.contains(&token.text.as_str())
}

/// Says whether a piece ends a word that is a number with an ordinal's ending, `4eme`.
fn ends_ordinal(word: &str, piece: &str) -> bool {
    let number = word.strip_suffix(piece).unwrap_or_default();
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && ORDINAL_ENDS.contains(&piece)
}

/// Parts a word where letters and digits meet.
fn pieces_of(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != is_digit);
        let (piece, more) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = more;
    }
    pieces
}

/// Says whether tokens are those of a name, or « 4e vague » for its « vague 4 ».
fn is_same(tokens: &[Token], name: &[Token]) -> bool {
    let is_straight = tokens.len() == name.len()
        && tokens.iter().zip(name).all(|(token, own)| token.text == own.text);
    let is_turned = matches!((tokens, name), ([number, noun], [own_noun, own_number])
        if number.is_ordinal && number.text == own_number.text && noun.text == own_noun.text);
    is_straight || is_turned
}

/// A lone short number in a name could be anything: a day, a version.
fn is_telling(word: &[Token]) -> bool {
    match word {
        [] => false,
        [only] => only.text.len() >= 5 || !only.is_number(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Label;

    use crate::{Category, CodeList, ListName};

    fn waves() -> CodeList {
        let category = |code: &str, label: Label, aliases: &[&str]| Category {
            code: code.to_owned(),
            label,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            valid_from: None,
            valid_to: None,
            source: String::new(),
        };
        let first = Label::new("Vague 1 (mars–mai 2024)", "Wave 1 (March–May 2024)");
        let second = Label::new("Vague 2", "Golf 2 (september 2024)");
        CodeList {
            name: ListName::new("wave").expect("a slug"),
            categories: vec![
                category("w1", first, &["vague 1", "v1", "1"]),
                category("w2", second, &["v2", "2", "Welle 2"]),
                category("w12", Label::same("Vague 12"), &["12"]),
                category("w2b", Label::same("Vague 2 bis"), &[]),
            ],
        }
    }

    #[test]
    fn a_name_tells_its_wave_and_a_lone_number_does_not() {
        for (text, found) in [
            ("nord-vague2.csv", &[1][..]),
            ("Nord_V1_2024-03-02.xlsx", &[0]),
            ("W12 Durbuy", &[2]),
            ("vague 1 et vague 2", &[0, 1]),
            ("vague 1 (mars–mai 2024) et v2", &[0, 1]),
            ("relevé de la vague 2 bis", &[3]),
            ("vague 2 bis, corrige la vague 2", &[1, 3]),
            ("2e vague – Hotton", &[1]),
            ("Hotton, vague n° 12", &[2]),
            ("annexe 2 vague 1", &[0]),
            ("nord-2.csv", &[]),
            ("nord.csv", &[]),
        ] {
            assert_eq!(waves().spoken_in(text), found, "{text}");
        }
    }

    #[test]
    fn a_cell_names_its_wave_however_the_number_is_written() {
        for (text, found) in [
            ("vague1", Some(0)),
            ("Vague n°1", Some(0)),
            ("VAGUE N° 12", Some(2)),
            ("1re vague", Some(0)),
            ("2ème Vague", Some(1)),
            ("2e golf", Some(1)),
            ("2nd wave", None),
            ("2. Welle", Some(1)),
            ("Golf 2", Some(1)),
            ("1st wave", Some(0)),
            ("wave no. 1", Some(0)),
            ("vague 2 bis", Some(3)),
            ("vague 3", None),
            ("vague", None),
            ("1 et 2", None),
            ("", None),
        ] {
            assert_eq!(waves().spoken(text), found, "{text}");
        }
    }
}
