//! From an answer to what stands in its box: what [`super::typed`] reads back as the same answer.

use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{Answer, Codebook, Precision, Variable, Widget};
use catalyse_locale::Language;

use crate::form::{Tongues, spelt};

/// Writes an answer as it stands in its box, or, where the box is a choice, as the encoder reads it. Empty for none, and for a missing one.
pub(crate) fn shown(
    codebook: &Codebook,
    variable: &Variable,
    answer: Option<&Answer>,
    tongues: Tongues,
) -> String {
    match answer {
        None | Some(Answer::Missing(_)) => String::new(),
        Some(Answer::Boolean(true)) => yes_or_no(tongues.questions).0.to_owned(),
        Some(Answer::Boolean(false)) => yes_or_no(tongues.questions).1.to_owned(),
        Some(Answer::Integer(number)) if variable.value_type.widget() == Widget::Month => {
            format!("{:02}/{:04}", number.rem_euclid(12) + 1, number.div_euclid(12))
        }
        Some(Answer::Integer(number)) => number.to_string(),
        Some(Answer::Decimal(number)) => {
            // What is worked out has no more decimals than a reader takes in; what was typed stands as typed.
            let is_derived = variable.is_derived();
            let number = if is_derived { (number * 100.0).round() / 100.0 } else { *number };
            match tongues.page {
                Language::En => number.to_string(),
                Language::Fr | Language::Nl | Language::De => number.to_string().replace('.', ","),
            }
        }
        Some(Answer::Date(day, precision)) => date(*day, *precision),
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Code(code)) => match label(codebook, variable, code, tongues) {
            Some(label)
                if variable.value_type.widget() == Widget::Search
                    || is_long(codebook, variable) =>
            {
                format!("{code} – {label}")
            }
            Some(label) => label.to_owned(),
            None => code.clone(),
        },
        Some(Answer::Codes(codes)) => {
            let labels: Vec<&str> = codes
                .iter()
                .map(|code| label(codebook, variable, code, tongues).unwrap_or(code))
                .collect();
            labels.join(", ")
        }
    }
}

/// Writes an answer as a person reads it who has no codebook at hand: words for codes, dates and reasons.
pub fn in_words(
    codebook: &Codebook,
    variable: &Variable,
    answer: &Answer,
    language: Language,
) -> String {
    let tongues = Tongues { page: language, questions: language };
    match answer {
        Answer::Missing(reason) => tongues.of(&reason.label()).to_owned(),
        Answer::Code(code) => label(codebook, variable, code, tongues).unwrap_or(code).to_owned(),
        answer => match spelt(variable, Some(answer), language) {
            words if words.is_empty() => shown(codebook, variable, Some(answer), tongues),
            words => words,
        },
    }
}

/// Lists of more categories than these are searched and not laid out.
const MOST_CHOICES: usize = 30;

/// Says whether a variable's categories are too many to be laid out.
pub(crate) fn is_long(codebook: &Codebook, variable: &Variable) -> bool {
    codebook.list_of(variable).is_some_and(|list| list.categories.len() > MOST_CHOICES)
}

fn label<'c>(
    codebook: &'c Codebook,
    variable: &Variable,
    code: &str,
    tongues: Tongues,
) -> Option<&'c str> {
    let list = codebook.list_of(variable)?;
    let category = list.categories.get(list.position(code)?)?;
    Some(tongues.of(&category.label))
}

/// Returns the words for yes and no.
pub(crate) const fn yes_or_no(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Fr => ("oui", "non"),
        Language::En => ("yes", "no"),
        Language::Nl => ("ja", "nee"),
        Language::De => ("ja", "nein"),
    }
}

fn date(day: i32, precision: Precision) -> String {
    let (year, month, of_month) = ymd_of_day_number(day);
    match precision {
        Precision::Day => format!("{of_month:02}/{month:02}/{year:04}"),
        Precision::Month => format!("{month:02}/{year:04}"),
        Precision::Year => format!("{year:04}"),
    }
}
