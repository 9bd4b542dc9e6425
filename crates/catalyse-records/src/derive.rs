//! Deriving: variables that follow from others, and the reason `not_applicable` of questions that a skip leaves out.
//!
//! The expressions are built once and applied to every chunk. Applying twice gives the same.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, Fault, MissingReason, Row, Storage, Variable, VariableName};
use catalyse_locale::Language;
use polars::prelude::*;

use crate::engine::{Beside, calculation, columns_read, condition, is_empty, row_of};
use crate::{Layout, Table, data_type, reason_column, reason_type};

/// Holds the expressions that derive the variables of one table.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The layout of the table.
    pub layout: Layout,
    /// Calculations by turn: those of one turn read only columns of the file and of earlier turns.
    turns: Vec<Vec<Expr>>,
    reasons: Vec<Expr>,
    beside: Beside,
}

impl Derivation {
    /// Builds the expressions of a table.
    ///
    /// For a repeat these are those of its own form: person, wave and partner are copied from the file.
    ///
    /// # Errors
    /// The engine cannot run a calculation or condition, it reads a column that the table does not have, or calculations read each other.
    pub fn open(codebook: &Codebook, table: Table) -> PolarsResult<Self> {
        let layout = Layout::new(codebook, table)?;
        let own = |name: &VariableName| match &layout.table {
            Table::Main => true,
            Table::Repeat(form) => codebook.form_of(name).is_some_and(|of| of.name == *form),
        };
        let variables: Vec<&Variable> = layout
            .variables
            .iter()
            .filter(|name| own(name))
            .filter_map(|name| codebook.variable(name))
            .collect();
        let row = row_of(codebook, &layout.table);
        let turns = in_turns(calculations(codebook, &row, &variables)?)?;
        let reasons = variables
            .iter()
            .filter_map(|variable| Some((*variable, variable.relevant.as_deref()?)))
            .map(|(variable, relevant)| reason(codebook, &row, variable, relevant))
            .collect::<PolarsResult<Vec<Expr>>>()?;
        let all = turns.iter().flatten().chain(&reasons);
        let beside = Beside::of(&layout, all, &BTreeSet::new())?;
        Ok(Self { layout, turns, reasons, beside })
    }

    /// Lists the columns it makes with the columns each is made of, in the order they are made.
    pub fn steps(&self) -> Vec<(PlSmallStr, BTreeSet<PlSmallStr>)> {
        let all = self.turns.iter().flatten().chain(&self.reasons);
        all.filter_map(|step| Some((made_by(step)?, columns_read(step)))).collect()
    }

    /// Returns the derivation of some of the columns only, over a layout that holds what they are made of.
    ///
    /// # Errors
    /// The layout lacks a column that is read.
    pub fn narrowed(&self, layout: Layout, wanted: &BTreeSet<PlSmallStr>) -> PolarsResult<Self> {
        let is_wanted = |step: &&Expr| made_by(step).is_some_and(|name| wanted.contains(&name));
        let keep = |steps: &Vec<Expr>| steps.iter().filter(is_wanted).cloned().collect();
        let turns: Vec<Vec<Expr>> = self.turns.iter().map(keep).collect();
        let turns: Vec<Vec<Expr>> = turns.into_iter().filter(|turn| !turn.is_empty()).collect();
        let reasons = keep(&self.reasons);
        let all = turns.iter().flatten().chain(&reasons);
        let beside = Beside::of(&layout, all, &BTreeSet::new())?;
        Ok(Self { layout, turns, reasons, beside })
    }

    /// Returns a plan that derives all: only what a later step asks for is worked out.
    ///
    /// # Errors
    /// Never in practice: see [`Beside::supply`].
    pub fn plan(&self, frame: &DataFrame) -> PolarsResult<LazyFrame> {
        let mut plan = self.beside.supply(frame)?.lazy();
        for turn in &self.turns {
            plan = plan.with_columns(turn);
        }
        if !self.reasons.is_empty() {
            plan = plan.with_columns(&self.reasons);
        }
        Ok(plan)
    }

    /// Derives all in a frame of the table. A column of reasons without a single reason is left out.
    ///
    /// # Errors
    /// The frame is not one of the table's layout.
    pub fn apply(&self, frame: &DataFrame) -> PolarsResult<DataFrame> {
        let mut derived = self.plan(frame)?.collect()?;
        let names: Vec<PlSmallStr> = derived.get_column_names_owned();
        for name in names.iter().skip(self.layout.schema.len()) {
            if derived.column(name)?.null_count() == derived.height() {
                derived.drop_in_place(name)?;
            }
        }
        Ok(derived)
    }
}

/// Returns the column that a step makes.
fn made_by(step: &Expr) -> Option<PlSmallStr> {
    match step {
        Expr::Alias(_, name) => Some(name.clone()),
        _ => None,
    }
}

/// Returns the expression of each calculation with the column it makes.
fn calculations(
    codebook: &Codebook,
    row: &Row<'_>,
    variables: &[&Variable],
) -> PolarsResult<Vec<(PlSmallStr, Expr)>> {
    let derived =
        variables.iter().filter_map(|variable| Some((*variable, variable.calculation.as_deref()?)));
    derived
        .map(|(variable, calculation)| {
            let name = PlSmallStr::from_str(variable.name.as_str());
            let value = self::calculation(calculation, row, codebook.list_of(variable))
                .map_err(|faults| not_opened(variable, &faults))?;
            // A code is worked out as text and becomes a category; a text that is none becomes empty.
            let value = match variable.value_type.storage() {
                Storage::Code => value.cast(DataType::String),
                Storage::Boolean
                | Storage::Integer
                | Storage::Decimal
                | Storage::Date
                | Storage::Text
                | Storage::Codes => value,
            };
            let value = value.cast(data_type(codebook, variable)?).alias(name.clone());
            Ok((name, value))
        })
        .collect()
}

/// Puts calculations in turns, so that each reads only what stands before it.
fn in_turns(mut waiting: Vec<(PlSmallStr, Expr)>) -> PolarsResult<Vec<Vec<Expr>>> {
    let mut turns = Vec::new();
    while !waiting.is_empty() {
        let names: BTreeSet<PlSmallStr> = waiting.iter().map(|(name, _)| name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(_, calculation)| columns_read(calculation).is_disjoint(&names));
        polars_ensure!(
            !ready.is_empty(),
            ComputeError: "calculations read each other: {}",
            names.into_iter().collect::<Vec<_>>().join(", ")
        );
        turns.push(ready.into_iter().map(|(_, calculation)| calculation).collect());
        waiting = rest;
    }
    Ok(turns)
}

/// Sets `not_applicable` where the condition is FALSE and the value is empty.
fn reason(
    codebook: &Codebook,
    row: &Row<'_>,
    variable: &Variable,
    relevant: &str,
) -> PolarsResult<Expr> {
    let name = reason_column(&variable.name);
    let is_skipped =
        condition(relevant, row).map_err(|faults| not_opened(variable, &faults))?.not();
    // What could not be read stays to be checked: perhaps it is the skip that is wrong.
    let is_to_check = col(name.as_str()).eq_missing(lit(MissingReason::ToCheck.name()));
    let is_set = is_skipped.and(is_empty(codebook, variable)).and(is_to_check.not());
    let not_applicable = lit(MissingReason::NotApplicable.name()).cast(reason_type()?);
    Ok(when(is_set).then(not_applicable).otherwise(col(name.as_str())).alias(name))
}

/// Makes the error of a text that the codebook should have refused when it was opened.
fn not_opened(variable: &Variable, faults: &[Fault]) -> PolarsError {
    let reasons: Vec<String> = faults.iter().map(|fault| fault.message.say(Language::En)).collect();
    polars_err!(ComputeError: "{}: {}", variable.name, reasons.join(", "))
}
