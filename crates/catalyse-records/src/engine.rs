//! From the conditions of a codebook to the expressions of the engine.
//!
//! The language of conditions is SQL and polars reads it; the codebook has already looked at every name and code and rewritten what
//! polars 0.55 cannot do. Here stand the two things that a condition cannot know: which columns hold a variable, and that a table
//! without a single missing reason has no column of reasons.

use std::collections::BTreeSet;

use catalyse_codebook::{
    CodeList, Codebook, Condition, Fault, Row, Storage, Variable, VariableName,
};
use catalyse_locale::{Args, Wording};
use polars::prelude::*;

use crate::{
    Layout, Table, column_names, precision_column, precision_type, reason_column, reason_type,
};

const NOT_RUNNABLE: Wording = Wording::new(
    "le moteur de calcul ne sait pas évaluer cette expression : { $reason }",
    "the engine cannot work this expression out: { $reason }",
);

/// Returns the row that conditions over a table name the columns of.
pub fn row_of<'c>(codebook: &'c Codebook, table: &Table) -> Row<'c> {
    match table {
        Table::Main => Row::of_person_wave(codebook),
        Table::Repeat(form) => Row::of_form(codebook, form),
    }
}

/// Turns the text of a condition into an expression over the columns of a row.
///
/// # Errors
/// All that is wrong with the text.
pub fn condition(text: &str, row: &Row<'_>) -> Result<Expr, Vec<Fault>> {
    run(&Condition::parse(text, row)?)
}

/// Turns the text of a calculation into an expression over the columns of a row. Texts it yields are codes of the list, if one is given.
///
/// # Errors
/// All that is wrong with the text.
pub fn calculation(text: &str, row: &Row<'_>, list: Option<&CodeList>) -> Result<Expr, Vec<Fault>> {
    run(&Condition::parse_any(text, row, list)?)
}

/// Turns the text of a skip into an expression that is FALSE where the question does not apply, also because what decides it does not.
///
/// # Errors
/// All that is wrong with the text.
pub(crate) fn reach(
    text: &str,
    row: &Row<'_>,
    questions_of: impl Fn(&VariableName) -> BTreeSet<VariableName>,
) -> Result<Expr, Vec<Fault>> {
    run_sql(&Condition::parse(text, row)?.to_reach_sql(row, questions_of))
}

/// Returns where a calculation has no value because something is divided by zero; nothing if nothing can be.
///
/// # Errors
/// All that is wrong with the text.
pub(crate) fn undefined(
    text: &str,
    row: &Row<'_>,
    list: Option<&CodeList>,
) -> Result<Option<Expr>, Vec<Fault>> {
    let sql = Condition::parse_any(text, row, list)?.to_undefined_sql();
    sql.map(|sql| run_sql(&sql)).transpose()
}

fn run(condition: &Condition) -> Result<Expr, Vec<Fault>> {
    run_sql(&condition.to_engine_sql())
}

fn run_sql(sql: &str) -> Result<Expr, Vec<Fault>> {
    polars::sql::sql_expr(sql).map_err(|error| {
        let message = NOT_RUNNABLE.with(Args::new().text("reason", error.to_string()));
        vec![Fault { message, hint: None }]
    })
}

/// Lists the columns that an expression reads, in the order of their names.
pub fn columns_read(expression: &Expr) -> BTreeSet<PlSmallStr> {
    expression
        .into_iter()
        .filter_map(|node| if let Expr::Column(name) = node { Some(name.clone()) } else { None })
        .collect()
}

/// Returns whether a variable has no value, whatever the reason. Never NULL.
pub fn is_empty(codebook: &Codebook, variable: &Variable) -> Expr {
    // All columns of a variable with several answers are empty together.
    let first = column_names(codebook, variable).into_iter().next();
    col(first.unwrap_or_else(|| variable.name.to_string())).is_null()
}

/// Returns the least and the greatest that a value may mean, as numbers.
///
/// A date of which only the year is known is stored as its first day and means any day of that year. Days count from 1970-01-01.
/// For variables that are no partial dates both are the value itself.
pub fn bounds(variable: &Variable) -> (Expr, Expr) {
    let value = col(variable.name.as_str());
    if variable.value_type.storage() != Storage::Date {
        return (value.clone(), value);
    }
    let first = value.clone().cast(DataType::Int32);
    if !variable.value_type.may_be_partial() {
        return (first.clone(), first);
    }
    let precision = col(precision_column(&variable.name));
    let leap = value.clone().dt().is_leap_year().cast(DataType::Int32);
    let month = value.dt().month();
    let is_short = [4, 6, 9, 11]
        .into_iter()
        .fold(lit(false), |any, short| any.or(month.clone().eq(lit(short))));
    let days_of_month = when(is_short)
        .then(lit(29))
        .when(month.eq(lit(2)))
        .then(lit(27) + leap.clone())
        .otherwise(lit(30));
    let days = when(precision.clone().eq(lit("year")))
        .then(lit(364) + leap)
        .when(precision.eq(lit("month")))
        .then(days_of_month)
        .otherwise(lit(0));
    (first.clone(), first + days)
}

/// Returns a date where its day is known; NULL where only its month or year is. Dates of other types are always known.
pub fn known_day(variable: &Variable) -> Expr {
    let value = col(variable.name.as_str());
    if !variable.value_type.may_be_partial() {
        return value;
    }
    let precision = col(precision_column(&variable.name)).cast(DataType::String);
    let is_known = precision.clone().is_null().or(precision.eq(lit("day")));
    when(is_known).then(value).otherwise(lit(NULL))
}

/// Holds the columns of reasons and precisions that expressions read: a frame that lacks one is given it, all NULL.
#[derive(Clone, Debug, Default)]
pub struct Beside(Vec<(PlSmallStr, DataType)>);

impl Beside {
    /// Finds out which of the columns that some expressions read may be lacking in a frame of the layout.
    ///
    /// # Errors
    /// A column is neither in the layout, nor a reason or precision of one of its variables, nor among `made`.
    pub fn of<'e>(
        layout: &Layout,
        expressions: impl IntoIterator<Item = &'e Expr>,
        made: &BTreeSet<PlSmallStr>,
    ) -> PolarsResult<Self> {
        let read: BTreeSet<PlSmallStr> = expressions.into_iter().flat_map(columns_read).collect();
        let mut beside = Vec::new();
        for name in read {
            if layout.schema.contains(&name) || made.contains(&name) {
                continue;
            }
            let is_of = |column: fn(&VariableName) -> String| {
                layout.variables.iter().any(|variable| column(variable) == name.as_str())
            };
            if is_of(reason_column) {
                beside.push((name, reason_type()?));
            } else if is_of(precision_column) {
                beside.push((name, precision_type()?));
            } else {
                return Err(PolarsError::ColumnNotFound(name.to_string().into()));
            }
        }
        Ok(Self(beside))
    }

    /// Lists the names.
    pub fn names(&self) -> impl Iterator<Item = &PlSmallStr> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Returns the frame with the columns that it lacked, all NULL.
    ///
    /// # Errors
    /// Never in practice: the names are new and the lengths equal.
    pub fn supply(&self, frame: &DataFrame) -> PolarsResult<DataFrame> {
        let mut frame = frame.clone();
        for (name, data_type) in &self.0 {
            if frame.get_column_index(name).is_none() {
                let none = Scalar::null(data_type.clone());
                frame.with_column(Column::new_scalar(name.clone(), none, frame.height()))?;
            }
        }
        Ok(frame)
    }
}
