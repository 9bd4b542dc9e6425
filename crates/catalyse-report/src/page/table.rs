//! A table as the page prints it: one column with count, share and interval, or several with a share and its count below.

use catalyse_disclose::{ReleasedCell, Role, ShareOf};
use catalyse_locale::{Args, Language, Wording};

use crate::cell_text;
use crate::table::{Row, Table};

/// Holds a table in words.
pub(super) struct PageTable {
    pub row_label: String,
    /// The words over all columns; empty if there is one.
    pub column_label: String,
    pub columns: Vec<PageColumn>,
    pub categories: Vec<PageRow>,
    /// Those who answered, missing reasons and everybody.
    pub margins: Vec<PageRow>,
}

/// Holds one column heading.
pub(super) struct PageColumn {
    pub label: String,
    pub is_margin: bool,
}

/// Holds one row.
pub(super) struct PageRow {
    pub label: String,
    pub is_total: bool,
    pub cells: Vec<PageCell>,
}

/// Holds one cell: what is read first, and what stands small below it.
pub(super) struct PageCell {
    pub main: String,
    pub below: String,
    pub is_mark: bool,
}

impl PageTable {
    /// Makes the table in the reader's language.
    pub(super) fn new(table: &Table, language: Language) -> Self {
        let (margins, categories): (Vec<&Row>, Vec<&Row>) =
            table.rows.iter().partition(|row| row.heading.role != Role::Category);
        let rows =
            |rows: Vec<&Row>| rows.into_iter().map(|row| page_row(row, table, language)).collect();
        Self {
            row_label: table.row_label.clone(),
            column_label: table.column_label.clone(),
            columns: columns(table, language),
            categories: rows(categories),
            margins: rows(margins),
        }
    }
}

const N: Wording = Wording::new("Effectif", "Count");
const SHARE: Wording = Wording::new("Part", "Share");
const INTERVAL: Wording = Wording::new("Intervalle à 95 %", "95% interval");
const MEDIAN: Wording = Wording::new("Médiane", "Median");
const MIDDLE: Wording = Wording::new("Moitié du milieu", "Middle half");
const MEAN: Wording = Wording::new("Moyenne", "Mean");

fn columns(table: &Table, language: Language) -> Vec<PageColumn> {
    let measure = |wording: &Wording| PageColumn {
        label: crate::typography::typeset(language, &wording.say(language, &Args::new())),
        is_margin: false,
    };
    if !table.has_one_column() {
        return table
            .columns
            .iter()
            .map(|column| PageColumn {
                label: column.label.clone(),
                is_margin: column.role != Role::Category,
            })
            .collect();
    }
    match table.share_of {
        ShareOf::Nothing => [N, MEDIAN, MIDDLE, MEAN].iter().map(measure).collect(),
        ShareOf::Column | ShareOf::Row => [N, SHARE, INTERVAL].iter().map(measure).collect(),
    }
}

fn page_row(row: &Row, table: &Table, language: Language) -> PageRow {
    let cells = match row.cells.first() {
        Some(cell) if table.has_one_column() && table.share_of == ShareOf::Nothing => {
            summary_cells(cell, language)
        }
        Some(cell) if table.has_one_column() => share_cells(cell, language),
        Some(_) | None => {
            row.cells.iter().map(|cell| crossed_cell(cell, table.share_of, language)).collect()
        }
    };
    PageRow { label: row.heading.label.clone(), is_total: row.heading.role == Role::Total, cells }
}

fn share_cells(cell: &ReleasedCell, language: Language) -> Vec<PageCell> {
    vec![
        plain(cell_text::count(language, &cell.count)),
        plain(cell_text::share(language, cell.share)),
        plain(cell_text::interval(language, cell)),
    ]
}

fn summary_cells(cell: &ReleasedCell, language: Language) -> Vec<PageCell> {
    let Some(shown) = cell.summary else {
        return vec![
            plain(cell_text::count(language, &cell.count)),
            plain(String::new()),
            plain(String::new()),
            plain(String::new()),
        ];
    };
    let (n, middle, mean) = match shown.value() {
        Some(summary) => (
            catalyse_locale::integer(language, i64::try_from(summary.n).unwrap_or(i64::MAX)),
            cell_text::range(language, summary.quartiles[0], summary.quartiles[2]),
            cell_text::quantity(language, summary.mean),
        ),
        None => (cell_text::count(language, &cell.count), String::new(), String::new()),
    };
    vec![plain(n), plain(cell_text::median(language, &shown)), plain(middle), plain(mean)]
}

/// Makes a cell of a table with several columns: the share, or the median, with the count below.
fn crossed_cell(cell: &ReleasedCell, share_of: ShareOf, language: Language) -> PageCell {
    let count = cell_text::count(language, &cell.count);
    let main = match (share_of, &cell.summary) {
        (ShareOf::Nothing, Some(summary)) => cell_text::median(language, summary),
        (ShareOf::Nothing, None) => String::new(),
        (ShareOf::Column | ShareOf::Row, _) => cell_text::share(language, cell.share),
    };
    if main.is_empty() || main == count {
        return plain(count);
    }
    let below =
        if cell.count.value().is_some() { format!("n\u{a0}{count}") } else { String::new() };
    PageCell { is_mark: main.starts_with('['), main, below }
}

fn plain(text: String) -> PageCell {
    PageCell { is_mark: text.starts_with('['), main: text, below: String::new() }
}
