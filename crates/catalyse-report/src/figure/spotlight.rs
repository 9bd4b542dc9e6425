//! The one cell of a table that title and *Lecture* both speak of, where no test says which: the largest share that is drawn.

use catalyse_disclose::{Role, ShareOf};

use crate::figure::context::Context;
use crate::inputs::Edition;
use crate::report::table::{Row, Table, percent_of};

/// Holds the cell in the light. Columns are counted from 0.
pub(crate) struct Spotlight<'a> {
    pub row: &'a Row,
    /// The other rows that may be as large: what rounding hides could put each of them first.
    pub level: Vec<&'a Row>,
    pub column: usize,
    pub share: u8,
}

/// Returns the largest share: of everybody where groups stand side by side, at the last wave, or of the partner of the edition. A
/// printed 0 is never in the light.
pub(crate) fn spotlight<'a>(context: &Context<'_>, table: &'a Table) -> Option<Spotlight<'a>> {
    match table.share_of {
        ShareOf::Nothing => None,
        ShareOf::Row => largest_move(context, table),
        ShareOf::Column => {
            let column = column_of(context, table)?;
            let mut rows = leading_rows(table, column).into_iter();
            let (share, row) = rows.next().filter(|(share, _)| *share > 0)?;
            Some(Spotlight { row, level: rows.map(|(_, row)| row).collect(), column, share })
        }
    }
}

/// Lists the row with the largest share of a column, then those whose true number may be as large as its own, with their shares, the
/// largest first. Shares of several printed counts that rounding could have put in another order have no winner.
pub(crate) fn leading_rows(table: &Table, column: usize) -> Vec<(u8, &Row)> {
    let hidden = table.rounding.saturating_sub(1);
    let count = |row: &Row| row.cells.get(column).and_then(|cell| cell.count.value());
    let rows = table.news_rows().into_iter();
    let mut rows: Vec<(u8, &Row)> =
        rows.filter_map(|row| percent_of(row, column).map(|share| (share, row))).collect();
    rows.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    let most = rows.first().and_then(|(_, row)| count(row));
    rows.into_iter()
        .enumerate()
        .filter(|(place, (_, row))| {
            let reaches = count(row).zip(most).is_some_and(|(n, most)| n + 2 * hidden >= most);
            *place == 0 || reaches
        })
        .map(|(_, row)| row)
        .collect()
}

/// Returns the column that is read.
fn column_of(context: &Context<'_>, table: &Table) -> Option<usize> {
    let filled = filled_columns(table);
    let total = table.columns.iter().position(|column| column.role == Role::Total);
    let is_beside = matches!(context.inputs.edition, Edition::Partner(_))
        && context.release.columns().is_of_partners();
    if table.has_one_column() {
        Some(0)
    } else if table.is_by_wave {
        filled.last().copied()
    } else if is_beside {
        filled.first().copied()
    } else {
        total.or_else(|| filled.first().copied())
    }
}

/// Returns the largest share that leaves its row; nothing if another is printed the same.
fn largest_move<'a>(context: &Context<'_>, table: &'a Table) -> Option<Spotlight<'a>> {
    let cells = table.categories().flat_map(|(_, row)| {
        let columns = table.columns.iter().enumerate();
        let others = columns.filter(|(_, column)| column.role == Role::Category);
        let others =
            others.filter(|(_, column)| !context.is_transition() || column.key != row.heading.key);
        others.filter_map(move |(column, _)| Some((percent_of(row, column)?, row, column)))
    });
    let cells: Vec<(u8, &Row, usize)> = cells.collect();
    let share = cells.iter().map(|cell| cell.0).max().filter(|share| *share > 0)?;
    let mut largest = cells.into_iter().filter(|cell| cell.0 == share);
    match (largest.next(), largest.next()) {
        (Some((_, row, column)), None) => Some(Spotlight { row, level: Vec::new(), column, share }),
        (Some(_) | None, _) => None,
    }
}

/// Lists the columns (from 0) in which some share is a percentage.
pub(crate) fn filled_columns(table: &Table) -> Vec<usize> {
    let is_filled =
        |column: &usize| table.categories().any(|(_, row)| percent_of(row, *column).is_some());
    let categories = table.columns.iter().enumerate();
    let categories = categories.filter(|(_, column)| column.role == Role::Category);
    categories.map(|(index, _)| index).filter(is_filled).collect()
}
