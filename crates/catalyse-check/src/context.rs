//! What a check kind has at hand when a check is opened: the codebook, the check's data, and its table's columns.

use std::cell::RefCell;

use catalyse_codebook::{
    CheckSpec, CodeScope, Codebook, Fault, Grain, Problem, Row, Storage, Variable, VariableName,
    nearest,
};
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::{self as records, Layout, Table};
use polars::prelude::*;

use crate::Params;

const WRONG_CONDITION: Wording =
    Wording::new("le contrôle « { $check } » : { $fault }", "the check `{ $check }`: { $fault }");
const NO_SUCH_VARIABLE: Wording = Wording::new(
    "le contrôle « { $check } » parle de « { $variable } », qui n'est pas une variable de ses fiches",
    "the check `{ $check }` speaks of `{ $variable }`, which is no variable of its records",
);
const NO_SUCH_CODE: Wording = Wording::new(
    "le contrôle « { $check } » : le code « { $code } » n'est pas dans la liste de « { $variable } »",
    "the check `{ $check }`: the code `{ $code }` is not in the list of `{ $variable }`",
);
const WRONG_VARIABLE: Wording = Wording::new(
    "le contrôle « { $check } » (genre { $kind }) parle de « { $variable } », qui devrait être { $wanted }",
    "the check `{ $check }` (kind { $kind }) speaks of `{ $variable }`, which should be { $wanted }",
);

/// Holds conditions of one table, each once: they are worked out first and their answers are columns.
#[derive(Default)]
pub(crate) struct Conditions(RefCell<Vec<(String, Expr)>>);

impl Conditions {
    /// Returns the column of a condition.
    fn column(&self, text: &str, row: &Row<'_>) -> Result<Expr, Vec<Fault>> {
        let mut known = self.0.borrow_mut();
        if let Some(place) = known.iter().position(|(other, _)| other == text) {
            return Ok(col(Self::name(place)));
        }
        known.push((text.to_owned(), records::condition(text, row)?));
        Ok(col(Self::name(known.len() - 1)))
    }

    /// Returns the expressions, each with the name of its column.
    pub(crate) fn expressions(&self) -> Vec<Expr> {
        let known = self.0.borrow();
        known.iter().enumerate().map(|(i, (_, made))| made.clone().alias(Self::name(i))).collect()
    }

    // A blank cannot stand in the name of a variable.
    fn name(place: usize) -> String {
        format!("condition {place}")
    }
}

/// Holds what a kind needs to open a check.
pub struct Context<'c> {
    /// The codebook.
    pub codebook: &'c Codebook,
    /// The check.
    pub spec: &'c CheckSpec,
    /// Its parameters.
    pub params: Params<'c>,
    /// The layout of the table whose records it looks at.
    pub layout: &'c Layout,
    row: Row<'c>,
    conditions: &'c Conditions,
}

impl<'c> Context<'c> {
    pub(crate) fn new(
        codebook: &'c Codebook,
        spec: &'c CheckSpec,
        layout: &'c Layout,
        conditions: &'c Conditions,
    ) -> Self {
        let row = records::row_of(codebook, &layout.table);
        Self { codebook, spec, params: Params::new(spec), layout, row, conditions }
    }

    /// Returns the table in which the records of a form stand.
    pub fn table_of(codebook: &Codebook, form: &catalyse_codebook::FormName) -> Table {
        match codebook.form(form).map(|form| form.grain) {
            Some(Grain::Repeat) => Table::Repeat(form.clone()),
            Some(Grain::Person | Grain::PersonWave) | None => Table::Main,
        }
    }

    /// Returns the variables that the check speaks of.
    ///
    /// # Errors
    /// One of them does not stand in the records of its form.
    pub fn variables(&self) -> Result<Vec<&'c Variable>, Box<Problem>> {
        self.spec.variables.iter().map(|name| self.variable(name.as_str())).collect()
    }

    /// Returns a variable of the check's records.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn variable(&self, name: &str) -> Result<&'c Variable, Box<Problem>> {
        let known = self.layout.variables.iter().find(|known| known.as_str() == name);
        known.and_then(|known| self.codebook.variable(known)).ok_or_else(|| {
            let hint = nearest(name, self.layout.variables.iter().map(VariableName::as_str));
            let args = Args::new().text("variable", name);
            self.params.problem_with(&NO_SUCH_VARIABLE, args, hint)
        })
    }

    /// Returns the column to be compared beside some variables where the person's code is one of them and each partner gives its own codes:
    /// then a code means nothing without its partner.
    pub fn owner_of_code(&self, variables: &[&Variable]) -> Option<Expr> {
        let study = &self.codebook.study;
        let has = |name: &VariableName| variables.iter().any(|variable| variable.name == *name);
        let is_owned = study.codes == CodeScope::Partner;
        (is_owned && has(&study.person) && !has(&study.partner))
            .then(|| col(study.partner.as_str()))
    }

    /// Returns the columns of the parameter `within`: only records with the same values there are compared.
    ///
    /// # Errors
    /// One of them is no variable of the records, or has several answers.
    pub fn group(&self) -> Result<Vec<Expr>, Box<Problem>> {
        let column = |name| {
            let variable = self.variable(name)?;
            if variable.value_type.storage() == Storage::Codes {
                let wanted = Label::new("une valeur seule", "a single value");
                return Err(self.wrong_variable(variable, &wanted));
            }
            Ok(col(name))
        };
        self.params.texts("within")?.into_iter().map(column).collect()
    }

    /// Returns whether a variable has no value. Never NULL.
    pub fn is_empty(&self, variable: &Variable) -> Expr {
        records::is_empty(self.codebook, variable)
    }

    /// Returns the answers of a condition over the check's records.
    ///
    /// # Errors
    /// The condition names what does not exist, or compares what cannot be compared.
    pub fn condition(&self, text: &str) -> Result<Expr, Box<Problem>> {
        self.conditions.column(text, &self.row).map_err(|faults| self.wrong_condition(faults))
    }

    /// Returns the values of a calculation over the check's records.
    ///
    /// # Errors
    /// As of [`Self::condition`].
    pub fn value(&self, text: &str) -> Result<Expr, Box<Problem>> {
        records::calculation(text, &self.row, None).map_err(|faults| self.wrong_condition(faults))
    }

    fn wrong_condition(&self, faults: Vec<Fault>) -> Box<Problem> {
        let Some(fault) = faults.into_iter().next() else {
            return self.problem(&WRONG_CONDITION, Args::new());
        };
        let [fr, en] = [Language::Fr, Language::En].map(|language| fault.message.say(language));
        let args = Args::new().label("fault", &Label::new(fr, en));
        self.params.problem_with(&WRONG_CONDITION, args, fault.hint)
    }

    /// Returns the codes that a parameter names, each in the list of the variable if it has one.
    ///
    /// # Errors
    /// The parameter is no list of texts, or a code is not in the list.
    pub fn codes(
        &self,
        key: &'static str,
        variable: Option<&Variable>,
    ) -> Result<Vec<&'c str>, Box<Problem>> {
        let codes = self.params.texts(key)?;
        let Some(variable) = variable else { return Ok(codes) };
        let Some(list) = self.codebook.list_of(variable) else { return Ok(codes) };
        match codes.iter().find(|code| list.position(code).is_none()) {
            None => Ok(codes),
            Some(unknown) => {
                let args =
                    Args::new().text("code", *unknown).text("variable", variable.name.as_str());
                let known = list.categories.iter().map(|category| category.code.as_str());
                Err(self.params.problem_with(&NO_SUCH_CODE, args, nearest(unknown, known)))
            }
        }
    }

    /// Makes the problem of a variable that the kind cannot look at.
    pub fn wrong_variable(&self, variable: &Variable, wanted: &Label) -> Box<Problem> {
        let args = Args::new().text("variable", variable.name.as_str()).label("wanted", wanted);
        self.problem(&WRONG_VARIABLE, args)
    }

    /// Makes a problem of this check. The holes `$check` and `$kind` are filled.
    pub fn problem(&self, wording: &Wording, args: Args) -> Box<Problem> {
        self.params.problem(wording, args)
    }
}
