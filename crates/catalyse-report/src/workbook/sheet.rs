//! One table on one sheet: title in A1, headings, numbers, status, what must stand below, and the native chart.

use catalyse_disclose::Role;
use catalyse_locale::{Args, Wording};
use rust_xlsxwriter::{Color, ConditionalFormat2ColorScale, Url, Workbook, Worksheet, XlsxError};

use super::columns::{Measure, SheetColumn, Value, columns, status};
use super::formats::Formats;
use super::{chart, contents_name, set_print, sheet_name, write_wrapped};
use crate::report::table::Table;
use crate::report::{Report, ReportFigure};

/// The row of the headings, from 0.
const HEAD: u32 = 3;

/// Writes the sheet of a figure.
pub(super) fn write(
    workbook: &mut Workbook,
    report: &Report,
    figure: &ReportFigure,
    formats: &Formats,
) -> Result<(), XlsxError> {
    const STATUS: Wording = Wording::new("Statut", "Status");
    let name = sheet_name(report, figure);
    let table = &figure.table;
    let columns = columns(table, report.language);
    let sheet = workbook.add_worksheet().set_name(&name)?;
    sheet.write_with_format(0, 0, &figure.title, &formats.title)?;
    sheet.write_with_format(1, 0, &figure.subtitle, &formats.subtitle)?;
    sheet.write_with_format(HEAD, 0, &table.row_label, &formats.heading)?;
    for (column, index) in columns.iter().zip(1..) {
        sheet.write_with_format(HEAD, index, &column.heading, &formats.heading_number)?;
    }
    let status_column = u16::try_from(columns.len() + 1).unwrap_or(u16::MAX);
    let statuses: Vec<String> =
        table.rows.iter().map(|row| status(table, row, report.language)).collect();
    // Of several columns the marks stand in the cells, and the notes say what they mean: a list of all of them would be cut.
    let has_status = table.has_one_column() && statuses.iter().any(|status| !status.is_empty());
    if has_status {
        let heading = STATUS.say(report.language, &Args::new());
        sheet.write_with_format(HEAD, status_column, heading, &formats.status_heading)?;
        let longest = statuses.iter().map(|status| status.chars().count()).max().unwrap_or(0);
        sheet.set_column_width(status_column, (longest + 4).clamp(20, 60) as f64)?;
    }
    for ((row_index, row), status) in (HEAD + 1..).zip(&table.rows).zip(statuses) {
        let label = match row.heading.role {
            Role::Category => &formats.label,
            Role::Answered | Role::Missing | Role::Total => &formats.margin_label,
        };
        sheet.write_with_format(row_index, 0, &row.heading.label, label)?;
        for (column, index) in columns.iter().zip(1..) {
            let Some(cell) = row.cells.get(column.column_index) else { continue };
            let value = column.measure.value(cell, (report.language, table.rounding));
            write_value(sheet, (row_index, index), &value, formats)?;
        }
        if has_status && !status.is_empty() {
            sheet.write_with_format(row_index, status_column, status, &formats.status)?;
        }
    }
    shade(sheet, table, &columns)?;
    let end = HEAD + 2 + u32::try_from(table.rows.len()).unwrap_or(0);
    let labels = table.rows.iter().map(|row| row.heading.label.chars().count());
    let least = if columns.len() > MOST_BESIDE_WIDE_LABELS { LEAST_LABEL / 2 } else { LEAST_LABEL };
    let longest = labels.max().unwrap_or(0).clamp(least, MOST_LABEL) as f64;
    let end = write_reading(sheet, report, figure, (end, longest), formats)?;
    let end = chart::insert(sheet, figure, (&name, end + 1), (formats, report.language))?;
    let last_column = if has_status { status_column } else { status_column - 1 };
    sheet.set_print_area(0, 0, end, last_column.max(LEAST_COLUMNS))?;
    // A chart is never cut: its sheet is one page.
    lay_out(sheet, report, (table, &columns))?;
    sheet.set_print_fit_to_pages(1, u16::from(figure.chart.is_some()));
    sheet.set_column_width(0, longest)?;
    Ok(())
}

/// The least and the most that the column of labels is wide, in characters.
const LEAST_LABEL: usize = 60;
const MOST_LABEL: usize = 75;

/// The least that a column of numbers is wide, in characters.
const LEAST_NUMBER: usize = 13;

/// Of a table of more columns than this the labels leave them the room.
const MOST_BESIDE_WIDE_LABELS: usize = 8;

/// A narrow table is printed with the room that its title and its chart need, not blown up.
const LEAST_COLUMNS: u16 = 6;

/// Shades the shares of a table of many columns from small to large: a chart of all of them could not be read.
fn shade(sheet: &mut Worksheet, table: &Table, columns: &[SheetColumn]) -> Result<(), XlsxError> {
    let is_share = |column: &&SheetColumn| column.measure == Measure::Share;
    let n_shares = u16::try_from(columns.iter().take_while(is_share).count()).unwrap_or(0);
    let rows: Vec<u32> = (HEAD + 1..)
        .zip(&table.rows)
        .filter(|(_, row)| row.heading.role == Role::Category)
        .map(|(index, _)| index)
        .collect();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
    if usize::from(n_shares) <= chart::MOST_CLUSTERED {
        return Ok(());
    }
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color(Color::RGB(0x00ff_ffff))
        .set_maximum_color(Color::RGB(0x0081_b1d0));
    sheet.add_conditional_format(*first, 1, *last, n_shares, &scale)?;
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Count(number) => {
            sheet.write_with_format(row, column, *number, &formats.count)?;
        }
        Value::Share(number) => {
            sheet.write_with_format(row, column, *number, &formats.share)?;
        }
        Value::Quantity(number) => {
            sheet.write_with_format(row, column, *number, &formats.quantity)?;
        }
        Value::Text(text) => {
            sheet.write_with_format(row, column, text, &formats.mark)?;
        }
    }
    Ok(())
}

/// Writes *Lecture, Champ, Notes, Source* and the way back; returns the next free row.
fn write_reading(
    sheet: &mut Worksheet,
    report: &Report,
    figure: &ReportFigure,
    (start, width): (u32, f64),
    formats: &Formats,
) -> Result<u32, XlsxError> {
    const PARTS: [Wording; 4] = [
        Wording::new("Lecture", "Reading"),
        Wording::new("Champ", "Universe"),
        Wording::new("Notes", "Notes"),
        Wording::new("Source", "Source"),
    ];
    const BACK: Wording = Wording::new("Retour au sommaire", "Back to contents");
    let reading = &figure.reading;
    let texts = [
        reading.example.clone(),
        reading.universe.clone(),
        reading.notes.join(" "),
        reading.source.clone(),
    ];
    let mut row = start;
    for (part, text) in PARTS.iter().zip(&texts).filter(|(_, text)| !text.is_empty()) {
        let head = part.say(report.language, &Args::new());
        write_wrapped(sheet, (row, width), &format!("{head} – {text}"), &formats.wrapped)?;
        row += 1;
    }
    let contents = contents_name(report.language);
    let back = Url::new(format!("internal:'{contents}'!A1"));
    sheet.write_url_with_text(row + 1, 0, back, BACK.say(report.language, &Args::new()))?;
    Ok(row + 2)
}

fn lay_out(
    sheet: &mut Worksheet,
    report: &Report,
    (table, columns): (&Table, &[SheetColumn]),
) -> Result<(), XlsxError> {
    for (column, index) in columns.iter().zip(1..) {
        // A share in words is longer than any number, and would be cut between two others.
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column.column_index));
        let letters =
            cells.map(|cell| match column.measure.value(cell, (report.language, table.rounding)) {
                Value::Text(text) => text.chars().count(),
                Value::Empty | Value::Count(_) | Value::Share(_) | Value::Quantity(_) => 0,
            });
        let longest = letters.max().unwrap_or(0);
        sheet.set_column_width(index, (longest + 2).max(LEAST_NUMBER) as f64)?;
    }
    // Excel and LibreOffice do not make room for wrapped headings by themselves when a file is written by a program.
    let longest = columns.iter().map(|column| column.heading.chars().count()).max().unwrap_or(0);
    sheet.set_row_height(HEAD, 16.0 * (1 + longest / 11) as f64)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    set_print(sheet, report, Some((HEAD, HEAD)))
}
