//! For whom the first page is, and the tables that feed it.

use catalyse_disclose::Release;
use catalyse_locale::{Label, Language};

use crate::claims::claim::Comparisons;
use crate::company::Company;
use crate::inputs::Edition;
use crate::report::front::FigureLink;

/// Holds a table that feeds the first page, with the figure a reader finds it under.
pub(crate) struct Fed<'a> {
    pub figure: FigureLink,
    pub release: &'a Release,
    pub measure: Label,
    /// Whose persons it counts.
    pub company: Company<'a>,
}

/// Says for whom the first page is.
pub(crate) struct Audience<'a> {
    pub edition: &'a Edition,
    /// The partner by its name, if the report is for one.
    pub partner: Option<&'a str>,
    pub language: Language,
    /// What the p-values were adjusted over.
    pub comparisons: Comparisons,
}
