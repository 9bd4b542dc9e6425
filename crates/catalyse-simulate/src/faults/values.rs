//! Values that may break a check: bounds that its text names and what lies beside them, other codes, answers of others, nothing at all.

use std::collections::BTreeMap;

use catalyse_check::Way;
use catalyse_codebook::{CheckSpec, MissingReason, Precision, Storage, Variable, VariableName};

use super::planting::way_of;
use crate::world::cell::Cell;
use crate::world::panel::{day_of, month_of};
use crate::world::random::Draw;
use crate::world::sheet::Sheet;

/// Holds what is changed in one row.
pub(crate) type Change = BTreeMap<VariableName, Cell>;

/// How many answers of other rows are tried for a variable.
const N_FROM_OTHERS: u64 = 3;

/// Holds the row in which an answer is changed because of a check.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a, 'c> {
    pub(super) sheet: &'a Sheet<'c>,
    pub(super) row_index: usize,
    pub(super) spec: &'a CheckSpec,
}

impl Spot<'_, '_> {
    /// Makes up a change of one of the variables, as the kind of the check calls for it.
    pub(super) fn breaking(&self, variables: &[&Variable], chance: Draw) -> Option<Change> {
        if let [first, _, _, ..] = variables
            && variables.iter().all(|one| one.list == first.list)
            && chance.of("all").below(2) == 0
        {
            let n = self.n_categories(first);
            let code = Cell::Code(chance.of("code").below(n) as u16);
            return Some(variables.iter().map(|one| (one.name.clone(), code.clone())).collect());
        }
        let variable = variables.get(chance.of("variable").below(variables.len()))?;
        let current = self.current(variable);
        let values = match way_of(self.spec) {
            Way::NoAnswer if !current.is_answer() => return None,
            Way::UnwantedAnswer if *current != Cell::Empty => return None,
            Way::NoAnswer => vec![Cell::Empty],
            Way::OtherAnswer
            | Way::UnwantedAnswer
            | Way::SameAsAnother
            | Way::SameElsewhere
            | Way::OtherSpelling
            | Way::OfNobody
            | Way::FarFromOthers
            | Way::OtherThanBefore => self.values(variable, chance),
        };
        self.one_of(variable, &values, chance)
    }

    /// Makes up any change of one of the variables: another value, nothing, or a reason that the variable allows.
    pub(super) fn any(&self, variables: &[&Variable], chance: Draw) -> Option<Change> {
        let variable = variables.get(chance.of("variable").below(variables.len()))?;
        let reasons =
            variable.missing.iter().filter(|reason| **reason != MissingReason::NotApplicable);
        let absent = reasons.map(|reason| Cell::Missing(*reason)).chain([Cell::Empty]);
        let values = match chance.of("absent").below(3) {
            0 => absent.collect(),
            _ => self.values(variable, chance),
        };
        self.one_of(variable, &values, chance)
    }

    fn one_of(&self, variable: &Variable, values: &[Cell], chance: Draw) -> Option<Change> {
        let value = values.get(chance.of("value").below(values.len()))?;
        (value != self.current(variable))
            .then(|| Change::from([(variable.name.clone(), value.clone())]))
    }

    fn current(&self, variable: &Variable) -> &Cell {
        self.sheet.cell(&variable.name, self.row_index)
    }

    fn n_categories(&self, variable: &Variable) -> usize {
        self.sheet.codebook.list_of(variable).map_or(0, |list| list.categories.len())
    }

    fn interview(&self) -> i32 {
        match self.sheet.cell(&self.sheet.codebook.study.interview_date, self.row_index) {
            Cell::Date(day, _) => *day,
            _ => 19_800,
        }
    }

    fn values(&self, variable: &Variable, chance: Draw) -> Vec<Cell> {
        let mut values = match variable.value_type.storage() {
            Storage::Boolean => vec![Cell::Boolean(true), Cell::Boolean(false)],
            Storage::Code => (0..self.n_categories(variable) as u16).map(Cell::Code).collect(),
            Storage::Codes => self.choices(variable),
            Storage::Integer if variable.value_type.counts_months() => self.months(variable),
            Storage::Integer | Storage::Decimal => self.numbers(variable),
            Storage::Date => self.days(variable),
            Storage::Text => Vec::new(),
        };
        let others = self.sheet.cells(&variable.name);
        let chance = chance.of("others");
        let others = (0..N_FROM_OTHERS)
            .filter_map(|number| others.get(chance.at(number).below(others.len())));
        values.extend(others.filter(|cell| cell.is_answer()).cloned());
        values
    }

    /// Each category turned over, and each alone.
    fn choices(&self, variable: &Variable) -> Vec<Cell> {
        let bits = if let Cell::Codes(bits) = self.current(variable) { *bits } else { 0 };
        let categories = 0..self.n_categories(variable).min(64);
        let turned = categories.clone().map(|index| bits ^ (1 << index));
        let alone = categories.map(|index| 1 << index);
        turned.chain(alone).filter(|bits| *bits != 0).map(Cell::Codes).collect()
    }

    /// Months that the check names, and those beside the ones of the row: by a little, and by as much as the check says.
    fn months(&self, variable: &Variable) -> Vec<Cell> {
        let (bounds, spans): (Vec<i64>, Vec<i64>) =
            literals(self.spec).iter().map(|number| *number as i64).partition(|n| *n > 10_000);
        let of_row = self.spec.variables.iter().chain([&variable.name]);
        let of_row = of_row.filter_map(|name| match self.sheet.cell(name, self.row_index) {
            Cell::Integer(month) => Some(*month),
            _ => None,
        });
        let spans = spans.iter().flat_map(|span| [-span - 1, -*span, *span, span + 1]);
        let steps: Vec<i64> = [-600, -300, -30, -1, 1, 6, 30].into_iter().chain(spans).collect();
        let all = bounds.into_iter().chain(of_row).chain([month_of(self.interview())]);
        all.flat_map(|month| steps.iter().map(move |step| Cell::Integer(month + step))).collect()
    }

    fn numbers(&self, variable: &Variable) -> Vec<Cell> {
        let near = match self.current(variable) {
            Cell::Integer(number) => *number as f64,
            Cell::Decimal(number) => *number,
            _ => 3.0,
        };
        let all = literals(self.spec).into_iter().chain([near, 0.0]).flat_map(|number| {
            [number - 1.0, number, number + 1.0, number + 7.0, number * 2.0, number * 0.75]
        });
        let is_whole = variable.value_type.storage() == Storage::Integer;
        let cell = |number: f64| {
            if is_whole { Cell::Integer(number as i64) } else { Cell::Decimal(number) }
        };
        all.map(cell).collect()
    }

    /// Days that the check names and those beside the ones of the row. A number may be an age: the days on which one had it.
    fn days(&self, variable: &Variable) -> Vec<Cell> {
        let interview = self.interview();
        let near = if let Cell::Date(day, _) = self.current(variable) { *day } else { interview };
        let ages = literals(self.spec).into_iter().filter(|number| (1.0..120.0).contains(number));
        let births = ages.map(|age| interview - (age * 365.25) as i32);
        let births = births.flat_map(|day| [day - 200, day + 200]);
        let named = words(self.spec).into_iter().filter_map(|word| day_of(&word));
        let steps = [-25_000, -9_000, -3_700, -400, -1, 1, 30, 200, 400, 3_700, 9_000];
        let beside = named.chain([near, interview]).flat_map(|day| steps.map(|step| day + step));
        births.chain(beside).map(|day| Cell::Date(day, Precision::Day)).collect()
    }
}

/// Lists the numbers that a check names.
pub(super) fn literals(spec: &CheckSpec) -> Vec<f64> {
    words(spec).iter().filter_map(|word| word.parse().ok()).collect()
}

/// Lists the words of a check that may be numbers or days.
fn words(spec: &CheckSpec) -> Vec<String> {
    let mut texts: Vec<String> = spec.when.iter().cloned().collect();
    texts.extend(spec.params.values().map(ToString::to_string));
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
    let words = texts.iter().flat_map(|text| text.split(|letter| !is_part(letter)));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
