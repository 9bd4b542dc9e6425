//! Areas of Belgium by their REFNIS code.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{trim, unreadable};
use crate::types::digits::Digits;
use crate::types::text::write_text;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_FIVE: Wording = Wording::new(
    "un code REFNIS de cinq chiffres est attendu, par exemple 83012 pour Durbuy",
    "a REFNIS code of five digits is expected, such as 83012 for Durbuy",
);
const NOT_IN_LIST: Wording = Wording::new(
    "ce code REFNIS n'est pas dans la liste de l'étude ; vérifier le code ou la date de fusion de la commune",
    "this REFNIS code is not in the study's list; check the code or the date its municipality merged",
);

/// A municipality, arrondissement, province or region by its five digits, checked against the list that the variable names.
///
/// **Source** Statbel, REFNIS: the first digit is the province, the first two the arrondissement; codes change when municipalities merge.
pub(crate) struct Refnis;

impl ValueType for Refnis {
    fn name(&self) -> &'static str {
        "refnis"
    }

    fn storage(&self) -> Storage {
        Storage::Text
    }

    fn widget(&self) -> Widget {
        Widget::Line
    }

    fn level(&self) -> Level {
        Level::Nominal
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un code REFNIS de cinq chiffres (commune, arrondissement, province), vérifié dans sa liste s'il en a une.",
            "A REFNIS code of five digits (municipality, arrondissement, province), checked against its list if it names one.",
        )
    }

    fn may_have_list(&self) -> bool {
        true
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        // The name of the municipality is as good as its code, where the list knows it.
        if let (RawCell::Text(text), Some(index)) = (cell, list)
            && let Some(area) =
                index.find(trim(text)).and_then(|at| index.list.categories.get(usize::from(at)))
            && area.code != trim(text)
        {
            return Ok(Value::Text(area.code.clone().into()));
        }
        let digits = Digits::of_cell(cell)
            .filter(|digits| (4..=5).contains(&digits.len()))
            .map(|digits| digits.padded(5))
            .ok_or_else(|| unreadable(&NOT_FIVE))?;
        let value = digits.value(cell);
        // A list, if the variable names one, says which areas exist.
        match (list, &value) {
            (Some(index), Value::Text(text)) if index.find_code(text).is_none() => {
                Err(unreadable(&NOT_IN_LIST))
            }
            _ => Ok(value),
        }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }

    fn invent(&self, _person: u64, _chance: u64) -> Option<String> {
        Some("83012".to_owned())
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("83")
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{list_of, read, read_in, read_text};

    #[test]
    fn five_digits_are_an_area_and_a_lost_zero_comes_back() {
        assert_eq!(read_text("refnis", "83012"), "83012");
        assert_eq!(read_text("refnis", " 4000 "), "04000");
        assert_eq!(read("refnis", RawCell::Number(83_012.0)), "83012");
        for text in ["", "830", "830123", "Durbuy"] {
            assert_eq!(
                read_text("refnis", text),
                "? a REFNIS code of five digits is expected, such as 83012 for Durbuy",
                "{text}"
            );
        }
    }

    #[test]
    fn a_list_says_which_areas_exist_and_what_they_are_called() {
        let list = list_of(&[("83012", "Durbuy", "Durbuy"), ("83013", "Érezée", "Erezée")]);
        assert_eq!(read_in(&list, "refnis", RawCell::Text("83012")), "83012");
        assert_eq!(read_in(&list, "refnis", RawCell::Text("EREZEE")), "83013");
        assert_eq!(
            read_in(&list, "refnis", RawCell::Text("99999")),
            "? this REFNIS code is not in the study's list; check the code or the date its municipality merged"
        );
    }
}
