//! Wordings: the French and the English of each sentence have the same holes, and both are sentences a person can read.

use std::collections::BTreeSet;

use super::no_offence;
use crate::repository::sources;

/// Holds a sentence as it stands in the source.
pub(crate) struct Pair {
    /// File and line.
    pub(crate) place: String,
    /// The French pattern.
    pub(crate) fr: String,
    /// The English pattern.
    pub(crate) en: String,
}

/// Reads every `Wording::new("…", "…")` that is shipped.
pub(crate) fn all() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for source in sources() {
        let text = source.shipped();
        for (at, _) in text.match_indices("Wording::new(") {
            let line = text.get(..at).unwrap_or_default().lines().count();
            let before = text.get(..at).unwrap_or_default().lines().next_back().unwrap_or_default();
            let rest = text.get(at + "Wording::new(".len()..).unwrap_or_default();
            let Some((fr, rest)) = literal(rest) else { continue };
            let Some((en, _)) = rest.trim_start().strip_prefix(',').and_then(literal) else {
                continue;
            };
            if !before.trim_start().starts_with("//") {
                pairs.push(Pair { place: format!("{}:{line}", source.path), fr, en });
            }
        }
    }
    pairs
}

/// Reads a string literal at the beginning of a text, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start().strip_prefix('"')?;
    let mut content = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((content, text.get(at + 1..)?)),
            '\\' => match letters.next()?.1 {
                '\n' => {
                    return literal_rest(&content, letters.as_str().trim_start());
                }
                'n' => content.push('\n'),
                'u' => content.push('\u{fffd}'),
                other => content.push(other),
            },
            other => content.push(other),
        }
    }
    None
}

/// Goes on with a literal after a line that ends with a backslash.
fn literal_rest<'a>(begun: &str, rest: &'a str) -> Option<(String, &'a str)> {
    // The rest has no opening quote; it is read as if it had one.
    let end = rest.char_indices().scan(false, |escaped, (at, letter)| {
        let is_end = letter == '"' && !*escaped;
        *escaped = letter == '\\' && !*escaped;
        Some((at, is_end))
    });
    let end = end.into_iter().find(|(_, is_end)| *is_end)?.0;
    Some((format!("{begun}{}", rest.get(..end)?), rest.get(end + 1..)?))
}

/// Lists the holes of a pattern.
fn holes(pattern: &str) -> BTreeSet<&str> {
    let after = pattern.split('$').skip(1);
    after
        .filter_map(|rest| {
            rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
        })
        .collect()
}

#[test]
fn french_and_english_have_the_same_holes() {
    let all = all();
    assert!(
        all.len() > 100,
        "only {} wordings were found: does this test still read them?",
        all.len()
    );
    let differ = all.iter().filter(|pair| holes(&pair.fr) != holes(&pair.en));
    let differ: Vec<String> = differ.map(|pair| format!("{}: {}", pair.place, pair.fr)).collect();
    no_offence("A hole is missing in one language:", &differ);
}

#[test]
fn braces_are_closed() {
    let open = all().into_iter().filter(|pair| {
        [&pair.fr, &pair.en]
            .iter()
            .any(|pattern| pattern.matches('{').count() != pattern.matches('}').count())
    });
    no_offence("A brace is open:", &open.map(|pair| pair.place).collect::<Vec<_>>());
}

#[test]
fn no_sentence_shouts_or_begs() {
    let loud = all().into_iter().filter(|pair| {
        let words = format!("{} {}", pair.fr, pair.en).to_lowercase();
        ["s’il vous plaît", "s'il vous plaît", "veuillez", "please", "oops"]
            .iter()
            .any(|word| words.contains(word))
            || pair.fr.ends_with('!')
            || pair.en.ends_with('!')
    });
    no_offence(
        "Say where, what, and what to do:",
        &loud.map(|pair| pair.place).collect::<Vec<_>>(),
    );
}

#[test]
fn literals_are_read_as_rust_reads_them() {
    assert_eq!(literal(" \"a \\\"b\\\" c\", rest"), Some(("a \"b\" c".to_owned(), ", rest")));
    assert_eq!(literal("\"one \\\n   two\" x"), Some(("one two".to_owned(), " x")));
    assert_eq!(literal("name"), None);
    assert_eq!(holes("{ $a } et { $n -> [one] { $n } b *[other] c }"), ["a", "n"].into());
}
