//! Belgian national numbers (NISS): register number or bis number.

use catalyse_locale::{Label, Wording};

use crate::types::calendar::{day_number, ymd_of_day_number};
use crate::types::cell::unreadable;
use crate::types::digits::Digits;
use crate::types::text::write_text;
use crate::{
    CodeList, Level, ListIndex, RawCell, ReadAs, Storage, Unreadable, Value, ValueType, Widget,
};

const NOT_ELEVEN: Wording = Wording::new(
    "un numéro national de onze chiffres est attendu, par exemple AA.MM.JJ-SSS.CC",
    "a national number of eleven digits is expected, such as YY.MM.DD-SSS.CC",
);
static WRONG_CHECK: Wording = Wording::new(
    "les deux derniers chiffres ne correspondent pas aux neuf premiers ; recopier le numéro depuis la carte",
    "the last two digits do not match the first nine; copy the number again from the card",
);
static WRONG_BIRTH: Wording = Wording::new(
    "les six premiers chiffres ne sont pas une date de naissance possible ; recopier le numéro depuis la carte",
    "the first six digits are not a possible date of birth; copy the number again from the card",
);

/// The national number: eleven digits, of which the last two check the others and tell the century.
///
/// Month and day may be 00, or unknown with a running number; a bis number adds 20 or 40 to the month.
///
/// **Source** AR 3 April 1984 as changed by AR 25 November 1997 (check digits, "2" in front of births from 2000);
/// AR 8 February 1991, art. 2–4 (bis numbers); python-stdnum 2.2 `be.nn`, `be.bis` for the examples in the tests.
pub(crate) struct Niss;

impl ValueType for Niss {
    fn name(&self) -> &'static str {
        "niss"
    }

    fn storage(&self) -> Storage {
        Storage::Text
    }

    fn widget(&self) -> Widget {
        Widget::Line
    }

    fn level(&self) -> Level {
        Level::Free
    }

    fn meaning(&self) -> Label {
        Label::new(
            "Un numéro national (registre ou bis) dont les chiffres de contrôle sont vérifiés.",
            "A national number (register or bis) whose check digits are verified.",
        )
    }

    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        _read_as: ReadAs,
        _list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable> {
        let digits = Digits::of_cell(cell).ok_or_else(|| unreadable(&NOT_ELEVEN))?;
        // A workbook that took the number for a quantity has dropped its leading zeros.
        let least = if matches!(cell, RawCell::Number(_)) { 6 } else { 9 };
        if !(least..=11).contains(&digits.len()) {
            return Err(unreadable(&NOT_ELEVEN));
        }
        let digits = digits.padded(11);
        match fault_of(&digits) {
            None => Ok(digits.value(cell)),
            Some(fault) => Err(unreadable(fault)),
        }
    }

    fn write(&self, value: &Value<'_>, _list: Option<&CodeList>) -> String {
        write_text(value)
    }

    fn is_national_number(&self) -> bool {
        true
    }

    fn invent(&self, person: u64, _chance: u64) -> Option<String> {
        let first = i64::from(day_number(1900, 1, 1)?);
        let last = i64::from(day_number(1919, 12, 31)?);
        let day = first + i64::try_from(person / 2).ok()?;
        let running = if person.is_multiple_of(2) { 0 } else { 999 };
        let birth = ymd_of_day_number(i32::try_from(day).ok()?);
        (day <= last).then(|| national_number(birth, running)).flatten()
    }

    fn unreadable(&self) -> Option<&'static str> {
        Some("00000000000")
    }
}

/// Says whether a text is a national number that can exist. Used where none may be written.
pub(crate) fn is_niss(text: &str) -> bool {
    Digits::of_text(text).is_some_and(|digits| digits.len() == 11 && fault_of(&digits).is_none())
}

fn fault_of(digits: &Digits) -> Option<&'static Wording> {
    let stem = digits.number(0, 9);
    let check = digits.number(9, 11);
    let is_before_2000 = check == 97 - stem % 97;
    let is_from_2000 = check == 97 - (2_000_000_000 + stem) % 97;
    if !is_before_2000 && !is_from_2000 {
        return Some(&WRONG_CHECK);
    }
    let (year, month, day) = (digits.number(0, 2), digits.number(2, 4), digits.number(4, 6));
    let year = if is_before_2000 { 1900 + year } else { 2000 + year };
    let month = match month {
        20..=32 => month - 20,
        40..=52 => month - 40,
        month => month,
    };
    let is_partly_unknown = month == 0 || (day == 0 && month <= 12);
    let is_day = day_number(year as i32, month as u8, day as u8).is_some();
    (!is_partly_unknown && !is_day).then_some(&WRONG_BIRTH)
}

/// Writes a national number with its check digits: 97 less the rest of the first nine digits by 97, a 2 before them for births from 2000.
/// What is not known of the birth is 0. Nothing for births before 1900 and from 2100 on.
///
/// The running number of a day goes from 1 to 998: with 0 or 999 the number is given to nobody.
///
/// **Source** AR 3 April 1984, as changed by AR 25 November 1997.
pub fn national_number((year, month, day): (i32, u8, u8), running: u64) -> Option<String> {
    let century = match year {
        1900..2000 => 0,
        2000..2100 => 2_000_000_000,
        _ => return None,
    };
    let short_year = u64::from(year.rem_euclid(100).unsigned_abs());
    let stem = ((short_year * 100 + u64::from(month)) * 100 + u64::from(day)) * 1_000 + running;
    Some(format!("{stem:09}{:02}", 97 - (century + stem) % 97))
}

#[cfg(test)]
mod tests {
    use crate::RawCell;
    use crate::types::reading::{read, read_text};

    #[test]
    fn register_and_bis_numbers_of_both_centuries_are_read() {
        for (text, number) in [
            ("42.01.22-051.81", "42012205181"),
            ("93051822361", "93051822361"),
            ("73 01 11-361 73", "73011136173"),
            ("17073003384", "17073003384"),
            ("00000100195", "00000100195"),
            ("98472899765", "98472899765"),
            ("01490700185", "01490700185"),
            ("1490700185", "01490700185"),
        ] {
            assert_eq!(read_text("niss", text), number, "{text}");
        }
        assert_eq!(read("niss", RawCell::Number(93_051_822_361.0)), "93051822361");
        assert_eq!(read("niss", RawCell::Number(100_195.0)), "00000100195");
    }

    #[test]
    fn invented_numbers_have_a_running_number_that_nobody_has_until_there_are_no_more() {
        let niss = crate::types::find("niss").expect("a type");
        for person in [0, 1, 77, 10_000, 14_607] {
            let number = niss.invent(person, 0).expect("a number");
            assert_eq!(read_text("niss", &number), number);
            assert!(["000", "999"].contains(&&number[6..9]), "{number}");
        }
        assert!(niss.invent(20_000, 0).is_none());
    }

    #[test]
    fn a_wrong_number_says_which_part_is_wrong() {
        const CHECK: &str = "? the last two digits do not match the first nine; copy the number again from the card";
        const ELEVEN: &str =
            "? a national number of eleven digits is expected, such as YY.MM.DD-SSS.CC";
        assert_eq!(read_text("niss", "72011136173"), CHECK);
        assert_eq!(read_text("niss", "12345678901"), CHECK);
        for text in ["", "930518", "930518223611", "9305182236a"] {
            assert_eq!(read_text("niss", text), ELEVEN, "{text}");
        }
        // The check digits hold, but there is no month 13.
        let check = 97 - 931_318_223 % 97;
        assert_eq!(
            read_text("niss", &format!("931318223{check:02}")),
            "? the first six digits are not a possible date of birth; copy the number again from the card"
        );
        assert_eq!(read("niss", RawCell::Number(0.5)), ELEVEN);
    }
}
