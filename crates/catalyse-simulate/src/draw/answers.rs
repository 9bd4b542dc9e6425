//! Drawing one variable for all rows of a table.

use catalyse_codebook::types::day_number;
use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{MissingReason, Precision, Storage, Variable, VariableName};

use crate::SimulateError;
use crate::draw::tries::Tries;
use crate::world::cell::Cell;
use crate::world::hints::{VariableHints, Weights};
use crate::world::invented::Inventor;
use crate::world::panel::{Unit, month_of};
use crate::world::random::Draw;
use crate::world::sheet::Sheet;
use crate::world::spread::{Spread, category_at};

/// From this try on a variable that keeps breaking a check is left out with a reason, if it may be.
const GIVE_UP: u32 = 14;

/// Holds what drawing needs beside the variable.
pub(crate) struct Drawing<'a, 'c> {
    pub(crate) sheet: &'a Sheet<'c>,
    pub(crate) units: &'a [Unit],
    pub(crate) tries: &'a Tries,
    pub(crate) inventor: &'a Inventor,
    pub(crate) n_waves: usize,
    /// Whether all rows of an owner share their tries: in a repeat.
    pub(crate) lasts: bool,
}

/// Holds what is worked out once for a variable.
struct Prepared<'v> {
    variable: &'v Variable,
    hints: &'v VariableHints,
    /// Spreads by law, by wave: those of `by` in order, then that of `distribution`.
    laws: Vec<Vec<Spread>>,
    /// The answers of the conditions of `by`.
    by: Vec<Vec<Option<bool>>>,
    formula: Option<Vec<Cell>>,
    reasons: Vec<(MissingReason, f64)>,
}

impl Drawing<'_, '_> {
    /// Draws a variable for every row.
    pub(crate) fn draw(
        &self,
        variable: &Variable,
        hints: &VariableHints,
    ) -> Result<Vec<Cell>, SimulateError> {
        let prepared = self.prepare(variable, hints)?;
        let relevant =
            variable.relevant.as_deref().map(|text| self.sheet.truth(text)).transpose()?;
        let waves = &self.sheet.codebook.study.waves;
        let wave_of = |id: Option<&catalyse_codebook::WaveId>| {
            id.and_then(|id| waves.iter().position(|wave| wave.id == *id))
        };
        let since = wave_of(variable.since.as_ref()).unwrap_or(0);
        let until = wave_of(variable.until.as_ref()).unwrap_or(waves.len());
        let mut cells: Vec<Cell> = Vec::with_capacity(self.units.len());
        for (row_index, unit) in self.units.iter().enumerate() {
            let is_asked = relevant
                .as_ref()
                .is_none_or(|relevant| relevant.get(row_index).copied().flatten() == Some(true));
            let cell = if is_asked && (since..=until).contains(&unit.wave) {
                self.one(&prepared, row_index, unit, &cells)
            } else {
                Cell::Empty
            };
            cells.push(cell);
        }
        Ok(cells)
    }

    fn prepare<'v>(
        &self,
        variable: &'v Variable,
        hints: &'v VariableHints,
    ) -> Result<Prepared<'v>, SimulateError> {
        let list = self.sheet.codebook.list_of(variable);
        let by = hints.by.keys().map(|text| self.sheet.truth(text)).collect::<Result<_, _>>()?;
        let of_waves = |distribution: &Weights| {
            let spread = |wave| Spread::of(variable, list, hints, distribution, wave);
            (0..self.n_waves).map(spread).collect::<Vec<Spread>>()
        };
        let laws = hints.by.values().chain([&hints.distribution]).map(of_waves).collect();
        let formula = hints.formula.as_deref();
        let formula = formula.map(|text| self.sheet.work_out(&variable.name, text)).transpose()?;
        let reason =
            |(name, share): (&String, &f64)| Some((MissingReason::from_name(name)?, *share));
        let reasons = hints.missing.iter().filter_map(reason).collect();
        Ok(Prepared { variable, hints, laws, by, formula, reasons })
    }

    fn one(&self, prepared: &Prepared<'_>, row_index: usize, unit: &Unit, cells: &[Cell]) -> Cell {
        let hints = prepared.hints;
        let previous = unit.previous.and_then(|row_index| cells.get(row_index));
        if hints.fixed
            && let Some(previous) = previous.filter(|cell| **cell != Cell::Empty)
        {
            return previous.clone();
        }
        let (tries, kept) = self.redrawn(&prepared.variable.name, unit, hints.fixed);
        if let Some(kept) = kept.and_then(|wave| self.answer_of(wave, unit, cells)) {
            return kept.clone();
        }
        let chance = unit.chance.of(prepared.variable.name.as_str()).at(u64::from(tries));
        // Somebody else has the same birth date, sex and so the same impossible number: it stays with the first.
        if tries > 0 && self.inventor.is_tied(&prepared.variable.name) {
            return Cell::Empty;
        }
        if let Some(reason) = missing(prepared, unit, chance, tries) {
            return Cell::Missing(reason);
        }
        if let Some(formula) = &prepared.formula {
            return formula.get(row_index).cloned().unwrap_or(Cell::Empty);
        }
        let stay = hints.stay.unwrap_or(0.8);
        let epoch = if hints.fixed || self.lasts { 0 } else { epoch(unit, chance, stay) };
        let is_time = matches!(prepared.variable.value_type.storage(), Storage::Date)
            || prepared.variable.value_type.counts_months();
        // A day that is kept stays the same day, whatever the interview.
        if is_time
            && tries == 0
            && epoch < unit.wave
            && let Some(previous) = previous.filter(|cell| cell.is_answer())
        {
            return previous.clone();
        }
        let law = prepared.by.iter().position(|truth| truth.get(row_index) == Some(&Some(true)));
        let law = prepared.laws.get(law.unwrap_or(prepared.by.len()));
        let spread = law.and_then(|waves| waves.get(unit.wave.min(self.n_waves.saturating_sub(1))));
        let lasting = chance.of("epoch").at(epoch as u64);
        spread
            .map_or(Cell::Empty, |spread| self.value(prepared, spread, (row_index, unit), lasting))
    }

    /// Returns how often a variable was drawn again, and the wave whose answer is kept.
    fn redrawn(&self, name: &VariableName, unit: &Unit, is_fixed: bool) -> (u32, Option<usize>) {
        if self.tries.is_empty() {
            return (0, None);
        }
        let wave = (!is_fixed && !self.lasts).then_some(unit.wave);
        let drawn = (unit.owner, wave, name.clone());
        (self.tries.count(&drawn), self.tries.kept(&drawn))
    }

    /// Returns the answer that the person of a row gave in an earlier wave.
    fn answer_of<'a>(&self, wave: usize, unit: &Unit, cells: &'a [Cell]) -> Option<&'a Cell> {
        let before = |row_index: &usize| self.units.get(*row_index)?.previous;
        let mut earlier = std::iter::successors(unit.previous, before);
        let row_index = earlier.find(|row_index| {
            self.units.get(*row_index).is_some_and(|earlier| earlier.wave == wave)
        })?;
        cells.get(row_index).filter(|cell| cell.is_answer())
    }

    fn value(
        &self,
        prepared: &Prepared<'_>,
        spread: &Spread,
        (row_index, unit): (usize, &Unit),
        chance: Draw,
    ) -> Cell {
        match spread {
            Spread::One(ends) => {
                let category = category_at(ends, chance.unit());
                match prepared.variable.value_type.storage() {
                    Storage::Boolean => Cell::Boolean(category == 0),
                    _ => Cell::Code(category as u16),
                }
            }
            Spread::Several(shares, alone) => several(shares, alone, chance),
            Spread::Quantity(quantity) => {
                quantity_of(prepared, quantity.at(chance.unit()), unit, chance)
            }
            Spread::Text => {
                let row = |name: &VariableName| self.sheet.cell(name, row_index);
                self.inventor.text(prepared.variable, unit, &row, chance)
            }
        }
    }
}

/// Returns the reason for which an answer is left out, if it is.
fn missing(
    prepared: &Prepared<'_>,
    unit: &Unit,
    chance: Draw,
    tries: u32,
) -> Option<MissingReason> {
    let variable = prepared.variable;
    let given_up = [MissingReason::Unknown, MissingReason::Refused, MissingReason::NotAsked];
    if tries >= GIVE_UP
        && let Some(reason) = given_up.into_iter().find(|reason| variable.missing.contains(reason))
    {
        return Some(reason);
    }
    let wave = if prepared.hints.fixed { 0 } else { unit.wave as u64 };
    let mut unit = chance.of("missing").at(wave).unit();
    for (reason, share) in &prepared.reasons {
        if unit < *share {
            return Some(*reason);
        }
        unit -= share;
    }
    None
}

/// Returns the last wave, up to that of the row, in which the lasting number was drawn anew.
fn epoch(unit: &Unit, chance: Draw, stay: f64) -> usize {
    let is_new = |wave: &usize| chance.of("stay").at(*wave as u64).unit() >= stay;
    (unit.first_wave + 1..=unit.wave).rev().find(is_new).unwrap_or(unit.first_wave)
}

/// Draws each category by itself. Who has none gets those that stand alone, else the one that comes nearest.
fn several(shares: &[f64], alone: &[usize], chance: Draw) -> Cell {
    let each = shares.iter().take(64).enumerate().filter(|(index, _)| !alone.contains(index));
    let margins = each.map(|(index, share)| (index, share - chance.at(index as u64).unit()));
    let margins: Vec<(usize, f64)> = margins.collect();
    let drawn = margins.iter().filter(|(_, margin)| *margin > 0.0);
    let bits = drawn.fold(0_u64, |bits, (index, _)| bits | 1 << index);
    if bits != 0 {
        return Cell::Codes(bits);
    }
    let nearest = margins.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let only = alone.first().copied().or(nearest.map(|(index, _)| *index));
    only.map_or(Cell::Empty, |index| Cell::Codes(1 << index))
}

fn quantity_of(prepared: &Prepared<'_>, value: f64, unit: &Unit, chance: Draw) -> Cell {
    let variable = prepared.variable;
    match variable.value_type.storage() {
        Storage::Decimal => Cell::Decimal(value),
        Storage::Date => {
            let day = unit.day - value.round() as i32;
            if !variable.value_type.may_be_partial() {
                return Cell::Date(day, Precision::Day);
            }
            let hints = prepared.hints;
            let known = chance.of("precision").unit();
            let (year, month, _) = ymd_of_day_number(day);
            let (day, precision) = if known < hints.year_only {
                (day_number(year, 1, 1), Precision::Year)
            } else if known < hints.year_only + hints.month_only {
                (day_number(year, month, 1), Precision::Month)
            } else {
                (Some(day), Precision::Day)
            };
            day.map_or(Cell::Empty, |day| Cell::Date(day, precision))
        }
        _ if variable.value_type.counts_months() => {
            Cell::Integer(month_of(unit.day) - value.round() as i64)
        }
        _ => Cell::Integer(value.round() as i64),
    }
}
