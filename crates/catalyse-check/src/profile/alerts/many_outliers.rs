//! `many-outliers`: more than one value in a hundred lies far from the others.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::{Count, share_label};
use crate::profile::figures::TableFigures;
use crate::profile::values::Values;
/// Fewer than this is what single slips of the hand give.
const FEWEST_FAR: u64 = 5;
const FOUND: Wording = Wording::new(
    "{ $n -> [one] { $n } valeur *[other] { $n } valeurs } ({ $share }) à plus de 6 écarts-types robustes de la médiane",
    "{ $n -> [one] { $n } value *[other] { $n } values } ({ $share }) more than 6 robust standard deviations from the median",
);

/// The kind.
pub(super) struct ManyOutliers;

impl AlertKind for ManyOutliers {
    fn name(&self) -> &'static str {
        "many-outliers"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new(
            "Beaucoup de valeurs très loin des autres",
            "Many values very far from the others",
        )
    }

    fn advice(&self) -> Label {
        Label::new(
            "Vérifier l’unité : un montant par an au lieu d’un mois, des minutes au lieu d’heures.",
            "Verify the unit: an amount a year instead of a month, minutes instead of hours.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let Values::Quantity(quantity) = &one.values else { return None };
            let n_far = quantity.n_far.filter(|_| one.n_valid >= FEWEST)?;
            (n_far >= FEWEST_FAR && n_far * 100 > one.n_valid).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(
                    Args::new()
                        .label("n", &Count::fold(n_far).label())
                        .label("share", &share_label(n_far, one.n_valid)),
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
        alerts_of_column("many-outliers", cells)
    }

    fn near(n: usize) -> Vec<String> {
        (0..n).map(|i| (10 + i % 9).to_string()).collect()
    }

    #[test]
    fn five_far_values_of_less_than_five_hundred_are_told() {
        assert_eq!(
            told([near(100), many(5, "900")].concat()),
            "x: 5 values (5%) more than 6 robust standard deviations from the median"
        );
        assert_eq!(told([near(100), many(4, "900")].concat()), "");
        assert_eq!(told([near(495), many(5, "900")].concat()), "");
    }

    #[test]
    fn if_most_values_are_equal_it_cannot_be_told() {
        assert_eq!(told([many(100, "0"), many(10, "900")].concat()), "");
        assert_eq!(told(many(30, "")), "");
    }
}
