//! Conditions of tables and target groups, evaluated over the rows of one table.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, Condition, Fault, Row};
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::{Beside, Layout, Table, condition, row_of};
use polars::prelude::*;

use crate::TabulateError;

/// Holds what conditions over one table need: the columns they may name.
pub(crate) struct Conditions<'a> {
    row: Row<'a>,
    layout: Layout,
}

impl<'a> Conditions<'a> {
    /// Makes them for a table.
    pub(crate) fn new(codebook: &'a Codebook, table: &Table) -> Result<Self, TabulateError> {
        let row = row_of(codebook, table);
        Ok(Self { row, layout: Layout::new(codebook, table.clone())? })
    }

    /// Says for which rows a condition is TRUE; not those for which it is FALSE or cannot be told.
    pub(crate) fn holds(
        &self,
        table: &str,
        frame: &DataFrame,
        text: &str,
    ) -> Result<Vec<bool>, TabulateError> {
        let expression =
            condition(text, &self.row).map_err(|faults| faulty(table, text, &faults))?;
        let frame = Beside::of(&self.layout, [&expression], &BTreeSet::new())?.supply(frame)?;
        let answer = frame.lazy().select([expression.alias("holds")]).collect()?;
        let column = answer.column("holds")?;
        // A condition without variables has one answer for all rows.
        let n_rows = answer.height();
        let holds = column.bool()?.iter().map(|holds| holds == Some(true));
        Ok(holds.chain(std::iter::repeat(false)).take(n_rows).collect())
    }

    /// Writes a condition in its canonical way.
    pub(crate) fn canonical(&self, table: &str, text: &str) -> Result<String, TabulateError> {
        Condition::parse(text, &self.row)
            .map(|condition| condition.canonical())
            .map_err(|faults| faulty(table, text, &faults))
    }
}

/// Makes the error of a condition that cannot be used: its first fault, the others come once that one is mended.
fn faulty(table: &str, text: &str, faults: &[Fault]) -> TabulateError {
    const FAULTY: Wording = Wording::new(
        "tableau `{ $table }`, condition `{ $name }` : { $fault }.",
        "table `{ $table }`, condition `{ $name }`: { $fault }.",
    );
    let say =
        |language| faults.first().map(|fault| fault.message.say(language)).unwrap_or_default();
    let fault = Label::new(say(Language::Fr), say(Language::En));
    let args = Args::new().text("table", table).text("name", text).label("fault", &fault);
    TabulateError::Specification {
        table: table.to_owned(),
        what: text.to_owned(),
        message: Box::new(FAULTY.with(args)),
    }
}
