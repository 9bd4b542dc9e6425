//! Writing a term as SQL that polars' expression engine runs.

use super::term::{Operator, Term};
use crate::types::day_number;

/// Returns the SQL of a term. Every part that could bind otherwise stands in parentheses.
pub(super) fn write(term: &Term) -> String {
    match term {
        Term::Column(name) => column(name),
        Term::Number(number) => number.clone(),
        Term::Text(text) => quoted(text),
        Term::Date(day) => date(day),
        Term::Truth(true) => "TRUE".to_owned(),
        Term::Truth(false) => "FALSE".to_owned(),
        Term::Null => "NULL".to_owned(),
        Term::Compare(comparison, left, right) => {
            format!("{} {} {}", part(left), comparison.sign(), part(right))
        }
        Term::And(terms) => joined(terms, " AND "),
        Term::Or(terms) => joined(terms, " OR "),
        Term::Not(term) => format!("NOT {}", part(term)),
        Term::IsNull(term) => format!("{} IS NULL", part(term)),
        Term::IsNotNull(term) => format!("{} IS NOT NULL", part(term)),
        Term::Arithmetic(Operator::Over, left, right) if may_be_zero(right) => {
            // Polars gives infinity where others refuse: a share of nothing cannot be told.
            format!("{} / NULLIF({}, 0)", part(left), write(right))
        }
        Term::Arithmetic(operator, left, right) => {
            format!("{} {} {}", part(left), operator.sign(), part(right))
        }
        Term::Negative(term) => format!("-{}", part(term)),
        Term::Case(branches, otherwise) => case(branches, otherwise.as_deref()),
        Term::Call(function, terms) => {
            let terms: Vec<String> = terms.iter().map(write).collect();
            format!("{}({})", function.name(), terms.join(", "))
        }
        // Polars gives a month in eight bits, in which `month * 100` overflows without a word.
        Term::Extract(date_part, term) => {
            format!("CAST(EXTRACT({} FROM {}) AS BIGINT)", date_part.name(), write(term))
        }
        Term::AsInteger(term) => format!("CAST({} AS BIGINT)", write(term)),
        Term::AsDecimal(term) => format!("CAST({} AS DOUBLE)", write(term)),
    }
}

/// Says whether a divisor may be zero: it is no number, or the number zero.
pub(super) fn may_be_zero(divisor: &Term) -> bool {
    match divisor {
        Term::Number(number) => number.parse::<f64>().is_ok_and(|number| number == 0.0),
        _ => true,
    }
}

/// Writes a day as the number of days since 1970-01-01: polars 0.55 reads a `DATE '…'` literal too, but warns on stderr at each that
/// casting texts to dates will end with polars 2.
fn date(day: &str) -> String {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let mut next = || parts.next().flatten();
    let number = next().zip(next()).zip(next()).and_then(|((year, month), day)| {
        day_number(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    });
    number
        .map_or_else(|| format!("DATE {}", quoted(day)), |number| format!("CAST({number} AS DATE)"))
}

fn case(branches: &[(Term, Term)], otherwise: Option<&Term>) -> String {
    let mut sql = "CASE".to_owned();
    for (when, then) in branches {
        sql += &[" WHEN ", &write(when), " THEN ", &write(then)].concat();
    }
    if let Some(otherwise) = otherwise {
        sql += &[" ELSE ", &write(otherwise)].concat();
    }
    sql + " END"
}

fn joined(terms: &[Term], mark: &str) -> String {
    terms.iter().map(part).collect::<Vec<_>>().join(mark)
}

/// Writes a term inside another one.
fn part(term: &Term) -> String {
    match term {
        Term::Column(_)
        | Term::Number(_)
        | Term::Text(_)
        | Term::Date(_)
        | Term::Truth(_)
        | Term::Null
        | Term::Call(..)
        | Term::Extract(..)
        | Term::AsInteger(_)
        | Term::AsDecimal(_) => write(term),
        Term::Compare(..)
        | Term::And(_)
        | Term::Or(_)
        | Term::Not(_)
        | Term::IsNull(_)
        | Term::IsNotNull(_)
        | Term::Arithmetic(..)
        | Term::Negative(_)
        | Term::Case(..) => format!("({})", write(term)),
    }
}

/// Writes a column. Names that are not plain words, as those of some codes, stand in quotes.
fn column(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
