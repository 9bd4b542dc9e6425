//! Reading the answers of a check: bits in, counts and row indices out. Rows that satisfy a check are never walked.

use polars::prelude::*;

use crate::Tally;

/// Counts the answers of a column of booleans.
pub(crate) fn tally(answers: &BooleanChunked) -> Tally {
    let lacking = answers.null_count() as u64;
    let satisfied = u64::from(answers.sum().unwrap_or(0));
    Tally { satisfied, violated: answers.len() as u64 - lacking - satisfied, lacking }
}

/// Calls `found` with the index of each answer that is FALSE, in order.
pub(crate) fn each_false(answers: &BooleanChunked, mut found: impl FnMut(usize)) {
    let mut offset = 0;
    for array in answers.downcast_iter() {
        let is_false = !array.values();
        let is_false = match array.validity() {
            Some(validity) => &is_false & validity,
            None => is_false,
        };
        for index in is_false.true_idx_iter() {
            found(offset + index);
        }
        offset += is_false.len();
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::{each_false, tally};
    use crate::Tally;

    #[test]
    fn null_is_neither_satisfied_nor_violated() {
        let parts = [
            BooleanChunked::new("a".into(), [Some(true), None, Some(false), Some(false)]),
            BooleanChunked::new("a".into(), [false, true]),
        ];
        let mut answers = BooleanChunked::full_null("a".into(), 0);
        for part in &parts {
            answers.append(part).expect("same type");
        }
        assert_eq!(tally(&answers), Tally { satisfied: 2, violated: 3, lacking: 1 });
        let mut rows = Vec::new();
        each_false(&answers, |row| rows.push(row));
        assert_eq!(rows, [2, 3, 4]);
    }

    #[test]
    fn nothing_has_nothing() {
        let none = BooleanChunked::full_null("a".into(), 0);
        assert_eq!(tally(&none), Tally::default());
        each_false(&none, |_| panic!("no row"));
    }
}
