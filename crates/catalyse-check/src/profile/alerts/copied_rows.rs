//! `copied-rows`: forms whose answers are all those of another one.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::Table;
use polars::prelude::PolarsResult;

use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
const PERSONS: Wording = Wording::new(
    "{ $n } fiches ont exactement les réponses d’une autre personne de la vague",
    "{ $n } records have exactly the answers of another person of the wave",
);
const EPISODES: Wording = Wording::new(
    "{ $n } épisodes sont écrits deux fois pour la même personne",
    "{ $n } episodes are written twice for the same person",
);

/// The kind.
pub(super) struct CopiedRows;

impl AlertKind for CopiedRows {
    fn name(&self) -> &'static str {
        "copied-rows"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new(
            "Fiches dont toutes les réponses sont égales",
            "Records whose answers are all equal",
        )
    }

    fn advice(&self) -> Label {
        Label::new(
            "Chercher une ligne copiée et non modifiée, ou une personne inscrite sous deux codes.",
            "Look for a line that was copied and not changed, or a person filed under two codes.",
        )
    }

    fn look<'a>(&self, _: &'a Codebook, table: &TableFigures<'a>) -> PolarsResult<Vec<Found<'a>>> {
        let n_copied = table.duplicates.n_copied;
        let wording = match table.records.table {
            Table::Main => &PERSONS,
            Table::Repeat(_) => &EPISODES,
        };
        let found = (n_copied > 0).then(|| Found {
            variable: None,
            what: wording.with(Args::new().label("n", &Count::fold(n_copied).label())),
        });
        Ok(found.into_iter().collect())
    }
}
