//! The partner and the wave of a whole delivery, where no column says them: from the sender's words, the name of the file or sheet, or
//! the titles above the table.

use std::collections::BTreeSet;

use catalyse_codebook::CodeList;
use catalyse_locale::{Label, fold};

/// Says which text told a partner or a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The name of the file.
    File,
    /// The name of the sheet.
    Sheet,
    /// A line above the table.
    Title,
}

impl Told {
    /// Returns the words for people.
    pub(crate) fn label(self) -> Label {
        match self {
            Self::File => Label::new("le nom du fichier", "the name of the file"),
            Self::Sheet => Label::new("le nom de la feuille", "the name of the sheet"),
            Self::Title => Label::new("un titre au-dessus du tableau", "a title above the table"),
        }
    }
}

/// Holds what texts tell of a partner or a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A text names exactly one: its position in the list.
    Found(u16, Told),
    /// Nothing names one.
    None,
    /// A text names several.
    Several(Vec<u16>, Told),
}

/// Finds which category of an implicit list (partners, waves) the texts name. The first text that names one decides.
pub(crate) fn find<'t>(
    list: &CodeList,
    texts: impl IntoIterator<Item = (Told, &'t str)>,
) -> Origin {
    for (told, text) in texts {
        let named = named_in(list, text);
        match named.as_slice() {
            [] => {}
            [position] => return Origin::Found(*position, told),
            [..] => return Origin::Several(named, told),
        }
    }
    Origin::None
}

/// Lists the categories that a text names. A word inside a longer one of another category is the longer one's: `vague 1` in
/// `vague 1 bis`. Beside it, it names a second category, and nobody can tell which is meant.
fn named_in(list: &CodeList, text: &str) -> Vec<u16> {
    let tokens = tokens_of(text);
    let mut spans: Vec<(std::ops::Range<usize>, u16)> = Vec::new();
    for (category, position) in list.categories.iter().zip(0_u16..) {
        let labels = category.label.iter().map(|(_, label)| label);
        let words = labels
            .chain([category.code.as_str()])
            .chain(category.aliases.iter().map(String::as_str))
            .map(tokens_of)
            .filter(|word| is_telling(word));
        for word in words {
            let windows = tokens.windows(word.len()).enumerate();
            let found = windows.filter(|(_, window)| *window == word);
            spans.extend(found.map(|(start, _)| (start..start + word.len(), position)));
        }
    }
    let is_inside = |span: &std::ops::Range<usize>, position: u16| {
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

/// Parts a text into words and numbers: `nord-vague2.csv` is nord, vague, 2, csv.
fn tokens_of(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for word in fold(text).split(' ') {
        let mut was_digit = None;
        for letter in word.chars() {
            let is_digit = letter.is_ascii_digit();
            match tokens.last_mut() {
                Some(token) if was_digit == Some(is_digit) => token.push(letter),
                _ => tokens.push(letter.to_string()),
            }
            was_digit = Some(is_digit);
        }
    }
    tokens
}

/// A lone short number in a name could be anything: a day, a version.
fn is_telling(word: &[String]) -> bool {
    match word {
        [] => false,
        [only] => only.len() >= 5 || !only.bytes().all(|byte| byte.is_ascii_digit()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::named_in;
    use catalyse_codebook::{Category, CodeList, ListName};
    use catalyse_locale::Label;

    fn waves() -> CodeList {
        let category = |code: &str, label: &str, aliases: &[&str]| Category {
            code: code.to_owned(),
            label: Label::same(label),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            valid_from: None,
            valid_to: None,
            source: String::new(),
        };
        CodeList {
            name: ListName::new("wave").expect("a slug"),
            categories: vec![
                category("w1", "Vague 1 (mars–mai 2024)", &["vague 1", "v1", "1"]),
                category("w2", "Vague 2", &["vague 2", "v2", "2"]),
                category("w12", "Vague 12", &["vague 12", "12"]),
                category("w2b", "Vague 2 bis", &[]),
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
            ("nord-2.csv", &[]),
            ("nord.csv", &[]),
        ] {
            assert_eq!(named_in(&waves(), text), found, "{text}");
        }
    }
}
