//! `expression`: a condition holds. For everything that has no kind of its own.

use catalyse_codebook::Problem;
use catalyse_locale::Label;

use crate::{Assertion, Check, CheckKind, Context, Documentation, Parameter};

/// The kind.
pub(super) struct Expression;

impl CheckKind for Expression {
    fn name(&self) -> &'static str {
        "expression"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La condition `assert` n'est pas fausse. Si une réponse manque et que la condition ne peut se dire, la fiche est indécidable, non en faute. Le constat se place à la première variable.",
                "The condition `assert` is not FALSE. If an answer is missing and the condition cannot be told, the record is lacking, not at fault. The finding stands at the first variable.",
            ),
            why: Label::new(
                "Dire ce que les autres genres ne disent pas.",
                "To say what the other kinds do not say.",
            ),
            parameters: vec![Parameter::required(
                "assert",
                "la condition (SQL) qui doit tenir",
                "the condition (SQL) that must hold",
            )],
            example: r#"[[check]]
id = "hours-without-work"
kind = "expression"
form = "situation"
variables = ["hours", "works"]
severity = "soft"
assert = "works OR hours = 0"
message = { fr = "« { $label } » sans travail. Vérifier les deux réponses.", en = "`{ $label }` without work. Check both answers." }
"#,
            source: "SQL:2016, CHECK constraints: a row violates one only if it is FALSE.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let holds = context.condition(context.params.required_text("assert")?)?;
        let variables = context.variables()?;
        let first = variables.first().map(|variable| Assertion::new(variable, holds));
        Ok(Check::PerRecord(first.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(assert: &str) -> StudyText {
        StudyText::new()
            .variable("a yes_no")
            .variable("b yes_no")
            .variable("x integer; missing = [\"refused\"]")
            .check("it", "expression", "a b", &format!("assert = \"{assert}\""))
    }

    #[test]
    fn only_false_violates() {
        // All nine pairs of TRUE, FALSE and NULL, in this order, from row 2.
        let table = "a|b\noui|oui\noui|non\noui|\nnon|oui\nnon|non\nnon|\n|oui\n|non\n|";
        for (assert, found) in [
            ("a AND b", "A3 A5 A6 A7 A9: 1 satisfied, 5 violated, 3 lacking"),
            ("a OR b", "A6: 5 satisfied, 1 violated, 3 lacking"),
            ("NOT a", "A2 A3 A4: 3 satisfied, 3 violated, 3 lacking"),
            ("a = b", "A3 A5: 2 satisfied, 2 violated, 5 lacking"),
            ("a IS NULL", "A2 A3 A4 A5 A6 A7: 3 satisfied, 6 violated, 0 lacking"),
            ("NOT a OR b", "A3: 5 satisfied, 1 violated, 3 lacking"),
            ("COALESCE(a, b)", "A5 A6 A7 A9: 4 satisfied, 4 violated, 1 lacking"),
            ("CASE WHEN a THEN b ELSE TRUE END", "A3: 7 satisfied, 1 violated, 1 lacking"),
        ] {
            assert_eq!(try_it(study(assert), table), found, "{assert}");
        }
    }

    #[test]
    fn a_when_that_is_false_or_unknown_never_violates() {
        let study = || {
            StudyText::new().variable("a yes_no").variable("b yes_no").check(
                "it",
                "expression",
                "b a",
                "when = \"a\"; assert = \"b\"",
            )
        };
        let table = "a|b\noui|oui\noui|non\noui|\nnon|oui\nnon|non\nnon|\n|oui\n|non\n|";
        assert_eq!(try_it(study(), table), "B3: 5 satisfied, 1 violated, 3 lacking");
    }

    #[test]
    fn reasons_are_null_where_a_table_has_none() {
        let assert = "x IS NOT NULL OR COALESCE(x_missing = 'refused', FALSE)";
        let table = "a|b|x\noui|oui|3\noui|oui|?refused\noui|oui|";
        assert_eq!(try_it(study(assert), table), "A4: 2 satisfied, 1 violated, 0 lacking");
        let table = "a|b|x\noui|oui|3\noui|oui|";
        assert_eq!(try_it(study(assert), table), "A3: 1 satisfied, 1 violated, 0 lacking");
    }

    #[test]
    fn a_condition_without_columns_holds_for_all_rows() {
        let table = "a|b\noui|oui\nnon|non";
        assert_eq!(try_it(study("FALSE"), table), "A2 A3: 0 satisfied, 2 violated, 0 lacking");
        assert_eq!(try_it(study("TRUE"), table), ": 2 satisfied, 0 violated, 0 lacking");
    }

    #[test]
    fn a_missing_condition_is_a_problem() {
        let study = StudyText::new().variable("a yes_no").check("it", "expression", "a", "");
        assert_eq!(
            problems(study),
            "small/checks.toml:1: the check `it` (kind expression) lacks the parameter `assert`"
        );
    }

    #[test]
    fn a_division_by_zero_cannot_be_told() {
        let study = |assert: &str| {
            StudyText::new().variable("a integer").variable("c decimal").check(
                "it",
                "expression",
                "a",
                &format!("assert = \"{assert}\""),
            )
        };
        let table = "a | c\n3 | 0\n0 | 0\n-2 | 0,5";
        for (assert, found) in [
            ("a / c < 5", ": 1 satisfied, 0 violated, 2 lacking"),
            ("a / (c - 0.5) > 5", "A2 A3: 0 satisfied, 2 violated, 1 lacking"),
        ] {
            assert_eq!(try_it(study(assert), table), found, "{assert}");
        }
    }

    #[test]
    fn a_date_of_which_only_the_year_is_known_decides_only_what_holds_for_all_of_it() {
        let study =
            |assert: &str| {
                StudyText::new()
                    .variable("birth partial_date")
                    .variable("other partial_date")
                    .check("it", "expression", "birth", &format!("assert = \"{assert}\""))
            };
        let table = "birth | other
                     1990 | 1990
                     02/1992 | 29/02/1992
                     15/06/1990 | 1989
                     01/06/1990 | 01/06/1990
                     | 1990
                     04/1990 | 05/1990";
        for (assert, found) in [
            ("birth >= '1990-06-01'", "A7: 3 satisfied, 1 violated, 2 lacking"),
            ("NOT (birth < '1990-06-01')", "A7: 3 satisfied, 1 violated, 2 lacking"),
            ("birth <= '1992-02-29'", ": 5 satisfied, 0 violated, 1 lacking"),
            ("birth <= '1992-02-28'", ": 4 satisfied, 0 violated, 2 lacking"),
            ("birth <= '1990-12-30'", "A3: 3 satisfied, 1 violated, 2 lacking"),
            ("birth = '1990-06-01'", "A3 A4 A7: 1 satisfied, 3 violated, 2 lacking"),
            ("birth <> other", "A5: 2 satisfied, 1 violated, 3 lacking"),
            ("birth <= other", "A4: 3 satisfied, 1 violated, 2 lacking"),
            (
                "birth BETWEEN '1990-01-01' AND '1990-12-31'",
                "A3: 4 satisfied, 1 violated, 1 lacking",
            ),
        ] {
            assert_eq!(try_it(study(assert), table), found, "{assert}");
        }
    }
}
