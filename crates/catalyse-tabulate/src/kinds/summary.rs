//! Summaries: mean, median and quartiles of a quantity.

use catalyse_disclose::{Cell, Role, ShareOf, Summary, Tabulation};
use catalyse_locale::Wording;
use catalyse_stats::{Confidence, Moments, OrderedValues, QuantileRule, mean, quantile};

use crate::TabulateError;
use crate::caseload::numbers_of;
use crate::coding::{Coding, find_variable, keep_headings};
use crate::count::populations;
use crate::kinds::TableKind;
use crate::scope::{Scope, join};

/// Summarises a quantity by the categories of an axis.
///
/// # Shape
/// One row a category of `rows`, and everybody; one column.
///
/// # Units
/// Those of `value`.
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
        let scope = scope.in_wave()?;
        let name = scope.spec.value.as_deref();
        let name = name.ok_or_else(|| TabulateError::unknown(&scope.spec.id, &NO_VALUE, ""))?;
        let value = find_variable(scope.caseload.codebook, &scope.spec.id, name)?;
        let values = numbers_of(scope.rows.frame, &value.name)?;
        let rows = keep_headings(scope.row_coding()?, |_, heading| {
            heading.role == Role::Category || heading.role == Role::Total
        });
        let column = Coding::all(values.len(), &value.label);
        let base = scope.base.and(format!("{} answered", value.name));
        let cells = populations(&rows, &column, &base)
            .into_iter()
            .enumerate()
            .map(|(index, population)| {
                let of_row = under(&rows, index, &scope.mask, &values);
                let n = of_row.len() as u64;
                Cell {
                    population,
                    persons: n,
                    count: n,
                    weighted: None,
                    summary: summarise(&of_row),
                }
            })
            .collect();
        Ok(Tabulation {
            id: scope.spec.id.clone(),
            title: join(&value.label, " — ", &rows.axis.label),
            universe: scope.universe.clone(),
            unit: scope.unit.clone(),
            is_sensitive: rows.is_sensitive
                || value.sensitivity == catalyse_codebook::Sensitivity::Health,
            rows: rows.axis,
            columns: column.axis,
            share_of: ShareOf::Nothing,
            cells,
            tests: Vec::new(),
            notes: Vec::new(),
        })
    }
}

fn under(rows: &Coding, index: usize, mask: &[bool], values: &[Option<f64>]) -> Vec<f64> {
    let records = rows.bits.iter().zip(mask).zip(values);
    records
        .filter(|((bits, mask), _)| **mask && **bits >> index & 1 == 1)
        .filter_map(|(_, value)| *value)
        .collect()
}

fn summarise(values: &[f64]) -> Option<Summary> {
    let moments = Moments::of(values).ok()?;
    let mean = mean(&moments, Confidence::NINETY_FIVE).ok()?;
    let ordered = OrderedValues::of(values).ok()?;
    let at = |share: f64| {
        quantile(&ordered, share, QuantileRule::Interpolated, Confidence::NINETY_FIVE)
            .map(|quantile| quantile.value)
    };
    let quartiles = [at(0.25).ok()?, at(0.5).ok()?, at(0.75).ok()?];
    let mean_interval = mean.interval.map(|interval| (interval.low, interval.high));
    Some(Summary { n: values.len() as u64, mean: mean.value, mean_interval, quartiles })
}
