//! Numbers and dates as a reader of Belgian French or English writes them.
//!
//! These are for pages, drawings and messages. CSV and XLSX take numbers as numbers: U+202F must never stand in one of their cells.
//! Source of the spaces: Imprimerie nationale, *Lexique des règles typographiques* (narrow no-break space in numbers and before `%`).

use crate::Language;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';
const MINUS: char = '\u{2212}';

/// Returns a whole number with its thousands set apart: `12 345` (narrow no-break space) or `12,345`.
pub fn integer(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push(MINUS);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(thousands_mark(language));
        }
        text.push(digit);
    }
    text
}

/// Returns a number with a fixed count of decimals: `12 345,7` or `12,345.7`. What is not a number is an en dash.
pub fn decimal(language: Language, number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let rounded = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let is_zero = rounded.chars().all(|digit| digit == '0' || digit == '.');
    let mut text = String::new();
    if number < 0.0 && !is_zero {
        text.push(MINUS);
    }
    text.push_str(&integer(language, whole.parse().unwrap_or(i64::MAX)));
    if !fraction.is_empty() {
        text.push(decimal_mark(language));
        text.push_str(fraction);
    }
    text
}

/// Returns a whole percentage: `39 %` or `39%`. The number is 0 to 100.
pub fn percent(language: Language, percent: u8) -> String {
    match language {
        Language::En => format!("{percent}%"),
        Language::Fr | Language::Nl | Language::De => format!("{percent}{NARROW}%"),
    }
}

/// Returns an interval of whole percentages: `35 – 43 %` or `35–43%`, never with a comma between its ends.
pub fn percent_range(language: Language, low: u8, high: u8) -> String {
    match language {
        Language::En => format!("{low}–{high}%"),
        Language::Fr | Language::Nl | Language::De => {
            format!("{low}\u{a0}–\u{a0}{high}{NARROW}%")
        }
    }
}

/// Returns what a count printed as 0 stands for, if counts are rounded to a multiple: `moins de 5`.
pub fn fewer_than(language: Language, rounding: u64) -> String {
    let words = match language {
        Language::Fr => "moins de",
        Language::En | Language::Nl | Language::De => "fewer than",
    };
    let rounding = i64::try_from(rounding).unwrap_or(i64::MAX);
    format!("{words}{NO_BREAK}{}", integer(language, rounding))
}

/// Returns a difference of two percentages in points with its sign: `+3 points`.
pub fn points(language: Language, points: i32) -> String {
    let sign = match points {
        0 => String::new(),
        ..0 => MINUS.to_string(),
        1.. => "+".to_owned(),
    };
    let size = points.unsigned_abs();
    // In French the plural begins at two; in English everything but one is plural.
    let is_plural = match language {
        Language::Fr => size >= 2,
        Language::En | Language::Nl | Language::De => size != 1,
    };
    format!("{sign}{size}\u{a0}point{}", if is_plural { "s" } else { "" })
}

/// Returns a day as the reader writes it: `22/11/2026`, in English `22 Nov 2026` so that day and month are not mixed up.
pub fn date(language: Language, year: i16, month: u8, day: u8) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match language {
        Language::En => {
            let month = MONTHS.get(usize::from(month).wrapping_sub(1)).unwrap_or(&"?");
            format!("{day} {month} {year}")
        }
        Language::Fr | Language::Nl | Language::De => format!("{day:02}/{month:02}/{year}"),
    }
}

const fn thousands_mark(language: Language) -> char {
    match language {
        Language::Fr => NARROW,
        Language::En => ',',
        Language::Nl | Language::De => '.',
    }
}

const fn decimal_mark(language: Language) -> char {
    match language {
        Language::En => '.',
        Language::Fr | Language::Nl | Language::De => ',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(integer(Language::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(integer(Language::En, -1_234), "\u{2212}1,234");
        assert_eq!(integer(Language::De, 999), "999");
        assert_eq!(decimal(Language::Fr, 12_345.67, 1), "12\u{202f}345,7");
        assert_eq!(decimal(Language::En, -0.04, 1), "0.0");
        assert_eq!(decimal(Language::Fr, f64::NAN, 1), "–");
    }

    #[test]
    fn points_have_a_sign_and_a_plural() {
        assert_eq!(points(Language::Fr, 1), "+1\u{a0}point");
        assert_eq!(points(Language::Fr, 0), "0\u{a0}point");
        assert_eq!(points(Language::En, 0), "0\u{a0}points");
        assert_eq!(points(Language::Fr, -12), "\u{2212}12\u{a0}points");
    }

    #[test]
    fn an_english_date_cannot_be_read_the_other_way_round() {
        assert_eq!(date(Language::En, 2026, 2, 1), "1 Feb 2026");
        assert_eq!(date(Language::Fr, 2026, 2, 1), "01/02/2026");
    }
}
