//! `mostly-missing`: more than a fifth of those asked have no answer.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::{Count, share_label};
use crate::profile::figures::TableFigures;
const FOUND: Wording = Wording::new(
    "{ $share } sans réponse ({ $n } fiches sur { $of })",
    "{ $share } without an answer ({ $n } records of { $of })",
);
const HARDLY_ANY: Wording = Wording::new(
    "moins de 5 réponses sur { $of } fiches",
    "fewer than 5 answers in { $of } records",
);

/// The kind.
pub(super) struct MostlyMissing;

impl AlertKind for MostlyMissing {
    fn name(&self) -> &'static str {
        "mostly-missing"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new("Plus de 20 % de réponses manquantes", "More than 20% of answers are missing")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Demander aux encodeurs si la question a été posée, et pourquoi elle reste vide ; un motif d’absence le dirait.",
            "Ask the encoders whether the question was put, and why it stays empty; a missing reason would tell.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let asked = one.asked();
            let is_much = asked.n_missing * 5 > asked.n_asked;
            let args = Args::new()
                .label("share", &share_label(asked.n_missing, asked.n_asked))
                .label("n", &Count::fold(asked.n_missing).label())
                .label("of", &Count::fold(asked.n_asked).label());
            let wording = match Count::fold(one.n_valid) {
                Count::Few => &HARDLY_ANY,
                Count::Exact(_) | Count::Hidden => &FOUND,
            };
            (asked.n_asked >= FEWEST && one.n_valid > 0 && is_much)
                .then(|| Found { variable: Some(one.variable), what: wording.with(args) })
        });
        Ok(found.collect())
    }
}
