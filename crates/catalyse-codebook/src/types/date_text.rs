//! Dates as people and workbooks write them, taken apart into year, month and day.
//!
//! A year of two digits is read as spreadsheets do: 00–29 is 2000–2029, 30–99 is 1930–1999
//! (Microsoft, *Change the date system, format, or two-digit year interpretation*).

use catalyse_locale::{Wording, fold};

use crate::types::calendar::{day_number, ymd_of_day_number};
use crate::types::cell::{trim, whole};
use crate::{DateOrder, DateSystem, RawCell, ReadAs};

/// Holds a date of which month and day may not be known (0).
#[derive(Clone, Copy)]
pub(crate) struct DateParts {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// What is said of a day that is not in the calendar.
pub(crate) static NO_SUCH_DAY: Wording = Wording::new(
    "ce jour n'existe pas dans le calendrier ; vérifier le jour et le mois",
    "there is no such day in the calendar; check day and month",
);

/// What is said of a month beyond 12.
pub(crate) static NO_SUCH_MONTH: Wording = Wording::new(
    "le mois dépasse 12 ; jour et mois sont peut-être inversés, écrire jour/mois/année",
    "the month is greater than 12; day and month may be swapped, write day/month/year",
);

/// What is said of a year that no living person has seen.
pub(crate) static NO_SUCH_YEAR: Wording = Wording::new(
    "l'année doit être comprise entre 1800 et 2199, en quatre chiffres",
    "the year must be between 1800 and 2199, in four digits",
);

/// Returns the parts of a cell's date. `None` is for what is no date at all: each type says what it expects.
pub(crate) fn parts_of_cell(
    cell: RawCell<'_>,
    read_as: ReadAs,
) -> Result<DateParts, Option<&'static Wording>> {
    match cell {
        RawCell::Text(text) | RawCell::DateIso(text) => parts_of_text(trim(text), read_as),
        RawCell::DateSerial(serial) => parts_of_serial(serial, read_as.date_system),
        RawCell::Number(number) if (10_000.0..100_000.0).contains(&number) => {
            parts_of_serial(number, read_as.date_system)
        }
        RawCell::Number(number) => {
            let number = whole(number).ok_or(None)?;
            parts_of_text(&number.to_string(), read_as)
        }
        RawCell::Empty | RawCell::Boolean(_) | RawCell::Error(_) => Err(None),
    }
}

/// Returns the day of a workbook's serial number, or nothing if there is none.
///
/// **Source** ECMA-376 part 1, 18.17.4.1: 1 is 1900-01-01 and 60 the day 1900-02-29, which never was; or 0 is 1904-01-01.
pub(crate) fn day_of_serial(serial: f64, date_system: DateSystem) -> Option<i32> {
    let day = serial.floor();
    if !(0.0..200_000.0).contains(&day) {
        return None;
    }
    match (date_system, day as i32) {
        (DateSystem::From1900, 0 | 60) => None,
        (DateSystem::From1900, day @ ..60) => Some(day - 25_568),
        (DateSystem::From1900, day) => Some(day - 25_569),
        (DateSystem::From1904, day) => Some(day - 24_107),
    }
}

fn parts_of_serial(serial: f64, system: DateSystem) -> Result<DateParts, Option<&'static Wording>> {
    let day = day_of_serial(serial, system).ok_or(Some(&NO_SUCH_DAY))?;
    let (year, month, day) = ymd_of_day_number(day);
    Ok(DateParts { year, month, day })
}

fn parts_of_text(text: &str, read_as: ReadAs) -> Result<DateParts, Option<&'static Wording>> {
    if let Some(parts) = parts_of_ten(text.as_bytes(), read_as.date_order) {
        return checked(parts);
    }
    let text = without_time(text);
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits {
        return parts_of_digits(text, read_as.date_system);
    }
    let mut tokens = [Token::default(); 3];
    let mut n_tokens = 0;
    let separators = |letter: char| matches!(letter, '/' | '-' | '.' | ' ' | '\u{a0}' | '\u{202f}');
    for word in text.split(separators).filter(|word| !word.is_empty()) {
        *tokens.get_mut(n_tokens).ok_or(None)? = Token::of(word).ok_or(None)?;
        n_tokens += 1;
    }
    let parts = match n_tokens {
        2 => parts_of_two(tokens[0], tokens[1]),
        3 => parts_of_three(tokens, read_as.date_order),
        _ => None,
    };
    checked(parts.ok_or(None)?)
}

/// Reads `2024-03-02` and `02/03/2024` (also with `-` and `.`): nearly every date there is.
fn parts_of_ten(text: &[u8], order: DateOrder) -> Option<DateParts> {
    let number = |range: std::ops::Range<usize>| {
        text.get(range)?.iter().try_fold(0_i32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0'))
        })
    };
    let is_mark = |byte: u8| matches!(byte, b'-' | b'/' | b'.');
    if text.len() != 10 {
        return None;
    }
    if is_mark(text[4]) && is_mark(text[7]) {
        let (month, day) = (number(5..7)? as u8, number(8..10)? as u8);
        return Some(DateParts { year: number(0..4)?, month, day });
    }
    if is_mark(text[2]) && is_mark(text[5]) {
        let (first, second) = (number(0..2)? as u8, number(3..5)? as u8);
        let (day, month) = in_order(first, second, order);
        return Some(DateParts { year: number(6..10)?, month, day });
    }
    None
}

/// Drops a time behind the date: `2024-03-02T00:00:00`, `02/03/2024 14:05`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let date = text[..colon].trim_end_matches(|letter: char| letter.is_ascii_digit());
    date.trim_end_matches(['T', ' ', '\u{a0}'])
}

/// Reads digits without a mark: a year, `202403`, `20240302`, or a serial day that lost its format.
fn parts_of_digits(text: &str, system: DateSystem) -> Result<DateParts, Option<&'static Wording>> {
    let number: i32 = text.parse().map_err(|_| None)?;
    match text.len() {
        4 => checked(DateParts { year: number, month: 0, day: 0 }),
        5 => parts_of_serial(f64::from(number), system),
        6 => checked(DateParts { year: number / 100, month: (number % 100) as u8, day: 0 }),
        8 => checked(DateParts {
            year: number / 10_000,
            month: (number / 100 % 100) as u8,
            day: (number % 100) as u8,
        }),
        _ => Err(None),
    }
}

/// One part of a date as it is written.
#[derive(Clone, Copy, Default)]
struct Token {
    number: i32,
    n_digits: usize,
    is_month_name: bool,
}

impl Token {
    fn of(word: &str) -> Option<Self> {
        let digits = word.strip_suffix("er").unwrap_or(word);
        if digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self {
                number: digits.parse().ok()?,
                n_digits: digits.len(),
                is_month_name: false,
            });
        }
        let month = month_of_name(word)?;
        Some(Self { number: i32::from(month), n_digits: 0, is_month_name: true })
    }

    const fn is_year(self) -> bool {
        self.n_digits == 4
    }

    /// The year, of four digits or of two.
    fn year(self) -> Option<i32> {
        match self.n_digits {
            4 => Some(self.number),
            2 if self.number < 30 => Some(2000 + self.number),
            2 => Some(1900 + self.number),
            _ => None,
        }
    }

    /// A day or month: one or two digits.
    fn small(self) -> Option<u8> {
        (1..=2).contains(&self.n_digits).then_some(self.number as u8)
    }

    fn month(self) -> Option<u8> {
        if self.is_month_name { Some(self.number as u8) } else { self.small() }
    }
}

/// Reads a month and a year.
fn parts_of_two(first: Token, second: Token) -> Option<DateParts> {
    let (month, year) = if first.is_year() { (second, first) } else { (first, second) };
    // `03/24` could be a day in March: a year of two digits needs the month's name.
    let is_clear = year.is_year() || month.is_month_name;
    let parts = DateParts { year: year.year()?, month: month.month()?, day: 0 };
    is_clear.then_some(parts)
}

fn parts_of_three(tokens: [Token; 3], order: DateOrder) -> Option<DateParts> {
    let [first, second, third] = tokens;
    if first.is_year() {
        return Some(DateParts {
            year: first.year()?,
            month: second.month()?,
            day: third.small()?,
        });
    }
    let year = third.year()?;
    if second.is_month_name {
        return Some(DateParts { year, month: second.month()?, day: first.small()? });
    }
    if first.is_month_name {
        return Some(DateParts { year, month: first.month()?, day: second.small()? });
    }
    let (day, month) = in_order(first.small()?, second.small()?, order);
    Some(DateParts { year, month, day })
}

const fn in_order(first: u8, second: u8, order: DateOrder) -> (u8, u8) {
    match order {
        DateOrder::DayMonthYear => (first, second),
        DateOrder::MonthDayYear => (second, first),
    }
}

/// Refuses what is written like a date but is none.
fn checked(parts: DateParts) -> Result<DateParts, Option<&'static Wording>> {
    let DateParts { year, month, day } = parts;
    if !(1800..2200).contains(&year) {
        Err(Some(&NO_SUCH_YEAR))
    } else if month > 12 {
        Err(Some(&NO_SUCH_MONTH))
    } else if day > 0 && (month == 0 || day_number(year, month, day).is_none()) {
        Err(Some(&NO_SUCH_DAY))
    } else {
        Ok(parts)
    }
}

/// Returns the month of a name or of its first three letters and more, in French, English, Dutch and German.
fn month_of_name(word: &str) -> Option<u8> {
    const NAMES: [&[&str]; 12] = [
        &["janvier", "january", "januari", "januar"],
        &["fevrier", "february", "februari", "februar"],
        &["mars", "march", "maart", "marz", "mrt"],
        &["avril", "april"],
        &["mai", "may", "mei"],
        &["juin", "june", "juni"],
        &["juillet", "july", "juli"],
        &["aout", "august", "augustus"],
        &["septembre", "september"],
        &["octobre", "october", "oktober"],
        &["novembre", "november"],
        &["decembre", "december", "dezember"],
    ];
    let word = fold(word);
    if word.len() < 3 {
        return None;
    }
    let mut months = (1_u8..)
        .zip(NAMES)
        .filter(|(_, names)| names.iter().any(|name| name.starts_with(word.as_str())));
    let (month, _) = months.next()?;
    // « jui » could be June or July.
    months.next().is_none().then_some(month)
}
