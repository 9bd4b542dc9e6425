//! Where the rows and cells of an XLSX sheet say they stand, as far as that cannot be: rows of one number, rows out of their order, cells
//! of no column or of another row. Excel refuses such files or repairs them; what they hold must not vanish without a word.

use crate::limits::{MAX_COLUMNS, MAX_SHEET_ROWS};
use crate::workbook::raw_cells::row_and_column;

/// How many rows or cells of one kind are remembered: all that a sheet can have rows.
const MOST: usize = MAX_SHEET_ROWS as usize;

/// Holds what is odd about the addresses of a sheet. Cells are counted from 1 in the order of the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Addresses {
    /// Whether a row stands behind one of its own number or a higher one.
    pub(crate) is_disordered: bool,
    /// The first cells of rows that have the number of the row before.
    repeated: Vec<u64>,
    /// The next cell behind each beginning of a row whose number cannot be.
    odd_rows: Vec<u64>,
    /// The cells whose address cannot be, with the row each stands in.
    odd_cells: Vec<(u64, u32)>,
    n_cells: u64,
    /// The number of the row that is gone through, 0 before the first.
    row: u32,
    /// Whether its own number cannot be and none of its cells has told another yet.
    is_row_open: bool,
}

impl Addresses {
    /// Takes the beginning of a row with the number it gives.
    pub(crate) fn take_row(&mut self, number: Option<&str>) {
        let Some(number) = number else { return self.begin_row(self.row.saturating_add(1)) };
        let known = number.parse().ok().filter(|number| (1..=MAX_SHEET_ROWS).contains(number));
        if let Some(number) = known {
            self.begin_row(number);
        } else {
            remember(&mut self.odd_rows, self.n_cells + 1);
            self.is_row_open = true;
        }
    }

    fn begin_row(&mut self, number: u32) {
        self.is_disordered |= number <= self.row;
        if number == self.row {
            remember(&mut self.repeated, self.n_cells + 1);
        }
        (self.row, self.is_row_open) = (number, false);
    }

    /// Takes a cell with the address it gives.
    pub(crate) fn take_cell(&mut self, address: Option<&[u8]>) {
        let row = address.map(row_of);
        if let (true, Some(Some(row))) = (self.is_row_open, row) {
            self.begin_row(row);
        }
        self.n_cells += 1;
        let is_odd = row.map_or(self.is_row_open, |row| row != Some(self.row));
        if is_odd {
            let row = self.row.saturating_add(u32::from(self.is_row_open)).max(1);
            remember(&mut self.odd_cells, (self.n_cells, row));
        }
    }
}

/// Returns the row of an address, if there is such a cell.
fn row_of(address: &[u8]) -> Option<u32> {
    let mut upper = [0; 16];
    let upper = upper.get_mut(..address.len())?;
    upper.copy_from_slice(address);
    upper.make_ascii_uppercase();
    let (row, column) = row_and_column(std::str::from_utf8(upper).ok()?)?;
    ((1..=MAX_SHEET_ROWS).contains(&row) && column < MAX_COLUMNS).then_some(row)
}

fn remember<T>(list: &mut Vec<T>, one: T) {
    if list.len() < MOST {
        list.push(one);
    }
}

/// Goes along the odd addresses of a sheet while its cells are read: how many of each list it has passed.
#[derive(Default)]
pub(crate) struct Along {
    repeated: usize,
    odd_rows: usize,
    odd_cells: usize,
}

impl Along {
    /// Says whether a row whose number cannot be begins before a cell; asked once for each such row.
    pub(crate) fn has_odd_row(&mut self, addresses: &Addresses, cell: u64) -> bool {
        let is_next = addresses.odd_rows.get(self.odd_rows) == Some(&cell);
        self.odd_rows += usize::from(is_next);
        is_next
    }

    /// Says whether a cell is the first of a row that has the number of the one before.
    pub(crate) fn begins_repeated(&mut self, addresses: &Addresses, cell: u64) -> bool {
        let mut begins = false;
        // Rows without cells repeat a number too.
        while addresses.repeated.get(self.repeated).is_some_and(|first| *first <= cell) {
            self.repeated += 1;
            begins = true;
        }
        begins
    }

    /// Returns the row of a cell whose address cannot be.
    pub(crate) fn odd_cell(&mut self, addresses: &Addresses, cell: u64) -> Option<u32> {
        let (_, row) = addresses.odd_cells.get(self.odd_cells).filter(|(odd, _)| *odd == cell)?;
        self.odd_cells += 1;
        Some(*row)
    }
}

#[cfg(test)]
mod tests {
    use super::{Addresses, Along};

    /// Takes rows with their cells and returns what is odd: the repeated beginnings, and the odd cells with their rows.
    fn odd(rows: &[(Option<&str>, &[&str])]) -> (bool, Vec<u64>, Vec<(u64, u32)>) {
        let mut addresses = Addresses::default();
        for (number, cells) in rows {
            addresses.take_row(*number);
            for cell in *cells {
                addresses.take_cell(Some(cell.as_bytes()).filter(|cell| !cell.is_empty()));
            }
        }
        let mut along = Along::default();
        let cells = 1..=addresses.n_cells;
        let repeated = cells.clone().filter(|cell| along.begins_repeated(&addresses, *cell));
        let repeated = repeated.collect();
        let odd_cells = cells.filter_map(|cell| Some((cell, along.odd_cell(&addresses, cell)?)));
        let odd_cells = odd_cells.collect();
        (addresses.is_disordered, repeated, odd_cells)
    }

    #[test]
    fn rows_in_order_are_not_odd() {
        let rows = [(Some("1"), &["A1", "b1"][..]), (None, &["", "C2"]), (Some("9"), &["XFD9"])];
        assert_eq!(odd(&rows), (false, vec![], vec![]));
    }

    #[test]
    fn rows_of_one_number_and_out_of_order_are_known() {
        let rows = [
            (Some("5"), &["A5"][..]),
            (Some("3"), &["A3", "B3"]),
            (Some("3"), &[]),
            (Some("3"), &["A3"]),
        ];
        assert_eq!(odd(&rows), (true, vec![4], vec![]));
    }

    #[test]
    fn addresses_that_cannot_be_are_odd_cells_of_their_row() {
        for address in
            ["ZZZZ3", "A0", "!!", "A4", "XFE3", "A99999999999", "$A$3", "A3A3A3A3A3A3A3A3A3"]
        {
            let rows = [(Some("2"), &["A2"][..]), (Some("3"), &["A3", address, "C3"])];
            assert_eq!(odd(&rows), (false, vec![], vec![(3, 3)]), "{address}");
        }
    }

    #[test]
    fn a_row_whose_number_cannot_be_is_that_of_its_cells() {
        for number in ["0", "-3", "99999999999", "x"] {
            let rows = [
                (Some("2"), &["A2"][..]),
                (Some(number), &["", "B3", "C3", "D9"]),
                (Some("4"), &["A4"]),
            ];
            assert_eq!(odd(&rows), (false, vec![], vec![(2, 3), (5, 3)]), "{number}");
        }
    }
}
