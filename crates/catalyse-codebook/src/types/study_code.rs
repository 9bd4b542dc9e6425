//! What the study names itself, its partners and its waves: their names, labels and aliases make the list.

use catalyse_locale::Label;

use crate::types::code_reading::{read_code, write_code};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// One of the things that the study names.
pub(crate) struct StudyCode {
    /// The name of the type and of the list.
    pub(crate) name: &'static str,
    /// Whether their order means something.
    pub(crate) level: Level,
    /// What one of them is, in both languages.
    pub(crate) meaning: (&'static str, &'static str),
}

impl ValueType for StudyCode {
    fn name(&self) -> &'static str {
        self.name
    }

    fn storage(&self) -> Storage {
        Storage::Code
    }

    fn widget(&self) -> Widget {
        Widget::Choice
    }

    fn level(&self) -> Level {
        self.level
    }

    fn meaning(&self) -> Label {
        Label::new(self.meaning.0, self.meaning.1)
    }

    fn implicit_list(&self) -> Option<&'static str> {
        Some(self.name)
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        read_code(cell, list).or_else(|unreadable| {
            let RawCell::Text(text) = cell else { return Err(unreadable) };
            let spoken = list.and_then(|index| index.list.spoken(text));
            spoken.map(Value::Code).ok_or(unreadable)
        })
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
    fn a_number_of_a_workbook_is_the_other_name_that_it_writes() {
        let mut list = list_of(&[("w1", "Vague 1", "Wave 1"), ("w2", "Vague 2", "Wave 2")]);
        list.categories[0].aliases.push("1".to_owned());
        list.categories[1].aliases.push("83012".to_owned());
        for value_type in ["partner", "wave"] {
            assert_eq!(read_in(&list, value_type, RawCell::Number(1.0)), "w1");
            assert_eq!(read_in(&list, value_type, RawCell::Number(83_012.0)), "w2");
            for number in [3.0, 1.5] {
                let unknown = read_in(&list, value_type, RawCell::Number(number));
                assert!(unknown.starts_with("? a code or its label"), "{unknown}");
            }
        }
    }

    #[test]
    fn it_is_read_by_name_and_label_and_nothing_else() {
        let mut list =
            list_of(&[("first", "Le premier", "The first"), ("second", "Le second", "The second")]);
        list.categories[1].aliases.push("n° 2".to_owned());
        for value_type in ["partner", "wave"] {
            for (text, code) in [
                ("first", "first"),
                ("LE PREMIER", "first"),
                ("N° 2", "second"),
                ("The second", "second"),
                ("n°2", "second"),
            ] {
                assert_eq!(read_in(&list, value_type, RawCell::Text(text)), code, "{text}");
            }
            let unknown = read_in(&list, value_type, RawCell::Text("third"));
            assert!(unknown.starts_with("? a code or its label"), "{unknown}");
            let without_list = read(value_type, RawCell::Text("first"));
            assert_eq!(without_list, "? this variable has no code list");
        }
    }
}
