//! Slips of the pen: a code without apostrophes, ends the wrong way round, a division by zero. They could be read, and never meant.

use catalyse_locale::{Args, Message, Wording};
use sqlparser::ast::{Expr, Value};

use super::{Lowering, Term};

const QUOTED: Wording = Wording::new(
    "Un code s'écrit entre apostrophes : '{ $name }'",
    "A code stands in apostrophes: '{ $name }'",
);
const NOTHING_BETWEEN: Wording = Wording::new(
    "rien n'est entre { $low } et { $high } : la borne la plus basse vient d'abord, BETWEEN { $high } AND { $low }",
    "nothing is between { $low } and { $high }: the lower end comes first, BETWEEN { $high } AND { $low }",
);
pub(super) const BY_ZERO: Wording = Wording::new(
    "une division par zéro ne donne jamais de valeur",
    "a division by zero never gives a value",
);

/// Says whether a term is the number 0, as it was written.
pub(super) fn is_zero(term: &Term) -> bool {
    match term {
        Term::Number(number) => number.parse().is_ok_and(|number: f64| number == 0.0),
        _ => false,
    }
}

impl Lowering<'_, '_> {
    /// Says how a name that is no variable is written if it is a code of some list.
    pub(super) fn meant_as_code(&self, name: &str) -> Option<Message> {
        self.row.has_code(name).then(|| QUOTED.with(Args::new().text("name", name)))
    }

    /// Notes a `BETWEEN` whose ends are the wrong way round: nothing lies between them.
    pub(super) fn look_at_ends(&mut self, low: &Expr, high: &Expr) {
        let literal = |end: &Expr| match end {
            Expr::Value(value) => match &value.value {
                Value::Number(number, _) => number.parse::<f64>().ok(),
                _ => None,
            },
            _ => None,
        };
        if let (Some(from), Some(to)) = (literal(low), literal(high))
            && from > to
        {
            let args = Args::new().text("low", low.to_string()).text("high", high.to_string());
            self.fault(NOTHING_BETWEEN.with(args), None);
        }
    }
}
