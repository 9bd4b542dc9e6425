//! From parsed SQL to terms: what is not in the closed set, and what does not fit together, is a fault.

mod functions;
mod half_known;
mod meet;
mod slips;

use std::collections::BTreeSet;

use catalyse_locale::{Args, Message, Wording};
use sqlparser::ast::{BinaryOperator, Expr, TypedString, UnaryOperator, Value};

use super::Fault;
use super::kind::Kind;
use super::row::{Found, Row};
use super::term::{Comparison, Operator, Term};
use crate::{CodeList, VariableName, nearest};

const NOT_ALLOWED: Wording = Wording::new(
    "« { $sql } » n'est pas permis ; permis : = <> < <= > >=, AND OR NOT, IN, BETWEEN, IS NULL, + - * /, CASE, COALESCE, ABS, LEAST, GREATEST, EXTRACT, CAST, DATE '2024-01-01'",
    "`{ $sql }` is not allowed; allowed: = <> < <= > >=, AND OR NOT, IN, BETWEEN, IS NULL, + - * /, CASE, COALESCE, ABS, LEAST, GREATEST, EXTRACT, CAST, DATE '2024-01-01'",
);
const UNKNOWN: Wording =
    Wording::new("variable inconnue « { $name } »", "unknown variable `{ $name }`");
const ELSEWHERE: Wording = Wording::new(
    "la variable « { $name } » est dans les fiches d'un autre formulaire, « { $form } »",
    "the variable `{ $name }` is in the records of another form, `{ $form }`",
);
const MULTIPLE: Wording = Wording::new(
    "« { $name } » est un choix multiple ; écrire « { $name }__{ $code } » pour une de ses modalités",
    "`{ $name }` is a multiple choice; write `{ $name }__{ $code }` for one of its categories",
);
const NOT_IN_LIST: Wording = Wording::new(
    "le code « { $code } » n'est pas dans la liste « { $list } »",
    "the code `{ $code }` is not in the list `{ $list }`",
);
const CODES: Wording = Wording::new("Codes : { $codes }", "Codes: { $codes }");
const NOT_A_DAY: Wording = Wording::new(
    "« { $text } » n'est pas un jour comme DATE '2024-01-01'",
    "`{ $text }` is not a day such as DATE '2024-01-01'",
);
const TOO_DEEP: Wording = Wording::new(
    "la condition est trop imbriquée ; la partager en variables calculées",
    "the condition is too nested; split it into calculated variables",
);

/// Walks through one expression and collects what is wrong with it.
pub(super) struct Lowering<'r, 'c> {
    row: &'r Row<'c>,
    depth: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) variables: BTreeSet<VariableName>,
}

/// A term with its kind.
pub(super) type Typed = (Term, Kind);

impl<'r, 'c> Lowering<'r, 'c> {
    pub(super) fn new(row: &'r Row<'c>) -> Self {
        Self { row, depth: 0, faults: Vec::new(), variables: BTreeSet::new() }
    }

    /// Returns the term of an expression and what its value is.
    pub(super) fn lower(&mut self, expression: &Expr) -> Typed {
        const DEEPEST: usize = 60;
        if self.depth > DEEPEST {
            return self.fault(TOO_DEEP.with(Args::new()), None);
        }
        self.depth += 1;
        let typed = self.lower_here(expression);
        self.depth -= 1;
        typed
    }

    fn lower_here(&mut self, expression: &Expr) -> Typed {
        match expression {
            Expr::Identifier(name) => self.column(&name.value),
            Expr::Nested(inner) => self.lower(inner),
            Expr::Value(value) => self.literal(&value.value, expression),
            Expr::TypedString(text) => self.typed_text(text, expression),
            Expr::UnaryOp { op, expr } => self.unary(*op, expr, expression),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right, expression),
            Expr::IsNull(inner) => self.emptiness(inner, Term::IsNull),
            Expr::IsNotNull(inner) => self.emptiness(inner, Term::IsNotNull),
            Expr::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Expr::Between { expr, negated, low, high } => {
                self.look_at_ends(low, high);
                let low = self.compared(expr, Comparison::GreaterOrEqual, low);
                let high = self.compared(expr, Comparison::LessOrEqual, high);
                (negate_if(*negated, Term::And(vec![low, high])), Kind::Boolean)
            }
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())
            }
            Expr::Function(function) => self.function(function, expression),
            Expr::Extract { field, expr, .. } => self.extract(field, expr, expression),
            Expr::Cast { expr, data_type, .. } => self.cast(expr, data_type, expression),
            // The parser knows all of SQL; whatever is not above is not for conditions.
            _ => self.not_allowed(expression),
        }
    }

    fn column(&mut self, name: &str) -> Typed {
        match self.row.find(name) {
            Found::Column(kind, variable) => {
                self.variables.insert(variable.clone());
                (Term::Column(name.to_owned()), kind)
            }
            Found::Multiple(list) => {
                let code = list.categories.first().map_or("code", |category| &category.code);
                self.fault(MULTIPLE.with(Args::new().text("name", name).text("code", code)), None)
            }
            Found::NoSuchCode(list, code) => {
                self.look_for_codes(&BTreeSet::from([code]), list);
                (Term::Null, Kind::Unknown)
            }
            Found::Elsewhere(form) => {
                let args = Args::new().text("name", name).text("form", form.as_str());
                self.fault(ELSEWHERE.with(args), None)
            }
            Found::Nothing => {
                let hint = self.meant_as_code(name).or_else(|| nearest(name, self.row.names()));
                self.fault(UNKNOWN.with(Args::new().text("name", name)), hint)
            }
        }
    }

    fn literal(&mut self, value: &Value, expression: &Expr) -> Typed {
        match value {
            Value::Number(number, _) if number.parse::<f64>().is_ok() => {
                (Term::Number(number.clone()), Kind::Number)
            }
            Value::SingleQuotedString(text) => {
                (Term::Text(text.clone()), Kind::Words(BTreeSet::from([text.clone()])))
            }
            Value::Boolean(truth) => (Term::Truth(*truth), Kind::Boolean),
            Value::Null => (Term::Null, Kind::Null),
            _ => self.not_allowed(expression),
        }
    }

    fn typed_text(&mut self, text: &TypedString, expression: &Expr) -> Typed {
        match (&text.data_type, &text.value.value) {
            (sqlparser::ast::DataType::Date, Value::SingleQuotedString(day)) => {
                (self.day(day), Kind::Date)
            }
            _ => self.not_allowed(expression),
        }
    }

    /// Makes a day of a text.
    fn day(&mut self, text: &str) -> Term {
        if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() {
            return Term::Date(text.to_owned());
        }
        self.fault(NOT_A_DAY.with(Args::new().text("text", text)), None).0
    }

    fn unary(&mut self, operator: UnaryOperator, inner: &Expr, expression: &Expr) -> Typed {
        match operator {
            UnaryOperator::Not => {
                let term = self.expect(inner, &Kind::Boolean);
                (Term::Not(Box::new(term)), Kind::Boolean)
            }
            UnaryOperator::Minus => {
                let term = self.expect(inner, &Kind::Number);
                (Term::Negative(Box::new(term)), Kind::Number)
            }
            UnaryOperator::Plus => (self.expect(inner, &Kind::Number), Kind::Number),
            _ => self.not_allowed(expression),
        }
    }

    fn binary(
        &mut self,
        left: &Expr,
        operator: &BinaryOperator,
        right: &Expr,
        expression: &Expr,
    ) -> Typed {
        let comparison = match operator {
            BinaryOperator::And | BinaryOperator::Or => return self.chain(operator, expression),
            BinaryOperator::Plus => return self.arithmetic(Operator::Plus, left, right),
            BinaryOperator::Minus => return self.arithmetic(Operator::Minus, left, right),
            BinaryOperator::Multiply => return self.arithmetic(Operator::Times, left, right),
            BinaryOperator::Divide => return self.arithmetic(Operator::Over, left, right),
            BinaryOperator::Eq => Comparison::Equal,
            BinaryOperator::NotEq => Comparison::NotEqual,
            BinaryOperator::Lt => Comparison::Less,
            BinaryOperator::LtEq => Comparison::LessOrEqual,
            BinaryOperator::Gt => Comparison::Greater,
            BinaryOperator::GtEq => Comparison::GreaterOrEqual,
            _ => return self.not_allowed(expression),
        };
        (self.compared(left, comparison, right), Kind::Boolean)
    }

    /// Lowers a chain of AND or OR without nesting as deep as it is long.
    fn chain(&mut self, operator: &BinaryOperator, expression: &Expr) -> Typed {
        let mut operands = Vec::new();
        let mut rest = expression;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == operator
        {
            operands.push(right.as_ref());
            rest = left;
        }
        operands.push(rest);
        let terms: Vec<Term> = operands
            .into_iter()
            .rev()
            .map(|operand| self.expect(operand, &Kind::Boolean))
            .collect();
        let term =
            if *operator == BinaryOperator::And { Term::And(terms) } else { Term::Or(terms) };
        (term, Kind::Boolean)
    }

    fn arithmetic(&mut self, operator: Operator, left: &Expr, right: &Expr) -> Typed {
        let left = self.expect(left, &Kind::Number);
        let right = self.expect(right, &Kind::Number);
        if operator == Operator::Over && slips::is_zero(&right) {
            return self.fault(slips::BY_ZERO.with(Args::new()), None);
        }
        (Term::Arithmetic(operator, Box::new(left), Box::new(right)), Kind::Number)
    }

    /// Asks whether something is empty. A multiple choice is empty when its first code's column is.
    fn emptiness(&mut self, inner: &Expr, make: impl Fn(Box<Term>) -> Term) -> Typed {
        if let Expr::Identifier(name) = inner
            && let Found::Multiple(list) = self.row.find(&name.value)
            && let Some(first) = list.categories.first()
        {
            let column = format!("{}__{}", name.value, first.code);
            let (term, _) = self.column(&column);
            return (make(Box::new(term)), Kind::Boolean);
        }
        let (term, _) = self.lower(inner);
        (make(Box::new(term)), Kind::Boolean)
    }

    /// Lowers `IN` to a chain of `=`.
    fn in_list(&mut self, inner: &Expr, list: &[Expr], negated: bool) -> Typed {
        let (comparison, join): (_, fn(Vec<Term>) -> Term) =
            if negated { (Comparison::NotEqual, Term::And) } else { (Comparison::Equal, Term::Or) };
        let mut terms: Vec<Term> =
            list.iter().map(|item| self.compared(inner, comparison, item)).collect();
        let term = if terms.len() == 1 { terms.remove(0) } else { join(terms) };
        (term, Kind::Boolean)
    }

    /// Notes every text that is not a code of the list.
    pub(super) fn look_for_codes(&mut self, words: &BTreeSet<String>, list: &CodeList) {
        const SHOWN: usize = 12;
        for word in words.iter().filter(|word| list.position(word).is_none()) {
            let codes = || list.categories.iter().map(|category| category.code.as_str());
            let hint = nearest(word, codes()).or_else(|| {
                let mut shown = codes().take(SHOWN).collect::<Vec<_>>().join(", ");
                if list.categories.len() > SHOWN {
                    shown.push_str(", …");
                }
                Some(CODES.with(Args::new().text("codes", shown)))
            });
            let args = Args::new().text("code", word.as_str()).text("list", list.name.as_str());
            self.fault(NOT_IN_LIST.with(args), hint);
        }
    }

    fn not_allowed(&mut self, expression: &Expr) -> Typed {
        self.fault(NOT_ALLOWED.with(Args::new().text("sql", expression.to_string())), None)
    }

    fn fault(&mut self, message: Message, hint: Option<Message>) -> Typed {
        let fault = Fault { message, hint };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
        (Term::Null, Kind::Unknown)
    }
}

fn negate_if(negated: bool, term: Term) -> Term {
    if negated { Term::Not(Box::new(term)) } else { term }
}
