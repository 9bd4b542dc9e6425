//! Repeats: spells that follow each other without overlap and stay the same from wave to wave, until something new happens.

use catalyse_check::{Way, kinds};
use catalyse_codebook::{CheckSpec, Codebook, FormName, Storage, Typical, VariableName};
use catalyse_records::Table;

use crate::SimulateError;
use crate::draw::main_table::{fill, set_keys};
use crate::draw::tries::Tries;
use crate::world::World;
use crate::world::cell::Cell;
use crate::world::hints::{RepeatHints, Weights};
use crate::world::order::Order;
use crate::world::panel::Unit;
use crate::world::panel::{Person, month_of};
use crate::world::random::Draw;
use crate::world::sheet::Sheet;
use crate::world::spread::{Quantity, category_at};

/// Holds one spell of a person, in months.
#[derive(Clone, Copy)]
struct Spell {
    serial: u64,
    start: i64,
    /// Nothing while it runs.
    end: Option<i64>,
}

/// Holds the rows of a repeat before their variables are drawn.
pub(crate) struct Spells {
    pub(crate) units: Vec<Unit>,
    rows: Vec<(Spell, i64)>,
}

/// Names the variables of a repeat that are known before anything is drawn.
pub(crate) struct Frame {
    pub(crate) known: Vec<VariableName>,
    start: Option<VariableName>,
    end: Option<VariableName>,
    open: Option<VariableName>,
    number: Option<VariableName>,
}

impl Frame {
    /// Finds the variables: those of the chain, and the one that numbers the rows of a person.
    pub(crate) fn of(world: &World<'_>, form: &FormName) -> Self {
        let study = &world.codebook.study;
        let hints = world.hints.repeats.get(form.as_str());
        let chain = hints.and_then(|hints| hints.chain.as_ref());
        let name = |text: Option<&String>| text.and_then(|text| VariableName::new(text).ok());
        let start = name(chain.map(|chain| &chain.start));
        let end = name(chain.map(|chain| &chain.end));
        let open = name(chain.and_then(|chain| chain.open.as_ref()));
        let number = number_of_rows(world.codebook, form);
        let keys = [&study.person, &study.wave, &study.partner];
        let own = [&start, &end, &open, &number];
        let known = keys.into_iter().chain(own.into_iter().flatten()).cloned().collect();
        Self { known, start, end, open, number }
    }
}

/// Says whether a check names a key: answers that no two records share.
fn is_key(spec: &CheckSpec) -> bool {
    kinds::find(&spec.kind).is_some_and(|kind| kind.breaking().way == Way::SameAsAnother)
}

/// Returns the whole number that, with person and wave, is the key of a form.
fn number_of_rows(codebook: &Codebook, form: &FormName) -> Option<VariableName> {
    let study = &codebook.study;
    let keys = [&study.person, &study.wave, &study.partner];
    let mut unique = codebook.checks.iter().filter(|spec| is_key(spec) && spec.form == *form);
    unique.find_map(|spec| {
        let mut own = spec.variables.iter().filter(|name| !keys.contains(name));
        let (Some(only), None) = (own.next(), own.next()) else { return None };
        let variable = codebook.variable(only)?;
        (variable.value_type.storage() == Storage::Integer).then(|| only.clone())
    })
}

/// Invents which spells each person tells in each wave.
pub(crate) fn spells(
    world: &World<'_>,
    form: &FormName,
    main: &Sheet<'_>,
    main_units: &[Unit],
) -> Result<Spells, SimulateError> {
    let nothing = RepeatHints::default();
    let hints = world.hints.repeats.get(form.as_str()).unwrap_or(&nothing);
    let by = hints.by.keys().map(|text| main.truth(text)).collect::<Result<Vec<_>, _>>()?;
    let open = hints.open_when.as_deref().map(|text| main.truth(text)).transpose()?;
    let root = Draw::new(world.seed).of(form.as_str());
    let mut told = Spells { units: Vec::new(), rows: Vec::new() };
    let mut known: Vec<Spell> = Vec::new();
    let mut last: Option<&Unit> = None;
    for (row_index, unit) in main_units.iter().enumerate() {
        let chance = root.at(unit.person);
        let is_open = open.as_ref().and_then(|open| open.get(row_index).copied().flatten());
        let month = month_of(unit.day);
        match last.filter(|last| last.person == unit.person) {
            Some(last) if hints.chain.is_some() => {
                go_on(&mut known, is_open, (month_of(last.day), month), chance);
            }
            _ => {
                let law = by.iter().position(|truth| truth.get(row_index) == Some(&Some(true)));
                let weights = law.and_then(|law| hints.by.values().nth(law));
                let n = count(weights.unwrap_or(&hints.count), chance.at(unit.wave as u64));
                known = look_back(hints, n, is_open, month, chance);
            }
        }
        last = Some(unit);
        for spell in &known {
            let owner = (unit.person, spell.serial);
            let chance = chance.of("spell").at(spell.serial);
            told.units.push(Unit { chance, owner, previous: None, ..unit.clone() });
        }
        let numbered = known.iter().copied().zip(1_i64..);
        told.rows.extend(numbered);
    }
    Ok(told)
}

fn count(weights: &Weights, chance: Draw) -> usize {
    if weights.is_empty() {
        return chance.of("count").below(3);
    }
    let mut sum = 0.0;
    let total: f64 = weights.values().sum();
    let ends: Vec<f64> = weights
        .values()
        .map(|weight| {
            sum += weight / total;
            sum
        })
        .collect();
    let place = category_at(&ends, chance.of("count").unit());
    weights.get_index(place).and_then(|(count, _)| count.parse().ok()).unwrap_or(0)
}

/// Invents the spells before the first interview, from the latest to the oldest.
fn look_back(
    hints: &RepeatHints,
    n: usize,
    is_open: Option<bool>,
    month: i64,
    chance: Draw,
) -> Vec<Spell> {
    let months = |mean, sd, max| Typical { mean, sd, min: 1.0, max, step: 1.0 };
    let length = Quantity::of(&hints.length, months(8.0, 6.0, 36.0));
    let gap = Quantity::of(&hints.gap, months(6.0, 5.0, 24.0));
    let is_open = is_open == Some(true);
    let n = if is_open { n.max(1) } else { n };
    let mut spells = Vec::new();
    let mut next_start = month + 1;
    for serial in (1..=n as u64).rev() {
        let months = |law: &Quantity, purpose| {
            (law.at(chance.of(purpose).at(serial).unit()).round() as i64).max(1)
        };
        let is_running = is_open && spells.is_empty();
        let end = if is_running { month } else { next_start - 1 - months(&gap, "gap") };
        let start = end - months(&length, "length") + 1;
        spells.push(Spell { serial, start, end: (!is_running).then_some(end) });
        next_start = start;
    }
    spells.reverse();
    spells
}

/// Brings the spells up to date: the last one ends, or a new one begins, between two interviews.
fn go_on(spells: &mut Vec<Spell>, is_open: Option<bool>, (before, now): (i64, i64), chance: Draw) {
    let chance = chance.of("change").at(now as u64);
    let between =
        |from: i64| from + chance.below((now - from + 1).max(1) as usize).cast_signed() as i64;
    let last = spells.last_mut();
    match (last, is_open) {
        (Some(last), Some(false)) if last.end.is_none() => {
            last.end = Some(between(before.max(last.start)));
        }
        (Some(Spell { end: None, .. }), _) | (_, Some(false) | None) => {}
        (Some(last), Some(true)) if last.end.is_some_and(|end| end >= now) => last.end = None,
        (last, Some(true)) => {
            let free = last.and_then(|last| last.end).map_or(before, |end| (end + 1).max(before));
            let serial = spells.len() as u64 + 1;
            spells.push(Spell { serial, start: between(free), end: None });
        }
    }
}

/// Draws the variables of all rows.
pub(crate) fn draw<'c>(
    world: &World<'c>,
    order: &Order<'c>,
    form: &FormName,
    spells: &Spells,
    tries: &Tries,
) -> Result<Sheet<'c>, SimulateError> {
    let frame = Frame::of(world, form);
    let mut sheet = Sheet::new(world.codebook, Table::Repeat(form.clone()), spells.units.len());
    set_keys(world, &mut sheet, &spells.units)?;
    let mut set = |name: &Option<VariableName>, cell: fn(&(Spell, i64)) -> Cell| match name {
        Some(name) => sheet.set(name, spells.rows.iter().map(cell).collect()),
        None => Ok(()),
    };
    set(&frame.number, |(_, number)| Cell::Integer(*number))?;
    set(&frame.start, |(spell, _)| Cell::Integer(spell.start))?;
    set(&frame.end, |(spell, _)| spell.end.map_or(Cell::Empty, Cell::Integer))?;
    set(&frame.open, |(spell, _)| Cell::Boolean(spell.end.is_none()))?;
    fill(world, order, &mut sheet, &spells.units, (tries, true))?;
    Ok(sheet)
}

impl Spells {
    /// Returns the spells of some persons.
    pub(crate) fn of(&self, persons: &[&Person]) -> Self {
        let is_theirs = |unit: &Unit| {
            persons.binary_search_by_key(&unit.person, |person| person.number).is_ok()
        };
        let both = self.units.iter().zip(&self.rows).filter(|(unit, _)| is_theirs(unit));
        let (units, rows) = both.map(|(unit, row)| (unit.clone(), *row)).unzip();
        Self { units, rows }
    }
}
