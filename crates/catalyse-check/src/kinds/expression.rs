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
