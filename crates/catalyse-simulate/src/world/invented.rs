//! Texts that say who or where, all of them impossible: no name, no number that was ever given to a person.

use catalyse_codebook::types::{national_number, ymd_of_day_number};
use catalyse_codebook::{Precision, Sensitivity, Variable, VariableName};

use crate::world::cell::Cell;
use crate::world::panel::Unit;
use crate::world::random::Draw;
use crate::world::tie::Tie;

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
        let is_identifying = variable.sensitivity == Sensitivity::Identifying;
        if is_identifying && !self.is_identified(unit) {
            return Cell::Empty;
        }
        if let Some(tie) = self.ties.iter().find(|tie| tie.number == variable.name) {
            return tied_number(tie, row);
        }
        if let Some(invented) = variable.value_type.invent(unit.person, number) {
            return text(invented);
        }
        if is_identifying {
            return Cell::Empty;
        }
        let prefix = self.prefixes.get(unit.partner).map_or("", String::as_str);
        text(format!("{prefix}-{}", 1 + chance.below(self.n_encoders.max(1))))
    }

    /// Says whether a text is made from other answers, so that drawing it again changes nothing.
    pub(crate) fn is_tied(&self, name: &VariableName) -> bool {
        self.ties.iter().any(|tie| tie.number == *name)
    }

    fn is_identified(&self, unit: &Unit) -> bool {
        unit.chance.of("identified").unit() < self.identified
    }
}

fn text(text: String) -> Cell {
    Cell::Text(text.into())
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
    national_number(known, if is_man { 999 } else { 0 }).map_or(Cell::Empty, text)
}
