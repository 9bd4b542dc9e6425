//! `round-numbers`: all values are multiples of ten.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
use crate::profile::values::Values;
/// With fewer different values, tens may be all there is: 0 and 10.
const FEWEST_DISTINCT: u64 = 3;
const FOUND: Wording = Wording::new(
    "les { $n } valeurs sont des multiples de 10",
    "all { $n } values are multiples of 10",
);

/// The kind.
pub(super) struct RoundNumbers;

impl AlertKind for RoundNumbers {
    fn name(&self) -> &'static str {
        "round-numbers"
    }

    fn severity(&self) -> Severity {
        Severity::Info
    }

    fn title(&self) -> Label {
        Label::new("Quantités toutes arrondies à la dizaine", "Quantities all rounded to tens")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Demander si l’on a noté une estimation ; le dire dans la note du tableau, et ne pas donner de décimale.",
            "Ask whether estimates were written down; say so in the note of the table, and give no decimal.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let Values::Quantity(quantity) = &one.values else { return None };
            let [_, n_tens, _] = quantity.n_multiples;
            let is_enough = one.n_valid >= FEWEST && one.n_distinct >= FEWEST_DISTINCT;
            (is_enough && n_tens == one.n_valid).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(Args::new().label("n", &Count::fold(one.n_valid).label())),
            })
        });
        Ok(found.collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::trial::{alerts_of_column, many};

    fn told(cells: impl IntoIterator<Item = String>) -> String {
        alerts_of_column("round-numbers", cells)
    }

    fn tens(n: usize) -> Vec<String> {
        (0..n).map(|i| (i * 10).to_string()).collect()
    }

    #[test]
    fn tens_alone_are_told_and_one_other_number_is_enough() {
        assert_eq!(told(tens(20)), "x: all 20 values are multiples of 10");
        assert_eq!(told([tens(20), many(1, "15")].concat()), "");
        assert_eq!(told(tens(19)), "");
    }

    #[test]
    fn zero_and_ten_are_two_answers_and_no_rounding() {
        assert_eq!(told([many(20, "0"), many(20, "10")].concat()), "");
        assert_eq!(told([]), "");
    }
}
