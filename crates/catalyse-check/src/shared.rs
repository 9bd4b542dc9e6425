//! What several checks work out of the same dates is worked out once: the year of a birth stands in many conditions, and taking a day apart is dear.

use polars::prelude::*;

use crate::checks::TableChecks;

impl TableChecks {
    /// Takes what several checks read alike out of them.
    pub(crate) fn sharing(mut self) -> Self {
        let of_looks = self.looks.iter_mut().flat_map(|look| {
            look.key.iter_mut().chain(look.value.as_mut()).chain(look.when.as_mut())
        });
        let of_assertions = self.assertions.iter_mut().map(|assertion| &mut assertion.holds);
        let all = self.conditions.iter_mut().chain(of_assertions).chain(of_looks);
        self.shared = take_out(all.collect());
        self
    }
}

/// Takes parts of dates that stand in expressions more than once out of them. Returns the columns that must be made before them.
fn take_out(mut expressions: Vec<&mut Expr>) -> Vec<Expr> {
    let mut parts: Vec<(Expr, usize)> = Vec::new();
    for expression in &expressions {
        for part in expression.into_iter().filter(|part| is_part_of_date(part)) {
            match parts.iter_mut().find(|(known, _)| known == part) {
                Some((_, times)) => *times += 1,
                None => parts.push((part.clone(), 1)),
            }
        }
    }
    let parts: Vec<Expr> =
        parts.into_iter().filter(|(_, times)| *times > 1).map(|(part, _)| part).collect();
    for expression in &mut expressions {
        let whole = std::mem::replace(*expression, lit(NULL));
        **expression = whole.map_expr(|node| {
            let place = parts.iter().position(|part| *part == node);
            place.map_or(node, |place| col(name(place)))
        });
    }
    parts.into_iter().enumerate().map(|(place, part)| part.alias(name(place))).collect()
}

/// Says whether an expression takes a column of dates apart: its year, its month.
fn is_part_of_date(expression: &Expr) -> bool {
    let Expr::Function { input, function: FunctionExpr::TemporalExpr(_) } = expression else {
        return false;
    };
    matches!(input.as_slice(), [Expr::Column(_)])
}

fn name(place: usize) -> PlSmallStr {
    format!("shared {place}").into()
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::take_out;

    #[test]
    fn a_part_that_stands_twice_is_made_once() {
        let year = |column: &str| col(column).dt().year();
        let mut first = (year("interview") - year("birth")).gt(lit(17));
        let mut second =
            year("birth").lt(col("diploma")).and(col("interview").dt().month().gt(lit(6)));
        let made = take_out(vec![&mut first, &mut second]);
        assert_eq!(made, [year("birth").alias("shared 0")]);
        assert_eq!(first, (year("interview") - col("shared 0")).gt(lit(17)));
        let month = col("interview").dt().month().gt(lit(6));
        assert_eq!(second, col("shared 0").lt(col("diploma")).and(month));
    }

    #[test]
    fn what_stands_once_stays_where_it_is() {
        let mut alone = col("birth").dt().year().gt(lit(1900));
        let before = alone.clone();
        assert!(take_out(vec![&mut alone]).is_empty());
        assert_eq!(alone, before);
        assert!(take_out(Vec::new()).is_empty());
    }
}
