//! `same-person`: a person has two records in one wave.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
const FOUND: Wording = Wording::new(
    "{ $n -> [one] { $n } fiche est *[other] { $n } fiches sont } d’une personne qui en a une autre dans la même vague",
    "{ $n -> [one] { $n } record is *[other] { $n } records are } of a person who has another one in the same wave",
);

/// The kind.
pub(super) struct SamePerson;

impl AlertKind for SamePerson {
    fn name(&self) -> &'static str {
        "same-person"
    }

    fn severity(&self) -> Severity {
        Severity::Hard
    }

    fn title(&self) -> Label {
        Label::new("Personnes comptées deux fois dans une vague", "Persons counted twice in a wave")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Ouvrir les constats avec `catalyse check` et garder une seule fiche par personne et par vague.",
            "Open the findings with `catalyse check` and keep one record a person and wave.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let n_same_person = table.duplicates.n_same_person;
        let found = (n_same_person > 0).then(|| Found {
            variable: codebook.variable(&codebook.study.person),
            what: FOUND.with(Args::new().label("n", &Count::fold(n_same_person).label())),
        });
        Ok(found.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    fn told(rows: &str) -> String {
        let study = StudyText::new().open();
        alerts_of(&try_main(&study, &format!("person_id|wave\n{rows}")), "same-person")
    }

    #[test]
    fn a_person_may_come_once_a_wave() {
        assert_eq!(told("p1|w1\np1|w2\np2|w1"), "");
        assert_eq!(told("|w1\n|w1\np1|\np1|"), "");
        assert_eq!(told(""), "");
        assert_eq!(
            told("p1|w1\np1|w1\np2|w1"),
            "person_id: fewer than 5 records are of a person who has another one in the same wave"
        );
        assert_eq!(
            told("p1|w1\np1|w1\np2|w1\np2|w1\np2|w1"),
            "person_id: 5 records are of a person who has another one in the same wave"
        );
    }
}
