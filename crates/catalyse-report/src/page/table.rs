//! A table as the page prints it: one column with count, share and interval, or several with a share and its count below.

use catalyse_disclose::{Mark, ReleasedCell, ReleasedSummary, Role, ShareOf};
use catalyse_locale::{Args, Language, Wording};

use crate::report::cell_text;
use crate::report::table::{Row, Table};

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
    /// Says whether the table stands on one printed page with its heading.
    pub(super) fn is_short(&self) -> bool {
        const MOST_ROWS: usize = 20;
        self.categories.len() + self.margins.len() <= MOST_ROWS
    }

    /// Makes the table in the reader's language.
    pub(super) fn new(table: &Table, language: Language) -> Self {
        let table = &without_empty_columns(table);
        let (margins, categories): (Vec<&Row>, Vec<&Row>) =
            table.rows.iter().partition(|row| row.heading.role != Role::Category);
        let rows =
            |rows: Vec<&Row>| rows.into_iter().map(|row| page_row(row, table, language)).collect();
        let margins = fold_empty(margins);
        let margins: Vec<&Row> = margins.iter().collect();
        Self {
            row_label: table.row_label.clone(),
            column_label: table.column_label.clone(),
            columns: columns(table, language),
            categories: rows(categories),
            margins: rows(margins),
        }
    }
}

/// Returns the table without columns of missing reasons that hold nobody to speak of.
fn without_empty_columns(table: &Table) -> Table {
    table.with_columns(|table, index| {
        let column = table.columns.get(index);
        column.is_none_or(|column| column.role != Role::Missing)
            || !table.rows.iter().filter_map(|row| row.cells.get(index)).all(is_zero)
    })
}

/// Puts the missing reasons that hold nobody to speak of into one row: four rows of "fewer than 5" say no more than one.
fn fold_empty(margins: Vec<&Row>) -> Vec<Row> {
    let mut folded: Vec<Row> = Vec::new();
    for row in margins {
        let is_empty =
            |row: &Row| row.heading.role == Role::Missing && row.cells.iter().all(is_zero);
        match folded.last_mut() {
            Some(last) if is_empty(last) && is_empty(row) => {
                last.heading.label = format!("{}, {}", last.heading.label, row.heading.label);
            }
            Some(_) | None => folded.push(row.clone()),
        }
    }
    folded
}

fn is_zero(cell: &ReleasedCell) -> bool {
    cell.count.value() == Some(0)
}

const N: Wording = Wording::new("Effectif", "Count");
const WEIGHTED: Wording = Wording::new("N pondéré", "Weighted N");
const SHARE: Wording = Wording::new("Part", "Share");
const INTERVAL: Wording = Wording::new("Intervalle à 95 %", "95% interval");
const MEDIAN: Wording = Wording::new("Médiane", "Median");
const MIDDLE: Wording = Wording::new("Moitié du milieu", "Middle half");
const MEAN: Wording = Wording::new("Moyenne", "Mean");

fn columns(table: &Table, language: Language) -> Vec<PageColumn> {
    let measure = |wording: &Wording| PageColumn {
        label: catalyse_locale::typeset(language, &wording.say(language, &Args::new())),
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
        ShareOf::Nothing => measures(table, &[MEDIAN, MIDDLE, MEAN]).iter().map(measure).collect(),
        ShareOf::Column | ShareOf::Row => {
            measures(table, &[SHARE, INTERVAL]).iter().map(measure).collect()
        }
    }
}

/// Lists the measures of a table with one column: the count, the sum of weights beside it if there are weights, then the figures.
fn measures(table: &Table, figures: &[Wording]) -> Vec<Wording> {
    let counts = [N].into_iter().chain(table.is_weighted().then_some(WEIGHTED));
    counts.chain(figures.iter().cloned()).collect()
}

fn page_row(row: &Row, table: &Table, language: Language) -> PageRow {
    let cells = match row.cells.first() {
        Some(cell) if table.has_one_column() && table.share_of == ShareOf::Nothing => {
            summary_cells(cell, table, language)
        }
        Some(cell) if table.has_one_column() => share_cells(cell, (language, table.rounding)),
        Some(_) | None => {
            row.cells.iter().map(|cell| crossed_cell(cell, table, language)).collect()
        }
    };
    PageRow { label: row.heading.label.clone(), is_total: row.heading.role == Role::Total, cells }
}

fn share_cells(cell: &ReleasedCell, printed: (Language, u64)) -> Vec<PageCell> {
    let counts = [plain(cell_text::count(printed, &cell.count))];
    let figures =
        [plain(cell_text::share(printed, cell.share)), plain(cell_text::interval(printed.0, cell))];
    counts.into_iter().chain(weighted_cell(cell, printed)).chain(figures).collect()
}

/// Returns the sum of weights, if the table is weighted.
fn weighted_cell(cell: &ReleasedCell, (language, _): (Language, u64)) -> Option<PageCell> {
    cell.weighted.map(|weighted| plain(cell_text::count((language, 1), &weighted)))
}

fn summary_cells(cell: &ReleasedCell, table: &Table, language: Language) -> Vec<PageCell> {
    let printed = (language, table.rounding);
    let Some(shown) = cell.summary else {
        let counts = [plain(cell_text::count(printed, &cell.count))];
        let nothing = (0..3).map(|_| plain(String::new()));
        return counts.into_iter().chain(weighted_cell(cell, printed)).chain(nothing).collect();
    };
    let told = (language, table.decimals());
    let (n, middle, mean) = match shown.value() {
        Some(summary) => (
            catalyse_locale::integer(language, i64::try_from(summary.n).unwrap_or(i64::MAX)),
            summary.middle.map_or_else(
                || Mark::LowBase.text().to_owned(),
                |(low, high)| cell_text::range(told, low, high),
            ),
            mean_cell(&summary, (language, table.mean_decimals())),
        ),
        None => (cell_text::count(printed, &cell.count), String::new(), plain(String::new())),
    };
    let figures = [plain(cell_text::median(told, &shown)), plain(middle), mean];
    [plain(n)].into_iter().chain(weighted_cell(cell, printed)).chain(figures).collect()
}

/// Makes the cell of a mean, with its interval below.
fn mean_cell(summary: &ReleasedSummary, told: (Language, usize)) -> PageCell {
    let interval = summary.mean_interval.map(|(low, high)| cell_text::range(told, low, high));
    let main = cell_text::quantity(told, summary.mean);
    PageCell { main, below: interval.unwrap_or_default(), is_mark: false }
}

/// Makes a cell of a table with several columns: the share, or the median, with the count below.
fn crossed_cell(cell: &ReleasedCell, table: &Table, language: Language) -> PageCell {
    let printed = (language, table.rounding);
    let count = cell_text::count(printed, &cell.count);
    let main = match (table.share_of, &cell.summary) {
        (ShareOf::Nothing, Some(summary)) => {
            cell_text::median((language, table.decimals()), summary)
        }
        (ShareOf::Nothing, None) => String::new(),
        (ShareOf::Column | ShareOf::Row, _) => cell_text::share(printed, cell.share),
    };
    if main.is_empty() || main == count {
        return plain(count);
    }
    let below = match cell.count.value() {
        None => String::new(),
        Some(0) => count,
        Some(_) => match cell.weighted {
            None => format!("n\u{a0}{count}"),
            Some(weighted) => {
                let weighted = cell_text::count((language, 1), &weighted);
                format!("n\u{a0}{count}, N\u{a0}{weighted}")
            }
        },
    };
    PageCell { is_mark: main.starts_with('['), main, below }
}

fn plain(text: String) -> PageCell {
    PageCell { is_mark: text.starts_with('['), main: text, below: String::new() }
}
