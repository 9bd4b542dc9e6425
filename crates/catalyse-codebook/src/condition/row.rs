//! The columns a condition may name: those of one row of a form.

use std::collections::BTreeMap;

use super::kind::{Kind, Order};
use crate::{
    CodeList, Codebook, Form, FormName, Grain, Level, ListName, Storage, Variable, VariableName,
};

/// Holds the columns of a row.
///
/// **Shape** The forms of a person and of a person in a wave stand in one row. A repeat has its own columns and the study's keys
/// (person, wave, partner); those of its person in that wave only where the caller joins them.
#[derive(Debug)]
pub struct Row<'c> {
    columns: BTreeMap<&'c str, &'c Variable>,
    elsewhere: BTreeMap<&'c str, &'c FormName>,
    lists: &'c BTreeMap<ListName, CodeList>,
}

/// What a name of a condition is.
pub(super) enum Found<'c> {
    /// A column with the variable it belongs to.
    Column(Kind, &'c VariableName),
    /// A variable that only its codes' columns stand for.
    Multiple(&'c CodeList),
    /// A column `x__code` of a code that is not in the list.
    NoSuchCode(&'c CodeList, String),
    /// A variable of another form.
    Elsewhere(&'c FormName),
    /// Nothing.
    Nothing,
}

impl<'c> Row<'c> {
    /// Makes the row in which the records of a form stand.
    pub fn of_form(codebook: &'c Codebook, form: &FormName) -> Self {
        let study = &codebook.study;
        let keys = [&study.person, &study.wave, &study.partner];
        let is_repeat = is_repeat(codebook, form);
        Self::of_columns(codebook, |home, variable| {
            home.name == *form
                || (!is_repeat && home.grain != Grain::Repeat)
                || keys.contains(&&variable.name)
        })
    }

    /// Makes the row of a form with the columns of its person in that wave beside it: for callers that join them to a repeat.
    pub fn of_form_beside_main(codebook: &'c Codebook, form: &FormName) -> Self {
        Self::of_columns(codebook, |home, _| home.name == *form || home.grain != Grain::Repeat)
    }

    fn of_columns(codebook: &'c Codebook, is_in_row: impl Fn(&Form, &Variable) -> bool) -> Self {
        let (mut columns, mut elsewhere) = (BTreeMap::new(), BTreeMap::new());
        for form in &codebook.forms {
            for variable in form.variables() {
                if is_in_row(form, variable) {
                    columns.entry(variable.name.as_str()).or_insert(variable);
                } else {
                    elsewhere.insert(variable.name.as_str(), &form.name);
                }
            }
        }
        Self { columns, elsewhere, lists: &codebook.code_lists }
    }

    /// Makes the row of a person in a wave: for target groups and the universes of tables.
    pub fn of_person_wave(codebook: &'c Codebook) -> Self {
        Self::of_columns(codebook, |form, _| form.grain != Grain::Repeat)
    }

    /// Says whether a word is a code of some list.
    pub(super) fn has_code(&self, word: &str) -> bool {
        self.lists.values().any(|list| list.position(word).is_some())
    }

    /// Lists the names of the variables.
    pub(super) fn names(&self) -> impl Iterator<Item = &'c str> {
        self.columns.keys().copied()
    }

    pub(super) fn list(&self, name: &ListName) -> Option<&'c CodeList> {
        self.lists.get(name)
    }

    pub(super) fn find(&self, name: &str) -> Found<'c> {
        if let Some(variable) = self.columns.get(name) {
            return self.column(variable);
        }
        if let Some(variable) =
            name.strip_suffix("_missing").and_then(|base| self.columns.get(base))
        {
            return Found::Column(Kind::Reason, &variable.name);
        }
        if let Some((base, code)) = name.split_once("__")
            && let Some(variable) = self.columns.get(base)
            && variable.value_type.storage() == Storage::Codes
            && let Some(list) = self.list_of(variable)
        {
            return match list.position(code) {
                Some(_) => Found::Column(Kind::Boolean, &variable.name),
                None => Found::NoSuchCode(list, code.to_owned()),
            };
        }
        self.elsewhere.get(name).map_or(Found::Nothing, |form| Found::Elsewhere(form))
    }

    /// Returns the variable that a column belongs to.
    pub(super) fn variable_of(&self, column: &str) -> Option<&'c VariableName> {
        match self.find(column) {
            Found::Column(_, variable) => Some(variable),
            Found::Multiple(_) | Found::NoSuchCode(..) | Found::Elsewhere(_) | Found::Nothing => {
                None
            }
        }
    }

    /// Says whether a column holds dates of which perhaps only the month or the year is known.
    pub(super) fn is_partial_date(&self, column: &str) -> bool {
        self.columns.get(column).is_some_and(|known| known.value_type.may_be_partial())
    }

    fn column(&self, variable: &'c Variable) -> Found<'c> {
        let kind = match variable.value_type.storage() {
            Storage::Boolean => Kind::Boolean,
            Storage::Integer | Storage::Decimal => Kind::Number,
            Storage::Date => Kind::Date,
            Storage::Text => Kind::Text,
            Storage::Code => match &variable.list {
                Some(list) => Kind::Code(list.clone(), order_of(variable)),
                None => Kind::Unknown,
            },
            Storage::Codes => match self.list_of(variable) {
                Some(list) => return Found::Multiple(list),
                None => Kind::Unknown,
            },
        };
        Found::Column(kind, &variable.name)
    }

    fn list_of(&self, variable: &Variable) -> Option<&'c CodeList> {
        self.list(variable.list.as_ref()?)
    }
}

fn is_repeat(codebook: &Codebook, form: &FormName) -> bool {
    codebook.form(form).is_some_and(|form| form.grain == Grain::Repeat)
}

fn order_of(variable: &Variable) -> Order {
    let is_ordered = variable.value_type.level() == Level::Ordinal
        || variable.appearance.as_deref() == Some("ordered");
    if is_ordered { Order::Ordered } else { Order::Unordered }
}
