//! Bringing terms that say the same into one form.

use super::term::{Comparison, Function, Operator, Term};

/// Returns the term in its canonical form: operands sorted and each once, constants right, no double negation.
pub(super) fn canonical(term: &Term) -> Term {
    match term {
        Term::Column(_)
        | Term::Number(_)
        | Term::Text(_)
        | Term::Date(_)
        | Term::Truth(_)
        | Term::Null => term.clone(),
        Term::Compare(comparison, left, right) => {
            compare(*comparison, canonical(left), canonical(right))
        }
        Term::And(terms) => {
            let terms = flat(terms, |term| match term {
                Term::And(inner) => Ok(inner),
                other => Err(other),
            });
            single(terms, Term::And)
        }
        Term::Or(terms) => {
            let terms = flat(terms, |term| match term {
                Term::Or(inner) => Ok(inner),
                other => Err(other),
            });
            single(terms, Term::Or)
        }
        Term::Not(term) => not(term),
        Term::IsNull(term) => Term::IsNull(Box::new(canonical(term))),
        Term::IsNotNull(term) => Term::IsNotNull(Box::new(canonical(term))),
        Term::Arithmetic(operator, left, right) => {
            let (mut left, mut right) = (canonical(left), canonical(right));
            if matches!(operator, Operator::Plus | Operator::Times) && right < left {
                std::mem::swap(&mut left, &mut right);
            }
            Term::Arithmetic(*operator, Box::new(left), Box::new(right))
        }
        Term::Negative(term) => Term::Negative(Box::new(canonical(term))),
        Term::Case(branches, otherwise) => Term::Case(
            branches.iter().map(|(when, then)| (canonical(when), canonical(then))).collect(),
            otherwise.as_ref().map(|term| Box::new(canonical(term))),
        ),
        Term::Call(function, terms) => {
            let mut terms: Vec<Term> = terms.iter().map(canonical).collect();
            match function {
                Function::Least | Function::Greatest => terms.sort(),
                Function::Coalesce | Function::Abs => {}
            }
            Term::Call(*function, terms)
        }
        Term::Extract(part, term) => Term::Extract(*part, Box::new(canonical(term))),
        Term::AsInteger(term) => Term::AsInteger(Box::new(canonical(term))),
        Term::AsDecimal(term) => Term::AsDecimal(Box::new(canonical(term))),
    }
}

/// Puts a constant on the right, and equals in order.
fn compare(comparison: Comparison, left: Term, right: Term) -> Term {
    let is_flipped = match (is_constant(&left), is_constant(&right)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => right < left,
    };
    if is_flipped {
        Term::Compare(comparison.flipped(), Box::new(right), Box::new(left))
    } else {
        Term::Compare(comparison, Box::new(left), Box::new(right))
    }
}

/// Moves a negation inwards. All of these hold in three-valued logic too.
fn not(term: &Term) -> Term {
    match term {
        Term::Not(inner) => canonical(inner),
        Term::Compare(comparison, left, right) => {
            compare(comparison.negated(), canonical(left), canonical(right))
        }
        Term::IsNull(inner) => Term::IsNotNull(Box::new(canonical(inner))),
        Term::IsNotNull(inner) => Term::IsNull(Box::new(canonical(inner))),
        Term::Truth(truth) => Term::Truth(!truth),
        Term::And(terms) => canonical(&Term::Or(negated(terms))),
        Term::Or(terms) => canonical(&Term::And(negated(terms))),
        Term::Column(_)
        | Term::Number(_)
        | Term::Text(_)
        | Term::Date(_)
        | Term::Null
        | Term::Arithmetic(..)
        | Term::Negative(_)
        | Term::Case(..)
        | Term::Call(..)
        | Term::Extract(..)
        | Term::AsInteger(_)
        | Term::AsDecimal(_) => Term::Not(Box::new(canonical(term))),
    }
}

fn negated(terms: &[Term]) -> Vec<Term> {
    terms.iter().map(|term| Term::Not(Box::new(term.clone()))).collect()
}

/// Lists the operands of a chain and of the like chains in it, sorted, each once.
fn flat(terms: &[Term], open: impl Fn(Term) -> Result<Vec<Term>, Term>) -> Vec<Term> {
    let mut operands = Vec::new();
    for term in terms {
        match open(canonical(term)) {
            Ok(inner) => operands.extend(inner),
            Err(term) => operands.push(term),
        }
    }
    operands.sort();
    operands.dedup();
    operands
}

fn single(mut terms: Vec<Term>, join: impl Fn(Vec<Term>) -> Term) -> Term {
    if terms.len() == 1 { terms.remove(0) } else { join(terms) }
}

const fn is_constant(term: &Term) -> bool {
    matches!(term, Term::Number(_) | Term::Text(_) | Term::Date(_) | Term::Truth(_) | Term::Null)
}
