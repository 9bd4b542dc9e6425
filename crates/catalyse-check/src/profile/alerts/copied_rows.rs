//! `copied-rows`: forms whose answers are all those of another one.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::Table;
use polars::prelude::PolarsResult;

use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
const PERSONS: Wording = Wording::new(
    "{ $n -> [one] { $n } fiche a *[other] { $n } fiches ont } exactement les réponses d’une autre personne de la vague",
    "{ $n -> [one] { $n } record has *[other] { $n } records have } exactly the answers of another person of the wave",
);
const EPISODES: Wording = Wording::new(
    "{ $n -> [one] { $n } épisode est écrit *[other] { $n } épisodes sont écrits } deux fois pour la même personne",
    "{ $n -> [one] { $n } episode is *[other] { $n } episodes are } written twice for the same person",
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

#[cfg(test)]
mod tests {
    use catalyse_codebook::{Codebook, FormName, Sensitivity};
    use catalyse_records::Table;
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main, try_tables, with_sensitivity};

    fn study() -> Codebook {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let study = names
            .into_iter()
            .fold(StudyText::new(), |study, name| study.variable(&format!("{name} integer")));
        let study = study.variable("last_name text").form("spells", "repeat");
        with_sensitivity(
            study.variable("start month").open(),
            &[("last_name", Sensitivity::Identifying)],
        )
    }

    fn told(rows: &str) -> String {
        let head = "person_id|wave|last_name|a|b|c|d|e|f|g|h";
        alerts_of(&try_main(&study(), &format!("{head}\n{rows}")), "copied-rows")
    }

    #[test]
    fn equal_answers_of_two_persons_are_told_whoever_they_are() {
        assert_eq!(
            told(
                "p1|w1|One|1|2|3|4|5|6|7|8\np2|w1|Two|1|2|3|4|5|6|7|8\np3|w1|Three|1|2|3|4|5|6|7|9"
            ),
            "Persons by wave: fewer than 5 records have exactly the answers of another person of the wave"
        );
    }

    #[test]
    fn another_wave_the_same_person_and_short_forms_are_no_copies() {
        assert_eq!(told("p1|w1||1|2|3|4|5|6|7|8\np2|w2||1|2|3|4|5|6|7|8"), "");
        assert_eq!(told("p1|w1||1|2|3|4|5|6|7|8\np1|w1||1|2|3|4|5|6|7|8"), "");
        assert_eq!(told("p1|w1||1|2|3|4|5|6|7|\np2|w1||1|2|3|4|5|6|7|"), "");
        assert_eq!(told(""), "");
    }

    #[test]
    fn an_episode_written_twice_is_told() {
        let spells = Table::Repeat(FormName::new("spells").expect("a slug"));
        let rows =
            "person_id|wave|start\np1|w1|03/2024\np1|w1|03/2024\np1|w1|04/2024\np2|w1|03/2024";
        assert_eq!(
            alerts_of(&try_tables(&study(), &[(spells, rows)]), "copied-rows"),
            "spells: fewer than 5 episodes are written twice for the same person"
        );
    }
}
