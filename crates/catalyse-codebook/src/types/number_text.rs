//! Numbers as people write them: comma or point, blanks or points between thousands, a euro sign.

use std::borrow::Cow;

use catalyse_locale::Wording;

use crate::DecimalMark;
use crate::types::cell::trim;

/// What a text says that is no number.
pub(crate) static NOT_A_NUMBER: Wording = Wording::new(
    "un nombre est attendu, en chiffres, par exemple 12 ou 12,5",
    "a number is expected, in digits, such as 12 or 12.5",
);

/// What a text says whose mark could part thousands or decimals.
pub(crate) static AMBIGUOUS_MARK: Wording = Wording::new(
    "le signe peut séparer des milliers ou des décimales ; écrire 1234 ou 1,234 avec le signe décimal du fichier",
    "the mark may part thousands or decimals; write 1234 or 1,234 with the decimal mark of the file",
);

/// Returns the number of a text.
pub(crate) fn parse_decimal(text: &str, mark: DecimalMark) -> Result<f64, &'static Wording> {
    let text = trim(text.trim_start_matches('€').trim_end_matches('€'));
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = without_blanks(digits)?;
    let plain = plain_number(&digits, mark)?;
    plain.parse().map(|number: f64| sign * number).map_err(|_| &NOT_A_NUMBER)
}

/// Drops the blanks and apostrophes that part thousands; digits must stand in threes behind them.
fn without_blanks(text: &str) -> Result<Cow<'_, str>, &'static Wording> {
    let is_blank = |letter: char| {
        matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
    };
    if !text.contains(is_blank) {
        return Ok(Cow::Borrowed(text));
    }
    let whole_len = text.find([',', '.']).unwrap_or(text.len());
    if groups_are_threes(&text[..whole_len], is_blank) {
        Ok(Cow::Owned(text.chars().filter(|letter| !is_blank(*letter)).collect()))
    } else {
        Err(&NOT_A_NUMBER)
    }
}

/// Writes the number with a point and nothing else but digits.
fn plain_number(text: &str, mark: DecimalMark) -> Result<Cow<'_, str>, &'static Wording> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.')
        || !text.bytes().any(|byte| byte.is_ascii_digit())
    {
        return Err(&NOT_A_NUMBER);
    }
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    let declared = match mark {
        DecimalMark::Comma => ',',
        DecimalMark::Point => '.',
    };
    match (commas, points) {
        (0, 0) => Ok(Cow::Borrowed(text)),
        (1, 0) => one_mark(text, ',', declared),
        (0, 1) => one_mark(text, '.', declared),
        (1, _) if text.rfind(',') > text.rfind('.') => two_marks(text, '.', ','),
        (_, 1) if text.rfind('.') > text.rfind(',') => two_marks(text, ',', '.'),
        (0, _) if groups_are_threes(text, |letter| letter == '.') => {
            Ok(Cow::Owned(text.replace('.', "")))
        }
        (_, 0) if groups_are_threes(text, |letter| letter == ',') => {
            Ok(Cow::Owned(text.replace(',', "")))
        }
        _ => Err(&NOT_A_NUMBER),
    }
}

/// One mark is the decimal mark if the file says so, or if it cannot part thousands.
fn one_mark(text: &str, mark: char, declared: char) -> Result<Cow<'_, str>, &'static Wording> {
    let (whole, fraction) = text.split_once(mark).unwrap_or((text, ""));
    let may_part_thousands =
        fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if whole.is_empty() || fraction.is_empty() {
        Err(&NOT_A_NUMBER)
    } else if mark != declared && may_part_thousands {
        Err(&AMBIGUOUS_MARK)
    } else if mark == '.' {
        Ok(Cow::Borrowed(text))
    } else {
        Ok(Cow::Owned(text.replace(mark, ".")))
    }
}

fn two_marks(text: &str, thousands: char, decimal: char) -> Result<Cow<'_, str>, &'static Wording> {
    let (whole, fraction) = text.rsplit_once(decimal).unwrap_or((text, ""));
    if fraction.is_empty() || !groups_are_threes(whole, |letter| letter == thousands) {
        return Err(&NOT_A_NUMBER);
    }
    Ok(Cow::Owned(format!("{}.{fraction}", whole.replace(thousands, ""))))
}

fn groups_are_threes(whole: &str, is_mark: impl Fn(char) -> bool) -> bool {
    let mut groups = whole.split(is_mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3)
}
