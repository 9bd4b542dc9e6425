//! Months.

use catalyse_locale::{Label, Wording};

use crate::types::cell::{WORKBOOK_ERROR, unreadable};
use crate::types::date_text::parts_of_cell;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Typical, Unreadable, Value, ValueType,
    Widget,
};

const NOT_A_MONTH: Wording = Wording::new(
    "un mois est attendu, avec son année : 03/2024 ou mars 2024",
    "a month is expected, with its year: 03/2024 or March 2024",
);

/// A month of a year, stored as year × 12 + month − 1 so that months can be counted between two of them.
pub(crate) struct Month;

impl ValueType for Month {
    fn name(&self) -> &'static str {
        "month"
    }

    fn storage(&self) -> Storage {
        Storage::Integer
    }

    fn widget(&self) -> Widget {
        Widget::Month
    }

    fn level(&self) -> Level {
        Level::Time
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un mois et son année ; une date complète donne son mois.",
            "A month and its year; a whole date gives its month.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        if matches!(cell, RawCell::Error(_)) {
            return Err(unreadable(&WORKBOOK_ERROR));
        }
        match parts_of_cell(cell, read_as) {
            Ok(parts) if parts.month > 0 => {
                Ok(Value::Integer(i64::from(parts.year) * 12 + i64::from(parts.month) - 1))
            }
            Ok(_) | Err(None) => Err(unreadable(&NOT_A_MONTH)),
            Err(Some(reason)) => Err(unreadable(reason)),
        }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        let Value::Integer(month) = value else { return String::new() };
        format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
    }

    fn counts_months(&self) -> bool {
        true
    }

    fn typical(&self) -> Typical {
        Typical { mean: 24.0, sd: 18.0, min: 1.0, max: 60.0, step: 1.0 }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("au printemps")
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn months_are_read_from_numbers_names_and_whole_dates() {
        for text in [
            "2024-03",
            "03/2024",
            "3/2024",
            "mars 2024",
            "Mars-24",
            "march 2024",
            "maart 2024",
            "202403",
            "15/03/2024",
            "2024-03-15",
            "03.2024",
            "00/03/2024",
        ] {
            assert_eq!(read_text("month", text), "2024-03", "{text}");
        }
        assert_eq!(read_text("month", "déc. 1999"), "1999-12");
        assert_eq!(read_text("month", "janvier 2000"), "2000-01");
        assert_eq!(read("month", RawCell::DateSerial(45_353.0)), "2024-03");
        assert_eq!(read("month", RawCell::Number(202_403.0)), "2024-03");
    }

    #[test]
    fn a_year_alone_or_an_unclear_month_is_refused() {
        const NO: &str = "? a month is expected, with its year: 03/2024 or March 2024";
        for text in ["", "2024", "03/24", "mars", "jui 2024", "2024-00"] {
            assert_eq!(read_text("month", text), NO, "{text}");
        }
        assert_eq!(
            read_text("month", "13/2024"),
            "? the month is greater than 12; day and month may be swapped, write day/month/year"
        );
    }
}
