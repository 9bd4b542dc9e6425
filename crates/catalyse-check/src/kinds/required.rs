//! `required`: a value, or a reason for its absence, must be there.

use catalyse_codebook::{MissingReason, Problem, Variable};
use catalyse_locale::Label;
use catalyse_records::reason_column;
use polars::prelude::*;

use crate::{Assertion, Check, CheckKind, Context, Documentation};

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
