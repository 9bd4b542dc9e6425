//! What every step of a simulation looks at.

pub(crate) mod cell;
pub(crate) mod hints;
pub(crate) mod invented;
pub(crate) mod normal;
pub(crate) mod order;
pub(crate) mod panel;
pub(crate) mod random;
pub(crate) mod sheet;
pub(crate) mod spread;
pub(crate) mod style;
pub(crate) mod tie;

use catalyse_check::Checks;
use catalyse_codebook::{Codebook, FormName, Grain, VariableName};
use catalyse_records::Table;

use crate::world::hints::{Hints, VariableHints};
use crate::world::invented::Inventor;
use crate::world::panel::Person;
use crate::world::tie::ties;
use crate::{Options, SimulateError};

/// Holds the study, the hints and the persons.
pub(crate) struct World<'c> {
    pub(crate) codebook: &'c Codebook,
    pub(crate) hints: &'c Hints,
    pub(crate) checks: Checks,
    pub(crate) persons: Vec<Person>,
    pub(crate) inventor: Inventor,
    pub(crate) n_waves: usize,
    pub(crate) seed: u64,
}

impl<'c> World<'c> {
    /// Opens the checks and invents the panel.
    pub(crate) fn new(
        codebook: &'c Codebook,
        hints: &'c Hints,
        options: &Options,
    ) -> Result<Self, SimulateError> {
        look_at_names(codebook, hints)?;
        let checks = Checks::open(codebook).map_err(SimulateError::Checks)?;
        let ids: Vec<&str> =
            codebook.study.partners.iter().map(|partner| partner.id.as_str()).collect();
        let inventor = Inventor {
            prefixes: panel::prefixes(&ids),
            n_encoders: hints.panel.encoders,
            identified: hints.panel.identified,
            ties: ties(codebook),
        };
        let persons = panel::persons(codebook, hints, options)?;
        let (n_waves, seed) = (options.n_waves, options.seed);
        Ok(Self { codebook, hints, checks, persons, inventor, n_waves, seed })
    }

    /// Returns the hints of a variable.
    pub(crate) fn hints_of(&self, table: &Table, name: &VariableName) -> Option<&'c VariableHints> {
        match table {
            Table::Main => self.hints.variables.get(name.as_str()),
            Table::Repeat(form) => {
                self.hints.repeats.get(form.as_str())?.variables.get(name.as_str())
            }
        }
    }

    /// Lists the forms that a person has several records of.
    pub(crate) fn repeats(&self) -> impl Iterator<Item = &'c FormName> {
        let forms = self.codebook.forms.iter();
        forms.filter(|form| form.grain == Grain::Repeat).map(|form| &form.name)
    }
}

/// Looks for hints about what does not exist.
fn look_at_names(codebook: &Codebook, hints: &Hints) -> Result<(), SimulateError> {
    let unknown = |name: &str| Err(SimulateError::UnknownName(name.to_owned()));
    let is_variable =
        |name: &str| VariableName::new(name).is_ok_and(|name| codebook.variable(&name).is_some());
    let study = &codebook.study;
    for name in hints.variables.keys() {
        if !is_variable(name) {
            return unknown(name);
        }
    }
    for (form, repeat) in &hints.repeats {
        let known = codebook.forms.iter().any(|known| known.name.as_str() == form);
        if !known {
            return unknown(form);
        }
        let chain = repeat.chain.iter().flat_map(|chain| {
            [Some(&chain.start), Some(&chain.end), chain.open.as_ref()].into_iter().flatten()
        });
        if let Some(name) = repeat.variables.keys().chain(chain).find(|name| !is_variable(name)) {
            return unknown(name);
        }
    }
    for id in hints.panel.partners.keys() {
        if !study.partners.iter().any(|partner| partner.id.as_str() == id) {
            return unknown(id);
        }
    }
    match hints
        .panel
        .starts
        .keys()
        .find(|id| !study.waves.iter().any(|wave| wave.id.as_str() == *id))
    {
        Some(id) => unknown(id),
        None => Ok(()),
    }
}
