//! Whole numbers.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{trim, unreadable};
use crate::types::decimal::{number_of, whole_of};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_WHOLE: Wording = Wording::new(
    "un nombre entier est attendu, sans décimales, par exemple 12",
    "a whole number is expected, without decimals, such as 12",
);

/// A whole number: a count of children, a year.
pub(crate) struct Integer;

impl ValueType for Integer {
    fn name(&self) -> &'static str {
        "integer"
    }

    fn storage(&self) -> Storage {
        Storage::Integer
    }

    fn widget(&self) -> Widget {
        Widget::Number
    }

    fn level(&self) -> Level {
        Level::Quantity
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un nombre entier : un nombre d'enfants, une année.",
            "A whole number: a count of children, a year.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        if let RawCell::Text(text) = cell
            && let Some(number) = plain_digits(trim(text))
        {
            return Ok(Value::Integer(number));
        }
        let number = number_of(cell, read_as)?;
        whole_of(number).map(Value::Integer).ok_or_else(|| unreadable(&NOT_WHOLE))
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        if let Value::Integer(number) = value { number.to_string() } else { String::new() }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("beaucoup")
    }
}

/// Returns the number of a text of up to 15 digits: the usual case, without a detour over decimals.
fn plain_digits(text: &str) -> Option<i64> {
    let is_plain = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn whole_numbers_are_read_however_they_are_written() {
        for (text, number) in [
            ("12", "12"),
            (" 12\u{a0}", "12"),
            ("007", "7"),
            ("12,0", "12"),
            ("12.00", "12"),
            ("1 200", "1200"),
            ("-3", "-3"),
            ("+3", "3"),
            ("999999999999999", "999999999999999"),
        ] {
            assert_eq!(read_text("integer", text), number, "{text}");
        }
        assert_eq!(read("integer", RawCell::Number(2.999_999_999_999_999_6)), "3");
    }

    #[test]
    fn decimals_words_and_nothing_are_refused() {
        const DECIMALS: &str = "? a whole number is expected, without decimals, such as 12";
        assert_eq!(read_text("integer", "12,5"), DECIMALS);
        assert_eq!(read("integer", RawCell::Number(3.5)), DECIMALS);
        assert_eq!(read_text("integer", "99999999999999999999"), DECIMALS);
        for text in ["", "deux", "1-2", "12/3"] {
            assert_eq!(
                read_text("integer", text),
                "? a number is expected, in digits, such as 12 or 12.5",
                "{text}"
            );
        }
    }
}
