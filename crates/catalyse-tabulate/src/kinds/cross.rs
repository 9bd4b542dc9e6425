//! Cross-tables: two variables of the same persons, and whether they go together.

use catalyse_disclose::{Axis, Tabulation, Unit};

use crate::TabulateError;
use crate::comparison::test_association;
use crate::kinds::TableKind;
use crate::kinds::frequency::count_table;
use crate::scope::Scope;

/// Counts persons by two variables (*tri croisé*) and tests whether they go together.
///
/// # Shape
/// As for frequencies.
///
/// # Missing
/// The test leaves out persons without an answer on either side; the table shows them. Where a person may stand in several cells (several
/// answers, target groups, waves, rows of a repeat) there is no test, because it takes each count for another person. Nor
/// in a weighted table: the test counts persons, and would speak of other shares than the table.
///
/// # Example
/// `table = { id = "health_by_age", kind = "cross", rows = "general_health", columns = "age_band" }`
pub(super) struct Cross;

impl TableKind for Cross {
    fn name(&self) -> &'static str {
        "cross"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        let is_weighted = scope.spec.weighted;
        let mut table = count_table(&scope.in_wave()?)?;
        if is_once_a_person(&table) && !is_weighted {
            table.tests = test_association(&table).into_iter().collect();
        }
        Ok(table)
    }
}

/// Says whether each person stands in one cell only.
fn is_once_a_person(table: &Tabulation) -> bool {
    let is_once = |axis: &Axis| axis.is_exclusive && !axis.is_of_waves();
    table.unit == Unit::Persons && is_once(&table.rows) && is_once(&table.columns)
}
