//! `order`: dates, months or numbers follow each other.

use catalyse_codebook::{Problem, Storage, Variable};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::bounds;

use crate::{Assertion, Check, CheckKind, Context, Documentation, Parameter};

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
}

fn is_ordered(variable: &Variable) -> bool {
    match variable.value_type.storage() {
        Storage::Integer | Storage::Decimal | Storage::Date => true,
        Storage::Boolean | Storage::Text | Storage::Code | Storage::Codes => false,
    }
}
