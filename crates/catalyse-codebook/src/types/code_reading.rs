//! Reading one category: shared by every type whose values are codes of a list.

use catalyse_locale::{Args, Label, Language, Wording};

use crate::types::cell::{WORKBOOK_ERROR, trim, unreadable, whole};
use crate::{CodeList, ListIndex, RawCell, Unreadable, Value};

const NOT_IN_LIST: Wording = Wording::new(
    "un code ou son libellé est attendu : { $codes }",
    "a code or its label is expected: { $codes }",
);
const NO_LIST: Wording =
    Wording::new("cette variable n'a pas de liste de codes", "this variable has no code list");

/// Reads a cell as one category.
pub(crate) fn read_code<'a>(
    cell: RawCell<'a>,
    index: Option<&ListIndex<'_>>,
) -> Result<Value<'a>, Unreadable> {
    let index = index.ok_or_else(|| unreadable(&NO_LIST))?;
    let found = match cell {
        RawCell::Text(text) => index.find(trim(text)),
        RawCell::Number(number) => whole(number).and_then(|number| index.find_number(number)),
        RawCell::Boolean(truth) => find_truth(index, truth),
        RawCell::Error(_) => return Err(unreadable(&WORKBOOK_ERROR)),
        RawCell::Empty | RawCell::DateSerial(_) | RawCell::DateIso(_) => None,
    };
    found.map(Value::Code).ok_or_else(|| not_in_list(index.list))
}

/// Writes the code of a category.
pub(crate) fn write_code(value: &Value<'_>, list: Option<&CodeList>) -> String {
    match (value, list) {
        (Value::Code(position), Some(list)) => list
            .categories
            .get(usize::from(*position))
            .map_or_else(String::new, |category| category.code.clone()),
        _ => String::new(),
    }
}

/// Says that a text is not in the list, with its first codes and what they mean.
pub(crate) fn not_in_list(list: &CodeList) -> Unreadable {
    const SHOWN: usize = 8;
    let mut codes = Label::default();
    for language in [Language::Fr, Language::En] {
        let shown =
            list.categories.iter().take(SHOWN).map(|category| match category.label.get(language) {
                label if label == category.code || label.is_empty() => category.code.clone(),
                label => format!("{} = {label}", category.code),
            });
        let mut shown = shown.collect::<Vec<_>>().join(", ");
        if list.categories.len() > SHOWN {
            shown.push_str(", …");
        }
        codes.set(language, shown);
    }
    Unreadable(NOT_IN_LIST.with(Args::new().label("codes", &codes)))
}

/// A workbook turns « oui » of a list into a truth value only where the list has such words.
fn find_truth(index: &ListIndex<'_>, truth: bool) -> Option<u16> {
    let words: &[&str] =
        if truth { &["oui", "yes", "vrai", "true"] } else { &["non", "no", "faux", "false"] };
    words.iter().find_map(|word| index.find(word))
}
