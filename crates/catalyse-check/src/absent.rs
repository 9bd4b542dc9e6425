//! Variables whose column a source does not have: one finding for the source instead of one for each row.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, Codebook, FormName, Severity, VariableName};
use catalyse_locale::{Args, Wording};
use catalyse_records::{
    Cause, Chunk, Layout, Source, column_names, columns_read, precision_column, reason_column,
};
use polars::prelude::{Expr, PlSmallStr};

const NO_COLUMN: Wording = Wording::new(
    "aucune colonne ne donne « { $label } » (`{ $name }`). Ajouter la colonne, ou dire laquelle c'est dans la correspondance des colonnes",
    "no column gives `{ $label }` (`{ $name }`). Add the column, or say which one it is in the mapping of columns",
);
const NO_KEY_COLUMN: Wording = Wording::new(
    "aucune colonne ne donne « { $label } » (`{ $name }`), sans quoi aucune fiche ne peut être rangée. Ajouter la colonne, ou dire laquelle c'est dans la correspondance des colonnes",
    "no column gives `{ $label }` (`{ $name }`), without which no record can be filed. Add the column, or say which one it is in the mapping of columns",
);

/// Holds what is known of one variable of a table that a source can lack.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) name: VariableName,
    columns: Vec<String>,
    form: FormName,
    is_key: bool,
    cause: Cause,
}

/// Lists the variables of a layout that a source should give: all that are not derived.
pub(crate) fn expected(codebook: &Codebook, layout: &Layout) -> Vec<Expected> {
    let study = &codebook.study;
    let asked = layout.variables.iter().filter_map(|name| {
        let variable = codebook.variable(name).filter(|variable| !variable.is_derived())?;
        let is_key = [&study.person, &study.wave, &study.partner].contains(&name);
        let wording = if is_key { &NO_KEY_COLUMN } else { &NO_COLUMN };
        let args = Args::new().label("label", &variable.label).text("name", name.as_str());
        Some(Expected {
            name: name.clone(),
            columns: column_names(codebook, variable),
            form: codebook.form_of(name)?.name.clone(),
            is_key,
            cause: Cause {
                check: CheckId::of_variable(name, "column-missing"),
                severity: if is_key { Severity::Hard } else { Severity::Info },
                variable: Some(name.clone()),
                message: wording.with(args),
            },
        })
    });
    asked.collect()
}

/// Holds which variable each column of a table belongs to, also those of conditions that were worked out before.
pub(crate) struct Reads(BTreeMap<PlSmallStr, BTreeSet<VariableName>>);

impl Reads {
    /// Looks the columns of a layout up, then those of the conditions, each of which reads columns of the layout.
    pub(crate) fn new(codebook: &Codebook, layout: &Layout, conditions: &[Expr]) -> Self {
        let mut reads = Self(BTreeMap::new());
        for name in &layout.variables {
            let Some(variable) = codebook.variable(name) else { continue };
            let beside = [reason_column(name), precision_column(name)];
            for column in column_names(codebook, variable).into_iter().chain(beside) {
                reads.0.insert(column.into(), BTreeSet::from([name.clone()]));
            }
        }
        for condition in conditions {
            if let Expr::Alias(made, name) = condition {
                let variables = reads.variables(made);
                reads.0.insert(name.clone(), variables);
            }
        }
        reads
    }

    /// Lists the variables that an expression reads.
    pub(crate) fn variables(&self, expression: &Expr) -> BTreeSet<VariableName> {
        let columns = columns_read(expression);
        columns.iter().filter_map(|column| self.0.get(column)).flatten().cloned().collect()
    }
}

/// Lists the variables that the source has no column for, and that no row of the chunk has a value of.
///
/// A wave that is given for a whole delivery has no column, but values.
pub(crate) fn absent(
    expected: &[Expected],
    source: &Source,
    chunk: &Chunk,
) -> BTreeSet<VariableName> {
    let is_empty = |column: &String| {
        chunk.frame.column(column).is_ok_and(|column| column.null_count() == column.len())
    };
    expected
        .iter()
        .filter(|variable| !source.gives(&variable.name))
        .filter(|variable| variable.columns.iter().all(is_empty))
        .map(|variable| variable.name.clone())
        .collect()
}

/// Returns the causes of what a source lacks: keys, and variables of forms of which it has at least one.
///
/// A register of persons is not blamed for lacking the situation of each.
pub(crate) fn causes<'e>(
    expected: &'e [Expected],
    source: &'e Source,
    absent: &'e BTreeSet<VariableName>,
) -> impl Iterator<Item = &'e Cause> {
    let mut touched: BTreeMap<&FormName, bool> = BTreeMap::new();
    for variable in expected.iter().filter(|variable| !variable.is_key) {
        *touched.entry(&variable.form).or_default() |= source.gives(&variable.name);
    }
    expected
        .iter()
        .filter(|variable| absent.contains(&variable.name))
        .filter(move |variable| {
            variable.is_key || touched.get(&variable.form).copied().unwrap_or(false)
        })
        .map(|variable| &variable.cause)
}
