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
const FOUND: Wording = Wording::new(
    "aucune réponse sur { $n -> [one] { $n } fiche *[other] { $n } fiches }",
    "no answer in { $n -> [one] { $n } record *[other] { $n } records }",
);

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

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    #[test]
    fn a_question_that_nobody_answers_is_told_unless_it_applies_to_few() {
        let study = StudyText::new()
            .variable("works yes_no")
            .variable("x integer")
            .variable("hours integer; relevant = \"works\"")
            .variable("double integer; calculation = \"x * 2\"")
            .open();
        let rows = "north|non|\n".repeat(8) + &"north|oui|\n".repeat(4);
        let profile = try_main(&study, &format!("partner|works|x\n{rows}"));
        // Four are asked for hours: too few to tell. What is worked out is not asked.
        assert_eq!(
            alerts_of(&profile, "all-missing"),
            "interview_date: no answer in 12 records\nx: no answer in 12 records"
        );
    }

    #[test]
    fn one_answer_is_enough() {
        let study = StudyText::new().variable("x integer").open();
        let profile = try_main(&study, &format!("partner|x\nnorth|1\n{}", "north|\n".repeat(9)));
        assert!(!alerts_of(&profile, "all-missing").contains("x:"));
        assert_eq!(alerts_of(&try_main(&study, "partner|x"), "all-missing"), "");
    }
}
