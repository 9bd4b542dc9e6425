//! `skip`: a question that does not apply has no answer.

use catalyse_codebook::Problem;
use catalyse_locale::Label;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Parameter, Way};

/// The kind.
pub(super) struct Skip;

impl CheckKind for Skip {
    fn name(&self) -> &'static str {
        "skip"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Là où la condition `unless` est fausse, les variables sont vides. Là où elle ne peut se dire, une réponse ne peut se juger.",
                "Where the condition `unless` is FALSE, the variables are empty. Where it cannot be told, an answer cannot be judged.",
            ),
            why: Label::new(
                "Une réponse à une question sautée signale une erreur dans celle qui commande le renvoi, ou dans la réponse.",
                "An answer to a skipped question points to an error in the one that decides the skip, or in the answer.",
            ),
            parameters: vec![Parameter::required(
                "unless",
                "la condition (SQL) sous laquelle les questions se posent",
                "the condition (SQL) under which the questions are put",
            )],
            example: r#"[[check]]
id = "no-hours-without-work"
kind = "skip"
form = "situation"
variables = ["hours", "income"]
severity = "soft"
unless = "works"
message = { fr = "« { $label } » ne se pose pas sans travail. Effacer, ou corriger.", en = "`{ $label }` does not apply without work. Clear it, or correct." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let unless = context.condition(context.params.required_text("unless")?)?;
        let assertion =
            |variable| Assertion::new(variable, context.is_empty(variable).or(unless.clone()));
        Ok(Check::PerRecord(context.variables()?.into_iter().map(assertion).collect()))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("skip-violated", Way::UnwantedAnswer)
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::try_it;

    fn study() -> StudyText {
        StudyText::new()
            .list("means", "foot bus")
            .variable("works yes_no")
            .variable("hours integer")
            .variable("way select_multiple means")
            .check("it", "skip", "hours way", "unless = \"works\"")
    }

    #[test]
    fn each_answer_of_a_skipped_question_is_reported_at_its_cell() {
        let table = "works | hours | way
                     oui   | 38    | bus
                     non   | 38    |
                     non   |       | bus
                     non   | 0     | foot
                     non   |       |
                           |       |
                           | 38    |
                     non   | many  | ";
        assert_eq!(try_it(study(), table), "B3 C4 B5 C5: 4 satisfied, 3 violated, 1 lacking");
    }

    #[test]
    fn where_the_deciding_question_does_not_apply_an_answer_cannot_be_judged() {
        // As SQL has it: a condition on an empty answer is neither true nor false, and only FALSE skips.
        let study = StudyText::new()
            .variable("adult yes_no")
            .variable("works yes_no; relevant = \"adult\"")
            .variable("hours integer")
            .check("it", "skip", "hours", "unless = \"works\"");
        let table = "adult | works | hours
                     non   |       | 38
                     non   |       |
                     oui   | non   | 38
                     oui   | oui   | 38";
        assert_eq!(try_it(study, table), "C4: 2 satisfied, 1 violated, 1 lacking");
    }

    #[test]
    fn nothing_and_one() {
        assert_eq!(try_it(study(), "works | hours | way"), ": 0 satisfied, 0 violated, 0 lacking");
        let one = "works | hours | way\nnon | 1 | ";
        assert_eq!(try_it(study(), one), "B2: 0 satisfied, 1 violated, 0 lacking");
    }
}
