//! Deriving: variables that follow from others, and the reason `not_applicable` of questions that a skip leaves out.
//!
//! The expressions are built once and applied to every chunk. Applying twice gives the same.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Fault, MissingReason, Row, Storage, Variable, VariableName};
use catalyse_locale::Language;
use polars::prelude::*;

use crate::engine::{self, Beside, calculation, columns_read, is_empty, reach, row_of};
use crate::{Layout, Table, data_type, reason_column, reason_type};

/// Holds the expressions that derive the variables of one table.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The layout of the table.
    pub layout: Layout,
    /// Calculations and reasons by turn: those of one turn read only columns of the file and of earlier turns.
    turns: Vec<Vec<Expr>>,
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
        let mut reasons = skips(codebook, &row, &variables)?;
        reasons.extend(undefined_values(codebook, &row, &variables)?);
        let turns = in_turns(calculations(codebook, &row, &variables)?, reasons)?;
        let beside = Beside::of(&layout, turns.iter().flatten(), &BTreeSet::new())?;
        Ok(Self { layout, turns, beside })
    }

    /// Lists the columns it makes with the columns each is made of, in the order they are made.
    pub fn steps(&self) -> Vec<(PlSmallStr, BTreeSet<PlSmallStr>)> {
        let all = self.turns.iter().flatten();
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
        let beside = Beside::of(&layout, turns.iter().flatten(), &BTreeSet::new())?;
        Ok(Self { layout, turns, beside })
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

/// A column that is made, and how.
type Made = (PlSmallStr, Expr);

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
) -> PolarsResult<Vec<Made>> {
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
            let value = value.cast(data_type(codebook, variable)?);
            // What is too large for a number is none.
            let value = match variable.value_type.storage() {
                Storage::Decimal => {
                    when(value.clone().is_finite()).then(value).otherwise(lit(NULL))
                }
                Storage::Code
                | Storage::Boolean
                | Storage::Integer
                | Storage::Date
                | Storage::Text
                | Storage::Codes => value,
            };
            Ok((name.clone(), value.alias(name)))
        })
        .collect()
}

/// Returns for each calculation that may divide by zero the expression of its reason with the column it stands in.
fn undefined_values(
    codebook: &Codebook,
    row: &Row<'_>,
    variables: &[&Variable],
) -> PolarsResult<Vec<Made>> {
    let mut made = Vec::new();
    for variable in variables {
        let Some(text) = variable.calculation.as_deref() else { continue };
        let undefined = engine::undefined(text, row, codebook.list_of(variable))
            .map_err(|faults| not_opened(variable, &faults))?;
        let Some(undefined) = undefined else { continue };
        let is_set = is_empty(codebook, variable).and(undefined);
        let [to_check, none] = [lit(MissingReason::ToCheck.name()), lit(NULL)];
        let reason = when(is_set).then(to_check.cast(reason_type()?));
        let reason = reason.otherwise(none.cast(reason_type()?));
        let name: PlSmallStr = reason_column(&variable.name).into();
        made.push((name.clone(), reason.alias(name)));
    }
    Ok(made)
}

/// Puts calculations and reasons in turns, so that each reads only what stands before it.
///
/// Skips may wait for each other, which the codebook warns of: then the question asked first goes first. Calculations may not.
fn in_turns(calculations: Vec<Made>, skips: Vec<Made>) -> PolarsResult<Vec<Vec<Expr>>> {
    let (mut calculations, mut skips) = (calculations, skips);
    let mut turns = Vec::new();
    while !calculations.is_empty() || !skips.is_empty() {
        let names = |made: &[Made]| -> BTreeSet<PlSmallStr> {
            made.iter().map(|(name, _)| name.clone()).collect()
        };
        let (calculated, reasons) = (names(&calculations), names(&skips));
        let reads_none_of = |expression: &Expr, names: &BTreeSet<PlSmallStr>| {
            columns_read(expression).is_disjoint(names)
        };
        let mut turn: Vec<Expr> = calculations
            .extract_if(.., |(_, made)| {
                reads_none_of(made, &calculated) && reads_none_of(made, &reasons)
            })
            .map(|(_, made)| made)
            .collect();
        let is_ready = |(name, made): &mut Made| {
            let others: BTreeSet<PlSmallStr> =
                reasons.iter().filter(|other| *other != name).cloned().collect();
            reads_none_of(made, &calculated) && reads_none_of(made, &others)
        };
        turn.extend(skips.extract_if(.., is_ready).map(|(_, made)| made));
        if turn.is_empty() {
            // A calculation that reads a reason which reads it: it sees the reason as the file gives it.
            let ready = calculations.extract_if(.., |(_, made)| reads_none_of(made, &calculated));
            turn.extend(ready.map(|(_, made)| made));
        }
        if turn.is_empty() && !skips.is_empty() {
            turn.push(skips.remove(0).1);
        }
        polars_ensure!(
            !turn.is_empty(),
            ComputeError: "calculations read each other: {}",
            calculated.into_iter().collect::<Vec<_>>().join(", ")
        );
        turns.push(turn);
    }
    Ok(turns)
}

/// Returns for each question that may be skipped the expression of its reason with the column it stands in.
fn skips(codebook: &Codebook, row: &Row<'_>, variables: &[&Variable]) -> PolarsResult<Vec<Made>> {
    let inputs = inputs(codebook);
    let skipped =
        variables.iter().filter_map(|variable| Some((*variable, variable.relevant.as_deref()?)));
    skipped
        .map(|(variable, relevant)| {
            let questions_of = |name: &VariableName| {
                let mut questions = questions_of(codebook, &inputs, name);
                questions.remove(&variable.name);
                questions
            };
            let made = reach(relevant, row, questions_of)
                .map_err(|faults| not_opened(variable, &faults))?;
            Ok((reason_column(&variable.name).into(), reason(codebook, variable, made)?))
        })
        .collect()
}

/// Lists for each calculated variable what it reads.
fn inputs(codebook: &Codebook) -> BTreeMap<VariableName, BTreeSet<VariableName>> {
    let read = codebook.calculations().into_iter();
    read.map(|made| (made.variable.name.clone(), made.condition.variables)).collect()
}

/// Lists the questions that may be skipped behind a variable: itself, or those it is worked out from.
fn questions_of(
    codebook: &Codebook,
    inputs: &BTreeMap<VariableName, BTreeSet<VariableName>>,
    name: &VariableName,
) -> BTreeSet<VariableName> {
    if let Some(read) = inputs.get(name) {
        // No calculation of an opened codebook needs itself, so that this ends.
        return read.iter().flat_map(|name| questions_of(codebook, inputs, name)).collect();
    }
    let may_be_skipped = codebook
        .variable(name)
        .is_some_and(|variable| variable.missing.contains(&MissingReason::NotApplicable));
    if may_be_skipped { BTreeSet::from([name.clone()]) } else { BTreeSet::new() }
}

/// Sets `not_applicable` where the condition cannot become true and the value is empty.
fn reason(codebook: &Codebook, variable: &Variable, may_be_asked: Expr) -> PolarsResult<Expr> {
    let name = reason_column(&variable.name);
    // What could not be read stays to be checked: perhaps it is the skip that is wrong.
    let is_to_check = col(name.as_str()).eq_missing(lit(MissingReason::ToCheck.name()));
    let is_set = may_be_asked.not().and(is_empty(codebook, variable)).and(is_to_check.not());
    let not_applicable = lit(MissingReason::NotApplicable.name()).cast(reason_type()?);
    Ok(when(is_set).then(not_applicable).otherwise(col(name.as_str())).alias(name))
}

/// Makes the error of a text that the codebook should have refused when it was opened.
fn not_opened(variable: &Variable, faults: &[Fault]) -> PolarsError {
    let reasons: Vec<String> = faults.iter().map(|fault| fault.message.say(Language::En)).collect();
    polars_err!(ComputeError: "{}: {}", variable.name, reasons.join(", "))
}
