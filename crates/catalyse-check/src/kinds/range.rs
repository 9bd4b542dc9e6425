//! `range`: a number or date lies between two bounds. Both bounds belong to the range.

use catalyse_codebook::{Problem, Storage, Variable, types};
use catalyse_locale::{Args, Label};
use catalyse_records::bounds;
use polars::prelude::*;

use crate::{Assertion, Check, CheckKind, Context, Documentation, Parameter};

/// The kind.
pub(super) struct Range;

impl CheckKind for Range {
    fn name(&self) -> &'static str {
        "range"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La valeur n'est ni inférieure à `min` ni supérieure à `max`. Les deux bornes appartiennent à l'intervalle. Une date dont on ne connaît que l'année n'est en dehors que si toute l'année l'est.",
                "The value is neither below `min` nor above `max`. Both bounds belong to the range. A date of which only the year is known is outside only if the whole year is.",
            ),
            why: Label::new(
                "Les fautes de frappe donnent des valeurs impossibles.",
                "Typing errors give impossible values.",
            ),
            parameters: vec![
                Parameter::optional(
                    "min",
                    "aucune",
                    "borne inférieure : un nombre, une date ISO, un mois `2024-03`, ou une expression SQL",
                    "lower bound: a number, an ISO date, a month `2024-03`, or an SQL expression",
                ),
                Parameter::optional(
                    "max",
                    "aucune",
                    "borne supérieure, écrite de même",
                    "upper bound, written likewise",
                ),
            ],
            example: r#"[[check]]
id = "age-possible"
kind = "range"
form = "situation"
variables = ["age"]
severity = "hard"
min = 15
max = 99
message = { fr = "« { $label } » doit aller de { $min } à { $max }. Vérifier.", en = "`{ $label }` must be from { $min } to { $max }. Check." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let (min, max) = (context.params.get("min"), context.params.get("max"));
        if min.is_none() && max.is_none() {
            return Err(context.params.missing("min"));
        }
        let assertions = context.variables()?.into_iter().map(|variable| {
            let (least, greatest) = bounds(variable);
            let mut args = Args::new();
            let mut holds = Vec::new();
            if let Some(min) = min {
                let bound = Bound::read(context, variable, "min", min)?;
                args = bound.fill(args, "min");
                holds.push(greatest.gt_eq(bound.value));
            }
            if let Some(max) = max {
                let bound = Bound::read(context, variable, "max", max)?;
                args = bound.fill(args, "max");
                holds.push(least.lt_eq(bound.value));
            }
            let holds = holds.into_iter().reduce(Expr::and).unwrap_or_else(|| lit(true));
            Ok(Assertion::new(variable, holds).with_args(args))
        });
        Ok(Check::PerRecord(assertions.collect::<Result<_, Box<Problem>>>()?))
    }
}

struct Bound {
    value: Expr,
    written: Written,
}

enum Written {
    Whole(i64),
    Number(f64),
    Text(String),
}

impl Bound {
    fn read(
        context: &Context<'_>,
        variable: &Variable,
        key: &'static str,
        written: &toml::Value,
    ) -> Result<Self, Box<Problem>> {
        let storage = variable.value_type.storage();
        let wrong = |fr: &str, en: &str| context.params.wrong_type(key, &Label::new(fr, en));
        match storage {
            Storage::Integer | Storage::Decimal => {}
            Storage::Date => {
                if !matches!(written, toml::Value::String(_) | toml::Value::Datetime(_)) {
                    return Err(wrong("une date", "a date"));
                }
            }
            Storage::Boolean | Storage::Text | Storage::Code | Storage::Codes => {
                let wanted = Label::new("un nombre ou une date", "a number or a date");
                return Err(context.wrong_variable(variable, &wanted));
            }
        }
        match written {
            toml::Value::Integer(number) => {
                Ok(Self { value: lit(*number), written: Written::Whole(*number) })
            }
            toml::Value::Float(number) => {
                Ok(Self { value: lit(*number), written: Written::Number(*number) })
            }
            toml::Value::Datetime(day) => Self::of_text(context, storage, &day.to_string()),
            toml::Value::String(text) => Self::of_text(context, storage, text),
            toml::Value::Boolean(_) | toml::Value::Array(_) | toml::Value::Table(_) => Err(wrong(
                "un nombre, une date ou une expression",
                "a number, a date or an expression",
            )),
        }
    }

    fn of_text(context: &Context<'_>, storage: Storage, text: &str) -> Result<Self, Box<Problem>> {
        let written = Written::Text(text.to_owned());
        if let Some(number) = number_of_day_or_month(text, storage) {
            return Ok(Self { value: lit(number), written });
        }
        let value = context.value(text)?;
        let value = match storage {
            Storage::Date => value.cast(DataType::Date).cast(DataType::Int32),
            Storage::Boolean
            | Storage::Integer
            | Storage::Decimal
            | Storage::Text
            | Storage::Code
            | Storage::Codes => value,
        };
        Ok(Self { value, written })
    }

    fn fill(&self, args: Args, key: &'static str) -> Args {
        match &self.written {
            Written::Whole(number) => args.count(key, *number),
            Written::Number(number) => args.number(key, *number, decimals(*number)),
            Written::Text(text) => args.text(key, text),
        }
    }
}

/// Returns how many decimals a bound was written with, up to six.
fn decimals(number: f64) -> usize {
    let text = format!("{number}");
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(6))
}

/// Reads `2024-03-02` for a date, `2024-03` for a month.
fn number_of_day_or_month(text: &str, storage: Storage) -> Option<i64> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().ok());
    match (parts.next()??, parts.next()??, parts.next(), storage) {
        (year, month, None, Storage::Integer) if (1..=12).contains(&month) => {
            Some(i64::from(year) * 12 + i64::from(month) - 1)
        }
        (year, month, Some(day), Storage::Date) => {
            types::day_number(year, u8::try_from(month).ok()?, u8::try_from(day?).ok()?)
                .map(i64::from)
        }
        _ => None,
    }
}
