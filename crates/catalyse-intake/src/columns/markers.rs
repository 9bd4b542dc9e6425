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
