//! From what an encoder types to an answer.
//!
//! The value types read it, as they read a cell of a delivery. Only what fingers want is added before: dates and months without marks,
//! and a century that has already been.

use catalyse_codebook::types::{day_number, ymd_of_day_number};
use catalyse_codebook::{
    Answer, Codebook, DecimalMark, ListIndex, RawCell, ReadAs, Unreadable, Value, Variable, Widget,
};
use jiff::civil::Date;

use super::matching::{matching, several};

/// Reads what was typed. Nothing for an empty box.
///
/// # Errors
/// It cannot be a value of the variable; the sentence says why.
pub(crate) fn typed(
    codebook: &Codebook,
    variable: &Variable,
    text: &str,
    today: Date,
) -> Result<Option<Answer>, Unreadable> {
    let text = catalyse_codebook::types::trim(text);
    if text.is_empty() {
        return Ok(None);
    }
    let list = codebook.list_of(variable);
    let index = list.map(ListIndex::new);
    let widget = variable.value_type.widget();
    let with_marks = match widget {
        Widget::Date => marked_date(text),
        Widget::Month => marked_month(text),
        // A choice of a search box comes as `83012 – Durbuy`.
        Widget::Choice | Widget::Search => text.split_once(" – ").map(|(code, _)| code.to_owned()),
        Widget::Line | Widget::Lines | Widget::Number | Widget::Choices => None,
    };
    let text = with_marks.unwrap_or_else(|| text.to_owned());
    // The decimal key of the number pad writes a point or a comma, as the system likes.
    let decimal_mark = if text.contains(',') { DecimalMark::Comma } else { DecimalMark::Point };
    let read_as = ReadAs { decimal_mark, ..ReadAs::default() };
    let read = |text| variable.value_type.read(RawCell::Text(text), read_as, index.as_ref());
    let matches = matching(codebook, variable, &text);
    let value = match (read(&text), &matches[..]) {
        (Ok(value), _) => value,
        (Err(unreadable), []) => return Err(unreadable),
        // A part of one name alone is that name.
        (Err(_), [only]) => read(&only.code)?,
        (Err(_), _) => return Err(Unreadable(several(&matches))),
    };
    Ok(Some(Answer::of_value(&in_the_past(value, &text, today), list)))
}

/// Writes `140388` and `14031988` as dates with marks.
fn marked_date(text: &str) -> Option<String> {
    match digits(text)?.len() {
        6 | 8 => {
            let (day, rest) = text.split_at_checked(2)?;
            let (month, year) = rest.split_at_checked(2)?;
            Some(format!("{day}/{month}/{year}"))
        }
        _ => None,
    }
}

/// Writes `0423`, `042023` and `04/23` as months with a year of four digits.
fn marked_month(text: &str) -> Option<String> {
    let (month, year) = match text.split_once(['/', '-', '.', ' ']) {
        Some((month, year)) => (month, year),
        // `2022` is a year without its month, and not the twentieth month of 1922.
        None if text.len() == 4 && text > "13" => return None,
        None => text.split_at_checked(2)?,
    };
    digits(month)?;
    match digits(year)?.len() {
        4 => Some(format!("{month}/{year}")),
        // As the value types read two digits in a date: 00–29 is 2000–2029.
        2 if year < "30" => Some(format!("{month}/20{year}")),
        2 => Some(format!("{month}/19{year}")),
        _ => None,
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Takes a date of two-digit year that has not come yet a century back: on a form, `14/03/27` is a birth date of 1927.
fn in_the_past(value: Value<'_>, text: &str, today: Date) -> Value<'static> {
    let Value::Date(day, precision) = value else { return owned(value) };
    let marks = ['/', '-', '.', ' '];
    // `2027-03-14` begins with its year: what stands last is the day.
    let is_year_first = text.split(marks).next().is_some_and(|first| first.len() == 4);
    let two_digits =
        !is_year_first && text.rsplit(marks).next().is_some_and(|year| year.len() == 2);
    let (year, month, of_month) = ymd_of_day_number(day);
    let is_to_come = (year, month, of_month)
        > (i32::from(today.year()), today.month().unsigned_abs(), today.day().unsigned_abs());
    let earlier = day_number(year - 100, month, of_month).filter(|_| two_digits && is_to_come);
    Value::Date(earlier.unwrap_or(day), precision)
}

fn owned(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Boolean(truth) => Value::Boolean(truth),
        Value::Integer(number) => Value::Integer(number),
        Value::Decimal(number) => Value::Decimal(number),
        Value::Date(day, precision) => Value::Date(day, precision),
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Code(index) => Value::Code(index),
        Value::Codes(bits) => Value::Codes(bits),
    }
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{Codebook, SchemaFiles, VariableName};
    use catalyse_locale::Language;
    use jiff::civil::date;

    use crate::form::Tongues;
    use crate::sheet::shown;

    fn try_it(variable: &str, text: &str) -> String {
        let opened = Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled");
        let codebook = opened.codebook;
        let name = VariableName::new(variable).expect("a name");
        let variable = codebook.variable(&name).expect("a variable");
        match super::typed(&codebook, variable, text, date(2026, 1, 15)) {
            Ok(answer) => {
                let tongues = Tongues { page: Language::Fr, questions: Language::Fr };
                shown(&codebook, variable, answer.as_ref(), tongues)
            }
            Err(_) => "?".into(),
        }
    }

    #[test]
    fn dates_and_months_need_no_marks_and_lie_in_the_past() {
        for (variable, text, shown) in [
            ("birth_date", "14/03/88", "14/03/1988"),
            ("birth_date", "140388", "14/03/1988"),
            ("birth_date", "14031988", "14/03/1988"),
            ("birth_date", "14/3/27", "14/03/1927"),
            ("birth_date", "14/3/2027", "14/03/2027"),
            ("birth_date", "2027-03-14", "14/03/2027"),
            ("birth_date", "2027/3/14", "14/03/2027"),
            ("birth_date", "14 mars 27", "14/03/1927"),
            ("birth_date", "03/1988", "03/1988"),
            ("birth_date", "1988", "1988"),
            ("birth_date", "31/02/88", "?"),
            ("interview_date", "02/03/24", "02/03/2024"),
            ("spell_start", "0423", "04/2023"),
            ("spell_start", "04/2023", "04/2023"),
            ("spell_start", "042023", "04/2023"),
            ("spell_start", "13/2023", "?"),
            ("spell_start", "1223", "12/2023"),
            ("spell_start", "2022", "?"),
        ] {
            assert_eq!(try_it(variable, text), shown, "{variable} {text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_a_point_or_a_comma() {
        assert_eq!(try_it("spell_hours", "19,5"), "19,5");
        assert_eq!(try_it("spell_hours", "19.5"), "19,5");
        assert_eq!(try_it("spell_hours", "  "), "");
    }

    #[test]
    fn a_place_is_its_code_its_name_or_what_the_search_box_writes() {
        for text in ["83012", "durbuy", "83012 – Durbuy"] {
            assert_eq!(try_it("area_of_residence", text), "83012 – Durbuy", "{text}");
        }
        for text in ["Atlantis", "m", "marche ou crève"] {
            assert_eq!(try_it("area_of_residence", text), "?", "{text}");
        }
        assert_eq!(try_it("area_of_residence", "saint josse"), "21014 – Saint-Josse-ten-Noode");
        // A part of one name, whatever case and accents; of several, nothing is guessed.
        for text in ["DURB", "durbu", " urbuy"] {
            assert_eq!(try_it("area_of_residence", text), "83012 – Durbuy", "{text}");
        }
        assert_eq!(try_it("area_of_residence", "saint"), "?");
    }
}
