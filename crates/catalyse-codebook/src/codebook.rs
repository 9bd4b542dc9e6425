//! The codebook as a whole: a study with its forms, code lists, checks, target groups, policies and reports.

use std::collections::BTreeMap;

use crate::{
    CheckSpec, CodeList, Form, FormName, Grain, ListName, Study, TargetGroup, Variable,
    VariableName,
};

/// Holds all that is known about what records should be. Made once, never changed.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// The study.
    pub study: Study,
    /// The forms in the order of the study.
    pub forms: Vec<Form>,
    /// The code lists that the forms use, by name.
    pub code_lists: BTreeMap<ListName, CodeList>,
    /// The checks: those of the study and those that variables bring with them.
    pub checks: Vec<CheckSpec>,
    /// The target groups in the order of the study.
    pub target_groups: Vec<TargetGroup>,
    /// The disclosure policies by name, as data: their kinds live in the gate.
    pub policies: BTreeMap<String, toml::Table>,
    /// The report definitions by name, as data.
    pub reports: BTreeMap<String, toml::Table>,
}

impl Codebook {
    /// Lists the variables of a grain in the order they are asked. `PersonWave` includes those of `Person`, because both stand in one row.
    pub fn variables(&self, grain: Grain) -> impl Iterator<Item = &Variable> {
        self.forms
            .iter()
            .filter(move |form| match grain {
                Grain::Person => form.grain == Grain::Person,
                Grain::PersonWave => form.grain != Grain::Repeat,
                Grain::Repeat => form.grain == Grain::Repeat,
            })
            .flat_map(Form::variables)
    }

    /// Returns a form by its name.
    pub fn form(&self, name: &FormName) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == *name)
    }

    /// Returns a variable of any form by its name. Names are unique in a study.
    pub fn variable(&self, name: &VariableName) -> Option<&Variable> {
        self.forms.iter().flat_map(Form::variables).find(|variable| variable.name == *name)
    }

    /// Returns the form that asks a variable.
    pub fn form_of(&self, name: &VariableName) -> Option<&Form> {
        self.forms.iter().find(|form| form.variables().any(|variable| variable.name == *name))
    }

    /// Returns the code list of a variable.
    pub fn list_of(&self, variable: &Variable) -> Option<&CodeList> {
        variable.list.as_ref().and_then(|list| self.code_lists.get(list))
    }
}
