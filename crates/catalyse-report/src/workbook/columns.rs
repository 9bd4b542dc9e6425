//! Which numbers a table's sheet shows, in which order: shares first, then counts, then intervals, then the status.

use catalyse_disclose::{Mark, ReleasedCell, ReleasedShare, ShareOf, Shown};
use catalyse_locale::{Args, Language, Wording};

use crate::report::cell_text::meaning;
use crate::report::flat::FlatCell;
use crate::report::table::{Row, Table, marks};

/// Holds what one workbook cell shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Empty,
    Count(f64),
    /// A share between 0 and 1.
    Share(f64),
    Quantity(f64),
    Text(String),
}

/// Holds one column of the sheet: its heading, and the measure of which table column it shows.
pub(super) struct SheetColumn {
    pub heading: String,
    pub measure: Measure,
    /// The column of the table, from 0.
    pub column_index: usize,
}

/// Names one number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Share,
    Count,
    Weighted,
    Low,
    High,
    Median,
    FirstQuartile,
    ThirdQuartile,
    Mean,
    MeanLow,
    MeanHigh,
}

const SHARES: [Measure; 5] =
    [Measure::Share, Measure::Count, Measure::Weighted, Measure::Low, Measure::High];
const SHARES_AND_COUNTS: [Measure; 3] = [Measure::Share, Measure::Count, Measure::Weighted];
const SUMMARIES: [Measure; 8] = [
    Measure::Median,
    Measure::Count,
    Measure::Weighted,
    Measure::FirstQuartile,
    Measure::ThirdQuartile,
    Measure::Mean,
    Measure::MeanLow,
    Measure::MeanHigh,
];

impl Measure {
    fn heading(self, language: Language) -> String {
        let wording = match self {
            Self::Share => Wording::new("Part", "Share"),
            Self::Count => Wording::new("Effectif", "Count"),
            Self::Low => Wording::new("Intervalle à 95 %, bas", "95% interval, low"),
            Self::High => Wording::new("Intervalle à 95 %, haut", "95% interval, high"),
            Self::Median => Wording::new("Médiane", "Median"),
            Self::FirstQuartile => Wording::new("Premier quartile", "First quartile"),
            Self::ThirdQuartile => Wording::new("Troisième quartile", "Third quartile"),
            Self::Weighted => Wording::new("N pondéré", "Weighted N"),
            Self::Mean => Wording::new("Moyenne", "Mean"),
            Self::MeanLow => {
                Wording::new("Moyenne, intervalle à 95 %, bas", "Mean, 95% interval, low")
            }
            Self::MeanHigh => {
                Wording::new("Moyenne, intervalle à 95 %, haut", "Mean, 95% interval, high")
            }
        };
        wording.say(language, &Args::new())
    }

    /// Returns what a cell shows of this measure.
    pub(super) fn value(self, cell: &ReleasedCell, printed: (Language, u64)) -> Value {
        let flat = FlatCell::of(cell, printed);
        let part = |percent: Option<u8>| {
            percent.map_or(Value::Empty, |p| Value::Share(f64::from(p) / 100.0))
        };
        let summary_mark =
            || cell.summary.and_then(|summary| crate::report::table::hidden(&summary));
        let quantity = |number: Option<f64>| match number {
            Some(number) => Value::Quantity(number),
            None => summary_mark().map_or(Value::Empty, |mark| Value::Text(mark.text().to_owned())),
        };
        // An end that is not given for want of persons stands beside a median that is.
        let end = |number: Option<f64>| match (number, summary_mark()) {
            (None, None) if cell.summary.is_some() => Value::Text(Mark::LowBase.text().to_owned()),
            (number, _) => quantity(number),
        };
        match self {
            Self::Share => match cell.share {
                ReleasedShare::Percent(_) => part(flat.percent),
                ReleasedShare::None => Value::Empty,
                ReleasedShare::AtLeast(_)
                | ReleasedShare::AtMost(_)
                | ReleasedShare::About { .. }
                | ReleasedShare::Hidden(_) => Value::Text(flat.share_text),
            },
            Self::Count => match cell.count {
                Shown::Value(count) => Value::Count(count as f64),
                Shown::Hidden(mark) => Value::Text(mark.text().to_owned()),
            },
            Self::Low => part(flat.low),
            Self::High => part(flat.high),
            Self::Weighted => match cell.weighted {
                Some(Shown::Value(weighted)) => Value::Count(weighted as f64),
                Some(Shown::Hidden(mark)) => Value::Text(mark.text().to_owned()),
                None => Value::Empty,
            },
            Self::Median => quantity(flat.median),
            Self::FirstQuartile => end(flat.middle.map(|(low, _)| low)),
            Self::ThirdQuartile => end(flat.middle.map(|(_, high)| high)),
            Self::Mean => quantity(flat.mean),
            Self::MeanLow => end(flat.mean_interval.map(|(low, _)| low)),
            Self::MeanHigh => end(flat.mean_interval.map(|(_, high)| high)),
        }
    }
}

/// Lists the columns of a table's sheet, without the row heading and the status. One that would be empty is left out.
///
/// A table of several columns shows shares and counts: with the intervals it would be too wide to read. The sheet `donnees` has them.
pub(super) fn columns(table: &Table, language: Language) -> Vec<SheetColumn> {
    let measures: &[Measure] = match table.share_of {
        ShareOf::Nothing => &SUMMARIES,
        ShareOf::Column | ShareOf::Row if table.has_one_column() => &SHARES,
        ShareOf::Column | ShareOf::Row => &SHARES_AND_COUNTS,
    };
    let is_filled = |measure: Measure, column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells
            .into_iter()
            .any(|cell| measure.value(cell, (language, table.rounding)) != Value::Empty)
    };
    measures
        .iter()
        .flat_map(|measure| {
            table.columns.iter().enumerate().map(|(column_index, column)| SheetColumn {
                heading: if table.has_one_column() {
                    measure.heading(language)
                } else {
                    format!("{} – {}", measure.heading(language), column.label)
                },
                measure: *measure,
                column_index,
            })
        })
        .filter(|column| is_filled(column.measure, column.column_index))
        .collect()
}

/// Says in words which cells of a row are marked: `Durbuy : [c] confidentiel`.
pub(super) fn status(table: &Table, row: &Row, language: Language) -> String {
    let mut told = Vec::new();
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        // What does not apply says so by itself.
        let mut found: Vec<Mark> =
            marks(cell).filter(|mark| *mark != Mark::NotApplicable).collect();
        found.sort_unstable();
        found.dedup();
        for mark in found {
            let words = format!("{} {}", mark.text(), meaning(mark, language));
            told.push(if table.has_one_column() {
                words
            } else {
                format!("{} : {words}", column.label)
            });
        }
    }
    told.join(" ; ")
}
