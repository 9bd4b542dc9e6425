//! Several categories of a code list in one cell.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{WORKBOOK_ERROR, trim, unreadable, whole};
use crate::types::code_reading::not_in_list;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const MADE_A_NUMBER: Wording = Wording::new(
    "le classeur a changé la suite de codes en nombre ou en date ; mettre la colonne au format Texte et réécrire les codes, séparés par « ; »",
    "the workbook has turned the codes into a number or date; format the column as Text and write the codes again, parted by `;`",
);

/// Several categories, parted by `;`, `|`, `,` or a line end; codes also by blanks. Never read as a number: `1,3` is 1 and 3.
pub(crate) struct SelectMultiple;

impl ValueType for SelectMultiple {
    fn name(&self) -> &'static str {
        "select_multiple"
    }

    fn storage(&self) -> Storage {
        Storage::Codes
    }

    fn widget(&self) -> Widget {
        Widget::Choices
    }

    fn level(&self) -> Level {
        Level::Multiple
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Plusieurs modalités d'une liste de 64 codes au plus : `select_multiple NOM_DE_LISTE`.",
            "Several categories of a list of at most 64 codes: `select_multiple NAME_OF_LIST`.",
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
        let index = list.ok_or_else(|| unreadable(&MADE_A_NUMBER))?;
        let bits = match cell {
            RawCell::Text(text) => bits_of_text(trim(text), index),
            RawCell::Number(number) => match whole(number) {
                Some(number) => index.find_number(number).and_then(bit),
                None => return Err(unreadable(&MADE_A_NUMBER)),
            },
            RawCell::DateSerial(_) | RawCell::DateIso(_) => {
                return Err(unreadable(&MADE_A_NUMBER));
            }
            RawCell::Error(_) => return Err(unreadable(&WORKBOOK_ERROR)),
            RawCell::Empty | RawCell::Boolean(_) => None,
        };
        bits.map(Value::Codes).ok_or_else(|| not_in_list(index.list))
    }

    fn write(&self, value: &Value<'_>, list: Option<&CodeList>) -> String {
        let (Value::Codes(bits), Some(list)) = (value, list) else { return String::new() };
        let chosen: Vec<&str> = list
            .categories
            .iter()
            .take(64)
            .enumerate()
            .filter(|(position, _)| bits >> position & 1 == 1)
            .map(|(_, category)| category.code.as_str())
            .collect();
        chosen.join("|")
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("XYZ")
    }
}

/// Tries the text as one category, then its parts: a label may itself hold a comma.
fn bits_of_text(text: &str, index: &ListIndex<'_>) -> Option<u64> {
    if let Some(position) = index.find(text) {
        return bit(position);
    }
    bits_of_parts(text, |letter| matches!(letter, ';' | '|' | '\n' | '\r'), &|part| {
        index.find(part).and_then(bit).or_else(|| {
            bits_of_parts(part, |letter| letter == ',', &|part| {
                index.find(part).and_then(bit).or_else(|| {
                    bits_of_parts(part, char::is_whitespace, &|part| {
                        index.find_code(part).and_then(bit)
                    })
                })
            })
        })
    })
}

/// Joins the bits of all parts. Nothing, if one part names no category or there is no part.
fn bits_of_parts(
    text: &str,
    is_mark: impl Fn(char) -> bool,
    bits_of_part: &dyn Fn(&str) -> Option<u64>,
) -> Option<u64> {
    let mut parts = text.split(is_mark).map(trim).filter(|part| !part.is_empty()).peekable();
    parts.peek()?;
    parts.try_fold(0, |bits, part| Some(bits | bits_of_part(part)?))
}

fn bit(position: u16) -> Option<u64> {
    1_u64.checked_shl(u32::from(position))
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{list_of, read_in};

    #[test]
    fn codes_and_labels_are_parted_by_any_usual_mark() {
        let list = list_of(&[
            ("1", "voiture", "car"),
            ("2", "bus, tram ou métro", "bus, tram or metro"),
            ("3", "à pied", "on foot"),
            ("13", "vélo", "bicycle"),
        ]);
        for (text, codes) in [
            ("1", "1"),
            ("1,3", "1|3"),
            ("1;3", "1|3"),
            ("3 | 1 |", "1|3"),
            ("1 3", "1|3"),
            ("1\n13", "1|13"),
            ("1, 3, 1", "1|3"),
            ("Voiture; A PIED", "1|3"),
            ("voiture, vélo", "1|13"),
            ("bus, tram ou métro", "2"),
            ("bus, tram ou métro; vélo", "2|13"),
            ("13", "13"),
        ] {
            assert_eq!(read_in(&list, "select_multiple", RawCell::Text(text)), codes, "{text}");
        }
        assert_eq!(read_in(&list, "select_multiple", RawCell::Number(13.0)), "13");
    }

    #[test]
    fn an_unknown_part_or_a_number_made_of_codes_is_refused() {
        const NO: &str = "? a code or its label is expected: 1 = a, 3 = b";
        let list = list_of(&[("1", "a", "a"), ("3", "b", "b")]);
        for text in ["", ";", "1;2", "1.3", "a b"] {
            assert_eq!(read_in(&list, "select_multiple", RawCell::Text(text)), NO, "{text}");
        }
        for cell in [RawCell::Number(1.3), RawCell::DateSerial(45_294.0)] {
            assert!(
                read_in(&list, "select_multiple", cell).starts_with("? the workbook has turned")
            );
        }
    }

    #[test]
    fn the_sixty_fourth_category_is_the_last_that_can_be_chosen() {
        let codes: Vec<String> = (0..65).map(|number| format!("c{number}")).collect();
        let categories: Vec<(&str, &str, &str)> =
            codes.iter().map(|code| (code.as_str(), code.as_str(), code.as_str())).collect();
        let list = list_of(&categories);
        assert_eq!(read_in(&list, "select_multiple", RawCell::Text("c0 c63")), "c0|c63");
        assert!(read_in(&list, "select_multiple", RawCell::Text("c64")).starts_with('?'));
    }
}
