//! The catalogue: what the store must know of a study: how each variable is stored, which say who a person is, how long each is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use catalyse_codebook::{
    Codebook, Form, FormName, Grain, Sensitivity, Storage, Variable, VariableName,
};
use jiff::civil::Date;

use crate::keys::cipher::hash_of;

/// Holds what the store knows of a study.
#[derive(Clone, Debug)]
pub(crate) struct Catalogue {
    pub(crate) study: String,
    /// A hash over all that decides how answers are understood.
    pub(crate) version: String,
    pub(crate) person: VariableName,
    pub(crate) wave: VariableName,
    pub(crate) partner: VariableName,
    pub(crate) variables: BTreeMap<VariableName, Known>,
    /// The variable of each repeat form that holds the number of the episode.
    pub(crate) numbered: BTreeMap<FormName, VariableName>,
    /// The last day of each wave.
    pub(crate) wave_ends: BTreeMap<String, Date>,
    /// The variable that holds the national number, if the study has one.
    pub(crate) national_number: Option<VariableName>,
    /// The variables that hold names, in the order they are asked.
    pub(crate) names: Vec<VariableName>,
    /// The variable that holds the date of birth, if it is identifying.
    pub(crate) birth: Option<VariableName>,
}

/// Holds what the store knows of a variable.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) storage: Storage,
    pub(crate) is_identifying: bool,
    pub(crate) is_derived: bool,
    pub(crate) retention_months: Option<u32>,
}

impl Catalogue {
    pub(crate) fn of(codebook: &Codebook) -> Self {
        let study = &codebook.study;
        let all: Vec<&Variable> = codebook.forms.iter().flat_map(Form::variables).collect();
        let identifying = |variable: &&&Variable| {
            variable.sensitivity == Sensitivity::Identifying && !variable.is_derived()
        };
        let of_storage = |storage: Storage| {
            let found = all.iter().filter(identifying);
            let found = found.filter(move |variable| variable.value_type.storage() == storage);
            found.map(|variable| variable.name.clone())
        };
        let number = |variable: &&&Variable| variable.value_type.is_national_number();
        let is_name = |name: &VariableName| name.as_str().split('_').any(|word| word == "name");
        let is_birth = |name: &VariableName| name.as_str().split('_').any(|word| word == "birth");
        let wave_ends = study.waves.iter();
        let wave_ends = wave_ends
            .filter_map(|wave| Some((wave.id.to_string(), wave.to.parse().ok()?)))
            .collect();
        Self {
            study: study.id.clone(),
            version: version_of(codebook),
            person: study.person.clone(),
            wave: study.wave.clone(),
            partner: study.partner.clone(),
            variables: all
                .iter()
                .map(|variable| (variable.name.clone(), known(variable)))
                .collect(),
            numbered: codebook.forms.iter().filter_map(numbered).collect(),
            wave_ends,
            national_number: all
                .iter()
                .filter(identifying)
                .find(number)
                .map(|variable| variable.name.clone()),
            names: of_storage(Storage::Text).filter(is_name).collect(),
            birth: of_storage(Storage::Date).find(is_birth),
        }
    }

    /// Says whether a variable names the person, the wave or the partner: such a one is the record's key and not its content.
    pub(crate) fn is_key(&self, name: &VariableName) -> bool {
        [&self.person, &self.wave, &self.partner].contains(&name)
    }
}

/// Returns the variable that numbers the episodes of a form: its first whole number.
fn numbered(form: &Form) -> Option<(FormName, VariableName)> {
    let first = form.variables().find(|one| one.value_type.storage() == Storage::Integer)?;
    (form.grain == Grain::Repeat).then(|| (form.name.clone(), first.name.clone()))
}

fn known(variable: &Variable) -> Known {
    Known {
        storage: variable.value_type.storage(),
        is_identifying: variable.sensitivity == Sensitivity::Identifying,
        is_derived: variable.is_derived(),
        retention_months: variable.retention_months,
    }
}

/// Hashes what decides how answers are understood: forms, variables, types, codes. Labels may change freely.
fn version_of(codebook: &Codebook) -> String {
    let mut text = format!("{}\n", codebook.study.id);
    for form in &codebook.forms {
        let _ = writeln!(text, "form {} {:?}", form.name, form.grain);
        for variable in form.variables() {
            let list = variable.list.as_ref().map(ToString::to_string).unwrap_or_default();
            let kind = variable.value_type.name();
            let since = variable.since.as_ref().map(ToString::to_string).unwrap_or_default();
            let until = variable.until.as_ref().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(
                text,
                "{} {kind} {list} {:?} {:?} {since} {until} {:?} {:?}",
                variable.name,
                variable.sensitivity,
                variable.missing,
                variable.relevant,
                variable.calculation,
            );
        }
    }
    for (name, list) in &codebook.code_lists {
        let codes: Vec<&str> =
            list.categories.iter().map(|category| category.code.as_str()).collect();
        let _ = writeln!(text, "list {name} {}", codes.join(" "));
    }
    hash_of(&text)
}
