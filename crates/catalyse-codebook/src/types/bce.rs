//! Belgian enterprise numbers (BCE, KBO).

use catalyse_locale::{Label, Wording};

use crate::types::cell::{trim, unreadable};
use crate::types::digits::Digits;
use crate::types::text::write_text;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_TEN: Wording = Wording::new(
    "un numéro d'entreprise de dix chiffres est attendu, par exemple 0123.456.749",
    "an enterprise number of ten digits is expected, such as 0123.456.749",
);
const WRONG_CHECK: Wording = Wording::new(
    "les deux derniers chiffres du numéro d'entreprise ne correspondent pas aux autres ; le recopier",
    "the last two digits of the enterprise number do not match the others; copy it again",
);

/// The number of an enterprise or association: ten digits, of which the last two check the others.
///
/// **Source** AR 24 June 2003 on the enterprise number: check digits are 97 − (first eight modulo 97); series 0 and, since its
/// announcement in 2022, series 1. The older form of nine digits gets a 0 in front.
pub(crate) struct Bce;

impl ValueType for Bce {
    fn name(&self) -> &'static str {
        "bce"
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
            "Un numéro d'entreprise (BCE) dont les chiffres de contrôle sont vérifiés.",
            "An enterprise number (BCE) whose check digits are verified.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
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
            .filter(|digits| (9..=10).contains(&digits.len()))
            .map(|digits| digits.padded(10))
            .filter(|digits| digits.number(0, 1) <= 1)
            .ok_or_else(|| unreadable(&NOT_TEN))?;
        if digits.number(8, 10) == 97 - digits.number(0, 8) % 97 {
            Ok(digits.value(cell))
        } else {
            Err(unreadable(&WRONG_CHECK))
        }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }

    fn invent(&self, _person: u64, chance: u64) -> Option<String> {
        let stem = 10_000_000 + chance % 10_000_000;
        Some(format!("{stem:08}{:02}", 97 - stem % 97))
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("0123456788")
    }
}

/// Drops the letters of a VAT number: `BE 0440.966.354`.
fn without_country(text: &str) -> &str {
    match text.get(..2) {
        Some(country) if country.eq_ignore_ascii_case("BE") => &text[2..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn numbers_are_read_in_every_usual_form() {
        for text in ["0440966354", "0440.966.354", "440.966.354", "BE 0440 966 354", "be0440966354"]
        {
            assert_eq!(read_text("bce", text), "0440966354", "{text}");
        }
        for text in ["0831797467", "0403019261", "0428759497", "1000000120"] {
            assert_eq!(read_text("bce", text), text);
        }
        assert_eq!(read("bce", RawCell::Number(440_966_354.0)), "0440966354");
    }

    #[test]
    fn other_numbers_are_refused() {
        assert_eq!(
            read_text("bce", "0431150351"),
            "? the last two digits of the enterprise number do not match the others; copy it again"
        );
        for text in ["", "44096635", "04409663541", "2000000140", "NL440966354"] {
            assert_eq!(
                read_text("bce", text),
                "? an enterprise number of ten digits is expected, such as 0123.456.749",
                "{text}"
            );
        }
    }
}
