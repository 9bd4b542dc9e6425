//! Alerts: what a coordinator should look at first, and the trait that each kind of alert answers.

use catalyse_codebook::{Codebook, Severity, Variable, VariableName};
use catalyse_locale::{Label, Language, Message, Wording};
use catalyse_records::Table;
use polars::prelude::PolarsResult;
use serde::Serialize;

use super::figures::TableFigures;

/// Holds one alert: where, what, what to do.
#[derive(Clone, Debug, Serialize)]
pub struct Alert {
    /// The name of its kind, `mostly-missing`.
    pub kind: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What alerts of its kind have in common.
    pub title: Label,
    /// The table.
    pub table: Table,
    /// The variable, if it is about one.
    pub variable: Option<VariableName>,
    /// Where: the label of the variable or the title of the table.
    pub place: Label,
    /// What was found.
    pub what: Label,
    /// What to do next.
    pub advice: Label,
}

/// A kind of alert: one file in `alerts/`, one line in its registry.
pub(super) trait AlertKind: Sync {
    /// Returns the name, `mostly-missing`.
    fn name(&self) -> &'static str;

    /// Returns how grave it is.
    fn severity(&self) -> Severity;

    /// Returns what its alerts have in common, as a heading.
    fn title(&self) -> Label;

    /// Returns what to do next, as a sentence.
    fn advice(&self) -> Label;

    /// Looks at a table.
    ///
    /// # Errors
    /// The table does not have the columns of its layout.
    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>>;
}

/// Holds what a kind found.
pub(super) struct Found<'a> {
    /// The variable, or nothing for the table as a whole.
    pub(super) variable: Option<&'a Variable>,
    /// What was found, without a full stop.
    pub(super) what: Message,
}

impl Alert {
    pub(super) fn of(kind: &dyn AlertKind, table: &TableFigures<'_>, found: &Found<'_>) -> Self {
        Self {
            kind: kind.name(),
            severity: kind.severity(),
            title: kind.title(),
            table: table.records.table.clone(),
            variable: found.variable.map(|variable| variable.name.clone()),
            place: found.variable.map_or_else(|| table.title.clone(), |one| one.label.clone()),
            what: Label::new(found.what.say(Language::Fr), found.what.say(Language::En)),
            advice: kind.advice(),
        }
    }

    /// Returns the alert as one text: where, what, what to do.
    pub fn say(&self, language: Language) -> String {
        const ALERT: Wording = Wording::new(
            "{ $place } : { $what }. { $advice }",
            "{ $place }: { $what }. { $advice }",
        );
        let args = catalyse_locale::Args::new()
            .label("place", &self.place)
            .label("what", &self.what)
            .label("advice", &self.advice);
        ALERT.say(language, &args)
    }
}
