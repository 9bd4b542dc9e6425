//! `unused-categories`: categories of a short list that nobody has.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Language, Wording};
use polars::prelude::PolarsResult;

use super::asked;
use crate::profile::alert::{AlertKind, Found};
use crate::profile::figures::TableFigures;
use crate::profile::values::Values;
/// Among fewer answers a category may be absent by chance.
const FEWEST_ANSWERS: u64 = 100;
/// A list of occupations or communes is never used up.
const LONGEST_LIST: usize = 20;
const FOUND: Wording = Wording::new(
    "{ $n -> [one] { $n } modalité *[other] { $n } modalités } sur { $of } : { $labels }",
    "{ $n -> [one] { $n } category *[other] { $n } categories } of { $of }: { $labels }",
);
const FOUND_ONE: Wording =
    Wording::new("une modalité sur { $of } : { $labels }", "one category of { $of }: { $labels }");

/// The kind.
pub(super) struct UnusedCategories;

impl AlertKind for UnusedCategories {
    fn name(&self) -> &'static str {
        "unused-categories"
    }

    fn severity(&self) -> Severity {
        Severity::Info
    }

    fn title(&self) -> Label {
        Label::new("Modalités jamais utilisées", "Categories never used")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Vérifier que les encodeurs connaissent ces modalités ; si elles ne servent à personne, la liste peut être plus courte.",
            "Verify that the encoders know these categories; if nobody needs them, the list may be shorter.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let (Values::Categories(counts) | Values::Answers(counts)) = &one.values else {
                return None;
            };
            let list = codebook.list_of(one.variable)?;
            if one.n_valid < FEWEST_ANSWERS || list.categories.len() > LONGEST_LIST {
                return None;
            }
            let categories = list.categories.iter().zip(counts);
            let unused: Vec<&Label> = categories
                .filter(|(_, count)| **count == 0)
                .map(|(category, _)| &category.label)
                .collect();
            let labels = [Language::Fr, Language::En].map(|language| {
                unused.iter().map(|label| label.get(language)).collect::<Vec<_>>().join(", ")
            });
            let [fr, en] = labels;
            let wording = if unused.len() == 1 { &FOUND_ONE } else { &FOUND };
            let args = Args::new()
                .count("n", unused.len() as u64)
                .count("of", list.categories.len() as u64)
                .label("labels", &Label::new(fr, en));
            (!unused.is_empty())
                .then(|| Found { variable: Some(one.variable), what: wording.with(args) })
        });
        Ok(found.collect())
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    fn told(kind: &str, list: &str, n_rows: usize) -> String {
        let study = StudyText::new().list("ways", list).variable(&format!("x {kind} ways")).open();
        let rows = "foot\n".repeat(n_rows);
        alerts_of(&try_main(&study, &format!("x\n{rows}")), "unused-categories")
    }

    #[test]
    fn what_nobody_chose_of_a_short_list_is_named() {
        assert_eq!(told("select_one", "foot bus train", 100), "x: 2 categories of 3: bus, train");
        assert_eq!(told("select_multiple", "foot bus", 100), "x: one category of 2: bus");
        assert_eq!(told("select_one", "foot", 100), "");
    }

    #[test]
    fn few_answers_and_long_lists_say_nothing() {
        assert_eq!(told("select_one", "foot bus", 99), "");
        let long: Vec<String> = (0..20).map(|code| format!("c{code}")).collect();
        assert_eq!(told("select_one", &format!("foot {}", long.join(" ")), 100), "");
        assert_eq!(told("select_one", "foot bus", 0), "");
    }
}
