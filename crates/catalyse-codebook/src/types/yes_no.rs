//! Yes or no.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{WORKBOOK_ERROR, trim, unreadable};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NEITHER: Wording = Wording::new(
    "« oui » ou « non » est attendu (ou 1 ou 0)",
    "`yes` or `no` is expected (or 1 or 0)",
);

/// Yes or no, also as a tick in a column of ticks.
pub(crate) struct YesNo;

impl ValueType for YesNo {
    fn name(&self) -> &'static str {
        "yes_no"
    }

    fn storage(&self) -> Storage {
        Storage::Boolean
    }

    fn widget(&self) -> Widget {
        Widget::Choice
    }

    fn level(&self) -> Level {
        Level::Nominal
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Oui ou non ; une colonne cochée d'un « x » se lit oui.",
            "Yes or no; a column ticked with `x` reads as yes.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        let truth = match cell {
            RawCell::Text(text) => truth_of(trim(text)),
            RawCell::Boolean(truth) => Some(truth),
            RawCell::Number(1.0) => Some(true),
            RawCell::Number(0.0) => Some(false),
            RawCell::Error(_) => return Err(unreadable(&WORKBOOK_ERROR)),
            RawCell::Empty | RawCell::Number(_) | RawCell::DateSerial(_) | RawCell::DateIso(_) => {
                None
            }
        };
        truth.map(Value::Boolean).ok_or_else(|| unreadable(&NEITHER))
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        match value {
            Value::Boolean(true) => "yes".to_owned(),
            Value::Boolean(false) => "no".to_owned(),
            Value::Integer(_)
            | Value::Decimal(_)
            | Value::Date(..)
            | Value::Text(_)
            | Value::Code(_)
            | Value::Codes(_) => String::new(),
        }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("peut-être")
    }
}

fn truth_of(text: &str) -> Option<bool> {
    const YES: [&str; 14] =
        ["oui", "yes", "1", "x", "true", "vrai", "o", "y", "v", "ja", "j", "waar", "wahr", "✓"];
    const NO: [&str; 12] =
        ["non", "no", "0", "false", "faux", "n", "f", "nee", "nein", "onwaar", "falsch", "☐"];
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(&YES) || matches!(text, "✔" | "☑" | "☒") {
        Some(true)
    } else if is_one_of(&NO) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn the_usual_words_ticks_and_numbers_are_read() {
        for yes in ["oui", "OUI", " O ", "Yes", "y", "Vrai", "true", "1", "x", "X", "✓", "ja"] {
            assert_eq!(read_text("yes_no", yes), "yes", "{yes}");
        }
        for no in ["non", "N", "no", "FAUX", "false", "0", "nee"] {
            assert_eq!(read_text("yes_no", no), "no", "{no}");
        }
        assert_eq!(read("yes_no", RawCell::Boolean(false)), "no");
        assert_eq!(read("yes_no", RawCell::Number(1.0)), "yes");
    }

    #[test]
    fn anything_else_is_refused() {
        const NEITHER: &str = "? `yes` or `no` is expected (or 1 or 0)";
        for text in ["", "2", "peut-être", "oui/non", "?"] {
            assert_eq!(read_text("yes_no", text), NEITHER, "{text}");
        }
        assert_eq!(read("yes_no", RawCell::Number(0.5)), NEITHER);
        assert_eq!(read("yes_no", RawCell::DateSerial(1.0)), NEITHER);
    }
}
