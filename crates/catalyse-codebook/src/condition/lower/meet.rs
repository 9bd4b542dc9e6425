//! Two values that meet: in a comparison, as branches of a CASE, as arguments of a function.

use std::collections::BTreeSet;

use catalyse_locale::{Args, Message, Wording};
use sqlparser::ast::Expr;

use super::{Lowering, Typed};
use crate::MissingReason;
use crate::condition::kind::{Kind, Order};
use crate::condition::term::{Comparison, Function, Term};

const DO_NOT_FIT: Wording = Wording::new(
    "« { $left } » est { $left_kind }, « { $right } » est { $right_kind } : ils ne se comparent pas",
    "`{ $left }` is { $left_kind }, `{ $right }` is { $right_kind }: they cannot be compared",
);
const WRONG_KIND: Wording = Wording::new(
    "« { $sql } » est { $kind } ; ici il faut { $expected }",
    "`{ $sql }` is { $kind }; here { $expected } is needed",
);
const NO_ORDER: Wording = Wording::new(
    "« { $sql } » n'a pas d'ordre et ne se compare qu'avec = et <> ; écrire appearance = \"ordered\" si l'ordre de la liste en est un",
    "`{ $sql }` has no order and is compared by = and <> only; write appearance = \"ordered\" if the order of the list is one",
);
const NO_REASON: Wording = Wording::new(
    "« { $word } » n'est pas un motif d'absence ; motifs : { $known }",
    "`{ $word }` is not a missing reason; reasons: { $known }",
);
const NEVER_DECIDED: Wording = Wording::new(
    "une comparaison avec NULL n'est jamais vraie ni fausse ; écrire « { $sql } IS NULL » ou « { $sql } IS NOT NULL »",
    "a comparison with NULL is never true or false; write `{ $sql } IS NULL` or `{ $sql } IS NOT NULL`",
);
const WITHOUT_QUOTES: Wording = Wording::new(
    "Écrire un nombre sans guillemets, un oui ou non sans comparaison : `x` ou `NOT x`",
    "Write a number without quotes, a yes or no without comparison: `x` or `NOT x`",
);
const IN_QUOTES: Wording = Wording::new(
    "Écrire un code entre apostrophes : `x = '1'`",
    "Write a code in quotes: `x = '1'`",
);
const USE_EXTRACT: Wording = Wording::new(
    "Compter avec des dates : `EXTRACT(YEAR FROM x)`",
    "To reckon with dates: `EXTRACT(YEAR FROM x)`",
);

impl Lowering<'_, '_> {
    /// Lowers a comparison.
    pub(super) fn compared(&mut self, left: &Expr, comparison: Comparison, right: &Expr) -> Term {
        let (left_sql, right_sql) = (left, right);
        let (left, right) = (self.lower(left), self.lower(right));
        self.compare(comparison, (left, left_sql), (right, right_sql))
    }

    /// Makes a comparison of two values that were lowered.
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        ((left, left_kind), left_sql): (Typed, &Expr),
        ((right, right_kind), right_sql): (Typed, &Expr),
    ) -> Term {
        for (kind, other) in [(&left_kind, right_sql), (&right_kind, left_sql)] {
            if *kind == Kind::Null {
                let args = Args::new().text("sql", other.to_string());
                return self.fault(NEVER_DECIDED.with(args), None).0;
            }
        }
        let Some(kind) = self.meet(&left_kind, &right_kind) else {
            let args = Args::new()
                .text("left", left_sql.to_string())
                .label("left_kind", &left_kind.label())
                .text("right", right_sql.to_string())
                .label("right_kind", &right_kind.label());
            let hint = hint_of(&left_kind, &right_kind);
            return self.fault(DO_NOT_FIT.with(args), hint).0;
        };
        let has_no_order =
            matches!(kind, Kind::Code(_, Order::Unordered) | Kind::Boolean | Kind::Reason);
        if comparison.needs_order() && has_no_order {
            let args = Args::new().text("sql", left_sql.to_string());
            return self.fault(NO_ORDER.with(args), None).0;
        }
        if kind == Kind::Date {
            let (left, right) = (self.with_days(left), self.with_days(right));
            return self.compare_dates(comparison, left, right);
        }
        Term::Compare(comparison, Box::new(left), Box::new(right))
    }

    /// Lowers an expression that must have a kind.
    pub(super) fn expect(&mut self, expression: &Expr, expected: &Kind) -> Term {
        let (term, kind) = self.lower(expression);
        if kind == *expected || matches!(kind, Kind::Null | Kind::Unknown) {
            return term;
        }
        let args = Args::new()
            .text("sql", expression.to_string())
            .label("kind", &kind.label())
            .label("expected", &expected.label());
        let hint = if kind == Kind::Date {
            Some(USE_EXTRACT.with(Args::new()))
        } else {
            hint_of(&kind, expected)
        };
        self.fault(WRONG_KIND.with(args), hint).0
    }

    /// Returns the kind that both are, if they fit together. Texts become what they meet, and are looked up there.
    pub(super) fn meet(&mut self, one: &Kind, other: &Kind) -> Option<Kind> {
        match (one, other) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => Some(Kind::Unknown),
            (Kind::Null, kind) | (kind, Kind::Null) => Some(kind.clone()),
            (Kind::Words(one), Kind::Words(other)) => Some(Kind::Words(one | other)),
            (Kind::Words(words), Kind::Code(list, order))
            | (Kind::Code(list, order), Kind::Words(words)) => {
                if let Some(list) = self.row.list(list) {
                    self.look_for_codes(words, list);
                }
                Some(Kind::Code(list.clone(), *order))
            }
            (Kind::Words(words), Kind::Reason) | (Kind::Reason, Kind::Words(words)) => {
                self.look_for_reasons(words);
                Some(Kind::Reason)
            }
            (Kind::Words(_), Kind::Date) | (Kind::Date, Kind::Words(_)) => Some(Kind::Date),
            (Kind::Words(_), Kind::Text) | (Kind::Text, Kind::Words(_)) => Some(Kind::Text),
            (Kind::Code(one, one_order), Kind::Code(other, other_order)) if one == other => {
                let is_ordered = [one_order, other_order].contains(&&Order::Ordered);
                let order = if is_ordered { Order::Ordered } else { Order::Unordered };
                Some(Kind::Code(one.clone(), order))
            }
            (one, other) => (one == other).then(|| one.clone()),
        }
    }

    /// Makes days of the texts that a value may be.
    pub(super) fn with_days(&mut self, term: Term) -> Term {
        match term {
            Term::Text(text) => self.day(&text),
            Term::Case(branches, otherwise) => Term::Case(
                branches.into_iter().map(|(when, then)| (when, self.with_days(then))).collect(),
                otherwise.map(|term| Box::new(self.with_days(*term))),
            ),
            Term::Call(
                function @ (Function::Coalesce | Function::Least | Function::Greatest),
                terms,
            ) => Term::Call(function, terms.into_iter().map(|term| self.with_days(term)).collect()),
            other => other,
        }
    }

    fn look_for_reasons(&mut self, words: &BTreeSet<String>) {
        for word in words.iter().filter(|word| MissingReason::from_name(word).is_none()) {
            let known = MissingReason::ALL.map(MissingReason::name).join(", ");
            let args = Args::new().text("word", word.as_str()).text("known", known);
            let hint = crate::nearest(word, MissingReason::ALL.map(MissingReason::name));
            self.fault(NO_REASON.with(args), hint);
        }
    }
}

fn hint_of(one: &Kind, other: &Kind) -> Option<Message> {
    let hint = match (one, other) {
        (Kind::Words(_), _) | (_, Kind::Words(_)) => WITHOUT_QUOTES,
        (Kind::Code(..), _) | (_, Kind::Code(..)) => IN_QUOTES,
        _ => return None,
    };
    Some(hint.with(Args::new()))
}
