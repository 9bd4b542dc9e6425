//! `sum`: parts add up to a total.

use catalyse_codebook::{Problem, Storage, Variable};
use catalyse_locale::{Args, Label};
use polars::prelude::*;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Parameter, Way};

/// The kind.
pub(super) struct Sum;

impl CheckKind for Sum {
    fn name(&self) -> &'static str {
        "sum"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La somme des variables est le total, à la tolérance près. Si une partie ou le total manque, on ne peut le dire.",
                "The variables add up to the total, within the tolerance. If a part or the total is missing, it cannot be told.",
            ),
            why: Label::new(
                "Un total qui ne tombe pas juste signale une faute de frappe dans l'une des parties.",
                "A total that does not add up points to a typing error in one of the parts.",
            ),
            parameters: vec![
                Parameter::required("total", "la variable du total", "the variable of the total"),
                Parameter::optional(
                    "tolerance",
                    "0",
                    "écart admis, dans l'unité des variables, au moins 0",
                    "difference allowed, in the unit of the variables, at least 0",
                ),
            ],
            example: r#"[[check]]
id = "household-adds-up"
kind = "sum"
form = "situation"
variables = ["adults", "children"]
total = "household"
severity = "soft"
message = { fr = "Les parties ne font pas « { $total } ». Vérifier le compte.", en = "The parts do not make `{ $total }`. Check the count." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let total = context.variable(context.params.required_text("total")?)?;
        let tolerance = context.params.number("tolerance")?.unwrap_or(0.0);
        if tolerance < 0.0 {
            let wanted = Label::new("un nombre d'au moins 0", "a number of at least 0");
            return Err(context.params.wrong_type("tolerance", &wanted));
        }
        let parts = context.variables()?;
        let Some(first) = parts.first().copied() else {
            return Err(context.params.missing("total"));
        };
        for variable in parts.iter().copied().chain([total]) {
            if !is_number(variable) {
                return Err(context.wrong_variable(variable, &Label::new("un nombre", "a number")));
            }
        }
        let sum = parts.iter().map(|part| col(part.name.as_str())).reduce(|sum, part| sum + part);
        let difference = sum.unwrap_or_else(|| lit(0)) - col(total.name.as_str());
        let is_whole = parts.iter().copied().chain([total]).all(is_integer);
        // Cents such as 0.1 + 0.2 do not add up to the bit: half a millionth is no difference.
        let allowed = if is_whole { tolerance } else { tolerance + 5e-7 };
        let holds = difference.clone().lt_eq(lit(allowed)).and(difference.gt_eq(lit(-allowed)));
        let args = Args::new().label("total", &total.label);
        Ok(Check::PerRecord(vec![Assertion::new(first, holds).with_args(args)]))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("wrong-sum", Way::OtherAnswer)
    }
}

fn is_integer(variable: &Variable) -> bool {
    variable.value_type.storage() == Storage::Integer
}

fn is_number(variable: &Variable) -> bool {
    matches!(variable.value_type.storage(), Storage::Integer | Storage::Decimal)
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(value_type: &str, keys: &str) -> StudyText {
        StudyText::new()
            .variable(&format!("a {value_type}"))
            .variable(&format!("b {value_type}"))
            .variable(&format!("all {value_type}"))
            .check("it", "sum", "a b", keys)
    }

    #[test]
    fn parts_make_the_total_within_the_tolerance() {
        let table = "a|b|all\n1|2|3\n1|2|4\n1|2|2\n1||1\n1|2|\n1|two|3";
        assert_eq!(
            try_it(study("integer", "total = \"all\""), table),
            "A3 A4: 1 satisfied, 2 violated, 3 lacking"
        );
        assert_eq!(
            try_it(study("integer", "total = \"all\"; tolerance = 1"), table),
            ": 3 satisfied, 0 violated, 3 lacking"
        );
        let table = "a|b|all\n0,1|0,2|0,3\n0,1|0,2|0,31";
        assert_eq!(
            try_it(study("decimal", "total = \"all\""), table),
            "A3: 1 satisfied, 1 violated, 0 lacking"
        );
    }

    #[test]
    fn nothing_and_problems() {
        assert_eq!(
            try_it(study("integer", "total = \"all\""), "a|b|all"),
            ": 0 satisfied, 0 violated, 0 lacking"
        );
        assert_eq!(
            problems(study("integer", "total = \"al_l\"")),
            "small/checks.toml:1: the check `it` speaks of `al_l`, which is no variable of its records. The nearest name: `all`"
        );
        assert_eq!(
            problems(study("text", "total = \"all\"")),
            "small/checks.toml:1: the check `it` (kind sum) speaks of `a`, which should be a number"
        );
        assert_eq!(
            problems(study("integer", "total = \"all\"; tolerance = -1")),
            "small/checks.toml:1: the parameter `tolerance` of the check `it` must be a number of at least 0"
        );
    }
}
