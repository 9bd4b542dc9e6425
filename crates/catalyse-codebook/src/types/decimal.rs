//! Numbers.

use catalyse_locale::Label;

use crate::types::cell::{WORKBOOK_ERROR, unreadable};
use crate::types::number_text::{NOT_A_NUMBER, parse_decimal};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

/// A number, with or without decimals: an amount, a rent.
pub(crate) struct Decimal;

impl ValueType for Decimal {
    fn name(&self) -> &'static str {
        "decimal"
    }

    fn storage(&self) -> Storage {
        Storage::Decimal
    }

    fn widget(&self) -> Widget {
        Widget::Number
    }

    fn level(&self) -> Level {
        Level::Quantity
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un nombre, avec ou sans décimales : un montant, un loyer.",
            "A number, with or without decimals: an amount, a rent.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        number_of(cell, read_as).map(Value::Decimal)
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        if let Value::Decimal(number) = value { number.to_string() } else { String::new() }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("mi-temps")
    }
}

/// Returns a number as a whole one, if it is one. Beyond 2^53 a workbook no longer keeps every whole number.
pub(crate) fn whole_of(number: f64) -> Option<i64> {
    let is_kept = number.abs() < 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && is_kept).then_some(number as i64)
}

/// Returns the number of a cell. A workbook's number is taken to its 15 digits, as the workbook shows it.
pub(crate) fn number_of(cell: RawCell<'_>, read_as: ReadAs) -> Result<f64, Unreadable> {
    match cell {
        RawCell::Text(text) => parse_decimal(text, read_as.decimal_mark).map_err(unreadable),
        RawCell::Number(number) if number.is_finite() => Ok(to_fifteen_digits(number)),
        RawCell::Error(_) => Err(unreadable(&WORKBOOK_ERROR)),
        RawCell::Empty
        | RawCell::Number(_)
        | RawCell::DateSerial(_)
        | RawCell::DateIso(_)
        | RawCell::Boolean(_) => Err(unreadable(&NOT_A_NUMBER)),
    }
}

fn to_fifteen_digits(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.14e}").parse().unwrap_or(number) }
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text, read_with_points};

    const NO: &str = "? a number is expected, in digits, such as 12 or 12.5";
    const EITHER: &str = "? the mark may part thousands or decimals; write 1234 or 1,234 with the decimal mark of the file";

    #[test]
    fn comma_and_point_are_read_where_only_one_reading_is_possible() {
        for (text, comma, point) in [
            ("12", "12", "12"),
            ("12,5", "12.5", "12.5"),
            ("12.5", "12.5", "12.5"),
            ("1,234", "1.234", EITHER),
            ("1.234", EITHER, "1.234"),
            ("0.125", "0.125", "0.125"),
            ("1234.567", "1234.567", "1234.567"),
            ("1.234,56", "1234.56", "1234.56"),
            ("1,234.56", "1234.56", "1234.56"),
            ("1.234.567", "1234567", "1234567"),
            ("1\u{202f}234,5", "1234.5", "1234.5"),
            ("1 200", "1200", "1200"),
            ("850,00 €", "850", "850"),
            ("-3", "-3", "-3"),
            ("\u{2212}3,5", "-3.5", "-3.5"),
        ] {
            assert_eq!(read_text("decimal", text), comma, "{text} with comma");
            assert_eq!(read_with_points("decimal", text), point, "{text} with point");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            ",",
            "12,",
            ",5",
            "1,2,3",
            "1.23,4,5",
            "12a",
            "1e5",
            "nan",
            "inf",
            "1 2",
            "--1",
            "1.23.456,7",
        ] {
            assert_eq!(read_text("decimal", text), NO, "{text}");
        }
    }

    #[test]
    fn a_number_of_a_workbook_has_fifteen_digits() {
        assert_eq!(read("decimal", RawCell::Number(0.1 + 0.2)), "0.3");
        assert_eq!(read("decimal", RawCell::Number(f64::INFINITY)), NO);
        assert_eq!(read("decimal", RawCell::DateSerial(45_000.0)), NO);
        assert!(read("decimal", RawCell::Error("#N/A")).starts_with("? the cell holds"));
    }
}
