//! What a report asks for: table specifications, as data.

use catalyse_locale::Label;
use serde::Deserialize;

/// Holds what one table should show. Read from a report definition; its kind lives in the tabulation.
///
/// ```toml
/// table = { id = "transport", kind = "frequency", rows = "main_transport", columns = "partner", wave = "last" }
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// The name, unique in the report; files are named after it.
    pub id: String,
    /// The kind of table: `frequency`, `cross`, `summary`, `change`, `transition`.
    pub kind: String,
    /// What stands in the rows: a variable, `partner`, `wave` or `target_groups`.
    pub rows: String,
    /// What stands in the columns: as for rows; nothing means one column.
    #[serde(default)]
    pub columns: Option<String>,
    /// The quantity that is summarised, for the kinds that summarise one.
    #[serde(default)]
    pub value: Option<String>,
    /// Who is counted (SQL over a person in a wave); nothing means everybody who was asked.
    #[serde(default)]
    pub universe: Option<String>,
    /// The words for the universe.
    #[serde(default)]
    pub universe_label: Label,
    /// Which waves are counted.
    #[serde(default)]
    pub wave: WaveChoice,
    /// The repeat form whose rows are counted in place of persons.
    #[serde(default)]
    pub count: Option<String>,
    /// Whether persons are weighted by the study's weight.
    #[serde(default)]
    pub weighted: bool,
}

/// Says which waves a table counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaveChoice {
    /// The last wave that has records.
    #[default]
    Last,
    /// The first wave that has records.
    First,
    /// Each wave by itself: for tables with `wave` in the columns.
    Each,
    /// The first and the last wave, the same persons in both.
    FirstAndLast,
    /// One wave by its name.
    #[serde(untagged)]
    Named(String),
}
