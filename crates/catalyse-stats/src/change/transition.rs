//! What becomes of persons between two waves, and along all of them.

use crate::association::count_table::CountTable;
use crate::{Share, Undefined};

/// Returns, for each state at the first wave, the shares of the states at the second.
///
/// # Shape
/// Rows are states at the first wave, columns states at the second; only persons seen twice. A state nobody was in gives an empty row,
/// not a row of zeros.
///
/// # Units
/// Shares of the persons of the row; each row that is not empty adds up to 1.
///
/// # Example
/// Rows 8, 2 and 0, 0: the first row is 0.8 and 0.2, the second is empty.
pub fn transition_shares(table: &CountTable) -> Vec<Vec<Share>> {
    let shares_of = |row: &[u64]| {
        let base = row.iter().sum();
        row.iter().filter_map(|&count| Share::new(count, base).ok()).collect()
    };
    table.rows().map(shares_of).collect()
}

/// Returns the share of persons whose state is the same at both waves.
///
/// # Shape
/// A square table: the same states in the same order at both waves.
///
/// # Errors
/// [`Undefined::SizesDiffer`] if the table is not square, [`Undefined::NoPersons`] if it is empty.
///
/// # Example
/// Rows 8, 2 and 1, 9: 17 of 20.
pub fn share_unchanged(table: &CountTable) -> Result<Share, Undefined> {
    if table.n_rows() != table.n_columns() {
        return Err(Undefined::SizesDiffer { expected: table.n_rows(), found: table.n_columns() });
    }
    let unchanged =
        table.rows().enumerate().map(|(index, row)| row.get(index).copied().unwrap_or(0));
    Share::new(unchanged.sum(), table.n_persons())
}

/// Returns how evenly persons are spread over the categories.
///
/// # Units
/// 0 (all in one category) to 1 (as many in each).
///
/// # Errors
/// [`Undefined::NoPersons`] for empty counts, [`Undefined::NoVariation`] if there is only one category to be in.
///
/// # Example
/// 5, 5: 1. 10, 0: 0. 9, 1: 0.469.
///
/// # Source
/// C. Shannon, Bell System Technical Journal 27 (1948) 379–423, divided by ln k as in A. Gabadinho et al., Journal of Statistical
/// Software 40(4) (2011), section 4.1.
pub fn entropy(counts: &[u64]) -> Result<f64, Undefined> {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Err(Undefined::NoPersons);
    }
    if counts.len() < 2 {
        return Err(Undefined::NoVariation);
    }
    let part = |count: u64| {
        let share = count as f64 / n as f64;
        -share * share.ln()
    };
    let sum: f64 = counts.iter().filter(|&&count| count > 0).map(|&count| part(count)).sum();
    Ok((sum / (counts.len() as f64).ln()).clamp(0.0, 1.0))
}

/// One person's way through the waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SequenceSummary {
    /// Waves the person was seen at.
    pub n_observed: usize,
    /// Changes of state between two waves that follow each other and at both of which the person was seen.
    pub n_transitions: usize,
    /// Longest run of waves in the same state.
    pub longest_spell: usize,
}

/// Sums up one person's states.
///
/// # Shape
/// One entry per wave, in order.
///
/// # Missing
/// A wave at which the person was not seen ends a spell and gives no transition: what happened meanwhile is not known.
///
/// # Example
/// States 1, 1, none, 2, 3: four waves, one transition, longest spell two.
///
/// # Source
/// A. Gabadinho et al., Journal of Statistical Software 40(4) (2011), section 5.
pub fn summarise_sequence(states: &[Option<usize>]) -> SequenceSummary {
    let mut summary = SequenceSummary::default();
    let (mut previous, mut spell) = (None, 0);
    for &state in states {
        spell = match state {
            None => 0,
            Some(_) if state == previous => spell + 1,
            Some(_) => 1,
        };
        summary.n_transitions +=
            usize::from(state.is_some() && previous.is_some() && state != previous);
        summary.n_observed += usize::from(state.is_some());
        summary.longest_spell = summary.longest_spell.max(spell);
        previous = state;
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_wave_gives_no_transition() {
        let summary = summarise_sequence(&[Some(1), Some(1), None, Some(2), Some(3)]);
        let expected = SequenceSummary { n_observed: 4, n_transitions: 1, longest_spell: 2 };
        assert_eq!(summary, expected);
        assert_eq!(summarise_sequence(&[None, None]), SequenceSummary::default());
    }

    #[test]
    fn a_state_nobody_was_in_gives_an_empty_row() {
        let table = CountTable::new(&[vec![8, 2], vec![0, 0]]).unwrap();
        let shares = transition_shares(&table);
        assert_eq!(shares[0].iter().map(|share| share.value()).collect::<Vec<_>>(), [0.8, 0.2]);
        assert!(shares[1].is_empty());
        assert_eq!(share_unchanged(&table), Share::new(8, 10));
    }
}
