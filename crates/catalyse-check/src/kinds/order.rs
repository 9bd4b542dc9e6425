//! `order`: dates, months or numbers follow each other.

use catalyse_codebook::{Problem, Storage, Variable};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::bounds;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Parameter, Way};

const TOO_FEW: Wording = Wording::new(
    "le contrôle « { $check } » (genre { $kind }) doit nommer au moins deux variables",
    "the check `{ $check }` (kind { $kind }) must name at least two variables",
);

/// The kind.
pub(super) struct Order;

impl CheckKind for Order {
    fn name(&self) -> &'static str {
        "order"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Chaque variable n'est pas après la suivante. Avec `strict`, elle est avant. Une date dont on ne connaît que l'année peut être n'importe quel jour de l'année. Le constat se place à la première des deux.",
                "No variable is later than the next one. With `strict`, it is earlier. A date of which only the year is known may be any day of that year. The finding stands at the first of the two.",
            ),
            why: Label::new(
                "Des dates échangées faussent toute durée.",
                "Exchanged dates spoil every duration.",
            ),
            parameters: vec![Parameter::optional(
                "strict",
                "false",
                "`true` : deux valeurs égales ne vont pas",
                "`true`: two equal values will not do",
            )],
            example: r#"[[check]]
id = "entry-before-exit"
kind = "order"
form = "situation"
variables = ["entry_date", "exit_date"]
severity = "hard"
message = { fr = "« { $label } » est après « { $next } ». Vérifier les deux dates.", en = "`{ $label }` is after `{ $next }`. Check both dates." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let is_strict = context.params.flag("strict")?;
        let variables = context.variables()?;
        let kind = |variable: &Variable| variable.value_type.storage() == Storage::Date;
        for variable in &variables {
            let is_like_the_first = variables.first().is_some_and(|f| kind(f) == kind(variable));
            if !is_like_the_first || !is_ordered(variable) {
                let wanted = Label::new(
                    "une date, un mois ou un nombre, comme les autres",
                    "a date, a month or a number, like the others",
                );
                return Err(context.wrong_variable(variable, &wanted));
            }
        }
        if variables.len() < 2 {
            return Err(context.problem(&TOO_FEW, Args::new()));
        }
        let assertions = variables.windows(2).filter_map(|pair| {
            let [left, right] = pair else { return None };
            let (earliest, latest) = (bounds(left).0, bounds(right).1);
            let holds = if is_strict { earliest.lt(latest) } else { earliest.lt_eq(latest) };
            let args = Args::new().label("next", &right.label);
            Some(Assertion::new(left, holds).with_args(args))
        });
        Ok(Check::PerRecord(assertions.collect()))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("wrong-order", Way::OtherAnswer)
    }
}

fn is_ordered(variable: &Variable) -> bool {
    match variable.value_type.storage() {
        Storage::Integer | Storage::Decimal | Storage::Date => true,
        Storage::Boolean | Storage::Text | Storage::Code | Storage::Codes => false,
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(value_type: &str, keys: &str) -> StudyText {
        StudyText::new()
            .variable(&format!("a {value_type}"))
            .variable(&format!("b {value_type}"))
            .variable(&format!("c {value_type}"))
            .check("it", "order", "a b c", keys)
    }

    #[test]
    fn the_finding_stands_at_the_first_of_the_pair() {
        let table = "a | b | c
                     01/02/2024 | 01/02/2024 | 02/02/2024
                     02/02/2024 | 01/02/2024 | 01/02/2024
                     01/02/2024 | 03/02/2024 | 02/02/2024
                     02/02/2024 |            | 01/02/2024
                     02/02/2024 | 01/02/2024 |
                     31/02/2024 | 01/02/2024 | 01/02/2024";
        assert_eq!(
            try_it(study("date", ""), table),
            "A3 B4 A6: 1 satisfied, 3 violated, 2 lacking"
        );
        assert_eq!(
            try_it(study("date", "strict = true"), table),
            "A2 A3 B3 B4 A6 B7: 0 satisfied, 5 violated, 1 lacking"
        );
    }

    #[test]
    fn a_date_of_which_only_the_year_is_known_may_be_any_day_of_it() {
        let table = "a | b | c
                     15/03/2024 | 2024 | 01/01/2024
                     15/03/2024 | 03/2024 | 2024
                     15/03/2024 | 02/2024 | 2024
                     2024 | 01/01/2024 | 2025
                     31/12/2024 | 2024 | 2024
                     29/02/2024 | 02/2024 | 02/2024
                     30/04/2024 | 04/2024 | 04/2024
                     01/05/2024 | 04/2024 | 04/2024";
        assert_eq!(
            try_it(study("partial_date", ""), table),
            "A4 A9: 6 satisfied, 2 violated, 0 lacking"
        );
    }

    #[test]
    fn numbers_nothing_and_problems() {
        assert_eq!(try_it(study("integer", ""), "a|b|c"), ": 0 satisfied, 0 violated, 0 lacking");
        assert_eq!(
            try_it(study("integer", ""), "a|b|c\n1|1|0"),
            "B2: 0 satisfied, 1 violated, 0 lacking"
        );
        assert_eq!(
            try_it(study("integer", ""), "a|b|c\n||\n||"),
            ": 0 satisfied, 0 violated, 2 lacking"
        );
        assert_eq!(
            problems(study("text", "")),
            "small/checks.toml:1: the check `it` (kind order) speaks of `a`, which should be a date, a month or a number, like the others"
        );
        let alone = StudyText::new().variable("a date").check("it", "order", "a", "");
        assert_eq!(
            problems(alone),
            "small/checks.toml:1: the check `it` (kind order) must name at least two variables"
        );
    }
}
