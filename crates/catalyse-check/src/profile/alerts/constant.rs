//! `constant`: all records have the same value.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
use crate::profile::values::Values;
const FOUND: Wording = Wording::new(
    "la même valeur dans les { $n } fiches remplies",
    "the same value in all { $n } records that have one",
);

/// The kind.
pub(super) struct Constant;

impl AlertKind for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }

    fn severity(&self) -> Severity {
        Severity::Info
    }

    fn title(&self) -> Label {
        Label::new("Variables qui n’ont qu’une valeur", "Variables with a single value")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Vérifier qu’il ne s’agit pas d’une valeur par défaut laissée telle quelle.",
            "Verify that it is not a default value left as it was.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            // One code of several that persons may give is no constant: they may give it or not.
            let is_several = matches!(one.values, Values::Answers(_));
            (one.n_valid >= FEWEST && one.n_distinct == 1 && !is_several).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(Args::new().label("n", &Count::fold(one.n_valid).label())),
            })
        });
        Ok(found.collect())
    }
}
