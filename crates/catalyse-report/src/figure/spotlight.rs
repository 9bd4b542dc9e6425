//! The one cell of a table that title and *Lecture* both speak of, where no test says which: the largest share that is drawn.

use catalyse_disclose::{Role, ShareOf};

use crate::figure::context::Context;
use crate::inputs::Edition;
use crate::report::table::{Row, Table, percent_of};

/// Holds the cell in the light. Columns are counted from 0.
pub(crate) struct Spotlight<'a> {
    pub row: &'a Row,
    /// Another row with the same share.
    pub equal: Option<&'a Row>,
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
            let shares = || {
                let rows = table.news_rows().into_iter();
                rows.filter_map(|row| percent_of(row, column).map(|share| (share, row)))
            };
            let share = shares().map(|(share, _)| share).max().filter(|share| *share > 0)?;
            let mut rows = shares().filter(|(of, _)| *of == share).map(|(_, row)| row);
            Some(Spotlight { row: rows.next()?, equal: rows.next(), column, share })
        }
    }
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

/// Returns the largest share that leaves its row: of equal ones the first.
fn largest_move<'a>(context: &Context<'_>, table: &'a Table) -> Option<Spotlight<'a>> {
    let cells = table.categories().flat_map(|(_, row)| {
        let columns = table.columns.iter().enumerate();
        let others = columns.filter(|(_, column)| column.role == Role::Category);
        let others =
            others.filter(|(_, column)| !context.is_transition() || column.key != row.heading.key);
        others.filter_map(move |(column, _)| Some((percent_of(row, column)?, row, column)))
    });
    let (share, row, column) =
        cells.fold(None, |most: Option<(u8, &Row, usize)>, found| match most {
            Some(most) if most.0 >= found.0 => Some(most),
            Some(_) | None => Some(found),
        })?;
    (share > 0).then_some(Spotlight { row, equal: None, column, share })
}

/// Lists the columns (from 0) in which some share is a percentage.
pub(crate) fn filled_columns(table: &Table) -> Vec<usize> {
    let is_filled =
        |column: &usize| table.categories().any(|(_, row)| percent_of(row, *column).is_some());
    let categories = table.columns.iter().enumerate();
    let categories = categories.filter(|(_, column)| column.role == Role::Category);
    categories.map(|(index, _)| index).filter(is_filled).collect()
}
