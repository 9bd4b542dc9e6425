//! `range`: a number or date lies between two bounds. Both bounds belong to the range.

use catalyse_codebook::{Problem, Storage, Variable, VariableName, types};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::bounds;
use polars::prelude::*;

use crate::{Assertion, Breaking, Check, CheckKind, Context, Documentation, Parameter, Way};

const NOTHING_BETWEEN: Wording = Wording::new(
    "le contrôle « { $check } » : `min` dépasse `max`, et toute réponse serait en faute. Les échanger, ou corriger celui qui est faux",
    "the check `{ $check }`: `min` is above `max`, and every answer would be wrong. Swap them, or correct the one that is wrong",
);
const NO_SUCH_DAY: Wording = Wording::new(
    "le contrôle « { $check } » : « { $text } » n'est pas un jour du calendrier. Écrire l'année, le mois et le jour : 2026-02-28",
    "the check `{ $check }`: `{ $text }` is no day of the calendar. Write year, month and day: 2026-02-28",
);

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
            let read = |key, bound: Option<&toml::Value>| {
                bound.map(|bound| Bound::read(context, variable, key, bound)).transpose()
            };
            let (min, max) = (read("min", min)?, read("max", max)?);
            if let (Some(from), Some(to)) =
                (min.as_ref().and_then(|min| min.number), max.as_ref().and_then(|max| max.number))
                && from > to
            {
                return Err(context.problem(&NOTHING_BETWEEN, Args::new()));
            }
            if let Some(min) = min {
                args = min.fill(args, "min");
                holds.push(greatest.gt_eq(min.least));
            }
            if let Some(max) = max {
                args = max.fill(args, "max");
                holds.push(least.lt_eq(max.greatest));
            }
            let holds = holds.into_iter().reduce(Expr::and).unwrap_or_else(|| lit(true));
            Ok(Assertion::new(variable, holds).with_args(args))
        });
        Ok(Check::PerRecord(assertions.collect::<Result<_, Box<Problem>>>()?))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("out-of-range", Way::OtherAnswer)
    }
}

/// Holds the least and the greatest that a bound may mean: they differ where it is a date of which only the month or year is known.
struct Bound {
    least: Expr,
    greatest: Expr,
    /// The number or day that it is; nothing if it depends on the record.
    number: Option<f64>,
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
            toml::Value::Integer(number) => Ok(Self::exact(lit(*number), Written::Whole(*number))),
            toml::Value::Float(number) => Ok(Self::exact(lit(*number), Written::Number(*number))),
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
            return Ok(Self { number: Some(number as f64), ..Self::exact(lit(number), written) });
        }
        if storage == Storage::Date && looks_like_a_day(text) {
            return Err(context.problem(&NO_SUCH_DAY, Args::new().text("text", text)));
        }
        let value = context.value(text)?;
        let named = VariableName::new(text.trim()).ok();
        let named = named.and_then(|name| context.codebook.variable(&name));
        if let Some(date) = named.filter(|other| other.value_type.storage() == Storage::Date) {
            let (least, greatest) = bounds(date);
            return Ok(Self { least, greatest, number: None, written });
        }
        let value = match storage {
            Storage::Date => value.cast(DataType::Date).cast(DataType::Int32),
            Storage::Boolean
            | Storage::Integer
            | Storage::Decimal
            | Storage::Text
            | Storage::Code
            | Storage::Codes => value,
        };
        Ok(Self::exact(value, written))
    }

    fn exact(value: Expr, written: Written) -> Self {
        let number = match written {
            Written::Whole(number) => Some(number as f64),
            Written::Number(number) => Some(number),
            Written::Text(_) => None,
        };
        Self { least: value.clone(), greatest: value, number, written }
    }

    fn fill(&self, args: Args, key: &'static str) -> Args {
        match &self.written {
            Written::Whole(number) => args.count(key, *number),
            Written::Number(number) => args.number(key, *number, decimals(*number)),
            Written::Text(text) => args.text(key, text),
        }
    }
}

/// Says whether a text is written like a day or month: as an expression it would be a subtraction.
fn looks_like_a_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_digits =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(is_digits)
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

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(value_type: &str, keys: &str) -> StudyText {
        StudyText::new()
            .variable("limit decimal")
            .variable(&format!("x {value_type}"))
            .check("it", "range", "x", keys)
    }

    #[test]
    fn both_bounds_belong_to_the_range() {
        let table = "x | limit\n14 |\n15 |\n99 |\n100 |\n |\nold |";
        assert_eq!(
            try_it(study("integer", "min = 15; max = 99"), table),
            "A2 A5: 2 satisfied, 2 violated, 2 lacking"
        );
        let table = "x\n0,49\n0,5\n-3";
        assert_eq!(
            try_it(study("decimal", "min = 0.5"), table),
            "A2 A4: 1 satisfied, 2 violated, 0 lacking"
        );
    }

    #[test]
    fn nothing_one_and_all_missing() {
        let study = || study("integer", "max = 3");
        assert_eq!(try_it(study(), "x"), ": 0 satisfied, 0 violated, 0 lacking");
        assert_eq!(try_it(study(), "x\n4"), "A2: 0 satisfied, 1 violated, 0 lacking");
        assert_eq!(
            try_it(study(), "x | limit\n | 1\n | 2"),
            ": 0 satisfied, 0 violated, 2 lacking"
        );
    }

    #[test]
    fn dates_months_and_expressions_bound_too() {
        let table = "x\n29/02/2024\n01/03/2024\n31/05/2024\n01/06/2024";
        assert_eq!(
            try_it(study("date", "min = \"2024-03-01\"; max = 2024-05-31"), table),
            "A2 A5: 2 satisfied, 2 violated, 0 lacking"
        );
        let table = "x\n02/2024\n03/2024";
        assert_eq!(
            try_it(study("month", "min = \"2024-03\""), table),
            "A2: 1 satisfied, 1 violated, 0 lacking"
        );
        let table = "x | limit\n5 | 4,5\n5 | 5\n5 |";
        assert_eq!(
            try_it(study("integer", "max = \"limit\""), table),
            "A2: 1 satisfied, 1 violated, 1 lacking"
        );
    }

    #[test]
    fn a_year_is_outside_only_if_all_of_it_is() {
        let table = "x\n2023\n2024\n02/2024\n03/2024\n2024-02-29\n2024-03-01";
        assert_eq!(
            try_it(study("partial_date", "min = \"2024-03-01\""), table),
            "A2 A4 A6: 3 satisfied, 3 violated, 0 lacking"
        );
    }

    #[test]
    fn a_bound_of_which_only_the_year_is_known_excludes_only_what_lies_outside_all_of_it() {
        let study = |keys| {
            StudyText::new()
                .variable("limit partial_date")
                .variable("x date")
                .check("it", "range", "x", keys)
        };
        let table = "x | limit
                     15/06/1990 | 1990
                     31/12/1989 | 1990
                     01/01/1991 | 1990
                     31/03/1990 | 03/1990
                     01/04/1990 | 03/1990";
        assert_eq!(
            try_it(study("min = \"limit\""), table),
            "A3: 4 satisfied, 1 violated, 0 lacking"
        );
        assert_eq!(
            try_it(study("max = \"limit\""), table),
            "A4 A6: 3 satisfied, 2 violated, 0 lacking"
        );
    }

    #[test]
    fn what_does_not_fit_is_a_problem() {
        for (value_type, keys, problem) in [
            ("integer", "", "the check `it` (kind range) lacks the parameter `min`"),
            (
                "integer",
                "min = 1; mx = 3",
                "the check `it` (kind range) does not know the parameter `mx`. The nearest name: `max`",
            ),
            (
                "integer",
                "min = true",
                "the parameter `min` of the check `it` must be a number, a date or an expression",
            ),
            (
                "integer",
                "min = 500; max = 50",
                "the check `it`: `min` is above `max`, and every answer would be wrong. Swap them, or correct the one that is wrong",
            ),
            (
                "date",
                "min = \"2026-06-01\"; max = \"2026-05-31\"",
                "the check `it`: `min` is above `max`, and every answer would be wrong. Swap them, or correct the one that is wrong",
            ),
            (
                "date",
                "min = \"2026-02-30\"",
                "the check `it`: `2026-02-30` is no day of the calendar. Write year, month and day: 2026-02-28",
            ),
            ("date", "min = 3", "the parameter `min` of the check `it` must be a date"),
            (
                "text",
                "min = 3",
                "the check `it` (kind range) speaks of `x`, which should be a number or a date",
            ),
        ] {
            assert_eq!(
                problems(study(value_type, keys)),
                format!("small/checks.toml:1: {problem}")
            );
        }
    }
}
