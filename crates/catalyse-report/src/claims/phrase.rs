//! Pieces of sentences: a moment, a label in quotation marks, parts joined, "of all partners".

use catalyse_locale::{Args, Label, Language, Wording, typeset};

use crate::company::Company;

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

/// Returns whose persons they are, after "personnes": " de tous les partenaires"; nothing where one partner has all records.
pub(crate) fn of_all(company: Company<'_>, language: Language) -> String {
    const OF_ALL: Wording = Wording::new("de tous les partenaires", "of all partners");
    match company {
        Company::All { .. } => format!(" {}", OF_ALL.say(language, &Args::new())),
        Company::Only(_) | Company::One(_) | Company::Several { .. } | Company::Changing { .. } => {
            of_some(company, language)
        }
    }
}

/// Returns the same where it goes without saying that all partners are meant.
pub(crate) fn of_some(company: Company<'_>, language: Language) -> String {
    const OF_ONE: Wording = Wording::new("suivies par { $partner }", "followed by { $partner }");
    const OF_SEVERAL: Wording = Wording::new(
        "des { $n } partenaires qui ont des fiches",
        "of the { $n } partners with records",
    );
    let words = match company {
        Company::Only(_) | Company::All { .. } | Company::Changing { .. } => return String::new(),
        Company::One(partner) => {
            OF_ONE.say(language, &Args::new().label("partner", &partner.label))
        }
        Company::Several { n } => OF_SEVERAL.say(language, &Args::new().count("n", n)),
    };
    format!(" {words}")
}

/// Returns "tous partenaires réunis, ", or nothing if there is one: who is meant are the persons of all, not each partner.
pub(crate) fn at_all(company: Company<'_>, language: Language) -> String {
    const AT_ALL: Wording = Wording::new("tous partenaires réunis,", "all partners together,");
    const AT_ONE: Wording = Wording::new("chez { $partner },", "at { $partner },");
    const AT_SEVERAL: Wording = Wording::new(
        "les { $n } partenaires qui ont des fiches réunis,",
        "the { $n } partners with records together,",
    );
    let words = match company {
        Company::Only(_) | Company::Changing { .. } => return String::new(),
        Company::All { .. } => AT_ALL.say(language, &Args::new()),
        Company::One(partner) => {
            AT_ONE.say(language, &Args::new().label("partner", &partner.label))
        }
        Company::Several { n } => AT_SEVERAL.say(language, &Args::new().count("n", n)),
    };
    format!("{words} ")
}

/// Returns the answer that a group gave, with its question where the answer alone says nothing: `Ménage avec enfants : Oui`.
pub(crate) fn answer(question: &str, key: &str, label: &str, language: Language) -> String {
    const ANSWER: Wording =
        Wording::new("{ $question } : { $answer }", "{ $question }: { $answer }");
    if !["true", "false", "yes", "no"].contains(&key) {
        return label.to_owned();
    }
    let args = Args::new().text("question", question).text("answer", label);
    typeset(language, &ANSWER.say(language, &args))
}

/// Joins names: `Durbuy, Hotton et Rendeux`.
pub(crate) fn joined(language: Language, names: impl IntoIterator<Item = String>) -> String {
    const AND: Wording = Wording::new("{ $first } et { $last }", "{ $first } and { $last }");
    let mut names: Vec<String> = names.into_iter().collect();
    let Some(last) = names.pop() else { return String::new() };
    if names.is_empty() {
        return last;
    }
    AND.say(language, &Args::new().text("first", names.join(", ")).text("last", last))
}

/// Joins parts of a sentence by semicolons as the language sets them.
pub(crate) fn list(language: Language, parts: impl IntoIterator<Item = String>) -> String {
    let between = match language {
        Language::Fr => " ; ",
        Language::En | Language::Nl | Language::De => "; ",
    };
    parts.into_iter().collect::<Vec<_>>().join(between)
}
