//! `required`: a value, or a reason for its absence, must be there.

use catalyse_codebook::{MissingReason, Problem, Variable};
use catalyse_locale::Label;
use catalyse_records::reason_column;
use polars::prelude::*;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Way};

/// The kind.
pub(super) struct Required;

impl CheckKind for Required {
    fn name(&self) -> &'static str {
        "required"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Chaque variable a une valeur, ou un motif d'absence que la variable admet. Une valeur illisible, signalée par ailleurs, n'est pas vide. Les vagues où la variable n'est pas posée (`since`, `until`) ne comptent pas.",
                "Each variable has a value, or a missing reason that the variable allows. A value that cannot be read, which is reported elsewhere, is not empty. Waves in which the variable is not asked (`since`, `until`) do not count.",
            ),
            why: Label::new(
                "Une case vide ne dit pas si la question a été posée.",
                "An empty cell does not tell whether the question was put.",
            ),
            parameters: Vec::new(),
            example: r#"[[check]]
id = "income-known"
kind = "required"
form = "situation"
variables = ["income"]
severity = "soft"
when = "works"
message = { fr = "« { $label } » est vide. Compléter ou choisir un motif.", en = "`{ $label }` is empty. Fill in or choose a reason." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let holds = |variable: &Variable| {
            let is_answered = context.is_empty(variable).not().or(has_reason(variable));
            Assertion::new(variable, is_answered.or(is_not_asked(context, variable)))
        };
        Ok(Check::PerRecord(context.variables()?.into_iter().map(holds).collect()))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("answer-missing", Way::NoAnswer)
    }
}

/// Returns whether one of the reasons that the variable allows is given. FALSE if none is.
fn has_reason(variable: &Variable) -> Expr {
    let reason = col(reason_column(&variable.name));
    variable
        .missing
        .iter()
        .copied()
        .chain([MissingReason::ToCheck])
        .map(|allowed| reason.clone().eq_missing(lit(allowed.name())))
        .reduce(Expr::or)
        .unwrap_or_else(|| lit(false))
}

/// Returns whether the record's wave lies outside those in which the variable is asked.
fn is_not_asked(context: &Context<'_>, variable: &Variable) -> Expr {
    let wave = col(context.codebook.study.wave.as_str());
    let before = variable.since.as_ref().map(|since| wave.clone().lt(lit(since.as_str())));
    let after = variable.until.as_ref().map(|until| wave.clone().gt(lit(until.as_str())));
    before.into_iter().chain(after).reduce(Expr::or).unwrap_or_else(|| lit(false))
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::try_it;

    fn study() -> StudyText {
        StudyText::new()
            .variable("works yes_no")
            .variable("income decimal; missing = [\"refused\"]; since = \"w2\"")
            .check("it", "required", "income", "when = \"works\"")
    }

    #[test]
    fn a_value_or_an_allowed_reason_is_enough() {
        let table = "person_id | wave | works | income
                     p1        | w2   | oui   | 900
                     p2        | w2   | oui   |
                     p3        | w2   | oui   | ?refused
                     p4        | w2   | oui   | ?unknown
                     p5        | w2   | oui   | much";
        assert_eq!(try_it(study(), table), "D3 D5: 3 satisfied, 2 violated, 0 lacking");
    }

    #[test]
    fn a_record_that_is_not_concerned_is_satisfied_and_one_that_cannot_tell_is_lacking() {
        let table = "person_id | wave | works | income
                     p1        | w2   | non   |
                     p2        | w2   |       |
                     p3        | w2   |       | 5
                     p4        | w1   | oui   |";
        assert_eq!(try_it(study(), table), ": 3 satisfied, 0 violated, 1 lacking");
    }

    #[test]
    fn a_column_that_is_absent_is_no_finding_for_each_row() {
        let table = "person_id | wave | works
                     p1        | w2   | oui
                     p2        | w2   | oui";
        assert_eq!(try_it(study(), table), ": 0 satisfied, 0 violated, 2 lacking");
        assert_eq!(try_it(study(), "person_id"), ": 0 satisfied, 0 violated, 0 lacking");
    }

    #[test]
    fn one_record_and_a_column_without_any_value() {
        let table = "person_id | wave | works | income
                     p1        | w2   | oui   |";
        assert_eq!(try_it(study(), table), "D2: 0 satisfied, 1 violated, 0 lacking");
    }

    #[test]
    fn a_question_with_several_answers_is_answered_by_one() {
        let study = StudyText::new()
            .list("means", "foot bus car")
            .variable("means select_multiple means")
            .check("it", "required", "means", "");
        let table = "person_id | means
                     p1        | foot bus
                     p2        |";
        assert_eq!(try_it(study, table), "B3: 1 satisfied, 1 violated, 0 lacking");
    }
}
