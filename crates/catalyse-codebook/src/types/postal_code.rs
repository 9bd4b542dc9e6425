//! Belgian postal codes.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{trim, unreadable};
use crate::types::digits::Digits;
use crate::types::text::write_text;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_FOUR: Wording = Wording::new(
    "un code postal belge de quatre chiffres est attendu, par exemple 6940",
    "a Belgian postal code of four digits is expected, such as 6940",
);
const NOT_IN_LIST: Wording = Wording::new(
    "ce code postal n'est pas dans la liste de l'étude ; le vérifier",
    "this postal code is not in the study's list; check it",
);

/// A postal code of Belgium: four digits from 1000 to 9999. It is no municipality: one may have several and share them.
///
/// **Source** bpost, list of postal codes.
pub(crate) struct PostalCode;

impl ValueType for PostalCode {
    fn name(&self) -> &'static str {
        "postal_code"
    }

    fn storage(&self) -> Storage {
        Storage::Text
    }

    fn widget(&self) -> Widget {
        Widget::Line
    }

    fn level(&self) -> Level {
        Level::Nominal
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un code postal belge de quatre chiffres.",
            "A Belgian postal code of four digits.",
        )
    }

    fn may_have_list(&self) -> bool {
        true
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        let digits = match cell {
            RawCell::Text(text) => Digits::of_text(without_country(trim(text))),
            RawCell::Empty
            | RawCell::Number(_)
            | RawCell::DateSerial(_)
            | RawCell::DateIso(_)
            | RawCell::Boolean(_)
            | RawCell::Error(_) => Digits::of_cell(cell),
        };
        let digits = digits
            .filter(|digits| digits.len() == 4 && digits.number(0, 4) >= 1000)
            .ok_or_else(|| unreadable(&NOT_FOUR))?;
        let value = digits.value(cell);
        // A list, if the variable names one, says which codes exist.
        match (list, &value) {
            (Some(index), Value::Text(text)) if index.find_code(text).is_none() => {
                Err(unreadable(&NOT_IN_LIST))
            }
            _ => Ok(value),
        }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }

    fn invent(&self, _person: u64, chance: u64) -> Option<String> {
        Some(format!("{}", 6_900 + chance % 100))
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("69")
    }
}

/// Drops the country: `B-6940`, `BE 6940`.
fn without_country(text: &str) -> &str {
    text.strip_prefix("BE").or_else(|| text.strip_prefix('B')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{list_of, read, read_in, read_text};

    #[test]
    fn four_digits_are_read_with_or_without_the_country() {
        for text in ["6940", " 6940", "B-6940", "BE 6940"] {
            assert_eq!(read_text("postal_code", text), "6940", "{text}");
        }
        assert_eq!(read_text("postal_code", "1000"), "1000");
        assert_eq!(read_text("postal_code", "9999"), "9999");
        assert_eq!(read("postal_code", RawCell::Number(6940.0)), "6940");
    }

    #[test]
    fn other_codes_are_refused() {
        for text in ["", "0999", "694", "69400", "6940 Durbuy", "F-6940"] {
            assert_eq!(
                read_text("postal_code", text),
                "? a Belgian postal code of four digits is expected, such as 6940",
                "{text}"
            );
        }
        let list = list_of(&[("6940", "Durbuy", "Durbuy")]);
        assert_eq!(
            read_in(&list, "postal_code", RawCell::Text("6941")),
            "? this postal code is not in the study's list; check it"
        );
    }
}
