//! Between which numbers the values of a variable lie: what the study declares, and what follows of it for calculated variables.
//!
//! Only what a hard check asserts of every record is a declaration (`constraint` among them): a record that breaks it counts in no table.
//! A mean cannot lie where no value can, which is what tables ask this for.

use crate::{
    CheckSpec, Codebook, Comparison, Condition, DatePart, Function, Operator, Row, Severity, Term,
    Variable, VariableName,
};

/// Holds the least and the greatest value that a variable can have, ends included; infinite where nothing is declared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Bounds {
    /// Of a variable of which nothing is declared.
    pub const NONE: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// Returns the nearest value within the bounds.
    #[must_use]
    pub const fn nearest(self, value: f64) -> f64 {
        value.max(self.low).min(self.high)
    }

    const fn at(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Returns what lies within both.
    const fn within(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// Returns what lies within one of some.
    fn around(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().reduce(|one, other| Self {
            low: one.low.min(other.low),
            high: one.high.max(other.high),
        })
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    fn times(self, other: Self) -> Self {
        // Nothing times without end is nothing: an end that is infinite is never reached.
        let product = |one: f64, other: f64| {
            if one == 0.0 || other == 0.0 { 0.0 } else { one * other }
        };
        let ends = [
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ];
        Self::around(ends.map(Self::at)).unwrap_or(Self::NONE)
    }

    /// Returns the quotient; whole numbers may be parted without their rest. Nothing is known where the divisor has either sign.
    fn over(self, divisor: Self) -> Self {
        let one_over = |end: f64, at_zero: f64| if end == 0.0 { at_zero } else { 1.0 / end };
        let inverse = if divisor.low >= 0.0 {
            Self { low: 1.0 / divisor.high, high: one_over(divisor.low, f64::INFINITY) }
        } else if divisor.high <= 0.0 {
            Self { low: one_over(divisor.high, f64::NEG_INFINITY), high: 1.0 / divisor.low }
        } else {
            return Self::NONE;
        };
        let Self { low, high } = self.times(inverse);
        Self { low: low.min(low.trunc()), high: high.max(high.trunc()) }
    }
}

impl Codebook {
    /// Returns between which numbers the accepted values of a variable lie.
    ///
    /// # Missing
    /// [`Bounds::NONE`] for what is not declared, and for what is no number.
    ///
    /// # Example
    /// `children BETWEEN 0 AND 15` as a constraint gives 0 and 15; `100.0 * cost / income` of a cost from 0 on gives 0 and no upper end.
    pub fn bounds(&self, variable: &Variable) -> Bounds {
        let declared = Declared { codebook: self, facts: facts(self) };
        declared.of_column(variable.name.as_str(), &[])
    }
}

/// Holds a comparison that holds for every accepted record.
type Fact = (Comparison, Term, Term);

/// Lists what hard checks assert of every record, comparison by comparison.
fn facts(codebook: &Codebook) -> Vec<Fact> {
    let always = codebook
        .checks
        .iter()
        .filter(|check| check.severity == Severity::Hard && check.when.is_none());
    let mut facts = Vec::new();
    for check in always {
        let assert = check.params.get("assert").and_then(toml::Value::as_str);
        let row = Row::of_form(codebook, &check.form);
        let asserted = assert.map(str::to_owned).into_iter().chain(limits(check));
        let conditions = asserted.filter_map(|text| Condition::parse(&text, &row).ok());
        facts.extend(conditions.flat_map(|condition| comparisons(&condition.term)));
    }
    facts
}

/// Writes the numbers between which a check holds its variables (`min`, `max`) as conditions. Limits of dates bound no mean.
fn limits(check: &CheckSpec) -> impl Iterator<Item = String> {
    let number = |key: &str| match check.params.get(key)? {
        toml::Value::Integer(limit) => Some(limit.to_string()),
        toml::Value::Float(limit) => Some(limit.to_string()),
        _ => None,
    };
    let limits = [(">=", number("min")), ("<=", number("max"))];
    let limits = limits.into_iter().filter_map(|(sign, limit)| Some((sign, limit?)));
    limits.flat_map(|(sign, limit)| {
        check.variables.iter().map(move |variable| format!("{variable} {sign} {limit}"))
    })
}

/// Lists the comparisons that are all true where a term is.
fn comparisons(term: &Term) -> Vec<Fact> {
    match term {
        Term::Compare(comparison, left, right) => {
            vec![(*comparison, left.as_ref().clone(), right.as_ref().clone())]
        }
        Term::And(terms) => terms.iter().flat_map(comparisons).collect(),
        _ => Vec::new(),
    }
}

/// Holds what is declared of the values of a study.
struct Declared<'c> {
    codebook: &'c Codebook,
    facts: Vec<Fact>,
}

impl Declared<'_> {
    /// Returns the bounds of a column, where besides what is declared something else holds.
    fn of_column(&self, name: &str, besides: &[Fact]) -> Bounds {
        let told = self.facts.iter().chain(besides).filter_map(|fact| bound_of(name, fact));
        let told = told.fold(Bounds::NONE, Bounds::within);
        let variable = VariableName::new(name).ok();
        let variable = variable.and_then(|name| self.codebook.variable(&name));
        let calculated = variable.and_then(|variable| {
            let form = self.codebook.form_of(&variable.name)?;
            let row = Row::of_form(self.codebook, &form.name);
            let list = self.codebook.list_of(variable);
            Condition::parse_any(variable.calculation.as_deref()?, &row, list).ok()
        });
        let follows = calculated.map(|condition| self.of_term(&condition.term, &[]));
        told.within(follows.unwrap_or(Bounds::NONE))
    }

    fn of_term(&self, term: &Term, besides: &[Fact]) -> Bounds {
        let of = |term: &Term| self.of_term(term, besides);
        match term {
            Term::Number(text) => text.parse().map_or(Bounds::NONE, Bounds::at),
            Term::Column(name) => self.of_column(name, besides),
            Term::Arithmetic(operator, left, right) => {
                let (one, other) = (of(left), of(right));
                match operator {
                    Operator::Plus => one.plus(other),
                    Operator::Minus => one.minus(other).within(self.of_difference(left, right)),
                    Operator::Times => one.times(other),
                    Operator::Over => one.over(other),
                }
            }
            Term::Negative(term) => Bounds::at(0.0).minus(of(term)),
            Term::Case(branches, last) => self.of_case(branches, last.as_deref(), besides),
            Term::Call(Function::Abs, terms) => {
                let Some(Bounds { low, high }) = terms.first().map(of) else {
                    return Bounds::NONE;
                };
                Bounds { low: low.max(-high).max(0.0), high: high.max(-low) }
            }
            // One of them, whichever it is.
            Term::Call(Function::Coalesce | Function::Least | Function::Greatest, terms) => {
                Bounds::around(terms.iter().map(of)).unwrap_or(Bounds::NONE)
            }
            Term::Extract(DatePart::Month, _) => Bounds { low: 1.0, high: 12.0 },
            Term::Extract(DatePart::Day, _) => Bounds { low: 1.0, high: 31.0 },
            Term::AsInteger(term) => {
                let Bounds { low, high } = of(term);
                Bounds { low: low.floor(), high: high.ceil() }
            }
            Term::AsDecimal(term) => of(term),
            _ => Bounds::NONE,
        }
    }

    /// Returns the bounds of the values of all branches, each where its condition holds; an empty one gives no value.
    fn of_case(&self, branches: &[(Term, Term)], last: Option<&Term>, besides: &[Fact]) -> Bounds {
        let branches = branches.iter().map(|(condition, value)| {
            let besides = [besides, &comparisons(condition)].concat();
            (value, besides)
        });
        let last = last.map(|value| (value, besides.to_vec()));
        let values = branches.chain(last).filter(|(value, _)| **value != Term::Null);
        let bounds = values.map(|(value, besides)| self.of_term(value, &besides));
        Bounds::around(bounds).unwrap_or(Bounds::NONE)
    }

    /// Returns what is declared of a difference: where the one is never less than the other, it is never below 0.
    fn of_difference(&self, left: &Term, right: &Term) -> Bounds {
        let mut bounds = Bounds::NONE;
        for (comparison, one, other) in &self.facts {
            let comparison = match (one == left && other == right, one == right && other == left) {
                (true, _) => *comparison,
                (false, true) => comparison.flipped(),
                (false, false) => continue,
            };
            bounds = bounds.within(side_of(comparison, 0.0));
        }
        bounds
    }
}

/// Returns what a comparison with a number says of a column.
fn bound_of(column: &str, (comparison, left, right): &Fact) -> Option<Bounds> {
    let number = |term: &Term| match term {
        Term::Number(text) => text.parse::<f64>().ok(),
        Term::Negative(term) => match term.as_ref() {
            Term::Number(text) => text.parse::<f64>().ok().map(|number| -number),
            _ => None,
        },
        _ => None,
    };
    let is_it = |term: &Term| matches!(term, Term::Column(name) if name == column);
    if is_it(left) {
        return number(right).map(|number| side_of(*comparison, number));
    }
    is_it(right).then(|| number(left).map(|number| side_of(comparison.flipped(), number)))?
}

/// Returns the side of a number that a comparison leaves; the number itself is counted in, because a mean may come as near as it likes.
const fn side_of(comparison: Comparison, number: f64) -> Bounds {
    match comparison {
        Comparison::Equal => Bounds::at(number),
        Comparison::Less | Comparison::LessOrEqual => Bounds { high: number, ..Bounds::NONE },
        Comparison::Greater | Comparison::GreaterOrEqual => Bounds { low: number, ..Bounds::NONE },
        Comparison::NotEqual => Bounds::NONE,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Bounds, Codebook, SchemaFiles, VariableName};

    fn bounds(variable: &str) -> Bounds {
        let opened = Codebook::open(&SchemaFiles::bundled(), "integra").expect("it opens");
        let name = VariableName::new(variable).expect("a name");
        let variable = opened.codebook.variable(&name).expect("a variable");
        opened.codebook.bounds(variable)
    }

    #[test]
    fn a_constraint_declares_both_ends() {
        assert_eq!(bounds("stop_minutes"), Bounds { low: 0.0, high: 240.0 });
    }

    #[test]
    fn what_is_worked_out_keeps_to_what_it_is_worked_out_of() {
        // A share of an income that may be as small as one likes has no upper end.
        assert_eq!(bounds("housing_cost_share"), Bounds { low: 0.0, high: f64::INFINITY });
        assert_eq!(bounds("deprivation_count"), Bounds { low: 0.0, high: 13.0 });
    }

    #[test]
    fn a_difference_of_what_is_declared_in_order_is_not_below_zero() {
        assert!(bounds("months_unemployed").low.abs() < f64::EPSILON);
    }

    #[test]
    fn a_hard_check_of_limits_declares_both_ends_and_a_soft_one_none() {
        let mut files = SchemaFiles::bundled();
        let checks = files.get("integra/checks.toml").expect("the checks").to_owned();
        let limited = |severity: &str| {
            format!(
                "{checks}\n[[check]]\nid = \"household-possible\"\nkind = \"range\"\nform = \"situation\"\nvariables = [\"household_size\"]\nseverity = \"{severity}\"\nmin = 2\nmax = 12\nmessage = {{ fr = \"x\", en = \"x\" }}\nwhy = {{ fr = \"x\", en = \"x\" }}\nsource = \"a test\"\n"
            )
        };
        let name = VariableName::new("household_size").expect("a name");
        let mut of = |severity: &str| {
            files.add("integra/checks.toml", limited(severity));
            let codebook = Codebook::open(&files, "integra").expect("it opens").codebook;
            codebook.bounds(codebook.variable(&name).expect("a variable"))
        };
        let soft = of("soft");
        let hard = of("hard");
        assert!(hard.low >= 2.0 && hard.high <= 12.0, "{hard:?}");
        assert!(soft.high > 12.0, "a soft check refuses nothing: {soft:?}");
    }

    #[test]
    fn of_what_is_not_declared_nothing_is_known() {
        assert_eq!(bounds("interview_date"), Bounds::NONE);
        assert_eq!(bounds("tenure"), Bounds::NONE);
    }

    #[test]
    fn a_divisor_of_either_sign_tells_nothing() {
        let quotient = Bounds { low: 1.0, high: 2.0 }.over(Bounds { low: -1.0, high: 1.0 });
        assert_eq!(quotient, Bounds::NONE);
        let below = Bounds { low: 1.0, high: 2.0 }.over(Bounds { low: -4.0, high: 0.0 });
        assert_eq!(below, Bounds { low: f64::NEG_INFINITY, high: 0.0 });
    }

    #[test]
    fn an_end_outside_is_brought_to_the_bound() {
        let bounds = Bounds { low: 0.0, high: 13.0 };
        assert_eq!(
            [-2.0, 5.0, 14.0].map(|end| bounds.nearest(end)).map(f64::to_bits),
            [0.0, 5.0, 13.0].map(f64::to_bits)
        );
    }
}
