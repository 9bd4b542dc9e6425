//! The partner and the wave of a whole delivery, where no column says them: from the sender's words, the name of the file or sheet, or
//! the titles above the table.

use catalyse_codebook::{CodeList, Codebook};
use catalyse_locale::fold;

/// Holds the position in its list of what was found, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A text names exactly one.
    Found(u16),
    /// Nothing names one.
    None,
    /// A text names several.
    Several,
}

/// Finds which category of an implicit list (partners, waves) the texts name. The first text that names one decides.
pub(crate) fn find<'t>(
    codebook: &Codebook,
    list: &str,
    texts: impl IntoIterator<Item = &'t str>,
) -> Origin {
    let Some(list) = codebook.code_lists.get(list) else { return Origin::None };
    for text in texts {
        match named_in(list, text) {
            Origin::None => {}
            found => return found,
        }
    }
    Origin::None
}

fn named_in(list: &CodeList, text: &str) -> Origin {
    let tokens = tokens_of(text);
    let mut best: Option<(usize, u16)> = None;
    let mut is_shared = false;
    for (position, category) in list.categories.iter().enumerate() {
        let labels = category.label.iter().map(|(_, label)| label);
        let words = labels
            .chain([category.code.as_str()])
            .chain(category.aliases.iter().map(String::as_str));
        let longest = words
            .map(tokens_of)
            .filter(|word| is_telling(word) && contains(&tokens, word))
            .map(|word| length(&word))
            .max();
        let Some(length) = longest else { continue };
        match best {
            Some((known, _)) if known > length => {}
            Some((known, _)) if known == length => is_shared = true,
            _ => {
                best = Some((length, position as u16));
                is_shared = false;
            }
        }
    }
    match best {
        None => Origin::None,
        Some(_) if is_shared => Origin::Several,
        Some((_, position)) => Origin::Found(position),
    }
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

fn contains(tokens: &[String], word: &[String]) -> bool {
    tokens.windows(word.len()).any(|window| window == word)
}

fn length(word: &[String]) -> usize {
    word.iter().map(String::len).sum()
}

#[cfg(test)]
mod tests {
    use super::{Origin, named_in};
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
            ],
        }
    }

    #[test]
    fn a_name_tells_its_wave_and_a_lone_number_does_not() {
        for (text, found) in [
            ("nord-vague2.csv", Origin::Found(1)),
            ("Nord_V1_2024-03-02.xlsx", Origin::Found(0)),
            ("W12 Durbuy", Origin::Found(2)),
            ("vague 1 et vague 2", Origin::Several),
            ("nord-2.csv", Origin::None),
            ("nord.csv", Origin::None),
        ] {
            assert_eq!(named_in(&waves(), text), found, "{text}");
        }
    }
}
