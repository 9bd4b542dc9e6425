//! What the study says about a table beyond its numbers: how sensitive it is, whose persons are among whose, and how far weights differ.

use std::collections::BTreeSet;

use catalyse_codebook::{Condition, Sensitivity, VariableName};
use catalyse_disclose::{Axis, Background, TableSpec, Unit, Weights};
use catalyse_records::{Table, row_of};
use catalyse_stats::{WeightSums, design_effect};

use crate::conditions::Conditions;
use crate::{Caseload, TabulateError};

/// Returns the background of a table.
///
/// # Errors
/// The condition of its universe cannot be used.
pub(crate) fn background(
    caseload: &Caseload<'_>,
    spec: &TableSpec,
    unit: &Unit,
) -> Result<Background, TabulateError> {
    let codebook = caseload.codebook;
    let row = row_of(codebook, &Table::Main);
    let mut variables: BTreeSet<VariableName> = BTreeSet::new();
    for name in [Some(&spec.rows), spec.columns.as_ref(), spec.value.as_ref()].into_iter().flatten()
    {
        if name == Axis::TARGET_GROUPS {
            let groups = codebook.target_groups.iter();
            let conditions =
                groups.filter_map(|group| Condition::parse(&group.condition, &row).ok());
            variables.extend(conditions.flat_map(|condition| condition.variables));
        } else {
            variables.extend(VariableName::new(name));
        }
    }
    if let Some(universe) = &spec.universe {
        let conditions = Conditions::new(codebook, &table_of(spec))?;
        let read = conditions.variables(codebook, &spec.id, universe)?;
        variables.extend(read.into_iter().map(|variable| variable.name.clone()));
    }
    let variables = variables.iter().filter_map(|name| codebook.variable(name));
    let sensitivities = variables.filter_map(|variable| word(variable.sensitivity));
    // Definitions speak of persons in a wave, not of rows of a repeat.
    let nested = if *unit == Unit::Persons { caseload.nested.clone() } else { Vec::new() };
    let sensitivities = sensitivities.map(str::to_owned).collect();
    let weights = caseload.main().weights.filter(|_| spec.weighted).map(range_of);
    let delivered = caseload.delivered()?;
    Ok(Background { sensitivities, nested, delivered, weights, ..Background::default() })
}

/// Returns the range of the weights of all records, and what it costs that they differ.
fn range_of(weights: &[f64]) -> Weights {
    let sums = WeightSums::of(weights).unwrap_or_default();
    Weights {
        smallest: weights.iter().copied().fold(f64::INFINITY, f64::min),
        largest: weights.iter().copied().fold(0.0, f64::max),
        design_effect: design_effect(&sums).unwrap_or(f64::NAN),
    }
}

fn table_of(spec: &TableSpec) -> Table {
    let form = spec.count.as_ref().and_then(|form| catalyse_codebook::FormName::new(form).ok());
    form.map_or(Table::Main, Table::Repeat)
}

/// Returns the codebook's word for what is sensitive about a variable.
const fn word(sensitivity: Sensitivity) -> Option<&'static str> {
    match sensitivity {
        Sensitivity::Health => Some("health"),
        Sensitivity::Sensitive => Some("sensitive"),
        Sensitivity::Identifying | Sensitivity::Plain => None,
    }
}
