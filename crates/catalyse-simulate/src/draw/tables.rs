//! Whole tables: drawn, confronted with the checks, and drawn again until nothing is violated.

use std::collections::BTreeSet;

use catalyse_records::Table;

use crate::SimulateError;
use crate::draw::main_table;
use crate::draw::repair::{Repair, Violation, violations};
use crate::draw::repeat::{self, Frame};
use crate::world::World;
use crate::world::order::Order;
use crate::world::panel::{Person, Unit};
use crate::world::sheet::Sheet;

/// Holds the rows of a table, drawn and clean.
#[derive(Clone)]
pub(crate) struct Drawn<'c> {
    pub(crate) sheet: Sheet<'c>,
    pub(crate) units: Vec<Unit>,
}

/// Draws the main table.
pub(crate) fn main_table<'c>(world: &World<'c>) -> Result<Drawn<'c>, SimulateError> {
    let known = main_table::known(world);
    let hints = |name: &_| world.hints_of(&Table::Main, name);
    let order = Order::of(world.codebook, &Table::Main, &known, hints)?;
    let everybody: Vec<&Person> = world.persons.iter().collect();
    let units = main_table::units(&everybody, world.seed);
    let mut repair = Repair::new(world, &order);
    loop {
        let sheet = main_table::draw(world, &order, &everybody, &repair.tries)?;
        let found = violations(&world.checks, &[&sheet])?;
        if found.is_empty() {
            return Ok(Drawn { sheet, units });
        }
        let mut persons = repair.note(&sheet, &units, &found, false)?;
        while !persons.is_empty() {
            let some = of_numbers(&everybody, &persons);
            let sheet = main_table::draw(world, &order, &some, &repair.tries)?;
            let units = main_table::units(&some, world.seed);
            let found = per_record(world, violations(&world.checks, &[&sheet])?);
            persons = repair.note(&sheet, &units, &found, false)?;
        }
    }
}

/// Draws the episodes of a repeat.
pub(crate) fn repeat_table<'c>(
    world: &World<'c>,
    form: &'c catalyse_codebook::FormName,
    tables: &[Drawn<'c>],
) -> Result<Drawn<'c>, SimulateError> {
    let table = Table::Repeat(form.clone());
    let known = Frame::of(world, form).known;
    let order = Order::of(world.codebook, &table, &known, |name| world.hints_of(&table, name))?;
    let everybody: Vec<&Person> = world.persons.iter().collect();
    let Some(main) = tables.first() else {
        return Ok(Drawn { sheet: Sheet::new(world.codebook, table, 0), units: Vec::new() });
    };
    let spells = repeat::spells(world, form, &main.sheet, &main.units)?;
    let mut repair = Repair::new(world, &order);
    loop {
        let sheet = repeat::draw(world, &order, form, &spells, &repair.tries)?;
        let mut found = violations(&world.checks, &[&main.sheet, &sheet])?;
        found.retain(|(table, ..)| *table == 1);
        if found.is_empty() {
            return Ok(Drawn { sheet, units: spells.units });
        }
        let mut persons = repair.note(&sheet, &spells.units, &found, true)?;
        while !persons.is_empty() {
            let some = spells.of(&of_numbers(&everybody, &persons));
            let sheet = repeat::draw(world, &order, form, &some, &repair.tries)?;
            let found = per_record(world, violations(&world.checks, &[&sheet])?);
            persons = repair.note(&sheet, &some.units, &found, true)?;
        }
    }
}

fn of_numbers<'p>(everybody: &[&'p Person], numbers: &BTreeSet<u64>) -> Vec<&'p Person> {
    everybody.iter().copied().filter(|person| numbers.contains(&person.number)).collect()
}

/// Leaves out what only the whole delivery can tell: a few rows have other medians and lack the rows that others refer to.
pub(crate) fn per_record(world: &World<'_>, found: Vec<Violation>) -> Vec<Violation> {
    found.into_iter().filter(|(_, _, check, _)| !world.checks.looks_across(check)).collect()
}
