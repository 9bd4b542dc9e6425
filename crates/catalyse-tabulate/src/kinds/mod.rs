//! The kinds of tables. To add one: write `kinds/NAME.rs` with a unit struct that implements [`TableKind`], and add it here to the
//! `mod` list and to [`ALL`]. A report definition may then say `kind = "NAME"`.

mod change;
mod cross;
mod frequency;
mod summary;
mod transition;

use catalyse_disclose::{Background, TableSpec, Tabulation};
use catalyse_locale::{Args, Wording};

use crate::background::background;
use crate::scope::Scope;
use crate::{Caseload, TabulateError};

/// Every kind of table.
pub(crate) const ALL: &[&dyn TableKind] = &[
    &frequency::Frequency,
    &cross::Cross,
    &summary::Summarise,
    &change::Change,
    &transition::Transition,
];

/// A kind of table: from a caseload and a specification to true counts.
pub(crate) trait TableKind: Sync {
    /// Returns the name as a report definition writes it.
    fn name(&self) -> &'static str;

    /// Makes the table.
    ///
    /// # Errors
    /// The specification asks for what the study or the caseload does not have.
    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError>;
}

/// Makes the table of a specification.
///
/// # Errors
/// Its kind, a variable or a wave is not known, or a condition cannot be evaluated.
pub fn tabulate(caseload: &Caseload<'_>, spec: &TableSpec) -> Result<Tabulation, TabulateError> {
    const UNKNOWN: Wording = Wording::new(
        "tableau `{ $table }` : genre `{ $name }` inconnu. Genres : { $known }.",
        "table `{ $table }`: unknown kind `{ $name }`. Kinds: { $known }.",
    );
    let kind = ALL.iter().find(|kind| kind.name() == spec.kind);
    let unknown = || {
        let known: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
        let args = Args::new().text("table", &spec.id).text("name", &spec.kind);
        let message = UNKNOWN.with(args.text("known", known.join(", ")));
        TabulateError::specification(&spec.id, message)
    };
    let kind = kind.ok_or_else(unknown)?;
    let mut table = kind.tabulate(Scope::new(caseload, spec)?)?;
    let of_one = table.background.of_one.take();
    table.background = Background { of_one, ..background(caseload, spec, &table.unit)? };
    Ok(table)
}
