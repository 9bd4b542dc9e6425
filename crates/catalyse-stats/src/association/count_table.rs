//! A table of counts with its margins.

use crate::Undefined;

/// Counts of persons by two variables, unweighted.
///
/// # Shape
/// At least one row and one column, all rows of the same length. A person is in exactly one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    n_columns: usize,
    cells: Vec<u64>,
}

impl CountTable {
    /// Makes a table from its rows.
    ///
    /// # Errors
    /// [`Undefined::NoPersons`] without rows or columns, [`Undefined::SizesDiffer`] if a row is longer or shorter than the first.
    ///
    /// # Example
    /// `CountTable::new(&[vec![12, 5], vec![3, 20]])` works, `CountTable::new(&[vec![12, 5], vec![3]])` does not.
    pub fn new(rows: &[Vec<u64>]) -> Result<Self, Undefined> {
        let n_columns = rows.first().map_or(0, Vec::len);
        if n_columns == 0 {
            return Err(Undefined::NoPersons);
        }
        match rows.iter().find(|row| row.len() != n_columns) {
            Some(row) => Err(Undefined::SizesDiffer { expected: n_columns, found: row.len() }),
            None => Ok(Self { n_columns, cells: rows.concat() }),
        }
    }

    /// Returns the rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.cells.chunks_exact(self.n_columns)
    }

    /// Returns the number of rows.
    pub fn n_rows(&self) -> usize {
        self.cells.len() / self.n_columns
    }

    /// Returns the number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Returns the sum of each row.
    pub fn row_totals(&self) -> Vec<u64> {
        self.rows().map(|row| row.iter().sum()).collect()
    }

    /// Returns the sum of each column.
    pub fn column_totals(&self) -> Vec<u64> {
        let mut totals = vec![0; self.n_columns];
        for row in self.rows() {
            for (total, count) in totals.iter_mut().zip(row) {
                *total += count;
            }
        }
        totals
    }

    /// Returns the number of persons in the table.
    pub fn n_persons(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// Returns the table of one row against the sum of all others; `None` if there is no such row.
    ///
    /// A partner is compared with the rest and not with the total, because the total contains the partner.
    ///
    /// # Shape
    /// Two rows: the chosen one and the rest. Columns as before.
    #[must_use]
    pub fn row_against_rest(&self, row_index: usize) -> Option<Self> {
        let chosen = self.rows().nth(row_index)?;
        let rest = self.column_totals().iter().zip(chosen).map(|(all, part)| all - part).collect();
        Some(Self { n_columns: self.n_columns, cells: [chosen.to_vec(), rest].concat() })
    }

    /// Returns the table without its empty rows and columns.
    ///
    /// # Errors
    /// [`Undefined::NoPersons`] for an empty table, [`Undefined::NoVariation`] if fewer than two rows or columns remain.
    pub(crate) fn without_empty(&self) -> Result<Self, Undefined> {
        if self.n_persons() == 0 {
            return Err(Undefined::NoPersons);
        }
        let columns = self.column_totals();
        let filled = |row: &[u64]| row.iter().any(|&count| count > 0);
        let rows: Vec<Vec<u64>> = self
            .rows()
            .filter(|row| filled(row))
            .map(|row| {
                row.iter().zip(&columns).filter(|(_, all)| **all > 0).map(|(n, _)| *n).collect()
            })
            .collect();
        let table = Self::new(&rows)?;
        if table.n_rows() < 2 || table.n_columns() < 2 {
            return Err(Undefined::NoVariation);
        }
        Ok(table)
    }

    /// Returns the counts and what they would be if rows and columns had nothing to do with each other, row by row.
    pub(crate) fn observed_and_expected(&self) -> Vec<(f64, f64)> {
        let n = self.n_persons() as f64;
        let (rows, columns) = (self.row_totals(), self.column_totals());
        let expected = rows
            .iter()
            .flat_map(|&row| columns.iter().map(move |&column| row as f64 * column as f64 / n));
        self.cells.iter().map(|&count| count as f64).zip(expected).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_is_set_against_the_others_and_not_against_all() {
        let table = CountTable::new(&[vec![1, 2], vec![3, 4], vec![5, 6]]).unwrap();
        let expected = CountTable::new(&[vec![3, 4], vec![6, 8]]).unwrap();
        assert_eq!(table.row_against_rest(1), Some(expected));
        assert_eq!(table.row_against_rest(3), None);
    }

    #[test]
    fn a_ragged_or_empty_table_is_refused() {
        let ragged = CountTable::new(&[vec![1, 2], vec![3]]);
        assert_eq!(ragged, Err(Undefined::SizesDiffer { expected: 2, found: 1 }));
        assert_eq!(CountTable::new(&[]), Err(Undefined::NoPersons));
    }

    #[test]
    fn empty_rows_and_columns_fall_out() {
        let table = CountTable::new(&[vec![1, 0, 2], vec![0, 0, 0], vec![5, 0, 6]]).unwrap();
        assert_eq!(table.without_empty(), CountTable::new(&[vec![1, 2], vec![5, 6]]));
        let single = CountTable::new(&[vec![1, 0], vec![5, 0]]).unwrap();
        assert_eq!(single.without_empty(), Err(Undefined::NoVariation));
    }
}
