//! `to-check`: more than a twentieth of the values could not be read.

use catalyse_codebook::{Codebook, MissingReason, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
const FOUND: Wording = Wording::new(
    "la valeur n’a pas pu être lue dans { $n -> [one] { $n } fiche *[other] { $n } fiches } sur { $of }",
    "the value could not be read in { $n -> [one] { $n } record *[other] { $n } records } of { $of }",
);

/// The kind.
pub(super) struct ToCheck;

impl AlertKind for ToCheck {
    fn name(&self) -> &'static str {
        "to-check"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new(
            "Plus de 5 % de valeurs illisibles, à vérifier",
            "More than 5% of values unreadable, to check",
        )
    }

    fn advice(&self) -> Label {
        Label::new(
            "Ouvrir les constats avec `catalyse check` : c’est souvent une colonne mal reconnue ou des codes propres à un partenaire.",
            "Open the findings with `catalyse check`: often a column was misread or a partner has codes of its own.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let n_unread = one.with_reason(MissingReason::ToCheck);
            let n_asked = one.asked().n_asked;
            (n_asked >= FEWEST && n_unread * 20 > n_asked).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(
                    Args::new()
                        .label("n", &Count::fold(n_unread).label())
                        .label("of", &Count::fold(n_asked).label()),
                ),
            })
        });
        Ok(found.collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::trial::{alerts_of_column, many};

    fn told(cells: impl IntoIterator<Item = String>) -> String {
        alerts_of_column("to-check", cells)
    }

    #[test]
    fn a_twentieth_may_be_unreadable_and_more_may_not() {
        let told_of = |n: usize, of: usize| told([many(n, "deux"), many(of - n, "3")].concat());
        assert_eq!(told_of(5, 100), "");
        assert_eq!(told_of(6, 100), "x: the value could not be read in 6 records of 100");
        assert_eq!(told_of(2, 20), "x: the value could not be read in fewer than 5 records of 20");
        assert_eq!(told_of(2, 19), "");
        assert_eq!(told_of(20, 20), "x: the value could not be read in 20 records of 20");
        assert_eq!(told_of(0, 0), "");
    }
}
