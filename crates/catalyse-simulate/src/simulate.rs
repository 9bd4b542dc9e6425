//! The whole of a simulation: persons, their answers, the files, and the faults if wanted.

use std::collections::BTreeMap;

use catalyse_codebook::{CheckId, Codebook};

use crate::delivery::{self, SimulatedFile};
use crate::draw::tables::{main_table, repeat_table};
use crate::faults::{self, Fault};
use crate::world::World;
use crate::world::hints::Hints;
use crate::{Options, SimulateError};

/// The file beside the deliveries that lists the planted faults.
pub const TRUTH_FILE: &str = "verite.csv";

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
    let mut tables = vec![main_table(&world)?];
    for form in world.repeats() {
        let drawn = repeat_table(&world, form, &tables)?;
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
