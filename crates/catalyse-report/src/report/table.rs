//! One released table made ready for the outputs: labels in the reader's language, columns of the edition, cells as released.
//!
//! Every output reads its numbers from here and none from elsewhere, so that a bar, a CSV and a workbook cannot differ.

use catalyse_disclose::{
    Mark, Release, ReleasedCell, ReleasedShare, ReleasedSummary, Role, ShareOf, Shown,
};

use catalyse_locale::{Language, capital, typeset};

/// Holds one table of a report.
#[derive(Clone, Debug)]
pub struct Table {
    /// The name; files are named after it.
    pub id: String,
    /// What is measured.
    pub caption: String,
    /// The words over the row headings.
    pub row_label: String,
    /// The words over the column headings; empty if there is one column for everybody.
    pub column_label: String,
    /// The columns in order.
    pub columns: Vec<Heading>,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Which way shares are taken.
    pub share_of: ShareOf,
    /// Whether one person may stand in several rows.
    pub has_several_answers: bool,
    /// Whether the rows have an order that must be kept.
    pub is_ordered: bool,
    /// Whether the columns are waves.
    pub is_by_wave: bool,
    /// The multiple that counts are brought to: a count of 0 stands for fewer persons than this.
    pub rounding: u64,
}

/// Holds one heading in the reader's language.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The code.
    pub key: String,
    /// The words.
    pub label: String,
    /// What it is.
    pub role: Role,
}

/// Holds one row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its heading.
    pub heading: Heading,
    /// Its cells, one a column.
    pub cells: Vec<ReleasedCell>,
}

impl Table {
    /// Makes the table of a figure from a release with the given columns (from 0).
    pub(crate) fn of(
        figure: &str,
        release: &Release,
        columns: &[usize],
        language: Language,
    ) -> Self {
        let heading = |heading: &catalyse_disclose::Heading| Heading {
            key: heading.key.clone(),
            // Lists of codes mix capitals; one table does not.
            label: typeset(language, &capital(heading.label.get(language))),
            role: heading.role,
        };
        let rows = release.rows().headings.iter().enumerate();
        Self {
            id: figure.to_owned(),
            caption: String::new(),
            row_label: typeset(language, release.rows().label.get(language)),
            column_label: if is_one_column(release) {
                String::new()
            } else {
                typeset(language, release.columns().label.get(language))
            },
            columns: columns
                .iter()
                .filter_map(|index| release.columns().headings.get(*index))
                .map(heading)
                .collect(),
            rows: rows
                .map(|(row_index, row)| Row {
                    heading: heading(row),
                    cells: columns
                        .iter()
                        .filter_map(|column| release.cell(row_index, *column))
                        .cloned()
                        .collect(),
                })
                .collect(),
            share_of: release.share_of(),
            has_several_answers: !release.rows().is_exclusive,
            is_ordered: release.rows().is_ordered,
            is_by_wave: release.columns().is_of_waves(),
            rounding: release.rounding(),
        }
    }

    /// Says whether the table has one column for everybody.
    pub const fn has_one_column(&self) -> bool {
        self.columns.len() == 1
    }

    /// Says whether the cells hold summaries of a quantity.
    pub fn has_summaries(&self) -> bool {
        self.cells().any(|cell| cell.summary.is_some())
    }

    /// Returns the decimals that medians and quartiles are printed with: values that occur, which are whole where the unit is.
    pub fn decimals(&self) -> usize {
        self.decimals_of(|told| {
            told.middle.into_iter().flat_map(ends).chain([told.median]).collect()
        })
    }

    /// Returns the decimals that means and their intervals are printed with.
    pub fn mean_decimals(&self) -> usize {
        self.decimals_of(|told| {
            told.mean_interval.into_iter().flat_map(ends).chain([told.mean]).collect()
        })
    }

    /// Returns one decimal if all of these quantities are below ten and some is not whole, else none: two significant digits leave no more.
    fn decimals_of(&self, quantities: impl Fn(ReleasedSummary) -> Vec<f64>) -> usize {
        let told = self.cells().filter_map(|cell| cell.summary?.value());
        let quantities: Vec<f64> = told.flat_map(quantities).collect();
        let has_decimal = quantities.iter().all(|quantity| quantity.abs() < 10.0)
            && quantities.iter().any(|quantity| quantity.fract() != 0.0);
        usize::from(has_decimal)
    }

    /// Says whether the cells hold weighted counts.
    pub fn is_weighted(&self) -> bool {
        self.cells().any(|cell| cell.weighted.is_some())
    }

    /// Says whether a share is shown somewhere.
    pub fn has_shares(&self) -> bool {
        self.share_of != ShareOf::Nothing
    }

    /// Lists the rows that are categories, with their place among all rows.
    pub fn categories(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| row.heading.role == Role::Category)
    }

    /// Lists every cell.
    pub fn cells(&self) -> impl Iterator<Item = &ReleasedCell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// Says whether a mark stands somewhere in the table.
    pub fn has_mark(&self, mark: Mark) -> bool {
        self.cells().any(|cell| marks(cell).any(|found| found == mark))
    }

    /// Says whether a table has a cell whose share is only told in words, for want of persons.
    pub(crate) fn has_words_for_shares(&self) -> bool {
        self.cells().any(|cell| matches!(cell.share, ReleasedShare::About { .. }))
    }

    /// Says whether a table has a bound in place of a share.
    pub(crate) fn has_bounds(&self) -> bool {
        self.cells()
            .any(|cell| matches!(cell.share, ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_)))
    }

    /// Says whether the only answers are yes and no, each the mirror of the other.
    pub fn is_yes_or_no(&self) -> bool {
        let keys: Vec<&str> = self.categories().map(|(_, row)| row.heading.key.as_str()).collect();
        !self.has_several_answers && matches!(keys.as_slice(), ["true", "false"] | ["yes", "no"])
    }

    /// Returns the table without the answer "no" where it only mirrors "yes": as drawings show it.
    pub(crate) fn without_no(&self) -> Self {
        let mut table = self.clone();
        if self.is_yes_or_no() {
            table.rows.retain(|row| {
                row.heading.role != Role::Category
                    || ["true", "yes"].contains(&row.heading.key.as_str())
            });
        }
        table
    }

    /// Returns the table with those of its columns (from 0) that are wanted.
    pub(crate) fn with_columns(&self, is_wanted: impl Fn(&Self, usize) -> bool) -> Self {
        let mut table = self.clone();
        let wanted: Vec<bool> =
            (0..self.columns.len()).map(|column| is_wanted(self, column)).collect();
        let mut of_columns = wanted.iter();
        table.columns.retain(|_| of_columns.next().is_none_or(|wanted| *wanted));
        for row in &mut table.rows {
            let mut of_cells = wanted.iter();
            row.cells.retain(|_| of_cells.next().is_none_or(|wanted| *wanted));
        }
        table
    }

    /// Lists the rows that may be the news: "no" says nothing that "yes" does not say.
    pub(crate) fn news_rows(&self) -> Vec<&Row> {
        let n_rows = if self.is_yes_or_no() { 1 } else { usize::MAX };
        self.categories().map(|(_, row)| row).take(n_rows).collect()
    }

    /// Returns the role of the margin that summaries have: all with a value, where those without one have rows of their own; else everybody.
    pub(crate) fn role_of_whole(&self) -> Role {
        let has_answered = self.rows.iter().any(|row| row.heading.role == Role::Answered);
        if has_answered { Role::Answered } else { Role::Total }
    }

    /// Lists the rounded counts of everybody: one a wave in a table over waves, else one; none if it is hidden.
    pub fn n_total(&self) -> Vec<u64> {
        self.margin([Role::Total, Role::Answered])
    }

    /// Lists the rounded counts of those who answered, as [`Self::n_total`].
    pub fn n_answered(&self) -> Vec<u64> {
        self.margin([Role::Answered, Role::Total])
    }

    /// Lists the counts of the first of two margins that is there.
    fn margin(&self, roles: [Role; 2]) -> Vec<u64> {
        let Some(row) =
            roles.iter().find_map(|role| self.rows.iter().find(|row| row.heading.role == *role))
        else {
            return Vec::new();
        };
        let count = |index: usize| row.cells.get(index).and_then(|cell| cell.count.value());
        let columns = || self.columns.iter().enumerate();
        if self.is_by_wave {
            let waves = columns().filter(|(_, column)| column.role == Role::Category);
            return waves.filter_map(|(index, _)| count(index)).collect();
        }
        let place = |role| columns().find(|(_, column)| column.role == role);
        let whole = place(Role::Total).or_else(|| place(Role::Answered));
        count(whole.map_or(0, |(index, _)| index)).into_iter().collect()
    }
}

/// Lists the two ends of a pair.
const fn ends((low, high): (f64, f64)) -> [f64; 2] {
    [low, high]
}

/// Lists the marks that stand in a cell.
pub(crate) fn marks(cell: &ReleasedCell) -> impl Iterator<Item = Mark> {
    let share = match cell.share {
        ReleasedShare::Hidden(mark) => Some(mark),
        ReleasedShare::Percent(_)
        | ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::None => None,
    };
    let summary = cell.summary.and_then(|summary| match summary {
        // The middle half asks for more persons than the median.
        Shown::Value(summary) => summary.middle.is_none().then_some(Mark::LowBase),
        Shown::Hidden(mark) => Some(mark),
    });
    [hidden(&cell.count), share, summary].into_iter().flatten()
}

/// Returns the share of a cell, if it is a percentage.
pub(crate) fn percent_of(row: &Row, column: usize) -> Option<u8> {
    match row.cells.get(column)?.share {
        ReleasedShare::Percent(share) => Some(share),
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None => None,
    }
}

/// Returns the mark that stands in place of a value.
pub(crate) const fn hidden<T>(shown: &Shown<T>) -> Option<Mark> {
    match shown {
        Shown::Value(_) => None,
        Shown::Hidden(mark) => Some(*mark),
    }
}

/// Says whether a release has one column for everybody.
pub(crate) fn is_one_column(release: &Release) -> bool {
    release.columns().headings.len() == 1
}
