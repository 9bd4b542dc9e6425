//! Days.

use catalyse_locale::{Label, Wording};

use crate::types::calendar::{day_number, ymd_of_day_number};
use crate::types::cell::{WORKBOOK_ERROR, unreadable};
use crate::types::date_text::parts_of_cell;
use crate::{
    CodeList, Level, ListIndex, Precision, RawCell, ReadAs, Storage, Unreadable, Value, ValueType,
    Widget,
};

const NOT_A_DAY: Wording = Wording::new(
    "une date complète est attendue : jour/mois/année, par exemple 02/03/2024",
    "a whole date is expected: day/month/year, such as 02/03/2024",
);

/// A day of which day, month and year are known.
pub(crate) struct Date;

impl ValueType for Date {
    fn name(&self) -> &'static str {
        "date"
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
            "Une date dont le jour, le mois et l'année sont connus.",
            "A date of which day, month and year are known.",
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
            .and_then(|parts| day_number(parts.year, parts.month, parts.day).ok_or(None))
            .map(|day| Value::Date(day, Precision::Day))
            .map_err(|reason| unreadable(reason.unwrap_or(&NOT_A_DAY)))
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_date(value)
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("31/02/2024")
    }
}

/// Returns a date in ISO form, as far as it is known: `1975`, `1975-06`, `1975-06-01`.
pub(crate) fn write_date(value: &Value<'_>) -> String {
    let Value::Date(day, precision) = value else { return String::new() };
    let (year, month, day) = ymd_of_day_number(*day);
    match precision {
        Precision::Day => format!("{year:04}-{month:02}-{day:02}"),
        Precision::Month => format!("{year:04}-{month:02}"),
        Precision::Year => format!("{year:04}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_from_1904, read_month_first, read_text};

    #[test]
    fn dates_are_read_as_partners_write_them() {
        for text in [
            "02/03/2024",
            "2/3/24",
            "02-03-2024",
            "02.03.2024",
            "2024-03-02",
            "2024/3/2",
            "20240302",
            "2024-03-02T00:00:00",
            "02/03/2024 14:05:00",
            "2 mars 2024",
            "2-mars-24",
            "02 Mar 2024",
            " 02/03/2024\u{a0}",
            "45353",
        ] {
            assert_eq!(read_text("date", text), "2024-03-02", "{text}");
        }
        assert_eq!(read_text("date", "1er févr. 1999"), "1999-02-01");
        assert_eq!(read_text("date", "1/1/29"), "2029-01-01");
        assert_eq!(read_text("date", "1/1/30"), "1930-01-01");
        assert_eq!(read_month_first("date", "03/02/2024"), "2024-03-02");
        assert_eq!(read_month_first("date", "2024-03-02"), "2024-03-02");
        assert_eq!(read("date", RawCell::DateIso("2024-03-02T10:00:00")), "2024-03-02");
    }

    #[test]
    fn serial_days_follow_their_system_and_the_day_that_never_was_is_refused() {
        assert_eq!(read("date", RawCell::DateSerial(1.0)), "1900-01-01");
        assert_eq!(read("date", RawCell::DateSerial(59.0)), "1900-02-28");
        assert_eq!(read("date", RawCell::DateSerial(61.0)), "1900-03-01");
        assert_eq!(read("date", RawCell::DateSerial(45_353.75)), "2024-03-02");
        assert_eq!(read("date", RawCell::Number(45_353.0)), "2024-03-02");
        assert_eq!(read_from_1904("date", RawCell::DateSerial(43_891.0)), "2024-03-02");
        assert_eq!(read_from_1904("date", RawCell::DateSerial(0.0)), "1904-01-01");
        for serial in [60.0, 0.0, -1.0, 1e9, f64::NAN] {
            assert_eq!(
                read("date", RawCell::DateSerial(serial)),
                "? there is no such day in the calendar; check day and month",
                "{serial}"
            );
        }
    }

    #[test]
    fn impossible_dates_say_what_is_impossible() {
        const DAY: &str = "? there is no such day in the calendar; check day and month";
        const MONTH: &str =
            "? the month is greater than 12; day and month may be swapped, write day/month/year";
        assert_eq!(read_text("date", "30/02/2024"), DAY);
        assert_eq!(read_text("date", "29/02/2023"), DAY);
        assert_eq!(
            read_text("date", "00/00/1975"),
            "? a whole date is expected: day/month/year, such as 02/03/2024"
        );
        assert_eq!(read_text("date", "12/25/2024"), MONTH);
        assert_eq!(read_month_first("date", "25/12/2024"), MONTH);
        assert_eq!(
            read_text("date", "01/01/0975"),
            "? the year must be between 1800 and 2199, in four digits"
        );
    }

    #[test]
    fn what_is_no_whole_date_is_refused() {
        for text in [
            "",
            "1975",
            "06/1975",
            "mars 2024",
            "hier",
            "1/2",
            "1/2/3/4",
            "12:30",
            "2-jui-24",
            "99999999999",
        ] {
            assert!(
                read_text("date", text).starts_with("? a whole date is expected")
                    || text == "99999999999",
                "{text}"
            );
        }
        assert!(read("date", RawCell::Boolean(true)).starts_with("? a whole date"));
        assert!(read("date", RawCell::Error("#VALUE!")).starts_with("? the cell holds"));
    }
}
