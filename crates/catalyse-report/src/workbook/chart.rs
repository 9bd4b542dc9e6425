//! The native chart of a table: it reads a block of shown shares below it, never the table itself.
//!
//! A cell with `[c]` would be cached as 0 in the chart, and a reversed axis would put the scale on top: so the block holds only
//! numbers or nothing, in the order from the bottom up. Lengths of error bars stand in the block too.

use catalyse_chart::kinds::{self, Native};
use catalyse_disclose::{ReleasedCell, ReleasedShare, Role};
use catalyse_locale::Language;
use rust_xlsxwriter::{
    Chart, ChartErrorBars, ChartErrorBarsType, ChartMarkerType, ChartRange, ChartType, Color,
    Worksheet, XlsxError,
};

use super::alternative::alt_text;
use super::formats::Formats;
use super::ranges;
use crate::report::ReportFigure;
use crate::report::table::{Row, Table};

/// Says how a table of shares is drawn in the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// One horizontal bar a category, with its interval.
    Bars,
    /// One bar a column, its categories stacked to 100 %.
    Stacked,
    /// One bar a category and column, side by side.
    Clustered,
    /// One line a category over the columns.
    Lines,
}

const COLOURS: [Color; 6] = [
    Color::RGB(0x001f_5f8b),
    Color::RGB(0x00c9_7b2d),
    Color::RGB(0x005f_9e6e),
    Color::RGB(0x008c_5a8f),
    Color::RGB(0x006b_7280),
    Color::RGB(0x00a8_4448),
];

/// One hue from dark to light.
const RAMP: [Color; 6] = [
    Color::RGB(0x000f_385a),
    Color::RGB(0x001f_5a87),
    Color::RGB(0x0036_76a5),
    Color::RGB(0x0081_b1d0),
    Color::RGB(0x00a9_cae0),
    Color::RGB(0x00dc_e9f3),
];

/// Puts the chart on the sheet with its block below, and returns the last row to print; nothing is drawn for tables without shares
/// or with one that a chart would not help.
pub(super) fn insert(
    sheet: &mut Worksheet,
    figure: &ReportFigure,
    (name, row): (&str, u32),
    (formats, language): (&Formats, Language),
) -> Result<u32, XlsxError> {
    if figure.table.has_summaries() {
        return ranges::insert(sheet, figure, (name, row), (formats, language));
    }
    let Some(native) = manner(figure) else { return Ok(row) };
    let table = match native {
        Manner::Stacked => figure.table.clone(),
        Manner::Bars | Manner::Clustered | Manner::Lines => figure.table.without_no(),
    };
    // Six bars a category are a comb that nobody reads: then everybody is drawn, with intervals, and the table above is shaded.
    let total = table.columns.iter().position(|column| column.role == Role::Total);
    let (native, table, of_all) = match (native, total) {
        (Manner::Clustered, Some(total)) if table.columns.len() > MOST_CLUSTERED => {
            let of_all = table.columns.get(total).map(|column| column.label.clone());
            (Manner::Bars, table.with_columns(|_, column| column == total), of_all)
        }
        (native, _) => (native, table, None),
    };
    let table = table.with_columns(|table, column| {
        table.categories().any(|(_, row)| row.cells.get(column).and_then(share).is_some())
    });
    if table.columns.is_empty() {
        return Ok(row);
    }
    let mut block = Block { name, row, column: 0, table: &table, native };
    let height = 160 + 26 * u32::try_from(block.labels().len()).unwrap_or(10).min(30);
    let height = height.max(320);
    // A row is 20 px high. The block stands below the chart and below what is printed.
    let end = row + height.div_ceil(20);
    block.row = end + 2;
    block.write(sheet, formats)?;
    let mut chart = block.chart();
    let title = match of_all {
        Some(of_all) => format!("{} – {of_all}", figure.table.caption),
        None => figure.title.clone(),
    };
    chart.title().set_name(&title).set_overlay(false);
    chart.title().set_font(rust_xlsxwriter::ChartFont::new().set_size(12));
    chart.set_width(860).set_height(height);
    chart.set_alt_text(alt_text(figure));
    sheet.insert_chart(row, 0, &chart)?;
    Ok(end)
}

/// More columns than this are not drawn side by side.
pub(super) const MOST_CLUSTERED: usize = 3;

fn manner(figure: &ReportFigure) -> Option<Manner> {
    let kind = kinds::by_name(figure.chart.as_deref()?)?;
    let table = &figure.table;
    if !table.has_shares() || table.categories().next().is_none() {
        return None;
    }
    Some(match kind.native() {
        Native::Stacked if !table.has_one_column() && !table.has_several_answers => Manner::Stacked,
        Native::Lines if !table.has_one_column() => Manner::Lines,
        Native::Bars | Native::Stacked | Native::Lines | Native::Ranges => {
            if table.has_one_column() { Manner::Bars } else { Manner::Clustered }
        }
    })
}

/// Told apart in black and white too.
const MARKERS: [ChartMarkerType; 4] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
];

struct Block<'a> {
    name: &'a str,
    row: u32,
    column: u16,
    table: &'a Table,
    native: Manner,
}

impl Block<'_> {
    /// Lists the words along the category axis, in the order they are written.
    fn labels(&self) -> Vec<String> {
        match self.native {
            Manner::Bars | Manner::Clustered => {
                self.rows().iter().map(|row| row.heading.label.clone()).collect()
            }
            Manner::Stacked => self.table.columns.iter().rev().map(|c| c.label.clone()).collect(),
            Manner::Lines => self.table.columns.iter().map(|c| c.label.clone()).collect(),
        }
    }

    /// Lists the series: a name, and a cell for each label.
    fn series(&self) -> Vec<(String, Vec<&ReleasedCell>)> {
        match self.native {
            Manner::Bars | Manner::Clustered => self
                .table
                .columns
                .iter()
                .enumerate()
                .map(|(index, column)| {
                    let cells = self.rows().into_iter().filter_map(|row| row.cells.get(index));
                    (column.label.clone(), cells.collect())
                })
                .collect(),
            Manner::Stacked => self
                .table
                .categories()
                .map(|(_, row)| (row.heading.label.clone(), row.cells.iter().rev().collect()))
                .collect(),
            Manner::Lines => self
                .table
                .categories()
                .map(|(_, row)| (row.heading.label.clone(), row.cells.iter().collect()))
                .collect(),
        }
    }

    /// Lists the categories from the bottom up, because a horizontal axis begins there.
    fn rows(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.table.categories().map(|(_, row)| row).collect();
        rows.reverse();
        rows
    }

    fn write(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        let labels = self.labels();
        for (row, label) in (self.row + 1..).zip(&labels) {
            sheet.write_with_format(row, self.column, label, &formats.text)?;
        }
        for (column, (name, cells)) in (self.column + 1..).zip(self.series()) {
            sheet.write_with_format(self.row, column, name, &formats.heading_number)?;
            for (row, cell) in (self.row + 1..).zip(&cells) {
                if let Some(share) = share(cell) {
                    sheet.write_with_format(row, column, share, &formats.share)?;
                }
                if self.native == Manner::Bars {
                    write_lengths(sheet, (row, column), cell, formats)?;
                }
            }
        }
        if self.native == Manner::Bars {
            for (column, sign) in (self.column + 2..).zip(["−", "+"]) {
                sheet.write_with_format(self.row, column, sign, &formats.heading_number)?;
            }
        }
        Ok(())
    }

    /// Returns the colour of a series: ordered answers from dark to light, as in the drawings.
    fn colour(&self, index: usize) -> Color {
        let last = self.series().len().saturating_sub(1).max(1);
        match self.native {
            Manner::Stacked => RAMP[(index * (RAMP.len() - 1) / last).min(RAMP.len() - 1)],
            Manner::Bars | Manner::Clustered | Manner::Lines => COLOURS[index % COLOURS.len()],
        }
    }

    fn chart(&self) -> Chart {
        let mut chart = Chart::new(match self.native {
            Manner::Bars | Manner::Clustered => ChartType::Bar,
            Manner::Stacked => ChartType::BarStacked,
            Manner::Lines => ChartType::Line,
        });
        let n_labels = u32::try_from(self.labels().len()).unwrap_or(1);
        let (first, last) = (self.row + 1, self.row + n_labels);
        for (index, (_, _)) in self.series().iter().enumerate() {
            let column = self.column + 1 + u16::try_from(index).unwrap_or(0);
            let series = chart.add_series();
            series
                .set_name((self.name, self.row, column))
                .set_categories((self.name, first, self.column, last, self.column))
                .set_values((self.name, first, column, last, column));
            let colour = self.colour(index);
            if self.native == Manner::Lines {
                series.set_format(rust_xlsxwriter::ChartLine::new().set_color(colour));
                let mut marker = rust_xlsxwriter::ChartMarker::new();
                marker.set_type(MARKERS[index % MARKERS.len()]).set_size(7);
                marker.set_format(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
                series.set_marker(&marker);
            } else {
                series.set_format(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
                series.set_gap(60);
            }
            if self.native == Manner::Bars {
                let range =
                    |column| ChartRange::new_from_range(self.name, first, column, last, column);
                let mut bars = ChartErrorBars::new();
                bars.set_type(ChartErrorBarsType::Custom(range(column + 2), range(column + 1)));
                // On a horizontal bar the error bars of y are dropped without a word.
                series.set_x_error_bars(&bars);
            }
        }
        if self.native == Manner::Bars {
            chart.legend().set_hidden();
        } else {
            chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
        }
        // The library turns the axes of horizontal bars: their values lie on x.
        let values = match self.native {
            Manner::Bars | Manner::Stacked | Manner::Clustered => chart.x_axis(),
            Manner::Lines => chart.y_axis(),
        };
        values.set_num_format("0 %").set_min(0);
        if self.native == Manner::Stacked {
            values.set_max(1);
        }
        chart
    }
}

/// Writes how far the interval reaches down and up from the share.
fn write_lengths(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &ReleasedCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if let (Some(share), Some((low, high))) = (share(cell), cell.interval) {
        let down = (share - f64::from(low) / 100.0).max(0.0);
        let up = (f64::from(high) / 100.0 - share).max(0.0);
        sheet.write_with_format(row, column + 1, hundredths(down), &formats.share)?;
        sheet.write_with_format(row, column + 2, hundredths(up), &formats.share)?;
    }
    Ok(())
}

fn share(cell: &ReleasedCell) -> Option<f64> {
    match cell.share {
        ReleasedShare::Percent(share) => Some(f64::from(share) / 100.0),
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None => None,
    }
}

/// Returns the number without the dust of binary subtraction.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
