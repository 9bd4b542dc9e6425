//! The variables that a specification names: known, in the rows that are counted, and free to be shown.

use catalyse_codebook::{Codebook, Sensitivity, Variable, VariableName, nearest};
use catalyse_disclose::Axis;
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::column_names;
use polars::prelude::*;

use crate::TabulateError;

/// Returns the variable of a name.
///
/// # Errors
/// The study does not have it (the nearest names are offered), another form asks it, or it says who a person is.
pub(crate) fn variable<'a>(
    codebook: &'a Codebook,
    table: &str,
    frame: &DataFrame,
    name: &str,
) -> Result<&'a Variable, TabulateError> {
    const ELSEWHERE: Wording = Wording::new(
        "tableau `{ $table }` : `{ $name }` n’est pas dans les fiches que ce tableau compte. Nommez son formulaire dans `count`, ou retirez `count`.",
        "table `{ $table }`: `{ $name }` is not in the records that this table counts. Name its form in `count`, or take `count` out.",
    );
    let found = VariableName::new(name).ok().and_then(|name| codebook.variable(&name));
    let variable = found.ok_or_else(|| unknown(codebook, table, name))?;
    let columns = column_names(codebook, variable);
    if columns.iter().any(|column| frame.column(column).is_err()) {
        return Err(TabulateError::unknown(table, &ELSEWHERE, name));
    }
    refuse_identifying(codebook, table, variable)?;
    Ok(variable)
}

/// Refuses a variable that says who a person is. Wave and partner are keys that tables are made of.
///
/// # Errors
/// It is `identifying`.
pub(crate) fn refuse_identifying(
    codebook: &Codebook,
    table: &str,
    variable: &Variable,
) -> Result<(), TabulateError> {
    const IDENTIFYING: Wording = Wording::new(
        "tableau `{ $table }` : `{ $name }` dit qui est la personne et n’entre dans aucun tableau. Prenez une variable qui regroupe les personnes.",
        "table `{ $table }`: `{ $name }` says who the person is and enters no table. Take a variable that groups persons.",
    );
    let study = &codebook.study;
    let is_key = variable.name == study.wave || variable.name == study.partner;
    let is_identifying =
        variable.sensitivity == Sensitivity::Identifying || variable.name == study.person;
    if is_identifying && !is_key {
        return Err(TabulateError::unknown(table, &IDENTIFYING, variable.name.as_str()));
    }
    Ok(())
}

fn unknown(codebook: &Codebook, table: &str, name: &str) -> TabulateError {
    const UNKNOWN: Wording = Wording::new(
        "tableau `{ $table }` : l’étude n’a pas de variable `{ $name }`. Vérifiez la définition du rapport.",
        "table `{ $table }`: the study has no variable `{ $name }`. Check the report definition.",
    );
    const NEAR: Wording = Wording::new(
        "tableau `{ $table }` : l’étude n’a pas de variable `{ $name }`. { $hint }",
        "table `{ $table }`: the study has no variable `{ $name }`. { $hint }",
    );
    let variables = codebook.forms.iter().flat_map(catalyse_codebook::Form::variables);
    let known = variables.map(|variable| variable.name.as_str());
    let axes = [Axis::WAVE, Axis::PARTNER, Axis::TARGET_GROUPS];
    let Some(hint) = nearest(name, known.chain(axes)) else {
        return TabulateError::unknown(table, &UNKNOWN, name);
    };
    let hint = Label::new(hint.say(Language::Fr), hint.say(Language::En));
    let args = Args::new().text("table", table).text("name", name).label("hint", &hint);
    TabulateError::specification(table, NEAR.with(args))
}
