//! The whole of a simulation: persons, their answers, the files, and the faults if wanted.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, Codebook};
use catalyse_records::Table;

use crate::SimulateError;
use crate::delivery;
use crate::draw::Unit;
use crate::faults::{self, Fault};
use crate::hints::Hints;
use crate::main_table;
use crate::order::Order;
use crate::panel::Person;
use crate::repair::{Repair, Violation, violations};
use crate::repeat::{self, Frame};
use crate::sheet::Sheet;
use crate::world::World;

/// The file beside the deliveries that lists the planted faults.
pub const TRUTH_FILE: &str = "verite.csv";

/// Says what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many persons are followed, over all waves.
    pub n_persons: usize,
    /// How many of the study's waves, from the first on.
    pub n_waves: usize,
    /// What all chance follows from.
    pub seed: u64,
    /// Whether faults are planted.
    pub faults: bool,
}

/// Holds what was made.
#[derive(Clone, Debug, Default)]
pub struct Simulated {
    /// The deliveries, one or more a partner and wave, and `verite.csv` if faults were planted.
    pub files: Vec<SimulatedFile>,
    /// The faults, in the order of their places.
    pub faults: Vec<Fault>,
    /// The rows of the main table: records of a person in a wave.
    pub n_records: usize,
    /// The checks of the study for which no fault could be found that shows in them alone.
    pub checks_without_fault: Vec<CheckId>,
}

/// Holds one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedFile {
    /// Its name, without a folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Holds the rows of a table, drawn and clean.
pub(crate) struct Drawn<'c> {
    pub(crate) sheet: Sheet<'c>,
    pub(crate) units: Vec<Unit>,
}

/// Invents persons for a study and writes the files its partners would send.
///
/// **Shape**: one delivery a partner and wave, in the style of the partner; rows by person.
///
/// # Errors
/// The hints name what the study does not have, or some check cannot be met by what types, lists and hints allow.
pub fn simulate(
    codebook: &Codebook,
    hints: &Hints,
    options: &Options,
) -> Result<Simulated, SimulateError> {
    let world = World::new(codebook, hints, options)?;
    let mut tables = vec![main(&world)?];
    for form in world.repeats() {
        let drawn = repeats(&world, form, &tables)?;
        tables.push(drawn);
    }
    let n_records = tables.first().map_or(0, |main| main.sheet.n_rows);
    let planted = if options.faults {
        faults::plant(&world, &mut tables)?
    } else {
        faults::Planted::default()
    };
    let deliveries = delivery::deliveries(&world, &tables, &planted)?;
    let mut files = deliveries.files;
    let mut faults = deliveries.faults;
    faults.sort();
    number_by_place(&mut faults);
    if options.faults {
        files.push(SimulatedFile { path: TRUTH_FILE.to_owned(), bytes: faults::truth(&faults) });
    }
    Ok(Simulated { files, faults, n_records, checks_without_fault: planted.checks_without_fault })
}

/// Numbers the faults anew, in the order of their first places.
fn number_by_place(faults: &mut [Fault]) {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for fault in faults {
        let next = numbers.len() + 1;
        fault.number = *numbers.entry(fault.number).or_insert(next);
    }
}

fn main<'c>(world: &World<'c>) -> Result<Drawn<'c>, SimulateError> {
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

fn repeats<'c>(
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
