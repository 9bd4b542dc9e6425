//! The layout of a table of records: which columns it has and of which type.

use catalyse_codebook::{
    Codebook, FormName, Grain, MissingReason, Storage, Variable, VariableName,
};
use polars::prelude::*;

/// Names a table of a batch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Table {
    /// One row a person and wave: the variables of all forms that are no repeat.
    Main,
    /// One row an episode of a repeat form. Its first columns are those of the person, the wave and the partner.
    Repeat(FormName),
}

/// Holds the columns of a table: name, type and the variable each belongs to.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The table.
    pub table: Table,
    /// The variables in form order; for a repeat those that name person, wave and partner come first.
    pub variables: Vec<VariableName>,
    /// The columns in order. A variable with several answers has one for each category.
    pub schema: Schema,
}

impl Layout {
    /// Makes the layout of a table.
    ///
    /// # Errors
    /// A code list holds one code twice.
    pub fn new(codebook: &Codebook, table: Table) -> PolarsResult<Self> {
        let variables = variables_of(codebook, &table);
        let mut schema = Schema::default();
        for variable in &variables {
            for name in column_names(codebook, variable) {
                schema.with_column(name.into(), data_type(codebook, variable)?);
            }
        }
        let variables = variables.into_iter().map(|variable| variable.name.clone()).collect();
        Ok(Self { table, variables, schema })
    }

    /// Returns the layout of some of its variables, in the same order.
    #[must_use]
    pub fn narrowed(&self, codebook: &Codebook, keeps: impl Fn(&VariableName) -> bool) -> Self {
        let variables: Vec<VariableName> =
            self.variables.iter().filter(|name| keeps(name)).cloned().collect();
        let known = variables.iter().filter_map(|name| codebook.variable(name));
        let columns = known.flat_map(|variable| column_names(codebook, variable));
        let schema = columns
            .filter_map(|name| Some((name.as_str().into(), self.schema.get(&name)?.clone())))
            .collect();
        Self { table: self.table.clone(), variables, schema }
    }
}

fn variables_of<'a>(codebook: &'a Codebook, table: &Table) -> Vec<&'a Variable> {
    match table {
        Table::Main => codebook.variables(Grain::PersonWave).collect(),
        Table::Repeat(form) => {
            let study = &codebook.study;
            let keys = [&study.person, &study.wave, &study.partner];
            let own = codebook.form(form).into_iter().flat_map(|form| &form.sections);
            keys.into_iter()
                .filter_map(|name| codebook.variable(name))
                .chain(own.flat_map(|section| &section.variables))
                .collect()
        }
    }
}

/// Lists the columns of a variable: its name, or one a category if it takes several answers.
pub fn column_names(codebook: &Codebook, variable: &Variable) -> Vec<String> {
    match (variable.value_type.storage(), codebook.list_of(variable)) {
        (Storage::Codes, Some(list)) => list
            .categories
            .iter()
            .map(|category| format!("{}__{}", variable.name, category.code))
            .collect(),
        _ => vec![variable.name.to_string()],
    }
}

/// Returns the polars type of a variable's column.
///
/// # Errors
/// Its code list holds one code twice.
pub fn data_type(codebook: &Codebook, variable: &Variable) -> PolarsResult<DataType> {
    Ok(match variable.value_type.storage() {
        Storage::Boolean | Storage::Codes => DataType::Boolean,
        Storage::Integer => DataType::Int64,
        Storage::Decimal => DataType::Float64,
        Storage::Date => DataType::Date,
        Storage::Text => DataType::String,
        Storage::Code => {
            let codes = codebook.list_of(variable).map(|list| &list.categories);
            let codes = codes.into_iter().flatten().map(|category| category.code.as_str());
            DataType::from_frozen_categories(FrozenCategories::new(codes)?)
        }
    })
}

/// Returns the name of the column that holds the missing reasons of a variable. A table without this column has none.
pub fn reason_column(variable: &VariableName) -> String {
    format!("{variable}_missing")
}

/// Returns the type of a column of missing reasons.
///
/// # Errors
/// Never in practice: the names of the reasons differ.
pub fn reason_type() -> PolarsResult<DataType> {
    Ok(DataType::from_frozen_categories(FrozenCategories::new(
        MissingReason::ALL.map(MissingReason::name),
    )?))
}

/// Returns the name of the column that says how much of a date is known. A table without this column knows all dates to the day.
pub fn precision_column(variable: &VariableName) -> String {
    format!("{variable}_precision")
}

/// Returns the type of a column of precisions: `day`, `month`, `year`.
///
/// # Errors
/// Never in practice: the names differ.
pub fn precision_type() -> PolarsResult<DataType> {
    Ok(DataType::from_frozen_categories(FrozenCategories::new(["day", "month", "year"])?))
}
