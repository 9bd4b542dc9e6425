//! Changes of one row or two that a check across records may show.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_check::Way;
use catalyse_codebook::{CheckSpec, RawCell, ReadAs, Storage, VariableName};
use catalyse_locale::Language;

use super::edit::apply;
use super::involved::{changeable, involved};
use super::planting::{Planting, way_of};
use super::values::{Change, Spot};
use crate::SimulateError;
use crate::draw::tables::Drawn;
use crate::world::cell::Cell;
use crate::world::panel::Unit;
use crate::world::random::Draw;
use crate::world::tie::ties;

/// How many changes are made up for each check.
const N_PROPOSALS: u64 = 240;

/// Holds a change, and the rows in which it should show.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposal {
    pub(super) rows: Vec<usize>,
    pub(super) edits: BTreeMap<usize, Change>,
    /// How many checks of one record it breaks.
    pub(super) n_companions: usize,
    /// Among equals, the lowest is tried first.
    pub(super) rank: i64,
}

impl Proposal {
    fn of(row_index: usize, name: &VariableName, cell: Cell) -> Self {
        let edits = BTreeMap::from([(row_index, Change::from([(name.clone(), cell)]))]);
        Self { rows: vec![row_index], edits, ..Self::default() }
    }

    /// Changes a table, and returns what undoes it.
    pub(super) fn apply(
        &self,
        tables: &mut [Drawn<'_>],
        table: usize,
    ) -> Result<Self, SimulateError> {
        let mut kept = Self { rows: self.rows.clone(), ..Self::default() };
        for (row_index, edit) in &self.edits {
            kept.edits.insert(*row_index, apply(tables, table, *row_index, edit)?);
        }
        Ok(kept)
    }
}

/// Makes up changes for a check across records.
pub(super) fn proposals(
    spec: &CheckSpec,
    tables: &[Drawn<'_>],
    drawn: &Drawn<'_>,
    planting: &Planting<'_, '_>,
) -> Vec<Proposal> {
    let root = Draw::new(planting.world.seed).of(spec.id.as_str());
    let name = spec.variables.first();
    let way = way_of(spec);
    let needs_answer = matches!(way, Way::FarFromOthers | Way::OtherThanBefore);
    let is_answered = |row: &usize| {
        !needs_answer || name.is_some_and(|name| drawn.sheet.cell(name, *row).is_answer())
    };
    let is_free = |row: &usize| drawn.units.get(*row).is_some_and(|unit| planting.is_free(unit));
    let rows: Vec<usize> = (0..drawn.sheet.n_rows).filter(is_answered).filter(is_free).collect();
    let one = |number: u64| {
        let chance = root.at(number);
        let row_index = *rows.get(chance.of("row").below(rows.len()))?;
        match way {
            Way::SameAsAnother => {
                let other = partner_row(spec, drawn, planting, row_index, chance)?;
                twice(spec, drawn, row_index, other)
            }
            Way::SameElsewhere => {
                let other = row_elsewhere(spec, drawn, planting, row_index, chance)?;
                twice(spec, drawn, row_index, other)
            }
            Way::OfNobody => {
                let name = spec.variables.first()?;
                let cell = stranger(drawn, tables, name, row_index)?;
                Some(Proposal::of(row_index, name, cell))
            }
            Way::OtherSpelling => spelt_otherwise(drawn, spec.variables.first()?, row_index),
            Way::OtherThanBefore => changed_since(spec, drawn, row_index, chance),
            Way::FarFromOthers | Way::OtherAnswer | Way::NoAnswer | Way::UnwantedAnswer => {
                far_away(spec, planting, drawn, row_index, chance)
            }
        }
    };
    let mut all: Vec<Proposal> = (0..N_PROPOSALS).filter_map(one).collect();
    // A value far from all others is as far in every row.
    let mut ranks = BTreeSet::new();
    all.retain(|proposal| proposal.rank == 0 || ranks.insert(proposal.rank));
    all
}

/// Gives a row a value far above all others: a multiple of the median, or a number that a check of the same variable names.
fn far_away(
    spec: &CheckSpec,
    planting: &Planting<'_, '_>,
    drawn: &Drawn<'_>,
    row_index: usize,
    chance: Draw,
) -> Option<Proposal> {
    let name = spec.variables.first()?;
    let mut numbers: Vec<f64> = drawn.sheet.cells(name).iter().filter_map(number).collect();
    numbers.sort_by(f64::total_cmp);
    let median = numbers.get(numbers.len() / 2)?;
    let steps = [1.5, 2.0, 3.0, 4.0, 4.5, 5.0, 5.5, 6.0, 8.0, 10.0, 14.0, 20.0, 30.0];
    let beside = planting.world.codebook.checks.iter();
    let beside = beside.filter(|other| other.variables.contains(name));
    let bounds = beside.flat_map(super::values::literals);
    let values: Vec<f64> = steps.iter().map(|step| (median * step).round()).chain(bounds).collect();
    let value = *values.get(chance.of("value").below(values.len()))?;
    let cell = match drawn.sheet.cell(name, row_index) {
        Cell::Integer(_) => Cell::Integer(value as i64),
        Cell::Decimal(_) => Cell::Decimal(value),
        _ => return None,
    };
    let rank = -((value - median).abs() as i64);
    Some(Proposal { rank, ..Proposal::of(row_index, name, cell) })
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Decimal(number) => Some(*number),
        _ => None,
    }
}

/// Gives a row the key of another: of another person in the same wave, or of the same person where the key names it in a repeat. What
/// both leave empty, a name, is made up for both.
fn twice(spec: &CheckSpec, drawn: &Drawn<'_>, row_index: usize, other: usize) -> Option<Proposal> {
    let sheet = &drawn.sheet;
    let mut edits: BTreeMap<usize, Change> = BTreeMap::new();
    // A number that says a birth date is copied with it, or the copy would show in a second check.
    let numbers = ties(sheet.codebook);
    let copied = numbers.iter().filter(|tie| spec.variables.contains(&tie.number));
    for name in spec.variables.iter().chain(copied.flat_map(|tie| &tie.others)) {
        let wanted = match sheet.cell(name, other) {
            Cell::Empty => made_up(drawn, name, row_index)?,
            cell if cell.is_answer() => cell.clone(),
            _ => return None,
        };
        for row_index in [row_index, other] {
            if wanted != *sheet.cell(name, row_index) {
                edits.entry(row_index).or_default().insert(name.clone(), wanted.clone());
            }
        }
    }
    (!edits.is_empty()).then(|| Proposal {
        rows: vec![row_index, other],
        edits,
        ..Proposal::default()
    })
}

/// Gives a row another answer than the person gave before. Rows that a later wave follows are left: that one would stand out too.
fn changed_since(
    spec: &CheckSpec,
    drawn: &Drawn<'_>,
    row_index: usize,
    chance: Draw,
) -> Option<Proposal> {
    let sheet = &drawn.sheet;
    let unit = drawn.units.get(row_index)?;
    let is_followed = drawn.units.iter().any(|later| later.previous == Some(row_index));
    if unit.previous.is_none() || is_followed {
        return None;
    }
    let spot = Spot { sheet, row_index, spec };
    let edit = match chance.of("whole").below(3) {
        0 => spot.any(&involved(sheet.codebook, &sheet.table, spec), chance),
        _ => spot.breaking(&changeable(sheet.codebook, spec), chance),
    };
    let edits = BTreeMap::from([(row_index, edit?)]);
    Some(Proposal { rows: vec![row_index], edits, ..Proposal::default() })
}

/// Chooses the row that is copied, of another partner. Either person has one record only: each further one would stand out too.
fn row_elsewhere(
    spec: &CheckSpec,
    drawn: &Drawn<'_>,
    planting: &Planting<'_, '_>,
    row_index: usize,
    chance: Draw,
) -> Option<usize> {
    let unit = drawn.units.get(row_index)?;
    let mut n_rows: BTreeMap<u64, usize> = BTreeMap::new();
    for unit in &drawn.units {
        *n_rows.entry(unit.person).or_default() += 1;
    }
    let is_alone = |unit: &Unit| n_rows.get(&unit.person) == Some(&1);
    let is_wave_compared = spec.variables.contains(&drawn.sheet.codebook.study.wave);
    let others = drawn.units.iter().enumerate().filter(|(_, other)| {
        let is_compared = other.wave == unit.wave || !is_wave_compared;
        other.partner != unit.partner && is_compared && planting.is_free(other) && is_alone(other)
    });
    let others: Vec<usize> = others.map(|(index, _)| index).collect();
    let other = others.get(chance.of("other").below(others.len())).copied();
    other.filter(|_| is_alone(unit))
}

/// Chooses the row that is copied. The pair stands in one delivery, so that neither is taken for a person of another partner.
fn partner_row(
    spec: &CheckSpec,
    drawn: &Drawn<'_>,
    planting: &Planting<'_, '_>,
    row_index: usize,
    chance: Draw,
) -> Option<usize> {
    let unit = drawn.units.get(row_index)?;
    let study = &drawn.sheet.codebook.study;
    let is_own = drawn.units.iter().filter(|other| other.person == unit.person).count() > 1
        && spec.variables.contains(&study.person);
    let others = drawn.units.iter().enumerate().filter(|(index, other)| {
        let is_same_person = other.person == unit.person;
        *index != row_index
            && (other.wave, other.partner) == (unit.wave, unit.partner)
            && is_same_person == is_own
            && (is_same_person || planting.is_free(other))
    });
    let others: Vec<usize> = others.map(|(index, _)| index).collect();
    others.get(chance.of("other").below(others.len())).copied()
}

/// Makes up a text where nobody has one: the label and a number, so that no reader takes it for a person's.
fn made_up(drawn: &Drawn<'_>, name: &VariableName, row_index: usize) -> Option<Cell> {
    let variable = drawn.sheet.codebook.variable(name)?;
    let text = format!("{} {row_index}", variable.label.get(Language::Fr));
    let read = variable.value_type.read(RawCell::Text(&text), ReadAs::default(), None);
    let is_text = variable.value_type.storage() == Storage::Text && read.is_ok();
    is_text.then(|| Cell::Text(text.into()))
}

/// Spells a text in small letters where another record has it in capitals. If that is the only other one, either may be the wrong one.
fn spelt_otherwise(drawn: &Drawn<'_>, name: &VariableName, row_index: usize) -> Option<Proposal> {
    let current = drawn.sheet.cell(name, row_index);
    let Cell::Text(text) = current else { return None };
    let small = Cell::Text(text.to_lowercase().into());
    let cells = drawn.sheet.cells(name).iter().enumerate();
    let same = cells.filter(|(index, cell)| *index != row_index && *cell == current);
    let others: Vec<usize> = same.map(|(index, _)| index).collect();
    if small == *current || others.is_empty() {
        return None;
    }
    let mut proposal = Proposal::of(row_index, name, small);
    if let [other] = others.as_slice() {
        proposal.rows.push(*other);
    }
    Some(proposal)
}

/// Returns a value that no record of the main table has: a pseudonym that was not given, a category without records.
fn stranger(
    drawn: &Drawn<'_>,
    tables: &[Drawn<'_>],
    name: &VariableName,
    row_index: usize,
) -> Option<Cell> {
    let variable = drawn.sheet.codebook.variable(name)?;
    match variable.value_type.storage() {
        Storage::Text => {
            let Cell::Text(current) = drawn.sheet.cell(name, row_index) else { return None };
            let (stem, _) = current.rsplit_once('-')?;
            Some(Cell::Text(format!("{stem}-9{row_index:03}").into()))
        }
        Storage::Code => {
            let n = drawn.sheet.codebook.list_of(variable)?.categories.len() as u16;
            let main = tables.first()?.sheet.cells(name);
            (0..n).rev().map(Cell::Code).find(|code| !main.contains(code))
        }
        _ => None,
    }
}
