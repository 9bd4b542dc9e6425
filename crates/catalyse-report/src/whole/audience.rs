//! For whom the first page is, and the tables that feed it.

use catalyse_disclose::Release;
use catalyse_locale::{Label, Language};

use crate::claims::claim::Comparisons;
use crate::inputs::{Company, Edition};
use crate::report::front::FigureLink;

/// Holds a table that feeds the first page, with the figure a reader finds it under.
pub(crate) struct Fed<'a> {
    pub figure: FigureLink,
    pub release: &'a Release,
    pub measure: Label,
    /// Whether partners stand beside each other.
    pub company: Company,
}

/// Says for whom the first page is.
pub(crate) struct Audience<'a> {
    pub edition: &'a Edition,
    /// The partner by its name, if the report is for one.
    pub partner: Option<&'a str>,
    pub language: Language,
    /// Whether partners stand beside each other.
    pub company: Company,
    /// What the p-values were adjusted over.
    pub comparisons: Comparisons,
}
