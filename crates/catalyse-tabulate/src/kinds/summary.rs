//! Summaries: mean, median and quartiles of a quantity.

use std::collections::BTreeSet;

use catalyse_codebook::{MissingReason, Storage, Variable};
use catalyse_disclose::{Background, Cell, Fingerprint, Role, ShareOf, Summary, Tabulation};
use catalyse_locale::Wording;
use catalyse_stats::{Confidence, Moments, OrderedValues, QuantileRule, mean, quantile};

use crate::TabulateError;
use crate::caseload::numbers_of;
use crate::coding::{Coding, condition_answered, condition_asked, keep_headings};
use crate::count::populations;
use crate::kinds::TableKind;
use crate::scope::{Scope, join, notes_of};

/// Summarises a quantity by the categories of an axis.
///
/// # Shape
/// One row a category of `rows`, and everybody; one column.
///
/// # Units
/// Those of `value`, unweighted; `n` counts persons, or rows of a repeat with `count`.
///
/// # Missing
/// Persons without a value do not count; `n` is of those with one.
///
/// # Source
/// Mean with Student's interval; quartiles by Hyndman & Fan's definition 7 (*Am. Stat.* 50, 1996, 361–365).
///
/// # Example
/// `table = { id = "commute", kind = "summary", value = "commute_minutes", rows = "partner" }`
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
        scope.refuse_weights()?;
        let scope = scope.in_wave()?;
        let name = scope.spec.value.as_deref();
        let name = name.ok_or_else(|| TabulateError::unknown(&scope.spec.id, &NO_VALUE, ""))?;
        let value = quantity(&scope, name)?;
        let values = numbers_of(scope.rows.frame, &value.name)?;
        let rows = keep_headings(scope.row_coding()?, |_, heading| {
            heading.role == Role::Category || heading.role == Role::Total
        });
        let column = Coding::all(values.len(), &value.label);
        let mut base = scope.base.and(condition_answered(&value.name));
        if value.missing.contains(&MissingReason::NotApplicable) {
            base = base.and(condition_asked(&value.name));
        }
        let cells = populations(&rows, &column, &base)
            .into_iter()
            .enumerate()
            .map(|(index, population)| {
                let under = Under::of(&rows, index, &scope, &values);
                let (count, fingerprint) = (under.values.len() as u64, Some(under.fingerprint));
                let summary = summarise(&under.values, under.fingerprint);
                Cell {
                    population,
                    persons: under.n_persons,
                    count,
                    fingerprint,
                    weighted: None,
                    summary,
                }
            })
            .collect();
        Ok(Tabulation {
            id: scope.spec.id.clone(),
            title: join(&value.label, " — ", &rows.axis.label),
            universe: scope.universe.clone(),
            unit: scope.unit.clone(),
            is_sensitive: scope.is_sensitive || rows.is_sensitive || value.sensitivity.is_strict(),
            notes: notes_of([&rows.axis, &column.axis]),
            background: Background::default(),
            rows: rows.axis,
            columns: column.axis,
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

/// Holds the values under a heading, and who has them.
struct Under {
    values: Vec<f64>,
    n_persons: u64,
    fingerprint: Fingerprint,
}

impl Under {
    fn of(rows: &Coding, index: usize, scope: &Scope<'_>, values: &[Option<f64>]) -> Self {
        let records = rows.bits.iter().zip(&scope.mask).zip(values).enumerate();
        let mut under = Vec::new();
        let mut persons: BTreeSet<u32> = BTreeSet::new();
        let mut fingerprint = Fingerprint::default();
        for (record, ((bits, mask), value)) in records {
            if let (true, Some(value)) = (*mask && bits >> index & 1 == 1, value) {
                under.push(*value);
                persons.extend(scope.rows.persons.get(record));
                fingerprint += scope.rows.fingerprint(record, &scope.unit);
            }
        }
        Self { values: under, n_persons: persons.len() as u64, fingerprint }
    }
}

fn summarise(values: &[f64], fingerprint: Fingerprint) -> Option<Summary> {
    let moments = Moments::of(values).ok()?;
    let mean = mean(&moments, Confidence::NINETY_FIVE).ok()?;
    let ordered = OrderedValues::of(values).ok()?;
    let at = |share: f64| {
        quantile(&ordered, share, QuantileRule::Interpolated, Confidence::NINETY_FIVE)
            .map(|quantile| quantile.value)
    };
    let quartiles = [at(0.25).ok()?, at(0.5).ok()?, at(0.75).ok()?];
    let mean_interval = mean.interval.map(|interval| (interval.low, interval.high));
    Some(Summary {
        n: values.len() as u64,
        fingerprint: Some(fingerprint),
        mean: mean.value,
        mean_interval,
        quartiles,
    })
}
