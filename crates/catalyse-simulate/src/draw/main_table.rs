//! The main table: one row a person and wave.

use catalyse_codebook::{Precision, VariableName};
use catalyse_records::Table;

use crate::SimulateError;
use crate::draw::answers::Drawing;
use crate::draw::tries::Tries;
use crate::world::World;
use crate::world::cell::Cell;
use crate::world::hints::VariableHints;
use crate::world::order::Order;
use crate::world::panel::Person;
use crate::world::panel::Unit;
use crate::world::random::Draw;
use crate::world::sheet::Sheet;

/// Lists the rows of some persons: by person, then by wave.
pub(crate) fn units(persons: &[&Person], seed: u64) -> Vec<Unit> {
    let root = Draw::new(seed).of("answers");
    let mut units = Vec::new();
    for person in persons {
        let mut previous = None;
        for (wave, day) in &person.interviews {
            let index = units.len();
            units.push(Unit {
                chance: root.at(person.number),
                owner: (person.number, 0),
                person: person.number,
                partner: person.partner,
                wave: *wave,
                first_wave: person.first_wave,
                previous,
                day: *day,
            });
            previous = Some(index);
        }
    }
    units
}

/// Draws the answers of some persons.
pub(crate) fn draw<'c>(
    world: &World<'c>,
    order: &Order<'c>,
    persons: &[&Person],
    tries: &Tries,
) -> Result<Sheet<'c>, SimulateError> {
    let units = units(persons, world.seed);
    let mut sheet = Sheet::new(world.codebook, Table::Main, units.len());
    set_keys(world, &mut sheet, &units)?;
    let study = &world.codebook.study;
    let days = units.iter().map(|unit| Cell::Date(unit.day, Precision::Day)).collect();
    sheet.set(&study.interview_date, days)?;
    fill(world, order, &mut sheet, &units, (tries, false))?;
    Ok(sheet)
}

/// Sets person, wave and partner of each row.
pub(crate) fn set_keys(
    world: &World<'_>,
    sheet: &mut Sheet<'_>,
    units: &[Unit],
) -> Result<(), SimulateError> {
    let study = &world.codebook.study;
    let pseudonym = |unit: &Unit| {
        let person = world.persons.get(unit.person as usize);
        person.map_or(Cell::Empty, |person| Cell::Text(person.pseudonym.as_str().into()))
    };
    sheet.set(&study.person, units.iter().map(pseudonym).collect())?;
    sheet.set(&study.wave, units.iter().map(|unit| Cell::Code(unit.wave as u16)).collect())?;
    sheet.set(&study.partner, units.iter().map(|unit| Cell::Code(unit.partner as u16)).collect())
}

/// Draws or works out every variable in order. `tries` says too whether lasting numbers hold for all waves.
pub(crate) fn fill<'c>(
    world: &World<'c>,
    order: &Order<'c>,
    sheet: &mut Sheet<'c>,
    units: &[Unit],
    (tries, lasts): (&Tries, bool),
) -> Result<(), SimulateError> {
    let nothing = VariableHints::default();
    for step in &order.steps {
        let variable = step.variable;
        if sheet.variables().any(|name| *name == variable.name) {
            continue;
        }
        let cells = if let Some(calculation) = &variable.calculation {
            sheet.work_out(&variable.name, calculation)?
        } else {
            let hints = world.hints_of(&sheet.table, &variable.name).unwrap_or(&nothing);
            let drawing = Drawing {
                sheet,
                units,
                tries,
                inventor: &world.inventor,
                n_waves: world.n_waves,
                lasts,
            };
            drawing.draw(variable, hints)?
        };
        sheet.set(&variable.name, cells)?;
    }
    Ok(())
}

/// Lists the variables that are known before anything is drawn.
pub(crate) fn known(world: &World<'_>) -> Vec<VariableName> {
    let study = &world.codebook.study;
    [&study.person, &study.wave, &study.partner, &study.interview_date].map(Clone::clone).to_vec()
}
