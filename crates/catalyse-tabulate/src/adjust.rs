//! Multiplicity: the p-values of a whole report, adjusted together.

use catalyse_disclose::Tabulation;
use catalyse_stats::benjamini_hochberg;

/// Adjusts all tests of a report over all its comparisons (Benjamini–Hochberg), so that five in a hundred findings that stand out
/// are expected to be none, not five in a hundred comparisons.
///
/// A test that is already adjusted within its question (Holm over partners) enters with that p-value.
///
/// # Source
/// Benjamini & Hochberg, *Controlling the false discovery rate*, J. R. Stat. Soc. B 57 (1995) 289–300.
pub fn adjust_for_multiplicity(tables: &mut [Tabulation]) {
    let tests = || tables.iter().flat_map(|table| &table.tests);
    let p_values: Vec<f64> = tests().map(|test| test.adjusted_p.unwrap_or(test.p)).collect();
    let Ok(adjusted) = benjamini_hochberg(&p_values) else { return };
    let tests = tables.iter_mut().flat_map(|table| &mut table.tests);
    tests.zip(adjusted).for_each(|(test, p)| test.adjusted_p = Some(p));
}
