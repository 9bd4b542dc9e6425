//! Texts that say who or where, all of them impossible: no name, no number that was ever given to a person.

use catalyse_codebook::types::{day_number, ymd_of_day_number};
use catalyse_codebook::{Precision, Sensitivity, Variable, VariableName};

use crate::cell::Cell;
use crate::draw::Unit;
use crate::random::Draw;
use crate::tie::Tie;

/// Makes up texts.
pub(crate) struct Inventor {
    /// The letters of each partner.
    pub(crate) prefixes: Vec<String>,
    /// The number of encoders of each partner.
    pub(crate) n_encoders: usize,
    /// The share of persons whose identifying numbers are filled in.
    pub(crate) identified: f64,
    /// What national numbers must say.
    pub(crate) ties: Vec<Tie>,
}

impl Inventor {
    /// Makes up a text for a variable. A name stays empty; a code is that of a colleague of the partner, `DUR-3`. `row` gives what is
    /// known of the row already.
    pub(crate) fn text<'a>(
        &self,
        variable: &Variable,
        unit: &Unit,
        row: &dyn Fn(&VariableName) -> &'a Cell,
        chance: Draw,
    ) -> Cell {
        let number = chance.below(1 << 30) as u64;
        match variable.value_type.name() {
            "niss" if self.is_identified(unit) => {
                match self.ties.iter().find(|tie| tie.number == variable.name) {
                    Some(tie) => tied_number(tie, row),
                    None => national_number(unit.person),
                }
            }
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
    numbered(ymd_of_day_number(day as i32), if person.is_multiple_of(2) { 0 } else { 999 })
}

/// Returns the number that says a row's birth date and sex, with a running number that is given to nobody: 999 for a man, else 000. What
/// is not known of the birth is 00.
fn tied_number<'a>(tie: &Tie, row: &dyn Fn(&VariableName) -> &'a Cell) -> Cell {
    let mut others = tie.others.iter().map(row);
    let Some(Cell::Date(day, precision)) = others.next() else { return Cell::Empty };
    let (year, month, day) = ymd_of_day_number(*day);
    let known = match precision {
        Precision::Day => (year, month, day),
        Precision::Month => (year, month, 0),
        Precision::Year => (year, 0, 0),
    };
    let is_man = others.next().is_some_and(|sex| tie.is_man(sex));
    numbered(known, if is_man { 999 } else { 0 })
}

/// Writes a number with its check digits: 97 less the rest of the first nine digits by 97, a 2 before them for births from 2000.
fn numbered((year, month, day): (i32, u8, u8), running: u64) -> Cell {
    let short_year = year.rem_euclid(100) as u64;
    let stem = ((short_year * 100 + u64::from(month)) * 100 + u64::from(day)) * 1_000 + running;
    let century = match year {
        1900..2000 => 0,
        2000..2100 => 2_000_000_000,
        _ => return Cell::Empty,
    };
    text(format!("{stem:09}{:02}", 97 - (century + stem) % 97))
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
