//! Conditions of tables and target groups, evaluated over the rows of one table.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, Condition, Fault, Row, Variable};
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::{
    Beside, Layout, Table, column_names, columns_read, condition, precision_column, reason_column,
    row_of,
};
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

    /// Says for which rows a condition is TRUE or FALSE; nothing where the answers do not tell (NULL).
    pub(crate) fn tells(
        &self,
        table: &str,
        frame: &DataFrame,
        text: &str,
    ) -> Result<Vec<Option<bool>>, TabulateError> {
        let expression =
            condition(text, &self.row).map_err(|faults| faulty(table, text, &faults))?;
        let columns_read = columns_read(&expression);
        let beside = Beside::of(&self.layout, [&expression], &BTreeSet::new())?;
        let answer = beside.supply(frame)?.lazy().select([expression.alias("holds")]).collect()?;
        let column = answer.column("holds")?;
        let tells: Vec<Option<bool>> = column.bool()?.iter().collect();
        // A condition without variables has one answer for all rows.
        let is_constant = columns_read.is_empty();
        let constant = || tells.first().copied().flatten();
        Ok(if is_constant { vec![constant(); frame.height()] } else { tells })
    }

    /// Lists the variables that a condition reads, each once: through their columns of values, reasons or precisions.
    ///
    /// # Errors
    /// The condition cannot be used.
    pub(crate) fn variables(
        &self,
        codebook: &'a Codebook,
        table: &str,
        text: &str,
    ) -> Result<Vec<&'a Variable>, TabulateError> {
        let expression =
            condition(text, &self.row).map_err(|faults| faulty(table, text, &faults))?;
        let read = columns_read(&expression);
        let is_read = |name: &String| read.contains(name.as_str());
        let variables = self.layout.variables.iter().filter_map(|name| codebook.variable(name));
        let columns = |variable: &Variable| {
            let beside = [reason_column(&variable.name), precision_column(&variable.name)];
            column_names(codebook, variable).into_iter().chain(beside).collect::<Vec<_>>()
        };
        Ok(variables.filter(|variable| columns(variable).iter().any(is_read)).collect())
    }

    /// Writes a condition in its canonical way.
    pub(crate) fn canonical(&self, table: &str, text: &str) -> Result<String, TabulateError> {
        Condition::parse(text, &self.row)
            .map(|condition| condition.canonical())
            .map_err(|faults| faulty(table, text, &faults))
    }
}

/// Makes the error of a condition that cannot be used: its first fault with its hint, the others come once that one is mended.
fn faulty(table: &str, text: &str, faults: &[Fault]) -> TabulateError {
    const FAULTY: Wording = Wording::new(
        "tableau `{ $table }`, condition `{ $name }` : { $fault }",
        "table `{ $table }`, condition `{ $name }`: { $fault }",
    );
    let say = |language| {
        let sentences =
            faults.iter().take(1).flat_map(|fault| [Some(&fault.message), fault.hint.as_ref()]);
        let said = sentences.flatten().map(|sentence| sentence.say(language)).collect::<Vec<_>>();
        said.join(". ")
    };
    let fault = Label::new(say(Language::Fr), say(Language::En));
    let args = Args::new().text("table", table).text("name", text).label("fault", &fault);
    TabulateError::Specification {
        table: table.to_owned(),
        what: text.to_owned(),
        message: Box::new(FAULTY.with(args)),
    }
}
