//! Dates and months in words, beside the box in which they were typed in figures: `03/99` is shown as understood, `mars 1999`.

use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{Answer, Precision, Variable, Widget};
use catalyse_locale::Language;

use crate::pages::pick;

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// Returns a date or month in words; nothing for other answers.
pub(crate) fn spelt(variable: &Variable, answer: Option<&Answer>, language: Language) -> String {
    match answer {
        Some(Answer::Date(day, precision)) => {
            let (year, month, of_month) = ymd_of_day_number(*day);
            let month = name_of(month, language);
            let first = pick(language, "1er", "1").to_owned();
            let of_month = if of_month == 1 { first } else { of_month.to_string() };
            match precision {
                Precision::Day => format!("{of_month} {month} {year}"),
                Precision::Month => format!("{month} {year}"),
                Precision::Year => year.to_string(),
            }
        }
        Some(Answer::Integer(number)) if variable.value_type.widget() == Widget::Month => {
            let month = u8::try_from(number.rem_euclid(12) + 1).unwrap_or_default();
            format!("{} {}", name_of(month, language), number.div_euclid(12))
        }
        Some(_) | None => String::new(),
    }
}

fn name_of(month: u8, language: Language) -> &'static str {
    let index = usize::from(month).checked_sub(1);
    index.and_then(|index| MONTHS.get(index)).map_or("", |(fr, en)| pick(language, fr, en))
}
