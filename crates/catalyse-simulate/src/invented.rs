//! Texts that say who or where, all of them impossible: no name, no number that was ever given to a person.

use catalyse_codebook::types::{day_number, ymd_of_day_number};
use catalyse_codebook::{Sensitivity, Variable};

use crate::cell::Cell;
use crate::draw::Unit;
use crate::random::Draw;

/// Makes up texts.
pub(crate) struct Inventor {
    /// The letters of each partner.
    pub(crate) prefixes: Vec<String>,
    /// The number of encoders of each partner.
    pub(crate) n_encoders: usize,
    /// The share of persons whose identifying numbers are filled in.
    pub(crate) identified: f64,
}

impl Inventor {
    /// Makes up a text for a variable. A name stays empty; a code is that of a colleague of the partner, `DUR-3`.
    pub(crate) fn text(&self, variable: &Variable, unit: &Unit, chance: Draw) -> Cell {
        let number = chance.below(1 << 30) as u64;
        match variable.value_type.name() {
            "niss" if self.is_identified(unit) => national_number(unit.person),
            "bce" => text(enterprise_number(number % 90_000_000)),
            "postal_code" => text(format!("{}", 6_900 + number % 100)),
            "refnis" => text("83012".to_owned()),
            "niss" => Cell::Empty,
            _ if variable.sensitivity == Sensitivity::Identifying => Cell::Empty,
            _ => {
                let prefix = self.prefixes.get(unit.partner).map_or("", String::as_str);
                text(format!("{prefix}-{}", 1 + chance.below(self.n_encoders.max(1))))
            }
        }
    }

    fn is_identified(&self, unit: &Unit) -> bool {
        unit.chance.of("identified").unit() < self.identified
    }
}

fn text(text: String) -> Cell {
    Cell::Text(text.into())
}

/// Returns a national number that no person can have, or nothing once there are no more of them.
///
/// The running number of a day goes from 001 to 998; here it is 000 or 999, which is given to nobody, and the birth lies in 1900–1919,
/// so that the nearest real numbers belong to persons over 105. Check digits are right: the reader accepts it as it would a real one.
///
/// **Source** AR 3 April 1984, as changed by AR 25 November 1997.
fn national_number(person: u64) -> Cell {
    let first = day_number(1900, 1, 1).unwrap_or_default();
    let last = day_number(1919, 12, 31).unwrap_or_default();
    let day = i64::from(first) + (person / 2).cast_signed();
    if day > i64::from(last) {
        return Cell::Empty;
    }
    let (year, month, day) = ymd_of_day_number(day as i32);
    let running = if person.is_multiple_of(2) { 0 } else { 999 };
    let year = year as u64 % 100;
    let stem = ((year * 100 + u64::from(month)) * 100 + u64::from(day)) * 1_000 + running;
    let check = 97 - stem % 97;
    text(format!("{stem:09}{check:02}"))
}

/// Returns an enterprise number with its check digits: 97 less the rest of the first eight digits by 97.
///
/// **Source** AR 24 June 2003 on the Crossroads Bank for Enterprises.
fn enterprise_number(number: u64) -> String {
    let stem = 10_000_000 + number;
    format!("{stem:08}{:02}", 97 - stem % 97)
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{RawCell, ReadAs, types};

    use super::{enterprise_number, national_number};
    use crate::cell::Cell;

    #[test]
    fn numbers_have_right_check_digits_and_a_running_number_that_nobody_has() {
        let niss = types::find("niss").expect("a type");
        for person in [0, 1, 77, 10_000, 14_607] {
            let Cell::Text(text) = national_number(person) else { panic!("a number") };
            assert!(niss.read(RawCell::Text(&text), ReadAs::default(), None).is_ok(), "{text}");
            assert!(["000", "999"].contains(&&text[6..9]), "{text}");
        }
        assert_eq!(national_number(20_000), Cell::Empty);
        let bce = types::find("bce").expect("a type");
        let number = enterprise_number(12_345);
        assert!(bce.read(RawCell::Text(&number), ReadAs::default(), None).is_ok(), "{number}");
    }
}
