//! Pseudonyms: names that say nothing.

use catalyse_locale::{Label, Wording};

use crate::types::cell::unreadable;
use crate::types::niss::is_niss;
use crate::types::text::write_text;
use crate::types::text::{refuse_nul, text_of};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_A_PSEUDONYM: Wording = Wording::new(
    "un code de personne est attendu : 64 caractères au plus, lettres sans accent, chiffres, tiret, point",
    "a pseudonym is expected: at most 64 letters without accents, digits, hyphens, points",
);
const A_NISS: Wording = Wording::new(
    "c'est un numéro national, pas un code de personne ; mettre à sa place le code que le centre a donné",
    "this is a national number, not a pseudonym; replace it in the file before sending",
);

/// The name of a person in the data: up to 64 letters, digits, `-`, `_` and `.`, kept as written.
///
/// A national number is refused: it is no pseudonym (GDPR art. 4(5)), and a pseudonym must not let it be worked out.
pub(crate) struct Pseudonym;

impl ValueType for Pseudonym {
    fn name(&self) -> &'static str {
        "pseudonym"
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
            "Un pseudonyme de 64 caractères au plus ; un numéro national y est refusé.",
            "A pseudonym of at most 64 characters; a national number is refused.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        refuse_nul(cell)?;
        let text = text_of(cell, read_as)
            .filter(|text| is_pseudonym(text))
            .ok_or_else(|| unreadable(&NOT_A_PSEUDONYM))?;
        if is_niss(&text) { Err(unreadable(&A_NISS)) } else { Ok(Value::Text(text)) }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }
}

fn is_pseudonym(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn a_pseudonym_is_kept_as_written() {
        for text in ["P-00012", "a1b2c3", "00012", "durbuy.12_b"] {
            assert_eq!(read_text("pseudonym", text), text);
        }
        assert_eq!(read("pseudonym", RawCell::Number(12.0)), "12");
        assert_eq!(read_text("pseudonym", &"a".repeat(64)), "a".repeat(64));
    }

    #[test]
    fn names_and_national_numbers_are_refused() {
        for text in ["", "Marie Dupont", "é1", &"a".repeat(65)] {
            assert!(
                read_text("pseudonym", text).starts_with("? a pseudonym is expected"),
                "{text}"
            );
        }
        for text in ["93051822361", "93.05.18-223.61"] {
            assert_eq!(
                read_text("pseudonym", text),
                "? this is a national number, not a pseudonym; replace it in the file before sending"
            );
        }
    }
}
