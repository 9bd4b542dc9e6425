//! Words: the glossary has one word per thing, nothing committed names a machine, and guides do not talk down.

use std::collections::BTreeMap;

use super::no_offence;
use crate::repository::{ending, files_below, read};

/// Endings of the files that are texts.
const TEXTS: [&str; 15] = [
    ".rs", ".toml", ".md", ".csv", ".json", ".jsonl", ".html", ".css", ".svg", ".txt", ".py",
    ".mjs", ".ftl", ".yml", "run",
];

fn texts() -> Vec<(String, String)> {
    let paths = files_below("")
        .into_iter()
        .filter(|path| TEXTS.iter().any(|ending| path.ends_with(ending)));
    let paths = paths.filter(|path| !path.ends_with("Cargo.lock"));
    paths
        .map(|path| {
            (
                path.clone(),
                String::from_utf8_lossy(&crate::repository::read_bytes(&path)).into_owned(),
            )
        })
        .collect()
}

#[test]
fn nothing_names_a_path_of_a_machine() {
    // Written in two parts, so that this file does not find itself.
    let paths = [
        ("/ro", "ot/"),
        ("/wo", "rk/"),
        ("/ho", "me/"),
        ("/tm", "p/"),
        ("C:\\Us", "ers"),
        ("/Us", "ers/"),
    ];
    let paths = paths.map(|(one, other)| format!("{one}{other}"));
    let mut offences = Vec::new();
    for (path, text) in texts() {
        for (index, line) in text.lines().enumerate() {
            let is_there = paths.iter().any(|found| {
                line.match_indices(found.as_str()).any(|(at, _)| {
                    let before = line.get(..at).and_then(|before| before.chars().next_back());
                    before.is_none_or(|letter| {
                        !letter.is_alphanumeric() && letter != '}' && letter != '.'
                    })
                })
            });
            if is_there {
                offences.push(format!("{path}:{}", index + 1));
            }
        }
    }
    no_offence(
        "Another machine has other folders; write the path relative to the repository:",
        &offences,
    );
}

#[test]
fn nothing_is_left_to_be_done() {
    let marks =
        [("TO", "DO"), ("FIX", "ME"), ("XX", "X:"), ("un", "implemented!("), ("to", "do!(")];
    let marks = marks.map(|(one, other)| format!("{one}{other}"));
    let mut offences = Vec::new();
    for (path, text) in
        texts().into_iter().filter(|(path, _)| ending(path) == "rs" || ending(path) == "md")
    {
        for (index, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                offences.push(format!("{path}:{}", index + 1));
            }
        }
    }
    no_offence("Finish it, or name the issue that will:", &offences);
}

#[test]
fn english_pages_do_not_talk_down() {
    const DOWN: [&str; 4] = ["simply", "just", "obviously", "of course"];
    let pages =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/glossary.md"];
    let mut offences = Vec::new();
    for page in pages {
        for (index, line) in read(page).lines().enumerate() {
            let words: Vec<String> =
                line.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase).collect();
            if DOWN.iter().any(|down| {
                words
                    .join(" ")
                    .split(' ')
                    .collect::<Vec<_>>()
                    .windows(down.split(' ').count())
                    .any(|run| run.join(" ") == *down)
            }) {
                offences.push(format!("{page}:{}", index + 1));
            }
        }
    }
    no_offence("Leave the word out:", &offences);
}

/// Reads the rows of the glossary: English, French, meaning.
fn glossary() -> Vec<(String, String, String)> {
    let page = read("docs/glossary.md");
    let rows = page.lines().filter(|line| {
        line.starts_with('|') && !line.starts_with("|--") && !line.starts_with("| English")
    });
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
    .collect()
}

#[test]
fn the_glossary_has_one_word_per_thing() {
    let rows = glossary();
    assert!(rows.len() > 50, "the glossary is read as a table of {} rows", rows.len());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (english, french, meaning) in &rows {
        for word in english
            .split(", ")
            .map(|word| format!("en {word}"))
            .chain(french.split(", ").map(|word| format!("fr {word}")))
        {
            *seen.entry(word).or_default() += 1;
        }
        assert!(meaning.ends_with(['.', '…']), "{english}: the meaning is a sentence");
    }
    let twice: Vec<String> =
        seen.into_iter().filter(|(_, n)| *n > 1).map(|(word, _)| word).collect();
    no_offence("These words stand for two things:", &twice);
}

/// Words that other tools use for what has a name here, with that name. Seen in the sentences that a person reads.
const OTHER_FRENCH: [(&str, &str); 8] = [
    ("répondant", "personne"),
    ("enquêté", "personne"),
    ("questionnaire", "formulaire"),
    ("codebook", "dictionnaire"),
    ("tableau croisé", "tri croisé"),
    ("anomalie", "constat"),
    ("erreur de saisie", "constat"),
    ("jeu de données", "livraison, lot"),
];
const OTHER_ENGLISH: [(&str, &str); 8] = [
    ("respondent", "person"),
    ("questionnaire", "form"),
    ("data dictionary", "codebook"),
    ("dataset", "delivery, batch"),
    ("crosstab", "cross-table"),
    ("anomaly", "finding"),
    ("modality", "category"),
    ("data entry operator", "encoder"),
];

#[test]
fn sentences_use_the_words_of_the_glossary() {
    let mut offences = Vec::new();
    for wording in super::wordings::all() {
        for (sentence, others) in [(&wording.fr, &OTHER_FRENCH), (&wording.en, &OTHER_ENGLISH)] {
            // Names of commands and files in backticks keep their own spelling.
            let spoken: String = sentence
                .split('`')
                .step_by(2)
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
                .replace("catalyse codebook", "");
            let other = others.iter().find(|(other, _)| spoken.contains(other));
            offences.extend(
                other.map(|(other, ours)| format!("{}: \"{other}\" → \"{ours}\"", wording.place)),
            );
        }
    }
    no_offence("One word per thing (docs/glossary.md):", &offences);
}
