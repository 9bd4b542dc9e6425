//! Reading in tests: a cell in, what it was read as out, or `?` and the sentence that says why not.

use catalyse_locale::{Label, Language};

use crate::{
    Category, CodeList, DateOrder, DateSystem, DecimalMark, ListIndex, ListName, RawCell, ReadAs,
    types,
};

/// Reads a text with the defaults.
pub(crate) fn read_text(type_name: &str, text: &str) -> String {
    read(type_name, RawCell::Text(text))
}

/// Reads a cell with the defaults.
pub(crate) fn read(type_name: &str, cell: RawCell<'_>) -> String {
    read_with(type_name, cell, ReadAs::default(), None)
}

/// Reads a text with decimal points.
pub(crate) fn read_with_points(type_name: &str, text: &str) -> String {
    let read_as = ReadAs { decimal_mark: DecimalMark::Point, ..ReadAs::default() };
    read_with(type_name, RawCell::Text(text), read_as, None)
}

/// Reads a text with the month before the day.
pub(crate) fn read_month_first(type_name: &str, text: &str) -> String {
    let read_as = ReadAs { date_order: DateOrder::MonthDayYear, ..ReadAs::default() };
    read_with(type_name, RawCell::Text(text), read_as, None)
}

/// Reads a cell of a workbook that counts from 1904.
pub(crate) fn read_from_1904(type_name: &str, cell: RawCell<'_>) -> String {
    let read_as = ReadAs { date_system: DateSystem::From1904, ..ReadAs::default() };
    read_with(type_name, cell, read_as, None)
}

/// Reads a cell against a list.
pub(crate) fn read_in(list: &CodeList, type_name: &str, cell: RawCell<'_>) -> String {
    read_with(type_name, cell, ReadAs::default(), Some(list))
}

/// Makes a list of `(code, French label, English label)`.
pub(crate) fn list_of(categories: &[(&str, &str, &str)]) -> CodeList {
    CodeList {
        name: ListName::new("list").expect("a slug"),
        categories: categories
            .iter()
            .map(|(code, fr, en)| Category {
                code: (*code).to_owned(),
                label: Label::new(*fr, *en),
                aliases: Vec::new(),
                valid_from: None,
                valid_to: None,
                source: "a test".to_owned(),
            })
            .collect(),
    }
}

fn read_with(
    type_name: &str,
    cell: RawCell<'_>,
    read_as: ReadAs,
    list: Option<&CodeList>,
) -> String {
    let value_type = types::find(type_name).expect("a type");
    let index = list.map(ListIndex::new);
    match value_type.read(cell, read_as, index.as_ref()) {
        Ok(value) => value_type.write(&value, list),
        Err(unreadable) => format!("? {}", unreadable.0.say(Language::En)),
    }
}
