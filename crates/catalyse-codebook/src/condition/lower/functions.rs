//! CASE and the functions of the closed set.

use catalyse_locale::{Args, Wording};
use sqlparser::ast::{
    CaseWhen, DataType, DateTimeField, Expr, FunctionArg, FunctionArgExpr, FunctionArguments,
};

use super::{Lowering, Typed};
use crate::condition::kind::Kind;
use crate::condition::term::{Comparison, DatePart, Function, Term};

const BRANCHES_DIFFER: Wording = Wording::new(
    "« { $sql } » donne tantôt { $one }, tantôt { $other }",
    "`{ $sql }` gives { $one } here and { $other } there",
);
const WRONG_COUNT: Wording = Wording::new(
    "« { $name } » n'a pas le bon nombre d'arguments",
    "`{ $name }` does not have the right number of arguments",
);
const NO_QUANTITY: Wording = Wording::new(
    "« { $name } » choisit parmi des nombres ou des dates ; ici c'est { $kind }",
    "`{ $name }` chooses among numbers or dates; here it is { $kind }",
);

impl Lowering<'_, '_> {
    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        conditions: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Typed {
        let mut kind = Kind::Null;
        let mut branches = Vec::new();
        for CaseWhen { condition, result } in conditions {
            let when = match operand {
                Some(operand) => self.compared(operand, Comparison::Equal, condition),
                None => self.expect(condition, &Kind::Boolean),
            };
            let then = self.joined(result, &mut kind);
            branches.push((when, then));
        }
        let otherwise = otherwise.map(|otherwise| Box::new(self.joined(otherwise, &mut kind)));
        self.settled(Term::Case(branches, otherwise), kind)
    }

    pub(super) fn function(
        &mut self,
        function: &sqlparser::ast::Function,
        expression: &Expr,
    ) -> Typed {
        let name = function.name.to_string().to_uppercase();
        let known = Function::ALL.into_iter().find(|known| known.name() == name);
        let (Some(known), Some(arguments)) = (known, plain_arguments(function)) else {
            return self.not_allowed(expression);
        };
        let is_right_count = match known {
            Function::Abs => arguments.len() == 1,
            Function::Coalesce | Function::Least | Function::Greatest => !arguments.is_empty(),
        };
        if !is_right_count {
            return self.fault(WRONG_COUNT.with(Args::new().text("name", name)), None);
        }
        if known == Function::Abs {
            let term = self.expect(arguments[0], &Kind::Number);
            return (Term::Call(known, vec![term]), Kind::Number);
        }
        let mut kind = Kind::Null;
        let terms =
            arguments.into_iter().map(|argument| self.joined(argument, &mut kind)).collect();
        let (term, kind) = self.settled(Term::Call(known, terms), kind);
        let is_quantity = matches!(kind, Kind::Number | Kind::Date | Kind::Null | Kind::Unknown);
        if known != Function::Coalesce && !is_quantity {
            let args = Args::new().text("name", name).label("kind", &kind.label());
            return self.fault(NO_QUANTITY.with(args), None);
        }
        (term, kind)
    }

    pub(super) fn extract(
        &mut self,
        field: &DateTimeField,
        inner: &Expr,
        expression: &Expr,
    ) -> Typed {
        let part = match field {
            DateTimeField::Year => DatePart::Year,
            DateTimeField::Month => DatePart::Month,
            DateTimeField::Day => DatePart::Day,
            _ => return self.not_allowed(expression),
        };
        let term = self.expect(inner, &Kind::Date);
        (Term::Extract(part, Box::new(term)), Kind::Number)
    }

    pub(super) fn cast(&mut self, inner: &Expr, to: &DataType, expression: &Expr) -> Typed {
        let (term, kind) = self.lower(inner);
        // A code or date made a number has no meaning that a reader could look up.
        if !matches!(kind, Kind::Number | Kind::Boolean | Kind::Null | Kind::Unknown) {
            return self.not_allowed(expression);
        }
        match to {
            DataType::Integer(_) | DataType::Int(_) | DataType::BigInt(_) => {
                (Term::AsInteger(Box::new(term)), Kind::Number)
            }
            DataType::Double(_) | DataType::DoublePrecision | DataType::Float(_) => {
                (Term::AsDecimal(Box::new(term)), Kind::Number)
            }
            _ => self.not_allowed(expression),
        }
    }

    /// Lowers one of several values of which all must fit together.
    fn joined(&mut self, expression: &Expr, kind: &mut Kind) -> Term {
        let (term, found) = self.lower(expression);
        if let Some(joined) = self.meet(kind, &found) {
            *kind = joined;
            return term;
        }
        let args = Args::new()
            .text("sql", expression.to_string())
            .label("one", &found.label())
            .label("other", &kind.label());
        self.fault(BRANCHES_DIFFER.with(args), None).0
    }

    fn settled(&mut self, term: Term, kind: Kind) -> Typed {
        if kind == Kind::Date { (self.with_days(term), kind) } else { (term, kind) }
    }
}

/// Returns the arguments of a function that is called with nothing but values.
fn plain_arguments(function: &sqlparser::ast::Function) -> Option<Vec<&Expr>> {
    let is_plain =
        function.filter.is_none() && function.over.is_none() && function.within_group.is_empty();
    let FunctionArguments::List(list) = &function.args else { return None };
    if !is_plain || !list.clauses.is_empty() || list.duplicate_treatment.is_some() {
        return None;
    }
    list.args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
            _ => None,
        })
        .collect()
}
