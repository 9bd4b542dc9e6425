//! Summaries: mean, median and quartiles of a quantity.

use std::collections::BTreeSet;

use catalyse_codebook::{Bounds, MissingReason, Storage, Variable};
use catalyse_disclose::{
    Background, Cell, Fingerprint, Population, Role, ShareOf, Summary, Tabulation,
};
use catalyse_locale::Wording;
use catalyse_stats::WeightedValue;

use crate::TabulateError;
use crate::caseload::{numbers_of, physical_codes};
use crate::coding::{Coding, condition_answered, condition_asked, keep_headings};
use crate::count::populations;
use crate::kinds::TableKind;
use crate::scope::{Scope, join};
use crate::spread::{self, Scale};
use crate::valueless::Valueless;

/// Summarises a quantity by the categories of an axis.
///
/// # Shape
/// One row a category of `rows`, and all with a value; then those without one by reason, and everybody, who have a count and no mean. One
/// column, or with `columns` one a category and everybody. With the waves in the rows there are categories only.
///
/// # Units
/// Those of `value`; `n` counts persons, or rows of a repeat with `count`. With `weighted`, mean and quartiles are by weight, and the sum of
/// weights stands beside `n`.
///
/// # Missing
/// Persons without a value count in the rows of their reasons; `n` is of those with one. Whom the question does not concern
/// (`not_applicable`) is in no cell. Who has no weight counts in `n` and weighs nothing.
///
/// # Source
/// Mean with Student's interval, the median's from the ranks; with weights the linearised variance with the partners as strata and
/// Woodruff's interval. A quartile is the smallest value that a quarter of the persons, or of their weight, do not exceed.
///
/// # Example
/// `table = { id = "commute", kind = "summary", value = "commute_minutes", rows = "partner", weighted = true }`
pub(super) struct Summarise;

impl TableKind for Summarise {
    fn name(&self) -> &'static str {
        "summary"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        const NO_VALUE: Wording = Wording::new(
            "tableau `{ $table }` : `value` manque. Nommez la quantité à résumer.",
            "table `{ $table }`: `value` is missing. Name the quantity to summarise.",
        );
        let scope = scope.in_wave()?;
        let name = scope.spec.value.as_deref();
        let name = name.ok_or_else(|| TabulateError::unknown(&scope.spec.id, &NO_VALUE, ""))?;
        let value = quantity(&scope, name)?;
        let values = numbers_of(scope.rows.frame, &value.name)?;
        let rows = keep_headings(scope.row_coding()?, |_, heading| {
            heading.role == Role::Category || heading.role == Role::Total
        });
        let columns = match scope.spec.columns {
            None => Coding::all(values.len(), &value.label),
            Some(_) => keep_headings(scope.column_coding()?, |_, heading| {
                heading.role == Role::Category || heading.role == Role::Total
            }),
        };
        let asked = if value.missing.contains(&MissingReason::NotApplicable) {
            scope.base.and(condition_asked(&value.name))
        } else {
            scope.base.clone()
        };
        let base = asked.and(condition_answered(&value.name));
        let measured = Measured::of(&scope, value, &values)?;
        let n_columns = columns.axis.headings.len();
        let populations = populations(&rows, &columns, &base).into_iter().enumerate();
        let mut rows = rows;
        let mut cells: Vec<Cell> = populations
            .map(|(place, population)| {
                let heading = |side: &Coding, index: usize| -> Vec<bool> {
                    side.bits.iter().map(|bits| bits >> index & 1 == 1).collect()
                };
                let row = heading(&rows, place / n_columns);
                let column = heading(&columns, place % n_columns);
                let is_under = row.into_iter().zip(column).map(|(row, column)| row && column);
                measured.cell(&scope, &is_under.collect::<Vec<bool>>(), population)
            })
            .collect();
        // Waves side by side have no margin, and their persons are not added up.
        if let Some(everybody) = rows.position(Role::Total) {
            let valueless = Valueless::of(scope.rows, value, &values)?;
            let sides = (&rows, &columns, everybody);
            cells.extend(cells_without(&scope, value, (&valueless, &asked), sides));
            valueless.extend(&mut rows.axis);
        }
        Ok(Tabulation {
            id: scope.spec.id.clone(),
            title: join(&value.label, " — ", &rows.axis.label),
            universe: scope.universe.clone(),
            unit: scope.unit.clone(),
            is_sensitive: scope.is_sensitive
                || rows.is_sensitive
                || columns.is_sensitive
                || value.sensitivity.is_strict(),
            notes: [rows.notes, columns.notes].concat(),
            background: Background::default(),
            rows: rows.axis,
            columns: columns.axis,
            share_of: ShareOf::Nothing,
            cells,
            tests: Vec::new(),
        })
    }
}

/// Returns the variable that is summarised.
fn quantity<'a>(scope: &Scope<'a>, name: &str) -> Result<&'a Variable, TabulateError> {
    const NO_QUANTITY: Wording = Wording::new(
        "tableau `{ $table }` : `{ $name }` n’est pas une quantité et n’a pas de moyenne. Prenez une variable `integer` ou `decimal`, ou `kind = \"frequency\"`.",
        "table `{ $table }`: `{ $name }` is no quantity and has no mean. Take an `integer` or `decimal` variable, or `kind = \"frequency\"`.",
    );
    let value = scope.variable(name)?;
    match value.value_type.storage() {
        Storage::Integer | Storage::Decimal => Ok(value),
        Storage::Boolean | Storage::Code | Storage::Codes | Storage::Date | Storage::Text => {
            Err(TabulateError::unknown(&scope.spec.id, &NO_QUANTITY, name))
        }
    }
}

/// Counts those without a value by reason, then everybody, column by column.
fn cells_without(
    scope: &Scope<'_>,
    value: &Variable,
    (valueless, asked): (&Valueless, &Population),
    (rows, columns, everybody): (&Coding, &Coding, usize),
) -> Vec<Cell> {
    let n_columns = columns.axis.headings.len();
    let cell = |is_counted: &dyn Fn(usize) -> bool, column: usize, population| {
        let is_under = |coding: &Coding, record: usize, heading: usize| {
            coding.bits.get(record).is_some_and(|bits| bits >> heading & 1 == 1)
        };
        let counted = |record: &usize| {
            scope.mask.get(*record).copied().unwrap_or(false)
                && is_under(rows, *record, everybody)
                && is_under(columns, *record, column)
                && is_counted(*record)
        };
        count_without_value(scope, (0..scope.mask.len()).filter(counted), population)
    };
    // As the margin of those with a value is named, so that the universes of both axes are in the names.
    let named = |population: &Population| {
        let all = populations(rows, columns, population);
        all.into_iter().skip(everybody * n_columns).take(n_columns).enumerate()
    };
    let mut cells = Vec::new();
    for (reason, condition) in valueless.conditions(value).into_iter().enumerate() {
        let is_for = |record: usize| valueless.is_for(record, reason);
        let of_reason = named(&asked.and(condition));
        cells.extend(of_reason.map(|(column, population)| cell(&is_for, column, population)));
    }
    let is_asked = |record: usize| valueless.is_asked.get(record).copied().unwrap_or(false);
    cells.extend(named(asked).map(|(column, population)| cell(&is_asked, column, population)));
    cells
}

/// Counts records, without a summary.
fn count_without_value(
    scope: &Scope<'_>,
    records: impl Iterator<Item = usize>,
    population: Population,
) -> Cell {
    let mut persons = BTreeSet::<u32>::new();
    let mut fingerprint = Fingerprint::default();
    let (mut count, mut weight) = (0, 0.0);
    for record in records {
        persons.extend(scope.rows.persons.get(record));
        fingerprint += scope.rows.fingerprint(record, &scope.unit);
        count += 1;
        weight += scope.rows.weights.and_then(|of| of.get(record)).copied().unwrap_or(0.0);
    }
    let weighted = scope.rows.weights.map(|_| weight);
    let persons = persons.len() as u64;
    Cell { population, persons, count, fingerprint: Some(fingerprint), weighted, summary: None }
}

/// Holds the values that a table summarises, one a record.
struct Measured<'a> {
    values: &'a [Option<f64>],
    scale: Scale,
    /// The partner of each record, if the table is weighted.
    strata: Option<Vec<usize>>,
}

impl<'a> Measured<'a> {
    fn of(
        scope: &Scope<'_>,
        variable: &Variable,
        values: &'a [Option<f64>],
    ) -> Result<Self, TabulateError> {
        let counted = values.iter().zip(&scope.mask).filter(|(_, mask)| **mask);
        let step = spread::step_of(counted.filter_map(|(value, _)| *value));
        let partner_of = || -> Result<Vec<usize>, TabulateError> {
            let partner = scope.caseload.codebook.study.partner.as_str();
            let codes = physical_codes(scope.rows.frame, partner)?.into_iter();
            // Who has no partner is in a stratum of their own.
            Ok(codes.map(|code| code.map_or(0, |of| of as usize + 1)).collect())
        };
        let strata = scope.rows.weights.map(|_| partner_of()).transpose()?;
        let Bounds { low, high } = scope.caseload.codebook.bounds(variable);
        Ok(Self { values, scale: Scale { step, bounds: (low, high) }, strata })
    }

    /// Counts and summarises those under a row and a column.
    fn cell(&self, scope: &Scope<'_>, is_under: &[bool], population: Population) -> Cell {
        let under = |record: usize| -> Option<f64> {
            let is_in = *scope.mask.get(record)? && *is_under.get(record)?;
            self.values.get(record).copied().flatten().filter(|_| is_in)
        };
        let records = || (0..self.values.len()).filter(|record| under(*record).is_some());
        let values: Vec<f64> = (0..self.values.len()).filter_map(under).collect();
        let persons: BTreeSet<u32> =
            records().filter_map(|record| scope.rows.persons.get(record)).copied().collect();
        let mut fingerprint = Fingerprint::default();
        records().for_each(|record| fingerprint += scope.rows.fingerprint(record, &scope.unit));
        let (weighted, summary) = self.summary(scope, (&under, &values), fingerprint);
        let count = values.len() as u64;
        let persons = persons.len() as u64;
        Cell { population, persons, count, fingerprint: Some(fingerprint), weighted, summary }
    }

    /// Returns the sum of weights, if there are weights, and the summary.
    fn summary(
        &self,
        scope: &Scope<'_>,
        (under, values): (&impl Fn(usize) -> Option<f64>, &[f64]),
        fingerprint: Fingerprint,
    ) -> (Option<f64>, Option<Summary>) {
        let (Some(weights), Some(strata)) = (scope.rows.weights, &self.strata) else {
            return (None, spread::plain(values, self.scale, fingerprint));
        };
        // Everybody of the universe is in a stratum; who is not under the heading weighs nothing there.
        let design = weights.iter().zip(strata).zip(&scope.mask).enumerate();
        let design = design.filter(|(_, (_, mask))| **mask);
        let persons: Vec<WeightedValue> = design
            .map(|(record, ((weight, stratum), _))| {
                let value = under(record);
                let weight = value.map_or(0.0, |_| *weight);
                WeightedValue { value: value.unwrap_or(0.0), weight, stratum: *stratum }
            })
            .collect();
        let sum = persons.iter().map(|person| person.weight).sum();
        (Some(sum), spread::weighted(&persons, (values.len(), self.scale, fingerprint)))
    }
}
