//! Amounts in whole euros, as people write them with a currency: « 1.250,00 € », « EUR 1250 », « 450,- ».
//!
//! Cents are not refused like the decimals of a count: they are brought to the nearest euro, and whoever reads tells it.

use std::borrow::Cow;

use catalyse_locale::{Label, Wording};

use crate::types::cell::{trim, unreadable};
use crate::types::decimal::{number_of, whole_of};
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const WITH_CENTS: Wording = Wording::new(
    "un montant en euros entiers est attendu, sans centimes, par exemple 1250",
    "an amount in whole euros is expected, without cents, such as 1250",
);

/// An amount of money in whole euros: a rent, an income.
pub(crate) struct Euros;

impl ValueType for Euros {
    fn name(&self) -> &'static str {
        "euros"
    }

    fn storage(&self) -> Storage {
        Storage::Integer
    }

    fn widget(&self) -> Widget {
        Widget::Number
    }

    fn level(&self) -> Level {
        Level::Quantity
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un montant en euros entiers : un loyer, un revenu. Les centimes d'un fichier sont arrondis à l'euro, et cela est dit.",
            "An amount in whole euros: a rent, an income. Cents of a file are rounded to the euro, and that is told.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        let amount = amount_of(cell, read_as)?;
        whole_of(amount).map(Value::Integer).ok_or_else(|| unreadable(&WITH_CENTS))
    }

    fn read_rounded(&self, cell: RawCell<'_>, read_as: ReadAs) -> Option<Value<'static>> {
        whole_of(amount_of(cell, read_as).ok()?.round()).map(Value::Integer)
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        if let Value::Integer(number) = value { number.to_string() } else { String::new() }
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("beaucoup")
    }
}

fn amount_of(cell: RawCell<'_>, read_as: ReadAs) -> Result<f64, Unreadable> {
    let RawCell::Text(text) = cell else { return number_of(cell, read_as) };
    let text = without_currency(text);
    // No amount has three decimals: such a mark parts thousands, whatever it is in the rest of the file.
    let text = match lone_mark_of_thousands(text) {
        Some(mark) => Cow::Owned(text.replacen(mark, "", 1)),
        None => Cow::Borrowed(text),
    };
    number_of(RawCell::Text(&text), read_as)
}

/// Takes the currency off an amount, and the dash that stands for no cents.
fn without_currency(text: &str) -> &str {
    const WORDS: [&str; 4] = ["euros", "euro", "eur", "€"];
    let mut rest = trim(text);
    for word in WORDS {
        rest = without(rest, word);
    }
    for dash in [",--", ".--", ",-", ".-", ",\u{2013}"] {
        rest = rest.strip_suffix(dash).unwrap_or(rest);
    }
    trim(rest)
}

/// Takes a word off the beginning or end of a text, in whatever case it is written.
fn without<'t>(text: &'t str, word: &str) -> &'t str {
    if let Some((start, rest)) = text.split_at_checked(word.len())
        && start.eq_ignore_ascii_case(word)
    {
        return trim(rest);
    }
    let end = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at));
    match end {
        Some((rest, end)) if end.eq_ignore_ascii_case(word) => trim(rest),
        Some(_) | None => text,
    }
}

/// Returns the only mark of a number if exactly three digits follow it and one to three stand before.
fn lone_mark_of_thousands(text: &str) -> Option<char> {
    let at = text.find([',', '.'])?;
    let (whole, rest) = text.split_at(at);
    let whole = whole.trim_start_matches(['-', '+']);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = rest.get(1..)?;
    let is_thousands = (1..=3).contains(&whole.len())
        && fraction.len() == 3
        && !whole.starts_with('0')
        && digits(whole)
        && digits(fraction);
    if is_thousands { rest.chars().next() } else { None }
}

#[cfg(test)]
mod tests {
    use crate::types::reading::{read, read_text, read_with_points};
    use crate::{RawCell, ReadAs, Value};

    #[test]
    fn amounts_are_read_with_and_without_their_currency() {
        for (text, amount) in [
            ("1250", "1250"),
            ("1.250,00 €", "1250"),
            ("EUR 1250", "1250"),
            ("1 250 euros", "1250"),
            ("€ 1.250", "1250"),
            ("1,250", "1250"),
            ("450,-", "450"),
            ("450,-- EUR", "450"),
            ("-30", "-30"),
            ("0", "0"),
        ] {
            assert_eq!(read_text("euros", text), amount, "{text}");
            assert_eq!(read_with_points("euros", text), amount, "{text} with points");
        }
    }

    #[test]
    fn cents_are_refused_as_they_stand_and_rounded_where_that_is_told() {
        const CENTS: &str = "? an amount in whole euros is expected, without cents, such as 1250";
        let rounded = |cell| {
            let found = crate::types::find("euros")?.read_rounded(cell, ReadAs::default());
            if let Some(Value::Integer(number)) = found { Some(number) } else { None }
        };
        for (text, amount) in
            [("450,50", 451), ("450.49", 450), ("1 250,50 €", 1251), ("0,40", 0), ("-2,5", -3)]
        {
            assert_eq!(read_text("euros", text), CENTS, "{text}");
            assert_eq!(rounded(RawCell::Text(text)), Some(amount), "{text}");
        }
        assert_eq!(read("euros", RawCell::Number(1250.333)), CENTS);
        assert_eq!(rounded(RawCell::Number(1250.333)), Some(1250));
        assert_eq!(rounded(RawCell::Number(f64::NAN)), None);
    }

    #[test]
    fn what_is_no_amount_is_neither_read_nor_rounded() {
        for text in ["", "€", "RIS", "12e2", "1-2", "environ 500", "eur eur 5"] {
            assert!(read_text("euros", text).starts_with('?'), "{text}");
            let rounded = crate::types::find("euros")
                .and_then(|euros| euros.read_rounded(RawCell::Text(text), ReadAs::default()));
            assert!(rounded.is_none(), "{text}");
        }
    }
}
