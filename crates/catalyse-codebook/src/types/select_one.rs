//! One category of a code list.

use catalyse_locale::Label;

use crate::types::code_reading::{read_code, write_code};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// One category of a code list, written as its code or its label.
pub(crate) struct SelectOne;

impl ValueType for SelectOne {
    fn name(&self) -> &'static str {
        "select_one"
    }

    fn storage(&self) -> Storage {
        Storage::Code
    }

    fn widget(&self) -> Widget {
        Widget::Choice
    }

    fn level(&self) -> Level {
        Level::Nominal
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Une modalité d'une liste de codes : `select_one NOM_DE_LISTE`.",
            "One category of a code list: `select_one NAME_OF_LIST`.",
        )
    }

    fn needs_list(&self) -> bool {
        true
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        read_code(cell, list)
    }

    fn write(&self, value: &Value<'_>, list: Option<&CodeList>) -> String {
        write_code(value, list)
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("autre chose")
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{list_of, read, read_in};

    #[test]
    fn codes_labels_and_numbers_find_their_category() {
        let list = list_of(&[("1", "Très bon", "Very good"), ("02", "Bon", "Good")]);
        for text in ["1", " 1 ", "01", "TRES BON", "very-good", "Très\u{a0}bon"] {
            assert_eq!(read_in(&list, "select_one", RawCell::Text(text)), "1", "{text}");
        }
        assert_eq!(read_in(&list, "select_one", RawCell::Number(2.0)), "02");
        assert_eq!(read_in(&list, "select_one", RawCell::Text("2")), "02");
    }

    #[test]
    fn what_is_not_in_the_list_is_refused_with_its_codes() {
        const NO: &str = "? a code or its label is expected: yes, no";
        let list = list_of(&[("yes", "oui", "yes"), ("no", "non", "no")]);
        for cell in [
            RawCell::Text(""),
            RawCell::Text("peut-être"),
            RawCell::Text("yes, no"),
            RawCell::Number(1.0),
            RawCell::DateSerial(2.0),
        ] {
            assert_eq!(read_in(&list, "select_one", cell), NO);
        }
        assert_eq!(read_in(&list, "select_one", RawCell::Boolean(true)), "yes");
        assert!(read_in(&list, "select_one", RawCell::Error("#REF!")).starts_with("? the cell"));
        assert_eq!(read("select_one", RawCell::Text("1")), "? this variable has no code list");
    }
}
