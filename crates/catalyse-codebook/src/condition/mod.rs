//! Conditions and calculations: the SQL expressions of a study, parsed once and understood.
//!
//! A text is parsed with sqlparser, confronted with the columns of its row (names, codes, types), and kept as a [`Term`] of a small
//! closed set. From there it is written for polars' SQL engine, which runs it, or in one canonical way, by which two conditions that
//! say the same are recognised.
//!
//! **Missing**: a comparison with an empty value cannot be told (NULL). A date of which only the month or year is known is compared by all
//! the days it may mean: true or false where it is so for each of them, else it cannot be told. `EXTRACT` and arithmetic take its first day.

mod canonical;
mod engine_sql;
mod grammar;
mod kind;
mod lower;
mod reach;
mod row;
mod term;

use std::collections::BTreeSet;

use catalyse_locale::{Args, Message, Wording};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use self::lower::Lowering;
use crate::{CodeList, MissingReason, VariableName};

pub use kind::{Kind, Order};
pub use row::Row;
pub use term::{Comparison, DatePart, Function, Operator, Term};

const NOT_BOOLEAN: Wording = Wording::new(
    "la condition doit être vraie ou fausse ; celle-ci est { $kind }",
    "the condition must be true or false; this one is { $kind }",
);
const ALWAYS_EMPTY: Wording = Wording::new(
    "l'expression est toujours vide (NULL) : elle ne dit rien d'aucune fiche. L'écrire avec une variable, ou l'enlever",
    "the expression is always empty (NULL): it says nothing of any record. Write it with a variable, or remove it",
);
const TOO_DEEP: Wording = Wording::new(
    "la condition est trop longue ou trop imbriquée ; la partager en variables calculées",
    "the condition is too long or too nested; split it into calculated variables",
);

/// Holds a condition, true or false of a row, or a calculation, whose value is a row's.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The text as it was written.
    pub text: String,
    /// What it says, in a closed set of terms.
    pub term: Term,
    /// What its value is.
    pub kind: Kind,
    /// The variables it speaks of, also by their missing reason or one of their codes.
    pub variables: BTreeSet<VariableName>,
}

/// Says why a condition cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub hint: Option<Message>,
}

impl Condition {
    /// Parses a condition over the columns of a row.
    ///
    /// # Errors
    /// Everything that is wrong with it: it is no SQL, is neither true nor false, or names what does not exist.
    pub fn parse(text: &str, row: &Row<'_>) -> Result<Self, Vec<Fault>> {
        let condition = Self::parse_any(text, row, None)?;
        if condition.kind == Kind::Boolean {
            return Ok(condition);
        }
        let message = NOT_BOOLEAN.with(Args::new().label("kind", &condition.kind.label()));
        Err(vec![Fault { message, hint: None }])
    }

    /// Parses a calculation: any value. Texts it yields are codes of the list, if one is given.
    ///
    /// # Errors
    /// As those of [`Self::parse`], but for the kind of its value.
    pub fn parse_any(
        text: &str,
        row: &Row<'_>,
        list: Option<&CodeList>,
    ) -> Result<Self, Vec<Fault>> {
        // The parser bounds what is nested; length is bounded here, because long chains of AND nest as deep as they are long.
        const LONGEST: usize = 4_000;
        if text.len() > LONGEST {
            return Err(vec![Fault { message: TOO_DEEP.with(Args::new()), hint: None }]);
        }
        let expression = parse_sql(text)?;
        let mut lowering = Lowering::new(row);
        let (term, kind) = lowering.lower(&expression);
        if let (Some(list), Kind::Words(words)) = (list, &kind) {
            lowering.look_for_codes(words, list);
        }
        if kind == Kind::Null && lowering.faults.is_empty() {
            return Err(vec![Fault { message: ALWAYS_EMPTY.with(Args::new()), hint: None }]);
        }
        if lowering.faults.is_empty() {
            Ok(Self { text: text.to_owned(), term, kind, variables: lowering.variables })
        } else {
            Err(lowering.faults)
        }
    }

    /// Writes the condition for polars' SQL expression engine.
    ///
    /// `IN` is a chain of `=`, because the engine panics on it over categories; days are numbers cast to `DATE`.
    pub fn to_engine_sql(&self) -> String {
        engine_sql::write(&self.term)
    }

    /// Writes for the engine where the value is empty because something is divided by zero; nothing if nothing can be.
    pub fn to_undefined_sql(&self) -> Option<String> {
        let mut zeros = Vec::new();
        reach::walk(&self.term, &mut |term| match term {
            Term::Arithmetic(Operator::Over, _, divisor) if engine_sql::may_be_zero(divisor) => {
                let zero = Box::new(Term::Number("0".to_owned()));
                zeros.push(Term::Compare(Comparison::Equal, divisor.clone(), zero));
            }
            _ => {}
        });
        (!zeros.is_empty()).then(|| engine_sql::write(&Term::Or(zeros)))
    }

    /// Writes for the engine whether the condition can still become true: FALSE also where it is undecided only because of questions that
    /// do not apply to the person.
    ///
    /// `questions_of` lists, for a variable that the condition reads, the questions whose reason tells so: itself if it may be skipped,
    /// what it is worked out from if it is calculated.
    pub fn to_reach_sql(
        &self,
        row: &Row<'_>,
        questions_of: impl Fn(&VariableName) -> BTreeSet<VariableName>,
    ) -> String {
        let is_outside = |column: &str| {
            let skipped = |question: VariableName| {
                let reason = Term::Column(format!("{question}_missing"));
                let outside = Term::Text(MissingReason::NotApplicable.name().to_owned());
                Term::Compare(Comparison::Equal, Box::new(reason), Box::new(outside))
            };
            let terms: Vec<Term> =
                questions_of(row.variable_of(column)?).into_iter().map(skipped).collect();
            (!terms.is_empty()).then_some(Term::Or(terms))
        };
        engine_sql::write(&reach::reach(&canonical::canonical(&self.term), &is_outside))
    }

    /// Writes the condition so that two that say the same have one text: the key of a population.
    ///
    /// It knows the order of operands, double negation, `IN`, `BETWEEN` and flipped comparisons, no more: two texts may still mean the same.
    pub fn canonical(&self) -> String {
        engine_sql::write(&canonical::canonical(&self.term))
    }
}

fn parse_sql(text: &str) -> Result<sqlparser::ast::Expr, Vec<Fault>> {
    let fault = |said: &dyn std::fmt::Display| vec![grammar::of_parser(text, &said.to_string())];
    let dialect = GenericDialect {};
    // Twenty levels fit into the two megabytes of a thread's stack even without optimisation.
    let mut parser = Parser::new(&dialect)
        .with_recursion_limit(20)
        .try_with_sql(text)
        .map_err(|error| fault(&error))?;
    let expression = parser.parse_expr().map_err(|error| fault(&error))?;
    let next = parser.peek_token();
    match next.token {
        Token::EOF => Ok(expression),
        _ => Err(vec![grammar::of_rest(text, next.span.start.column)]),
    }
}

#[cfg(test)]
mod tests;
