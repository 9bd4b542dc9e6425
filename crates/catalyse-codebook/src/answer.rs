//! Answers: values that stand by themselves, outside a column: what a store keeps and an entry form sends.
//!
//! A code is its text and not its index, because a list may grow between two waves. The JSON form is canonical: the same answer always
//! gives the same bytes, so that two records can be compared by theirs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value as Json, json};

use crate::types::{day_number, ymd_of_day_number};
use crate::{CodeList, MissingReason, Precision, Storage, Value, VariableName};

/// Holds the answers of one record. A variable that is not in it has no answer and no reason.
pub type Answers = BTreeMap<VariableName, Answer>;

/// Holds one answer, or the reason why there is none.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// Of `Storage::Boolean`.
    Boolean(bool),
    /// Of `Storage::Integer`.
    Integer(i64),
    /// Of `Storage::Decimal`.
    Decimal(f64),
    /// Of `Storage::Date`: the day, and how much of it is known.
    Date(i32, Precision),
    /// Of `Storage::Text`.
    Text(String),
    /// Of `Storage::Code`: the code as it stands in the list.
    Code(String),
    /// Of `Storage::Codes`: the codes in the order of the list.
    Codes(Vec<String>),
    /// There is no answer, for a reason.
    Missing(MissingReason),
}

impl Answer {
    /// Makes the answer of a value. A code outside the list becomes `to_check`.
    pub fn of_value(value: &Value<'_>, list: Option<&CodeList>) -> Self {
        let code = |index: usize| {
            list.and_then(|list| list.categories.get(index)).map(|category| category.code.clone())
        };
        match value {
            Value::Boolean(truth) => Self::Boolean(*truth),
            Value::Integer(number) => Self::Integer(*number),
            Value::Decimal(number) => Self::Decimal(*number),
            Value::Date(day, precision) => Self::Date(*day, *precision),
            Value::Text(text) => Self::Text(text.to_string()),
            Value::Code(index) => {
                code(usize::from(*index)).map_or(Self::Missing(MissingReason::ToCheck), Self::Code)
            }
            Value::Codes(bits) => {
                Self::Codes((0..64).filter(|bit| bits >> bit & 1 == 1).filter_map(code).collect())
            }
        }
    }

    /// Returns the value, or nothing for a missing answer or a code that the list does not have.
    pub fn value(&self, list: Option<&CodeList>) -> Option<Value<'_>> {
        let index = |code: &str| list.and_then(|list| list.position(code));
        Some(match self {
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Integer(number) => Value::Integer(*number),
            Self::Decimal(number) => Value::Decimal(*number),
            Self::Date(day, precision) => Value::Date(*day, *precision),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Code(code) => Value::Code(u16::try_from(index(code)?).ok()?),
            Self::Codes(codes) => {
                let bits = codes.iter().try_fold(0_u64, |bits, code| {
                    Some(bits | 1_u64.checked_shl(u32::try_from(index(code)?).ok()?)?)
                });
                Value::Codes(bits?)
            }
            Self::Missing(_) => return None,
        })
    }

    /// Returns the reason why there is no answer.
    pub const fn missing(&self) -> Option<MissingReason> {
        if let Self::Missing(reason) = self { Some(*reason) } else { None }
    }

    /// Writes the answer as JSON: a number, a text, a list of codes; a date as ISO with as much as is known; `{"missing": "refused"}`.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Boolean(truth) => json!(truth),
            Self::Integer(number) => json!(number),
            Self::Decimal(number) => json!(number),
            Self::Date(day, precision) => json!(date_text(*day, *precision)),
            Self::Text(text) | Self::Code(text) => json!(text),
            Self::Codes(codes) => json!(codes),
            Self::Missing(reason) => json!({ "missing": reason.name() }),
        }
    }

    /// Reads what [`Answer::to_json`] wrote, or nothing if it is no answer of this storage.
    pub fn from_json(storage: Storage, json: &Json) -> Option<Self> {
        if let Some(reason) = json.get("missing").and_then(Json::as_str) {
            return MissingReason::from_name(reason).map(Self::Missing);
        }
        let text = || json.as_str().map(str::to_owned);
        Some(match storage {
            Storage::Boolean => Self::Boolean(json.as_bool()?),
            Storage::Integer => Self::Integer(json.as_i64()?),
            Storage::Decimal => Self::Decimal(json.as_f64()?),
            Storage::Date => {
                let (day, precision) = date_of(json.as_str()?)?;
                Self::Date(day, precision)
            }
            Storage::Text => Self::Text(text()?),
            Storage::Code => Self::Code(text()?),
            Storage::Codes => {
                let codes = json.as_array()?.iter();
                Self::Codes(
                    codes.map(|code| code.as_str().map(str::to_owned)).collect::<Option<_>>()?,
                )
            }
        })
    }
}

// An answer is a person's: its Debug shows the shape only.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Boolean(_) => "Boolean(…)",
            Self::Integer(_) => "Integer(…)",
            Self::Decimal(_) => "Decimal(…)",
            Self::Date(..) => "Date(…)",
            Self::Text(_) => "Text(…)",
            Self::Code(_) => "Code(…)",
            Self::Codes(_) => "Codes(…)",
            Self::Missing(_) => "Missing(…)",
        })
    }
}

fn date_text(day: i32, precision: Precision) -> String {
    let (year, month, of_month) = ymd_of_day_number(day);
    match precision {
        Precision::Day => format!("{year:04}-{month:02}-{of_month:02}"),
        Precision::Month => format!("{year:04}-{month:02}"),
        Precision::Year => format!("{year:04}"),
    }
}

fn date_of(text: &str) -> Option<(i32, Precision)> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(|month| month.parse::<u8>().ok());
    let day = parts.next().map(|day| day.parse::<u8>().ok());
    let precision = match (month, day) {
        (None, _) => Precision::Year,
        (Some(_), None) => Precision::Month,
        (Some(_), Some(_)) => Precision::Day,
    };
    let number = day_number(year, month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?)?;
    Some((number, precision))
}

#[cfg(test)]
mod tests {
    use super::Answer;
    use crate::{Category, CodeList, ListName, MissingReason, Precision, Storage, Value};

    fn list() -> CodeList {
        let category = |code: &str| Category {
            code: code.to_owned(),
            label: catalyse_locale::Label::same(code),
            aliases: Vec::new(),
            valid_from: None,
            valid_to: None,
            source: String::new(),
        };
        let name = ListName::new("aids").expect("a slug");
        CodeList { name, categories: ["none", "ris", "other"].map(category).to_vec() }
    }

    #[test]
    fn every_answer_comes_back_from_its_json() {
        for (storage, answer, text) in [
            (Storage::Boolean, Answer::Boolean(false), "false"),
            (Storage::Integer, Answer::Integer(-7), "-7"),
            (Storage::Decimal, Answer::Decimal(0.1), "0.1"),
            (Storage::Date, Answer::Date(19_784, Precision::Day), "\"2024-03-02\""),
            (Storage::Date, Answer::Date(19_783, Precision::Month), "\"2024-03\""),
            (Storage::Date, Answer::Date(19_723, Precision::Year), "\"2024\""),
            (Storage::Text, Answer::Text("é \"".into()), "\"é \\\"\""),
            (Storage::Code, Answer::Code("ris".into()), "\"ris\""),
            (Storage::Codes, Answer::Codes(vec!["ris".into()]), "[\"ris\"]"),
            (
                Storage::Integer,
                Answer::Missing(MissingReason::Refused),
                "{\"missing\":\"refused\"}",
            ),
        ] {
            let json = answer.to_json();
            assert_eq!(json.to_string(), text);
            assert!(Answer::from_json(storage, &json) == Some(answer), "{text}");
        }
        assert!(Answer::from_json(Storage::Integer, &serde_json::json!("7")).is_none());
        assert!(Answer::from_json(Storage::Date, &serde_json::json!("2024-13")).is_none());
    }

    #[test]
    fn a_code_is_its_text_and_finds_its_place_again() {
        let list = list();
        let answer = Answer::of_value(&Value::Codes(0b110), Some(&list));
        assert!(answer == Answer::Codes(vec!["ris".into(), "other".into()]));
        assert!(answer.value(Some(&list)) == Some(Value::Codes(0b110)));
        assert!(Answer::of_value(&Value::Code(9), Some(&list)).missing().is_some());
        assert!(Answer::Code("gone".into()).value(Some(&list)).is_none());
    }

    #[test]
    fn debug_shows_no_answer() {
        assert_eq!(format!("{:?}", Answer::Text("Dupont".into())), "Text(…)");
    }
}
