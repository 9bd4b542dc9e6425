//! Free text.

use std::borrow::Cow;

use catalyse_locale::{Label, Wording};

use crate::types::calendar::ymd_of_day_number;
use crate::types::cell::{WORKBOOK_ERROR, is_invisible, trim, unreadable, whole};
use crate::types::date_text::day_of_serial;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// A text as it was written. Never tabulated, never in a report.
pub(crate) struct Text;

impl ValueType for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn storage(&self) -> Storage {
        Storage::Text
    }

    fn widget(&self) -> Widget {
        Widget::Line
    }

    fn level(&self) -> Level {
        Level::Free
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un texte libre ; il n'est jamais compté dans un tableau.",
            "A free text; it is never counted in a table.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        refuse_nul(cell)?;
        text_of(cell, read_as).map(Value::Text).ok_or_else(|| unreadable(&WORKBOOK_ERROR))
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }
}

/// Refuses a text with a zero byte inside: the file was damaged on its way, and what is left of the text may be another person's code.
pub(crate) fn refuse_nul(cell: RawCell<'_>) -> Result<(), Unreadable> {
    const DAMAGED: Wording = Wording::new(
        "la cellule contient un octet nul : le fichier a été abîmé en chemin ; réécrire la valeur ou redemander le fichier",
        "the cell holds a zero byte: the file was damaged on its way; write the value again or ask for the file again",
    );
    match cell {
        RawCell::Text(text) if trim(text).contains('\0') => Err(unreadable(&DAMAGED)),
        _ => Ok(()),
    }
}

/// Returns the text of a cell, whatever the workbook made of it, or nothing for an error.
pub(crate) fn text_of(cell: RawCell<'_>, read_as: ReadAs) -> Option<Cow<'_, str>> {
    match cell {
        RawCell::Text(text) => Some(clean(trim(text))),
        RawCell::Number(number) => Some(Cow::Owned(number_text(number))),
        RawCell::DateSerial(serial) => {
            let (year, month, day) = ymd_of_day_number(day_of_serial(serial, read_as.date_system)?);
            Some(Cow::Owned(format!("{year:04}-{month:02}-{day:02}")))
        }
        RawCell::DateIso(text) => Some(Cow::Borrowed(trim(text))),
        RawCell::Boolean(truth) => Some(Cow::Borrowed(if truth { "true" } else { "false" })),
        RawCell::Empty | RawCell::Error(_) => None,
    }
}

/// Returns a text value as it stands.
pub(crate) fn write_text(value: &Value<'_>) -> String {
    if let Value::Text(text) = value { text.to_string() } else { String::new() }
}

/// Drops invisible marks from inside a text, and control characters but line ends and tabs.
fn clean(text: &str) -> Cow<'_, str> {
    let is_noise = |letter: char| {
        is_invisible(letter) || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    };
    if text.chars().any(is_noise) {
        Cow::Owned(text.chars().filter(|letter| !is_noise(*letter)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn number_text(number: f64) -> String {
    whole(number).map_or_else(|| number.to_string(), |whole| whole.to_string())
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn blanks_around_and_marks_inside_are_dropped_and_nothing_else() {
        assert_eq!(read_text("text", " 12\u{a0}"), "12");
        assert_eq!(read_text("text", "l\u{200b}'été\u{7}  là\nbas"), "l'été  là\nbas");
    }

    #[test]
    fn a_zero_byte_inside_is_a_damage_and_none_around_is() {
        let damaged = "? the cell holds a zero byte: the file was damaged on its way; write the value again or ask for the file again";
        assert_eq!(read_text("text", "REN\0 0002"), damaged);
        assert_eq!(read_text("pseudonym", "REN-\u{0}000002"), damaged);
        assert_eq!(read_text("pseudonym", "REN-0002\0\0"), "REN-0002");
    }

    #[test]
    fn what_a_workbook_made_of_a_text_is_text_again() {
        assert_eq!(read("text", RawCell::Number(6940.0)), "6940");
        assert_eq!(read("text", RawCell::Number(2.5)), "2.5");
        assert_eq!(read("text", RawCell::DateSerial(45353.0)), "2024-03-02");
        assert_eq!(read("text", RawCell::Boolean(true)), "true");
        assert_eq!(
            read("text", RawCell::Error("#DIV/0!")),
            "? the cell holds a calculation error of the workbook; correct the formula or write the value"
        );
    }
}
