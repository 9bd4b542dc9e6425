//! Counting: two codings and a mask become cells. The only loop over records that a table needs.

use catalyse_disclose::{Cell, Fingerprint, Population, Unit};

use crate::caseload::Rows;
use crate::coding::Coding;

/// Counts the records under each pair of headings, row-major. `mask` says which records belong to the table's universe.
///
/// # Shape
/// `rows.headings × columns.headings` cells. A record outside the universe of either coding is in none.
///
/// # Units
/// Records, and distinct persons beside them; weights are summed where the rows have some.
pub(crate) fn count_cells(
    rows: Rows<'_>,
    unit: &Unit,
    sides: (&Coding, &Coding),
    mask: &[bool],
    base: &Population,
) -> Vec<Cell> {
    let (row_coding, column_coding) = sides;
    let n_columns = column_coding.axis.headings.len();
    let n_cells = row_coding.axis.headings.len() * n_columns;
    let mut counts = vec![0_u64; n_cells];
    let mut weights = vec![0.0_f64; n_cells];
    let mut members = vec![Fingerprint::default(); n_cells];
    let mut persons = vec![Vec::new(); n_cells];
    let counts_rows = matches!(unit, Unit::Rows(_));
    for (index, (row_bits, column_bits)) in
        row_coding.bits.iter().zip(&column_coding.bits).enumerate()
    {
        if !mask.get(index).copied().unwrap_or(false) {
            continue;
        }
        let member = rows.fingerprint(index, unit);
        let weight = rows.weights.and_then(|weights| weights.get(index)).copied().unwrap_or(1.0);
        for row in ones(*row_bits) {
            for column in ones(*column_bits) {
                let cell = row * n_columns + column;
                if let (Some(count), Some(sum)) = (counts.get_mut(cell), weights.get_mut(cell)) {
                    *count += 1;
                    *sum += weight;
                }
                if let Some(members) = members.get_mut(cell) {
                    *members += member;
                }
                if counts_rows
                    && let (Some(seen), Some(person)) =
                        (persons.get_mut(cell), rows.persons.get(index))
                {
                    seen.push(*person);
                }
            }
        }
    }
    let populations = populations(row_coding, column_coding, base);
    let measured = counts.into_iter().zip(weights).zip(persons).zip(populations).zip(members);
    measured
        .map(|((((count, weight), mut seen), population), members)| {
            seen.sort_unstable();
            seen.dedup();
            let persons = if counts_rows { seen.len() as u64 } else { count };
            let weighted = rows.weights.map(|_| weight);
            let fingerprint = Some(members);
            Cell { population, persons, count, fingerprint, weighted, summary: None }
        })
        .collect()
}

/// Names the population of each cell, row-major.
pub(crate) fn populations(rows: &Coding, columns: &Coding, base: &Population) -> Vec<Population> {
    let mut universe = base.clone();
    for condition in [&rows.universe, &columns.universe].into_iter().flatten() {
        universe = universe.and(condition.clone());
    }
    let and = |population: &Population, condition: &Option<String>| match condition {
        Some(condition) => population.and(condition.clone()),
        None => population.clone(),
    };
    rows.conditions
        .iter()
        .flat_map(|row| {
            let in_row = and(&universe, row);
            columns.conditions.iter().map(move |column| and(&in_row, column)).collect::<Vec<_>>()
        })
        .collect()
}

/// Lists the places of the bits that are set, from 0.
fn ones(bits: u128) -> impl Iterator<Item = usize> {
    let mut rest = bits;
    std::iter::from_fn(move || {
        (rest != 0).then(|| {
            let place = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            place
        })
    })
}

#[cfg(test)]
mod tests {
    use super::ones;

    #[test]
    fn every_bit_is_visited_once() {
        assert_eq!(ones(0).count(), 0);
        assert_eq!(ones(1 << 127 | 0b101).collect::<Vec<_>>(), [0, 2, 127]);
    }
}
