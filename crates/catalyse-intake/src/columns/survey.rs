//! How each column of a sheet is written: one order of day and month, one decimal mark. Whole columns are looked at, never cell by cell.

use catalyse_codebook::types::trim;
use catalyse_codebook::{DateOrder, DecimalMark, RawCell, Storage, Variable};

use crate::sheet::block::Block;

/// Collects what the cells of one column show.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shown {
    day_first: u64,
    month_first: u64,
    /// Dates that may be read both ways.
    either: u64,
    comma: u64,
    point: u64,
}

impl Shown {
    /// Looks at a column of a block.
    pub(crate) fn look_at(&mut self, block: &Block, column: u32, from_row: u32) {
        for (row_index, row) in block.rows.iter().enumerate() {
            if row.number >= from_row
                && let RawCell::Text(text) = block.cell(row_index, column)
            {
                let text = trim(text);
                self.look_at_date(text);
                self.look_at_number(text);
            }
        }
    }

    /// Says whether dates were seen that may be read both ways, and none that tells.
    pub(crate) const fn is_undecided(&self) -> bool {
        self.either > 0 && self.day_first == 0 && self.month_first == 0
    }

    /// Returns the order of day and month. What nothing decides is day first, as Belgians write.
    pub(crate) const fn date_order(&self) -> DateOrder {
        if self.month_first > self.day_first {
            DateOrder::MonthDayYear
        } else {
            DateOrder::DayMonthYear
        }
    }

    /// Returns the decimal mark, if a cell tells it.
    pub(crate) const fn decimal_mark(&self) -> Option<DecimalMark> {
        if self.comma == 0 && self.point == 0 {
            None
        } else if self.point > self.comma {
            Some(DecimalMark::Point)
        } else {
            Some(DecimalMark::Comma)
        }
    }

    /// Adds what another column of a variable shows that may tell something to the whole sheet: numbers show marks, dates an order.
    ///
    /// A code `2.1`, a version in a text or a month `09.2019` has a point too and says nothing of how numbers are written.
    pub(crate) fn add(&mut self, variable: &Variable, other: &Self) {
        match variable.value_type.storage() {
            Storage::Integer | Storage::Decimal if !variable.value_type.counts_months() => {
                self.comma += other.comma;
                self.point += other.point;
            }
            Storage::Date => {
                self.day_first += other.day_first;
                self.month_first += other.month_first;
            }
            Storage::Integer
            | Storage::Decimal
            | Storage::Boolean
            | Storage::Text
            | Storage::Code
            | Storage::Codes => {}
        }
    }

    /// A date of two small numbers and a year tells the order if one of them is above twelve.
    fn look_at_date(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let Some((first, rest)) = small_number(bytes) else { return };
        let Some((&mark, rest)) = rest.split_first() else { return };
        if !matches!(mark, b'/' | b'.' | b'-') {
            return;
        }
        let Some((second, rest)) = small_number(rest) else { return };
        if rest.first() != Some(&mark) || !rest.get(1).is_some_and(u8::is_ascii_digit) {
            return;
        }
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) => self.either += 1,
            (true, true) => {}
        }
    }

    /// A mark tells if it cannot part thousands: it stands alone and not before exactly three digits, or behind another mark.
    fn look_at_number(&mut self, text: &str) {
        let is_number =
            |byte: u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b' ' | b'-');
        let Some(last) = text.rfind([',', '.']) else { return };
        if !text.bytes().all(is_number) {
            return;
        }
        let (n_commas, n_points) = (text.matches(',').count(), text.matches('.').count());
        let (whole, fraction) = (&text[..last], &text[last + 1..]);
        let may_part_thousands = n_commas + n_points == 1
            && fraction.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0');
        let is_repeated = n_commas > 1 && n_points == 0 || n_points > 1 && n_commas == 0;
        if !may_part_thousands && !is_repeated && !fraction.is_empty() {
            if text.as_bytes().get(last) == Some(&b',') { self.comma += 1 } else { self.point += 1 }
        }
    }
}

/// Takes a number of one or two digits from the beginning.
fn small_number(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let digit = |index: usize| {
        bytes.get(index).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0')
    };
    let first = digit(0)?;
    match digit(1) {
        Some(second) => Some((first * 10 + second, bytes.get(2..)?)),
        None => Some((first, bytes.get(1..)?)),
    }
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{DateOrder, DecimalMark};

    use super::Shown;

    fn shown(texts: &[&str]) -> Shown {
        let mut shown = Shown::default();
        for text in texts {
            shown.look_at_date(text);
            shown.look_at_number(text);
        }
        shown
    }

    #[test]
    fn one_order_a_column_and_day_first_where_nothing_tells() {
        for (texts, order, is_undecided) in [
            (&["02/03/2024", "3/4/24"][..], DateOrder::DayMonthYear, true),
            (&["02/03/2024", "03/25/2024"], DateOrder::MonthDayYear, false),
            (&["02/25/2024", "25/02/2024", "26.2.24"], DateOrder::DayMonthYear, false),
            (&["2024-03-25", "1234", "45353"], DateOrder::DayMonthYear, false),
        ] {
            let shown = shown(texts);
            assert_eq!(
                (shown.date_order(), shown.is_undecided()),
                (order, is_undecided),
                "{texts:?}"
            );
        }
    }

    #[test]
    fn a_mark_tells_only_where_it_cannot_part_thousands() {
        for (texts, mark) in [
            (&["1,234", "1.234", "12"][..], None),
            (&["1,234", "12,5"], Some(DecimalMark::Comma)),
            (&["12.5", "1.234"], Some(DecimalMark::Point)),
            (&["1.234,56"], Some(DecimalMark::Comma)),
            (&["1.234.567"], None),
            (&["0,125"], Some(DecimalMark::Comma)),
        ] {
            assert_eq!(shown(texts).decimal_mark(), mark, "{texts:?}");
        }
    }
}
