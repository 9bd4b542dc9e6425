//! Words in a cell that say why a value is missing. Only the codebook decides: a word counts only for a variable that allows its reason,
//! and only where it is not a value of the variable.

use std::collections::BTreeMap;

use catalyse_codebook::types::trim;
use catalyse_codebook::{MissingReason, Variable};
use catalyse_locale::fold;

/// The words that partners write, beside the reasons' own names and labels.
const WORDS: [(MissingReason, &[&str]); 6] = [
    (
        MissingReason::NotAsked,
        &["non demandé", "pas demandé", "pas posée", "non posée", "not asked", "ND"],
    ),
    (
        MissingReason::NotApplicable,
        &[
            "sans objet",
            "s.o.",
            "SO",
            "non applicable",
            "not applicable",
            "n.v.t.",
            "pas d'application",
        ],
    ),
    (
        MissingReason::Refused,
        &["refus", "refusé", "refuse", "refused", "refus de répondre", "ne souhaite pas répondre"],
    ),
    (
        MissingReason::Unknown,
        &[
            "ne sait pas",
            "NSP",
            "inconnu",
            "inconnue",
            "unknown",
            "does not know",
            "don't know",
            "pas connu",
            "weet niet",
        ],
    ),
    (MissingReason::Illegible, &["illisible", "illegible", "onleesbaar"]),
    (MissingReason::ToCheck, &["à vérifier", "to check", "à contrôler"]),
];

/// What people write for « nothing » where a code should stand, beside the words above.
const NOTHING: [&str; 18] = [
    "x",
    "xx",
    "xxx",
    "xxxx",
    "nc",
    "n.c.",
    "na",
    "n/a",
    "nr",
    "néant",
    "aucun",
    "aucune",
    "none",
    "null",
    "vide",
    "sans",
    "sans code",
    "onbekend",
];

/// The longest word, with room for accents.
const MAX_LEN: usize = 40;

/// Holds the words that count for one variable.
pub(crate) struct Markers {
    words: BTreeMap<String, MissingReason>,
    allows_question_mark: bool,
}

impl Markers {
    /// Collects the words of a variable.
    pub(crate) fn of(variable: &Variable) -> Self {
        let allows = |reason: MissingReason| {
            variable.missing.contains(&reason)
                || (reason == MissingReason::NotApplicable && variable.relevant.is_some())
        };
        let mut words = BTreeMap::new();
        for (reason, own) in WORDS {
            if allows(reason) {
                let label = reason.label();
                let labels = label.iter().map(|(_, word)| word);
                for word in own.iter().copied().chain(labels).chain([reason.name()]) {
                    words.insert(fold(word), reason);
                }
            }
        }
        Self { words, allows_question_mark: allows(MissingReason::ToCheck) }
    }

    /// Says whether no word counts.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the reason that a cell names.
    pub(crate) fn reason(&self, text: &str) -> Option<MissingReason> {
        let text = trim(text);
        if self.is_empty() || text.len() > MAX_LEN {
            return None;
        }
        if text.bytes().all(|byte| byte == b'?') {
            return self.allows_question_mark.then_some(MissingReason::ToCheck);
        }
        // A word begins with a letter; most texts that come here are looked up at the cost of one fold.
        self.words.get(&fold(text)).copied()
    }
}

/// Says whether a text where a person's code should stand is none: a word for a missing answer, or without any letter and digit but zeros.
pub(crate) fn is_no_code(text: &str) -> bool {
    let text = trim(text);
    // Nearly every code has a digit, and no such word has.
    if text.len() > MAX_LEN || text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0') {
        return false;
    }
    if text.chars().all(|letter| !letter.is_alphanumeric() || letter == '0') {
        return true;
    }
    let folded = fold(text);
    let of_reasons = WORDS.iter().any(|(reason, own)| {
        let label = reason.label();
        let labels = label.iter().map(|(_, word)| word);
        let mut words = own.iter().copied().chain(labels).chain([reason.name()]);
        words.any(|word| fold(word) == folded)
    });
    of_reasons || NOTHING.iter().any(|word| fold(word) == folded)
}

#[cfg(test)]
mod tests {
    use super::is_no_code;

    #[test]
    fn words_for_a_missing_answer_are_no_codes() {
        for text in [
            "inconnu", "Inconnue", "NC", "n.c.", "NSP", "x", "XXX", "-", "--", "0", "000", "...",
            "?", "refused", "N/A", "to_check", " - ",
        ] {
            assert!(is_no_code(text), "{text}");
        }
        for text in ["P-1", "1", "10", "X1", "inconnu-2", "AB", "marie", "Total"] {
            assert!(!is_no_code(text), "{text}");
        }
    }
}
