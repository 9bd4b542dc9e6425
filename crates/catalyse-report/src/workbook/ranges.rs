//! The native chart of a table of summaries: floating bars from the first quartile over the median to the third.
//!
//! Excel has no range chart, so the bar up to the first quartile is drawn without colour, and the median is where two shades meet, which words below the axis name. As for
//! shares the chart reads a block of its own that holds only numbers or nothing.

use catalyse_disclose::Role;
use catalyse_locale::{Args, Language, Wording};
use rust_xlsxwriter::{Chart, ChartFont, ChartSolidFill, ChartType, Color, Worksheet, XlsxError};

use super::alternative::alt_text;
use super::formats::Formats;
use crate::report::ReportFigure;

const SERIES: [Wording; 3] = [
    Wording::new("Premier quartile", "First quartile"),
    Wording::new("du premier quartile à la médiane", "first quartile to median"),
    Wording::new("de la médiane au troisième quartile", "median to third quartile"),
];
const SHADES_ARE: Wording = Wording::new(
    "En clair : du premier quartile à la médiane. En foncé : de la médiane au troisième quartile.",
    "Light: first quartile to median. Dark: median to third quartile.",
);
const SHADES: [Color; 2] = [Color::RGB(0x0081_b1d0), Color::RGB(0x001f_5a87)];

/// Puts the chart on the sheet with its block below, and returns the last row to print; nothing is drawn where no middle half is told.
pub(super) fn insert(
    sheet: &mut Worksheet,
    figure: &ReportFigure,
    (name, row): (&str, u32),
    (formats, language): (&Formats, Language),
) -> Result<u32, XlsxError> {
    let lines = lines(figure);
    if figure.chart.is_none() || lines.iter().all(|(_, quartiles)| quartiles.is_none()) {
        return Ok(row);
    }
    let n_lines = u32::try_from(lines.len()).unwrap_or(1);
    let height = (170 + 30 * n_lines.min(30)).max(320);
    // A row is 20 px high. The block stands below the chart and below what is printed.
    let end = row + height.div_ceil(20);
    let top = end + 2;
    for (column, series) in (1..).zip(&SERIES) {
        let words = series.say(language, &Args::new());
        sheet.write_with_format(top, column, words, &formats.heading_number)?;
    }
    for (line, (label, quartiles)) in (top + 1..).zip(&lines) {
        sheet.write_with_format(line, 0, label, &formats.text)?;
        let Some([first, median, third]) = quartiles else { continue };
        let lengths = [*first, clean(median - first), clean(third - median)];
        for (column, length) in (1..).zip(lengths) {
            sheet.write_with_format(line, column, length, &formats.quantity)?;
        }
    }
    let mut chart = chart((name, top, n_lines), language);
    chart.title().set_name(&figure.title).set_overlay(false);
    chart.title().set_font(ChartFont::new().set_size(12));
    chart.set_width(860).set_height(height);
    chart.set_alt_text(alt_text(figure));
    sheet.insert_chart(row, 0, &chart)?;
    Ok(end)
}

/// Lists the lines from the bottom up, because a horizontal axis begins there: everybody, then the categories.
fn lines(figure: &ReportFigure) -> Vec<(String, Option<[f64; 3]>)> {
    let table = &figure.table;
    let whole = table.role_of_whole();
    let is_line = |role: Role| role == Role::Category || role == whole;
    let rows = || table.rows.iter().filter(|row| is_line(row.heading.role));
    let columns = table.columns.iter().enumerate();
    let of_columns = columns.flat_map(|(index, column)| {
        rows().map(move |row| {
            let label = if table.has_one_column() {
                row.heading.label.clone()
            } else {
                format!("{} – {}", column.label, row.heading.label)
            };
            let summary = row.cells.get(index).and_then(|cell| cell.summary?.value());
            let quartiles = summary.and_then(|told| {
                let (first, third) = told.middle?;
                Some([first, told.median, third])
            });
            (label, quartiles)
        })
    });
    let mut lines: Vec<_> = of_columns.collect();
    lines.reverse();
    lines
}

fn chart((name, top, n_lines): (&str, u32, u32), language: Language) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    let (first, last) = (top + 1, top + n_lines);
    for column in 1..=3_u16 {
        let series = chart.add_series();
        series
            .set_name((name, top, column))
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, column, last, column))
            .set_gap(60);
        match column.checked_sub(2).and_then(|shade| SHADES.get(usize::from(shade))) {
            Some(shade) => series.set_format(ChartSolidFill::new().set_color(*shade)),
            None => series.set_format(rust_xlsxwriter::ChartFormat::new().set_no_fill()),
        };
    }
    // A legend would name the bar without colour too: LibreOffice counts its entries from the other end and leaves out another one.
    chart.legend().set_hidden();
    chart.x_axis().set_name(&SHADES_ARE.say(language, &Args::new()));
    chart.x_axis().set_name_font(ChartFont::new().set_size(10).unset_bold());
    chart
}

/// Returns a difference without the dust of binary subtraction.
fn clean(length: f64) -> f64 {
    (length * 1e6).round() / 1e6
}
