//! Whether a condition can still become true where something it reads does not apply to the person.
//!
//! In SQL an empty value makes a comparison undecided. A question that was rightly skipped will never have a value, though: no
//! comparison with it can come true. So each comparison that is undecided because of such a question counts as false, and the condition
//! is put together again: `works OR studies` stays undecided where only one of the two does not apply and the other has no answer.

use std::collections::BTreeSet;

use super::term::Term;

/// Returns the term with `FALSE` for each comparison that is undecided and reads a column of which `is_outside` may be true.
pub(super) fn reach(term: &Term, is_outside: &dyn Fn(&str) -> Option<Term>) -> Term {
    match term {
        Term::And(terms) => Term::And(terms.iter().map(|term| reach(term, is_outside)).collect()),
        Term::Or(terms) => Term::Or(terms.iter().map(|term| reach(term, is_outside)).collect()),
        Term::IsNull(_) | Term::IsNotNull(_) | Term::Truth(_) | Term::Null => term.clone(),
        Term::Column(_)
        | Term::Number(_)
        | Term::Text(_)
        | Term::Date(_)
        | Term::Compare(..)
        | Term::Not(_)
        | Term::Arithmetic(..)
        | Term::Negative(_)
        | Term::Case(..)
        | Term::Call(..)
        | Term::Extract(..)
        | Term::AsInteger(_)
        | Term::AsDecimal(_) => {
            let mut columns = BTreeSet::new();
            collect(term, &mut columns);
            let outside: BTreeSet<Term> = columns.into_iter().filter_map(is_outside).collect();
            if outside.is_empty() {
                return term.clone();
            }
            let is_undecided = Term::IsNull(Box::new(term.clone()));
            let is_outside = Term::Or(outside.into_iter().collect());
            let never = (Term::And(vec![is_undecided, is_outside]), Term::Truth(false));
            Term::Case(vec![never], Some(Box::new(term.clone())))
        }
    }
}

/// Collects the columns that a term reads.
fn collect<'t>(term: &'t Term, columns: &mut BTreeSet<&'t str>) {
    walk(term, &mut |term| {
        if let Term::Column(name) = term {
            columns.insert(name);
        }
    });
}

/// Shows a term and all that it is made of.
pub(super) fn walk<'t>(term: &'t Term, see: &mut dyn FnMut(&'t Term)) {
    see(term);
    match term {
        Term::Column(_)
        | Term::Number(_)
        | Term::Text(_)
        | Term::Date(_)
        | Term::Truth(_)
        | Term::Null => {}
        Term::And(terms) | Term::Or(terms) | Term::Call(_, terms) => {
            for term in terms {
                walk(term, see);
            }
        }
        Term::Compare(_, left, right) | Term::Arithmetic(_, left, right) => {
            walk(left, see);
            walk(right, see);
        }
        Term::Not(term)
        | Term::IsNull(term)
        | Term::IsNotNull(term)
        | Term::Negative(term)
        | Term::Extract(_, term)
        | Term::AsInteger(term)
        | Term::AsDecimal(term) => walk(term, see),
        Term::Case(branches, otherwise) => {
            for (when, then) in branches {
                walk(when, see);
                walk(then, see);
            }
            if let Some(otherwise) = otherwise {
                walk(otherwise, see);
            }
        }
    }
}
