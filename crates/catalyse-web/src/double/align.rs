//! Aligning the episodes of two entries by what is in them: who keys a pile twice may well begin with another spell.
//!
//! The pairs are those whose differences add up to least (the assignment problem, by shortest augmenting paths).

/// Pairs rows with columns so that the costs of the pairs add up to least. `costs` is a matrix; the answer gives each row its column.
///
/// With fewer columns than rows, some rows get none.
pub(crate) fn align(costs: &[Vec<u32>]) -> Vec<Option<usize>> {
    let n_rows = costs.len();
    let n_columns = costs.iter().map(Vec::len).max().unwrap_or_default();
    let size = n_rows.max(n_columns);
    // What is added to make the matrix square costs the same everywhere, and so decides nothing.
    let cost = |row: usize, column: usize| {
        i64::from(costs.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default())
    };
    let mut state = State::new(size);
    for row in 1..=size {
        state.add(row, &cost);
    }
    let mut columns = vec![None; n_rows];
    for (column, row) in state.row_of.iter().enumerate().skip(1).take(n_columns) {
        if let Some(slot) = row.checked_sub(1).and_then(|row| columns.get_mut(row)) {
            *slot = Some(column - 1);
        }
    }
    columns
}

/// Potentials of rows and columns, and the row of each column; both count from 1, 0 stands for none (H. Kuhn 1955, in the form of J. Munkres
/// with potentials).
struct State {
    of_row: Vec<i64>,
    of_column: Vec<i64>,
    row_of: Vec<usize>,
}

impl State {
    fn new(size: usize) -> Self {
        Self { of_row: vec![0; size + 1], of_column: vec![0; size + 1], row_of: vec![0; size + 1] }
    }

    fn add(&mut self, row: usize, cost: &impl Fn(usize, usize) -> i64) {
        let size = self.row_of.len() - 1;
        let mut least = vec![i64::MAX; size + 1];
        let mut way = vec![0; size + 1];
        let mut is_used = vec![false; size + 1];
        self.row_of[0] = row;
        let mut column = 0;
        while self.row_of[column] != 0 {
            is_used[column] = true;
            let from = self.row_of[column];
            let (mut step, mut next) = (i64::MAX, 0);
            for other in (1..=size).filter(|other| !is_used[*other]) {
                let reduced = cost(from - 1, other - 1) - self.of_row[from] - self.of_column[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if is_used[other] {
                    self.of_row[self.row_of[other]] += step;
                    self.of_column[other] -= step;
                } else if least[other] < i64::MAX {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            self.row_of[column] = self.row_of[way[column]];
            column = way[column];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::align;

    fn total(costs: &[Vec<u32>], columns: &[Option<usize>]) -> u32 {
        let pairs = columns.iter().enumerate();
        pairs.filter_map(|(row, column)| Some(costs[row][(*column)?])).sum()
    }

    #[test]
    fn the_cheapest_pairs_are_found_and_not_the_first_good_ones() {
        let costs = vec![vec![1, 2], vec![2, 9]];
        assert_eq!(align(&costs), [Some(1), Some(0)]);
        assert!(align(&[]).is_empty());
        assert_eq!(align(&[vec![], vec![]]), [None, None]);
    }

    #[test]
    fn rows_without_a_column_stay_alone() {
        assert_eq!(align(&[vec![5], vec![0], vec![7]]), [None, Some(0), None]);
        assert_eq!(align(&[vec![5, 0, 7]]), [Some(1)]);
    }

    #[test]
    fn no_other_pairing_is_cheaper() {
        let costs = vec![vec![7, 3, 6, 9], vec![2, 8, 4, 1], vec![5, 5, 2, 8], vec![4, 1, 9, 6]];
        let mut orders = Vec::new();
        for a in 0..4_usize {
            for b in 0..4 {
                for c in 0..4 {
                    for d in 0..4 {
                        let order = [Some(a), Some(b), Some(c), Some(d)];
                        let mut sorted = [a, b, c, d];
                        sorted.sort_unstable();
                        if sorted == [0, 1, 2, 3] {
                            orders.push(order);
                        }
                    }
                }
            }
        }
        let least = orders.iter().map(|order| total(&costs, order)).min();
        assert_eq!(Some(total(&costs, &align(&costs))), least);
    }
}
