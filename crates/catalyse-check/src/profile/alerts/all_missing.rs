//! `all-missing`: a question that applies to many records and that none answers.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::asked;
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
/// Fewer records than this may all be empty by chance.
const FEWEST_ASKED: u64 = 5;
const FOUND: Wording =
    Wording::new("aucune réponse sur { $n } fiches", "no answer in { $n } records");

/// The kind.
pub(super) struct AllMissing;

impl AlertKind for AllMissing {
    fn name(&self) -> &'static str {
        "all-missing"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new("Variables sans aucune réponse", "Variables without a single answer")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Voir avec `catalyse check` si la colonne a été reconnue ; si la question ne se pose plus, l’écrire dans le dictionnaire (`until`).",
            "See with `catalyse check` whether the column was recognised; if the question is no longer asked, write so in the codebook (`until`).",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let asked = one.asked();
            (asked.n_asked >= FEWEST_ASKED && one.n_valid == 0).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(Args::new().label("n", &Count::fold(asked.n_asked).label())),
            })
        });
        Ok(found.collect())
    }
}
