//! The profile of a batch: how good the data are, alerts first.
//!
//! A profile is for those who hold the records, and says so first: it counts records exactly, which is no protection. In case it is
//! passed on all the same, counts below five are folded, a person's value never stands in it, and variables that identify have their
//! missing and distinct counts only. What may be passed on is the report: that is what the gate is for.
//! Raw figures live in `figures` and stay inside this module; what leaves it is in `shown`.

mod alert;
mod alerts;
mod count;
mod figures;
mod line;
mod order;
mod rows;
mod shown;
mod text;
#[cfg(test)]
mod trial;
mod values;

use catalyse_codebook::Codebook;
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::Batch;
use polars::prelude::PolarsResult;
use serde::Serialize;

pub use alert::Alert;
pub use count::Count;
pub use shown::{
    CategoryCount, Missing, QuantityFigures, SectionProfile, Summary, TableProfile, VariableProfile,
};

use figures::TableFigures;

const INTERNAL: Wording = Wording::new(
    "Usage interne, à ne pas transmettre : nombres exacts de fiches, pour ceux qui les détiennent.",
    "Internal use, not to be passed on: exact numbers of records, for those who hold them.",
);

/// Holds the profile of a batch.
#[derive(Clone, Serialize)]
pub struct Profile {
    /// Who may read it: the first thing in every form of it.
    pub notice: Label,
    /// The title of the study.
    pub study: Label,
    /// What to look at first, the gravest first; within a severity by kind, then in form order.
    pub alerts: Vec<Alert>,
    /// The tables of the batch, the main one first.
    pub tables: Vec<TableProfile>,
}

/// Makes the profile of a batch.
///
/// **Shape**: one part a table that has rows, in it one entry a variable in form order; an empty batch has an empty profile.
///
/// **Units**: rows are records, not persons, and nothing is weighted.
///
/// **Missing**: an empty value counts by its reason. The batch should be derived (`Derivation::apply`): then a question that a skip
/// leaves out is not applicable, and is no part of the base that shares of missing are counted on.
///
/// # Errors
/// A table does not have the columns of its layout.
pub fn profile(codebook: &Codebook, batch: &Batch) -> PolarsResult<Profile> {
    let tables = batch
        .tables
        .iter()
        .filter(|records| records.frame.height() > 0)
        .map(|records| TableFigures::of(codebook, records))
        .collect::<PolarsResult<Vec<_>>>()?;
    let mut found = Vec::new();
    for table in &tables {
        found.extend(alerts::find(codebook, table)?);
    }
    found.sort_by_key(|alert| (alert.severity, alerts::position(alert.kind)));
    let internal = |language| INTERNAL.say(language, &Args::new());
    Ok(Profile {
        notice: Label::new(internal(Language::Fr), internal(Language::En)),
        study: codebook.study.title.clone(),
        alerts: found,
        tables: tables.iter().map(|table| TableProfile::of(codebook, table)).collect(),
    })
}

impl Profile {
    /// Writes the profile for people: alerts first, then one line a variable, at most 100 columns wide.
    pub fn to_text(&self, language: Language) -> String {
        text::write(self, language)
    }
}

#[cfg(test)]
mod tests;
