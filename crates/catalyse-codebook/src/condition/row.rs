//! The columns a condition may name: those of one row of a form.

use std::collections::BTreeMap;

use super::kind::{Kind, Order};
use crate::{
    CodeList, Codebook, FormName, Grain, Level, ListName, Storage, Variable, VariableName,
};

/// Holds the columns of a row.
///
/// **Shape** The forms of a person and of a person in a wave stand in one row; a repeat has its own columns only, because its rows are
/// checked without a join.
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
        let grain = codebook.form(form).map_or(Grain::PersonWave, |form| form.grain);
        let (mut columns, mut elsewhere) = (BTreeMap::new(), BTreeMap::new());
        for other in &codebook.forms {
            let is_in_row =
                other.name == *form || (grain != Grain::Repeat && other.grain != Grain::Repeat);
            for variable in other.variables() {
                if is_in_row {
                    columns.insert(variable.name.as_str(), variable);
                } else {
                    elsewhere.insert(variable.name.as_str(), &other.name);
                }
            }
        }
        Self { columns, elsewhere, lists: &codebook.code_lists }
    }

    /// Makes the row of a person in a wave: for target groups and the universes of tables.
    pub fn of_person_wave(codebook: &'c Codebook) -> Self {
        let form = codebook.forms.iter().find(|form| form.grain != Grain::Repeat);
        form.map_or_else(
            || Self {
                columns: BTreeMap::new(),
                elsewhere: BTreeMap::new(),
                lists: &codebook.code_lists,
            },
            |form| Self::of_form(codebook, &form.name),
        )
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

fn order_of(variable: &Variable) -> Order {
    let is_ordered = variable.value_type.level() == Level::Ordinal
        || variable.appearance.as_deref() == Some("ordered");
    if is_ordered { Order::Ordered } else { Order::Unordered }
}
