//! Comparisons of dates of which only the month or the year is known.
//!
//! Such a date is stored as its first day and means any day of its month or year. A comparison is true if it is for all of them, false
//! if it is for none, and otherwise cannot be told. Days are compared as numbers: only so can the last day of a month be written.

use super::super::term::{Comparison, DatePart, Operator, Term};
use super::Lowering;

/// The first and the last day that a date may mean, as numbers.
type Days = (Term, Term);

impl Lowering<'_, '_> {
    /// Compares two dates, each by the first and the last day it may mean where one of them is a partial date.
    pub(super) fn compare_dates(&self, comparison: Comparison, left: Term, right: Term) -> Term {
        if !self.is_partial(&left) && !self.is_partial(&right) {
            return Term::Compare(comparison, Box::new(left), Box::new(right));
        }
        let (holds, fails) = decided(comparison, &self.days(left), &self.days(right));
        Term::Case(vec![(holds, Term::Truth(true)), (fails, Term::Truth(false))], None)
    }

    fn is_partial(&self, term: &Term) -> bool {
        matches!(term, Term::Column(name) if self.row.is_partial_date(name))
    }

    fn days(&self, date: Term) -> Days {
        let is_partial = self.is_partial(&date);
        let first = Term::AsInteger(Box::new(date.clone()));
        match date {
            Term::Column(name) if is_partial => {
                let last = made(Operator::Plus, first.clone(), days_behind(&name));
                (first, last)
            }
            _ => (first.clone(), first),
        }
    }
}

/// Returns when a comparison is true of all days and when of none.
fn decided(comparison: Comparison, left: &Days, right: &Days) -> (Term, Term) {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let compare = |comparison, one: &Term, other: &Term| {
        Term::Compare(comparison, Box::new(one.clone()), Box::new(other.clone()))
    };
    match comparison {
        Less | LessOrEqual => {
            let never = compare(comparison.negated(), &left.0, &right.1);
            (compare(comparison, &left.1, &right.0), never)
        }
        Greater | GreaterOrEqual => {
            let never = compare(comparison.negated(), &left.1, &right.0);
            (compare(comparison, &left.0, &right.1), never)
        }
        Equal => {
            let same = [compare(Equal, &left.0, &right.1), compare(Equal, &left.1, &right.0)];
            let apart = [compare(Less, &left.1, &right.0), compare(Greater, &left.0, &right.1)];
            (Term::And(same.into()), Term::Or(apart.into()))
        }
        NotEqual => {
            let (same, apart) = decided(Equal, left, right);
            (apart, same)
        }
    }
}

/// Returns how many days the last day that a partial date may mean lies behind its first.
fn days_behind(name: &str) -> Term {
    let precision = |word: &str| {
        let column = Term::Column(format!("{name}_precision"));
        equal(column, Term::Text(word.to_owned()))
    };
    let part = |part| Term::Extract(part, Box::new(Term::Column(name.to_owned())));
    let month = |of_year| equal(part(DatePart::Month), number(of_year));
    let leap = || {
        let year = || part(DatePart::Year);
        let is_leap = Term::And(vec![
            multiple(year(), 4),
            Term::Or(vec![Term::Not(Box::new(multiple(year(), 100))), multiple(year(), 400)]),
        ]);
        Term::Case(vec![(is_leap, number(1))], Some(Box::new(number(0))))
    };
    let short = Term::Or([4, 6, 9, 11].map(month).into());
    let of_month = vec![(short, number(29)), (month(2), made(Operator::Plus, number(27), leap()))];
    let of_month = Term::Case(of_month, Some(Box::new(number(30))));
    let of_year = made(Operator::Plus, number(364), leap());
    let by_precision = vec![(precision("year"), of_year), (precision("month"), of_month)];
    Term::Case(by_precision, Some(Box::new(number(0))))
}

fn multiple(year: Term, of: u16) -> Term {
    let times = Term::AsInteger(Box::new(made(Operator::Over, year.clone(), number(of))));
    equal(made(Operator::Times, times, number(of)), year)
}

fn equal(left: Term, right: Term) -> Term {
    Term::Compare(Comparison::Equal, Box::new(left), Box::new(right))
}

fn made(operator: Operator, left: Term, right: Term) -> Term {
    Term::Arithmetic(operator, Box::new(left), Box::new(right))
}

fn number(number: u16) -> Term {
    Term::Number(number.to_string())
}
