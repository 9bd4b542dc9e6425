//! The wave a record belongs to.

use catalyse_locale::Label;

use crate::types::code_reading::{read_code, write_code};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// One of the study's waves. Their names, labels and aliases make its list, in time.
pub(crate) struct Wave;

impl ValueType for Wave {
    fn name(&self) -> &'static str {
        "wave"
    }

    fn storage(&self) -> Storage {
        Storage::Code
    }

    fn widget(&self) -> Widget {
        Widget::Choice
    }

    fn level(&self) -> Level {
        Level::Ordinal
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Une vague de l'étude, par son nom, son libellé ou un autre nom.",
            "A wave of the study, by its name, label or another name.",
        )
    }

    fn implicit_list(&self) -> Option<&'static str> {
        Some("wave")
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
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{list_of, read, read_in};

    #[test]
    fn it_is_read_by_name_and_label_and_nothing_else() {
        let mut list =
            list_of(&[("first", "Le premier", "The first"), ("second", "Le second", "The second")]);
        list.categories[1].aliases.push("n° 2".to_owned());
        for (text, code) in [
            ("first", "first"),
            ("LE PREMIER", "first"),
            ("N° 2", "second"),
            ("The second", "second"),
        ] {
            assert_eq!(read_in(&list, "wave", RawCell::Text(text)), code, "{text}");
        }
        assert!(
            read_in(&list, "wave", RawCell::Text("third")).starts_with("? a code or its label")
        );
        assert_eq!(read("wave", RawCell::Text("first")), "? this variable has no code list");
    }
}
