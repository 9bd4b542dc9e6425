//! The partner a record comes from.

use catalyse_locale::Label;

use crate::types::code_reading::{read_code, write_code};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// One of the study's partners. Their names, labels and aliases make its list.
pub(crate) struct Partner;

impl ValueType for Partner {
    fn name(&self) -> &'static str {
        "partner"
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
            "Un partenaire de l'étude, par son nom, son libellé ou un autre nom.",
            "A partner of the study, by its name, label or another name.",
        )
    }

    fn implicit_list(&self) -> Option<&'static str> {
        Some("partner")
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
            assert_eq!(read_in(&list, "partner", RawCell::Text(text)), code, "{text}");
        }
        assert!(
            read_in(&list, "partner", RawCell::Text("third")).starts_with("? a code or its label")
        );
        assert_eq!(read("partner", RawCell::Text("first")), "? this variable has no code list");
    }
}
