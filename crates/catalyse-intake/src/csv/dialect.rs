//! How a text file parts its cells: the marks between and around them.

/// The marks between cells that people and programs use.
pub(crate) const DELIMITERS: [u8; 4] = *b";,\t|";

/// Holds the marks of a text file.
#[derive(Clone)]
pub(crate) struct Dialect {
    /// The mark between cells.
    pub(crate) delimiter: u8,
    /// The mark around cells.
    pub(crate) quote: u8,
    /// Whether a byte ends a cell that has no quotes: the delimiter and the line ends.
    pub(crate) ends_cell: [bool; 256],
}

impl Dialect {
    /// Makes the dialect of a delimiter and a quote.
    pub(crate) fn new(delimiter: u8, quote: u8) -> Self {
        let mut ends_cell = [false; 256];
        for byte in [delimiter, b'\n', b'\r'] {
            ends_cell[usize::from(byte)] = true;
        }
        Self { delimiter, quote, ends_cell }
    }

    /// Marks, among eight bytes, those that end a cell without quotes: the lowest bit set belongs to the first of them.
    #[inline]
    pub(crate) const fn ends_in(&self, eight: u64) -> u64 {
        const ONES: u64 = u64::from_le_bytes([1; 8]);
        const HIGH: u64 = u64::from_le_bytes([128; 8]);
        // A byte that is zero borrows from its upper neighbours, never from lower ones (Warren, Hacker's Delight, 6-1).
        const fn zeros(eight: u64) -> u64 {
            eight.wrapping_sub(ONES) & !eight & HIGH
        }
        zeros(eight ^ ONES.wrapping_mul(self.delimiter as u64))
            | zeros(eight ^ ONES.wrapping_mul(b'\n' as u64))
            | zeros(eight ^ ONES.wrapping_mul(b'\r' as u64))
    }

    /// Returns the name of the delimiter for people.
    pub(crate) const fn delimiter_name(&self) -> &'static str {
        name_of(self.delimiter)
    }
}

/// Returns the name of a delimiter for people.
pub(crate) const fn name_of(delimiter: u8) -> &'static str {
    match delimiter {
        b';' => "« ; »",
        b',' => "« , »",
        b'\t' => "tab",
        _ => "« | »",
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn the_first_end_is_found_among_eight_bytes() {
        let dialect = Dialect::new(b';', b'"');
        let first =
            |eight: &[u8; 8]| dialect.ends_in(u64::from_le_bytes(*eight)).trailing_zeros() / 8;
        for (eight, found) in [
            (b";bcdefgh", 0),
            (b"a<;d\nf;h", 2),
            (b"abc\rdefg", 3),
            (b"\xbb:<\x8a\x0b\x0c\x0e\n", 7),
            (b"\0\xff\x80abcde", 8),
        ] {
            assert_eq!(first(eight), found, "{eight:?}");
        }
    }
}
