//! `one-of`: a value is one of a few. For a code list narrower than the variable's own.

use catalyse_codebook::{Problem, Storage, Variable};
use catalyse_locale::{Args, Label};
use polars::prelude::*;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Parameter, Way};

/// The kind.
pub(super) struct OneOf;

impl CheckKind for OneOf {
    fn name(&self) -> &'static str {
        "one-of"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La valeur est l'un des codes donnés. Pour une question à plusieurs réponses, aucune autre modalité n'est cochée.",
                "The value is one of the given codes. For a question with several answers, no other category is ticked.",
            ),
            why: Label::new(
                "Restreindre une liste commune pour certaines fiches seulement.",
                "To narrow a shared list for some records only.",
            ),
            parameters: vec![Parameter::required(
                "codes",
                "les codes admis, au moins un",
                "the codes allowed, at least one",
            )],
            example: r#"[[check]]
id = "car-needs-licence"
kind = "one-of"
form = "situation"
variables = ["licence"]
severity = "soft"
when = "works"
codes = ["full", "provisional"]
message = { fr = "« { $label } » : { $codes } attendu. Vérifier.", en = "`{ $label }`: { $codes } expected. Check." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let codes = context.params.texts("codes")?;
        if codes.is_empty() {
            return Err(context.params.missing("codes"));
        }
        for variable in context.variables()? {
            context.codes("codes", Some(variable))?;
        }
        let args = Args::new().text("codes", codes.join(", "));
        let assertions = context.variables()?.into_iter().map(|variable| {
            Ok(Assertion::new(variable, holds(context, variable, &codes)?).with_args(args.clone()))
        });
        Ok(Check::PerRecord(assertions.collect::<Result<_, Box<Problem>>>()?))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("code-not-expected", Way::OtherAnswer)
    }
}

fn holds(context: &Context<'_>, variable: &Variable, codes: &[&str]) -> Result<Expr, Box<Problem>> {
    let name = variable.name.as_str();
    let list = context.codebook.list_of(variable);
    match variable.value_type.storage() {
        Storage::Code | Storage::Text => Ok(any(codes.iter().map(|code| col(name).eq(lit(*code))))),
        Storage::Codes => {
            let others = list.into_iter().flat_map(|list| &list.categories);
            let others = others.filter(|category| !codes.contains(&category.code.as_str()));
            Ok(any(others.map(|other| col(format!("{name}__{}", other.code)))).not())
        }
        Storage::Boolean | Storage::Integer | Storage::Decimal | Storage::Date => Err(context
            .wrong_variable(variable, &Label::new("un code ou un texte", "a code or a text"))),
    }
}

fn any(expressions: impl Iterator<Item = Expr>) -> Expr {
    expressions.reduce(Expr::or).unwrap_or_else(|| lit(false))
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(keys: &str) -> StudyText {
        StudyText::new()
            .list("licences", "none provisional full")
            .variable("licence select_one licences")
            .variable("held select_multiple licences")
            .check("it", "one-of", "licence", keys)
    }

    #[test]
    fn other_codes_of_the_list_violate_it() {
        let table = "licence
                     full
                     none
                     provisional

                     lorry";
        let codes = "codes = [\"full\", \"provisional\"]";
        assert_eq!(try_it(study(codes), table), "A3: 2 satisfied, 1 violated, 2 lacking");
        assert_eq!(try_it(study(codes), "licence\nnone"), "A2: 0 satisfied, 1 violated, 0 lacking");
        assert_eq!(try_it(study(codes), "licence"), ": 0 satisfied, 0 violated, 0 lacking");
    }

    #[test]
    fn of_several_answers_none_may_be_another() {
        let study = StudyText::new()
            .list("licences", "none provisional full")
            .variable("held select_multiple licences")
            .check("it", "one-of", "held", "codes = [\"full\", \"provisional\"]");
        let table = "held\nfull provisional\nfull none\n";
        assert_eq!(try_it(study, table), "A3: 1 satisfied, 1 violated, 0 lacking");
    }

    #[test]
    fn a_misspelt_code_is_a_problem_with_its_line() {
        assert_eq!(
            problems(study("codes = [\"ful\"]")),
            "small/checks.toml:1: the check `it`: the code `ful` is not in the list of `licence`. The nearest name: `full`"
        );
        assert_eq!(
            problems(study("")),
            "small/checks.toml:1: the check `it` (kind one-of) lacks the parameter `codes`"
        );
    }
}
