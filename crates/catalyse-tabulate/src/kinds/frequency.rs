//! Frequencies: how many persons stand in each category, by the categories of one other axis or not.

use std::collections::BTreeMap;

use catalyse_disclose::{Background, Role, ShareOf, TableSpec, Tabulation, Unit};
use catalyse_locale::{Args, Label, Wording};

use crate::TabulateError;
use crate::comparison::{tests_against_rest, tests_of_trend};
use crate::count::count_cells;
use crate::kinds::TableKind;
use crate::scope::{Scope, join};

/// Counts persons by category (*tri à plat*); with `columns`, side by side. Each partner is then compared with the rest. Waves of other
/// persons each time are tested for a trend (Cochran–Armitage); waves of the same persons are not, because they are not independent: for
/// those there is `change`.
///
/// # Shape
/// Rows: the categories, those who answered, the missing by reason, everybody. Columns: the categories of the other axis and everybody.
///
/// # Units
/// Distinct persons, or rows of a repeat with `count` (each beside its distinct persons); shares are of those who answered, for several answers too.
///
/// # Missing
/// A person outside the universe of a variable (`not_applicable`) is in no cell. See the codings for reasons and target groups.
///
/// # Example
/// `table = { id = "transport", kind = "frequency", rows = "main_transport", columns = "wave", wave = "each" }`
pub(super) struct Frequency;

impl TableKind for Frequency {
    fn name(&self) -> &'static str {
        "frequency"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        let scope = scope.in_wave()?;
        let mut table = count_table(&scope)?;
        if scope.spec.weighted {
            return Ok(table);
        }
        let is_trend = table.columns.is_of_waves() && !table.rows.is_of_partners();
        if is_trend && table.unit == Unit::Persons {
            if has_other_persons(&scope) {
                table.tests = tests_of_trend(&table);
            } else {
                table.notes.push(WHO_IS_SEEN.with(Args::new()));
            }
        }
        if table.columns.is_of_partners() && table.unit == Unit::Persons {
            table.tests = tests_against_rest(&table);
        }
        Ok(table)
    }
}

/// Said of every table over waves of the same persons, whether any came or went: that alone could tell of one.
const WHO_IS_SEEN: Wording = Wording::new(
    "Chaque vague montre toutes les personnes vues à cette vague : de l'une à l'autre, des personnes peuvent être entrées ou sorties, et un écart peut venir de là. Un tableau de changement ne suit que les mêmes personnes.",
    "Each wave shows all persons seen at that wave: from one to the next, persons may have come or gone, and a difference may come of that. A table of changes follows the same persons alone.",
);

/// Says whether each wave saw other persons: no more than one in twenty stands in several.
fn has_other_persons(scope: &Scope<'_>) -> bool {
    const MOST_IN_COMMON: f64 = 0.05;
    let mut n_waves: BTreeMap<u32, usize> = BTreeMap::new();
    let counted = scope.rows.persons.iter().zip(&scope.mask).filter(|(_, mask)| **mask);
    for (person, _) in counted {
        *n_waves.entry(*person).or_default() += 1;
    }
    let n_again = n_waves.values().filter(|n| **n > 1).count();
    n_again as f64 <= n_waves.len() as f64 * MOST_IN_COMMON
}

/// Makes a table of counts without tests.
pub(super) fn count_table(scope: &Scope<'_>) -> Result<Tabulation, TabulateError> {
    let rows = scope.row_coding()?;
    let columns = scope.column_coding()?;
    let cells = count_cells(scope.rows, &scope.unit, (&rows, &columns), &scope.mask, &scope.base);
    let title = title(scope.spec, &rows.axis.label, &columns.axis.label);
    let has_base = rows.position(Role::Answered).or(rows.position(Role::Total)).is_some();
    let notes = [rows.notes, columns.notes].concat();
    Ok(Tabulation {
        id: scope.spec.id.clone(),
        title,
        universe: scope.universe.clone(),
        unit: scope.unit.clone(),
        is_sensitive: scope.is_sensitive || rows.is_sensitive || columns.is_sensitive,
        rows: rows.axis,
        columns: columns.axis,
        share_of: if has_base { ShareOf::Column } else { ShareOf::Row },
        cells,
        tests: Vec::new(),
        notes,
        background: Background::default(),
    })
}

fn title(spec: &TableSpec, rows: &Label, columns: &Label) -> Label {
    match spec.columns {
        Some(_) => join(rows, " — ", columns),
        None => rows.clone(),
    }
}
