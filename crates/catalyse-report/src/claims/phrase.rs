//! Pieces of sentences: a moment, a label in quotation marks, parts joined, "of all partners".

use catalyse_locale::{Args, Label, Language, Wording, typeset};

use crate::inputs::Company;

/// Returns a moment in words that stand inside a sentence: `la vague 1 (printemps 2024)`.
pub(crate) fn moment(language: Language, label: &str) -> String {
    let (word, article) = match language {
        Language::Fr => ("Vague", "la "),
        Language::En | Language::Nl | Language::De => ("Wave", ""),
    };
    match label.strip_prefix(word) {
        Some(rest) => format!("{article}{}{rest}", word.to_lowercase()),
        None => label.to_owned(),
    }
}

/// Returns words that stand for a label without its language.
pub(crate) fn quoted(language: Language, label: &Label) -> String {
    match language {
        Language::Fr => typeset(language, &format!("« {} »", label.get(language))),
        Language::En | Language::Nl | Language::De => format!("“{}”", label.get(language)),
    }
}

/// Returns " de tous les partenaires", or nothing if there is one.
pub(crate) fn of_all(company: Company, language: Language) -> String {
    const OF_ALL: Wording = Wording::new("de tous les partenaires", "of all partners");
    if company == Company::Alone {
        return String::new();
    }
    format!(" {}", OF_ALL.say(language, &Args::new()))
}

/// Returns "tous partenaires réunis, ", or nothing if there is one: who is meant are the persons of all, not each partner.
pub(crate) fn at_all(company: Company, language: Language) -> String {
    const AT_ALL: Wording = Wording::new("tous partenaires réunis,", "all partners together,");
    if company == Company::Alone {
        return String::new();
    }
    format!("{} ", AT_ALL.say(language, &Args::new()))
}

/// Joins parts of a sentence by semicolons as the language sets them.
pub(crate) fn list(language: Language, parts: impl IntoIterator<Item = String>) -> String {
    let between = match language {
        Language::Fr => " ; ",
        Language::En | Language::Nl | Language::De => "; ",
    };
    parts.into_iter().collect::<Vec<_>>().join(between)
}
