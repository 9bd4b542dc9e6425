//! Cross-tables: two variables of the same persons, and whether they go together.

use catalyse_disclose::Tabulation;

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
/// The test leaves out persons without an answer on either side; the table shows them.
///
/// # Example
/// `table = { id = "health_by_age", kind = "cross", rows = "general_health", columns = "age_band" }`
pub(super) struct Cross;

impl TableKind for Cross {
    fn name(&self) -> &'static str {
        "cross"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        let mut table = count_table(&scope.in_wave()?)?;
        table.tests = test_association(&table).into_iter().collect();
        Ok(table)
    }
}
