//! A printed 0 means fewer than five: no sentence, picture or cell may say that there is nobody.

use crate::repository::{ending, files_below, read};
use crate::sample::{entries, files_of, report};

/// What says that nobody is there, in lower case.
const NOBODY: [&str; 9] = [
    "aucune personne",
    "nulle personne",
    "personne n’",
    "personne n'",
    "il n’y a personne",
    "nobody",
    "no one",
    "no person",
    "none of the persons",
];
/// Sentences that say what a 0 means, and what it does not mean.
const EXPLANATIONS: [&str; 4] = [
    "il ne dit pas qu’il n’y a personne",
    "it does not say that there is nobody",
    "0 % veut dire presque personne",
    "0% means nearly nobody",
];

/// Returns what a text says of nobody, beside the explanations.
fn claims(text: &str) -> Vec<String> {
    let mut text = text.to_lowercase().replace(['\u{a0}', '\u{202f}'], " ");
    for explanation in EXPLANATIONS {
        text = text.replace(explanation, "");
    }
    let mut found: Vec<String> = NOBODY
        .iter()
        .filter(|claim| text.contains(**claim))
        .map(|claim| (*claim).to_owned())
        .collect();
    // « 0 personne » as a number of its own: not « 10 personnes », « 1 000 personnes » or « de 0 à 4 personnes ».
    for number in ["0 personne", "0 person"] {
        let is_alone = |(place, _): (usize, &str)| {
            let before =
                text.get(..place).unwrap_or_default().trim_end_matches([' ', ',', '.', '0']);
            !before.ends_with(|letter: char| letter.is_ascii_digit())
        };
        if text.match_indices(number).any(is_alone) {
            found.push(number.to_owned());
        }
    }
    found
}

#[test]
fn what_says_nobody_is_found_and_what_explains_a_zero_is_not() {
    for (text, is_claim) in [
        ("Aucune personne n’est sans abri", true),
        ("0\u{a0}personne sur 40", true),
        ("nobody is homeless", true),
        ("10 personnes, de 0 à 4 personnes", false),
        ("1 000 personnes", false),
        ("Un 0 imprimé veut dire moins de 5 : il ne dit pas qu’il n’y a personne.", false),
    ] {
        assert_eq!(!claims(text).is_empty(), is_claim, "{text}");
    }
}

#[test]
fn no_file_of_a_pack_says_that_there_is_nobody() {
    let mut n_texts = 0;
    for (name, bytes) in files_of(report()) {
        let parts = match ending(&name) {
            "xlsx" => entries(&bytes),
            "html" | "svg" | "json" | "csv" | "txt" => vec![(String::new(), bytes)],
            _ => continue,
        };
        for (part, bytes) in parts {
            n_texts += 1;
            let found = claims(&String::from_utf8_lossy(&bytes));
            assert_eq!(found, Vec::<String>::new(), "{name} {part}");
        }
    }
    assert!(n_texts > 300, "{n_texts} texts");
    // What reports say in English stands in the goldens of the crate that writes them.
    for golden in files_below("crates/catalyse-report/tests/golden") {
        assert_eq!(claims(&read(&golden)), Vec::<String>::new(), "{golden}");
    }
}
