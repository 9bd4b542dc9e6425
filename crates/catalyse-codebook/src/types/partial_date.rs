//! Dates of which only the year, or year and month, may be known.

use catalyse_locale::{Label, Wording};

use crate::types::calendar::day_number;
use crate::types::cell::{WORKBOOK_ERROR, unreadable};
use crate::types::date::write_date;
use crate::types::date_text::{DateParts, parts_of_cell};
use crate::{
    CodeList, Level, ListIndex, Precision, RawCell, ReadAs, Storage, Typical, Unreadable, Value,
    ValueType, Widget,
};

const NOT_A_DATE: Wording = Wording::new(
    "une date est attendue, au moins l'année : 02/03/1975, 03/1975 ou 1975",
    "a date is expected, at least its year: 02/03/1975, 03/1975 or 1975",
);

/// A date known to the day, the month or the year: many births are registered as 00/00.
pub(crate) struct PartialDate;

impl ValueType for PartialDate {
    fn name(&self) -> &'static str {
        "partial_date"
    }

    fn storage(&self) -> Storage {
        Storage::Date
    }

    fn widget(&self) -> Widget {
        Widget::Date
    }

    fn level(&self) -> Level {
        Level::Time
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Une date dont le jour, ou le jour et le mois, peuvent être inconnus : 1975, 06/1975.",
            "A date of which the day, or day and month, may not be known: 1975, 06/1975.",
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
        parts_of_cell(cell, read_as)
            .and_then(|parts| value_of(parts).ok_or(None))
            .map_err(|reason| unreadable(reason.unwrap_or(&NOT_A_DATE)))
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_date(value)
    }

    fn may_be_partial(&self) -> bool {
        true
    }

    fn typical(&self) -> Typical {
        // Births: 18 to 63 years before the interview.
        Typical { mean: 13_500.0, sd: 4_500.0, min: 6_600.0, max: 23_000.0, step: 1.0 }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("45/13/1980")
    }
}

fn value_of<'a>(parts: DateParts) -> Option<Value<'a>> {
    let precision = match (parts.month, parts.day) {
        (0, _) => Precision::Year,
        (_, 0) => Precision::Month,
        _ => Precision::Day,
    };
    let first_day = day_number(parts.year, parts.month.max(1), parts.day.max(1))?;
    Some(Value::Date(first_day, precision))
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn what_is_known_of_a_date_is_kept_and_no_more() {
        for (text, date) in [
            ("1975", "1975"),
            ("06/1975", "1975-06"),
            ("1975-06", "1975-06"),
            ("juin 1975", "1975-06"),
            ("00/06/1975", "1975-06"),
            ("1975-06-00", "1975-06"),
            ("00/00/1975", "1975"),
            ("1975-00-00", "1975"),
            ("02/06/1975", "1975-06-02"),
        ] {
            assert_eq!(read_text("partial_date", text), date, "{text}");
        }
        assert_eq!(read("partial_date", RawCell::Number(1975.0)), "1975");
        assert_eq!(read("partial_date", RawCell::DateSerial(45_353.0)), "2024-03-02");
    }

    #[test]
    fn a_day_without_a_month_and_no_date_at_all_are_refused() {
        assert_eq!(
            read_text("partial_date", "12/00/1975"),
            "? there is no such day in the calendar; check day and month"
        );
        for text in ["", "75", "vers 1975", "12/3"] {
            assert_eq!(
                read_text("partial_date", text),
                "? a date is expected, at least its year: 02/03/1975, 03/1975 or 1975",
                "{text}"
            );
        }
    }
}
