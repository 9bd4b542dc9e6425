//! A report's tables as flat rows of native numbers, one row a cell: what CSV, JSON and the tidy sheet write.

use catalyse_disclose::{ReleasedShare, Role};
use catalyse_locale::{Args, Language, Wording};

use crate::report::table::{Heading, Row, Table, marks};

/// Holds one cell as numbers and a status in words; nothing where a number may not be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FlatCell {
    pub count: Option<u64>,
    /// A whole percentage, 0 to 100.
    pub percent: Option<u8>,
    pub low: Option<u8>,
    pub high: Option<u8>,
    /// The sum of weights, in a weighted table.
    pub weighted: Option<u64>,
    /// Persons of equal weight who would tell as much.
    pub effective: Option<u64>,
    pub n: Option<u64>,
    pub mean: Option<f64>,
    pub mean_interval: Option<(f64, f64)>,
    pub median: Option<f64>,
    pub median_interval: Option<(f64, f64)>,
    /// First and third quartile.
    pub middle: Option<(f64, f64)>,
    /// What stands in place of a share that is no percentage: `[c]`, `>=90 %`, `about 5 of 20`.
    pub share_text: String,
    /// The marks of the cell, and what they mean in a word.
    pub status: String,
}

impl FlatCell {
    /// Makes the numbers of one cell.
    pub(crate) fn of(cell: &catalyse_disclose::ReleasedCell, printed: (Language, u64)) -> Self {
        let summary = cell.summary.and_then(|summary| summary.value());
        let percent = match cell.share {
            ReleasedShare::Percent(share) => Some(share),
            ReleasedShare::AtLeast(_)
            | ReleasedShare::AtMost(_)
            | ReleasedShare::About { .. }
            | ReleasedShare::Hidden(_)
            | ReleasedShare::None => None,
        };
        Self {
            count: cell.count.value(),
            percent,
            low: cell.interval.map(|(low, _)| low),
            high: cell.interval.map(|(_, high)| high),
            weighted: cell.weighted.and_then(|weighted| weighted.value()),
            effective: cell.effective,
            n: summary.map(|summary| summary.n),
            mean: summary.map(|summary| summary.mean),
            mean_interval: summary.and_then(|summary| summary.mean_interval),
            median: summary.map(|summary| summary.median),
            median_interval: summary.and_then(|summary| summary.median_interval),
            middle: summary.and_then(|summary| summary.middle),
            share_text: share_text(cell.share, printed),
            status: status(cell),
        }
    }

    /// Lists its numbers and texts under the names of [`FIELDS`], numbers as plain digits with a point.
    pub(crate) fn fields(&self) -> [Field; 17] {
        let whole = |number: Option<u64>| number.map_or(Field::Empty, |n| Field::Number(n as f64));
        let share = |share: Option<u8>| share.map_or(Field::Empty, |p| Field::Number(f64::from(p)));
        let real = |number: Option<f64>| number.map_or(Field::Empty, Field::Number);
        let low = |pair: Option<(f64, f64)>| real(pair.map(|(low, _)| low));
        let high = |pair: Option<(f64, f64)>| real(pair.map(|(_, high)| high));
        [
            whole(self.count),
            share(self.percent),
            share(self.low),
            share(self.high),
            Field::Text(self.share_text.clone()),
            whole(self.weighted),
            whole(self.effective),
            whole(self.n),
            real(self.mean),
            low(self.mean_interval),
            high(self.mean_interval),
            real(self.median),
            low(self.median_interval),
            high(self.median_interval),
            low(self.middle),
            high(self.middle),
            Field::Text(self.status.clone()),
        ]
    }
}

/// Holds one field of a flat row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    Empty,
    Number(f64),
    Text(String),
}

/// Names the fields of a cell, the same in every language, because programs read them.
pub(crate) const FIELDS: [&str; 17] = [
    "count",
    "percent",
    "percent_low",
    "percent_high",
    "share_text",
    "weighted_count",
    "effective_count",
    "n_with_value",
    "mean",
    "mean_low",
    "mean_high",
    "median",
    "median_low",
    "median_high",
    "first_quartile",
    "third_quartile",
    "status",
];

/// Names the fields that say which cell it is.
pub(crate) const PLACE_FIELDS: [&str; 6] =
    ["row_role", "row_code", "row", "column_role", "column_code", "column"];

/// Lists the cells of a table, row by row, with their headings.
pub(crate) fn cells(
    table: &Table,
) -> impl Iterator<Item = (&Row, &Heading, &catalyse_disclose::ReleasedCell)> {
    table.rows.iter().flat_map(|row| {
        table.columns.iter().zip(&row.cells).map(move |(column, cell)| (row, column, cell))
    })
}

/// Returns the word that files use for a role.
pub(crate) const fn role(role: Role) -> &'static str {
    match role {
        Role::Category => "category",
        Role::Answered => "answered",
        Role::Missing => "missing",
        Role::Total => "total",
    }
}

/// Returns a share that is no percentage in words without special spaces, for files.
fn share_text(share: ReleasedShare, (language, rounding): (Language, u64)) -> String {
    const ABOUT: Wording =
        Wording::new("environ { $count } sur { $base }", "about { $count } of { $base }");
    const FEWER: Wording =
        Wording::new("moins de { $count } sur { $base }", "fewer than { $count } of { $base }");
    match share {
        ReleasedShare::About { count: 0, base } if rounding > 1 => {
            let args = Args::new().text("count", rounding.to_string());
            FEWER.say(language, &args.text("base", base.to_string()))
        }
        ReleasedShare::AtLeast(share) => format!(">= {share} %"),
        ReleasedShare::AtMost(share) => format!("<= {share} %"),
        ReleasedShare::About { count, base } => {
            let args = Args::new().text("count", count.to_string()).text("base", base.to_string());
            ABOUT.say(language, &args)
        }
        ReleasedShare::Hidden(mark) => mark.text().to_owned(),
        ReleasedShare::Percent(_) | ReleasedShare::None => String::new(),
    }
}

/// Returns the marks of a cell, each once.
fn status(cell: &catalyse_disclose::ReleasedCell) -> String {
    let mut found: Vec<&str> = marks(cell).map(catalyse_disclose::Mark::text).collect();
    found.sort_unstable();
    found.dedup();
    found.join(" ")
}
