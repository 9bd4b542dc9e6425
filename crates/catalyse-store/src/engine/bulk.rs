//! Many rows in few statements: what was prepared beforehand is written while others wait, so it is written fast.

use std::fmt::Write as _;

use sqlx::{AnyConnection, AssertSqlSafe};

use crate::StoreError;

/// Holds one value of a row that is to be written.
#[derive(Clone)]
pub(crate) enum Cell {
    Number(i64),
    Text(String),
    NoNumber,
    NoText,
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::NoNumber, Self::Number)
    }
}

/// Says where rows go.
pub(crate) struct Target {
    /// The table.
    pub(crate) table: &'static str,
    /// The columns, in the order of the cells of a row.
    pub(crate) columns: &'static [&'static str],
    /// The columns that get a new value where a row of this `id` is there already; none means that there is none.
    pub(crate) renewed: &'static [&'static str],
}

// Both databases take more; a longer statement is hardly faster.
const MOST_CELLS: usize = 1_200;

/// Writes rows.
pub(crate) async fn put_all(
    writing: &mut AnyConnection,
    target: &Target,
    rows: Vec<Vec<Cell>>,
) -> Result<(), StoreError> {
    let at_once = (MOST_CELLS / target.columns.len().max(1)).max(1);
    let mut rows = rows.into_iter();
    loop {
        let some: Vec<Vec<Cell>> = rows.by_ref().take(at_once).collect();
        if some.is_empty() {
            return Ok(());
        }
        let mut query = sqlx::query(AssertSqlSafe(statement(target, some.len())));
        for cell in some.into_iter().flatten() {
            query = match cell {
                Cell::Number(number) => query.bind(number),
                Cell::Text(text) => query.bind(text),
                Cell::NoNumber => query.bind(None::<i64>),
                Cell::NoText => query.bind(None::<String>),
            };
        }
        query.execute(&mut *writing).await?;
    }
}

fn statement(target: &Target, n_rows: usize) -> String {
    let width = target.columns.len();
    let mut sql = format!("INSERT INTO {} ({}) VALUES ", target.table, target.columns.join(", "));
    for row in 0..n_rows {
        let places = (1..=width).map(|place| format!("${}", row * width + place));
        let comma = if row == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}({})", places.collect::<Vec<_>>().join(", "));
    }
    if !target.renewed.is_empty() {
        let renewed = target.renewed.iter().map(|column| format!("{column} = excluded.{column}"));
        let renewed = renewed.collect::<Vec<_>>().join(", ");
        let _ = write!(sql, " ON CONFLICT (id) DO UPDATE SET {renewed}");
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::{Target, statement};

    #[test]
    fn a_statement_holds_several_rows_and_renews_what_is_there() {
        let target = Target { table: "record", columns: &["id", "content"], renewed: &["content"] };
        assert_eq!(
            statement(&target, 2),
            "INSERT INTO record (id, content) VALUES ($1, $2), ($3, $4) \
             ON CONFLICT (id) DO UPDATE SET content = excluded.content"
        );
    }
}
