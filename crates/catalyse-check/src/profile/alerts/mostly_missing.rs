//! `mostly-missing`: more than a fifth of those asked have no answer.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::{Count, share_label};
use crate::profile::figures::TableFigures;
const FOUND: Wording = Wording::new(
    "{ $share } sans réponse ({ $n -> [one] { $n } fiche *[other] { $n } fiches } sur { $of })",
    "{ $share } without an answer ({ $n -> [one] { $n } record *[other] { $n } records } of { $of })",
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

#[cfg(test)]
mod tests {
    use crate::profile::trial::{alerts_of_column, many};

    fn told(cells: impl IntoIterator<Item = String>) -> String {
        alerts_of_column("mostly-missing", cells)
    }

    #[test]
    fn a_fifth_may_be_missing_and_more_may_not() {
        let told_of =
            |n_missing: usize| told([many(n_missing, ""), many(50 - n_missing, "3")].concat());
        assert_eq!(told_of(10), "");
        assert_eq!(told_of(11), "x: 22% without an answer (11 records of 50)");
        assert_eq!(told_of(48), "x: fewer than 5 answers in 50 records");
        assert_eq!(told_of(50), "");
    }

    #[test]
    fn what_does_not_apply_is_not_missing_and_few_records_say_little() {
        assert_eq!(told([many(40, "?not_applicable"), many(20, "3")].concat()), "");
        assert_eq!(
            told([many(40, "?refused"), many(20, "3")].concat()),
            "x: 67% without an answer (40 records of 60)"
        );
        assert_eq!(told([many(10, ""), many(9, "3")].concat()), "");
        assert_eq!(told([]), "");
    }
}
