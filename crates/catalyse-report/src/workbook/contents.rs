//! The first two sheets: what the workbook is, and a list of its tables with links.

use catalyse_locale::{Args, Wording, date};
use rust_xlsxwriter::{Url, Workbook, XlsxError};

use super::formats::Formats;
use super::{contents_name, set_print, sheet_name, tidy_name, write_wrapped};
use crate::report::Report;
use crate::report::front::DeliveryRow;

/// How wide the one column of the sheet "À lire" is, in characters.
const WIDTH: f64 = 125.0;

const MARKS: [Wording; 5] = [
    Wording::new(
        "[c] : confidentiel, trop peu de personnes ou nombre qui en trahirait un autre.",
        "[c]: confidential, too few persons or a number that would give another away.",
    ),
    Wording::new("[u] : effectif trop petit pour une part.", "[u]: too few persons for a share."),
    Wording::new(
        "[x] : aucune fiche livrée à cette vague.",
        "[x]: no record delivered at this wave.",
    ),
    Wording::new("[z] : sans objet.", "[z]: not applicable."),
    Wording::new(
        "Dans toutes les feuilles, les parts s'affichent en pourcentages (« 16 % ») ; dans un calcul, Excel lit 0,16. Les effectifs sont arrondis. « Moins de … » s'affiche sur le nombre 0.",
        "On all sheets shares are shown as percentages (“16 %”); in a calculation Excel reads 0.16. Counts are rounded. “Fewer than …” is shown on the number 0.",
    ),
];

/// Writes the sheet "À lire".
pub(super) fn write_about(
    workbook: &mut Workbook,
    report: &Report,
    formats: &Formats,
) -> Result<(), XlsxError> {
    const NAME: Wording = Wording::new("À lire", "Read me");
    const MADE: Wording = Wording::new("Établi le { $day }", "Made on { $day }");
    let language = report.language;
    let day = report.generated_on;
    let day = date(language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let sheet = workbook.add_worksheet().set_name(NAME.say(language, &Args::new()))?;
    sheet.set_column_width(0, WIDTH)?;
    set_print(sheet, report, None)?;
    sheet.write_with_format(0, 0, &report.title, &formats.title)?;
    sheet.write_with_format(
        1,
        0,
        format!("{} – {}", report.study, report.edition_label),
        &formats.subtitle,
    )?;
    sheet.write_with_format(2, 0, report.waves.join(", "), &formats.subtitle)?;
    let made = MADE.say(language, &Args::new().text("day", day));
    sheet.write_with_format(3, 0, made, &formats.subtitle)?;
    let mut row = 5;
    if !report.own_numbers.text.is_empty() {
        write_wrapped(sheet, (row, WIDTH), &report.own_numbers.text, &formats.wrapped)?;
        row += 2;
    }
    for mark in &MARKS {
        sheet.write_with_format(row, 0, mark.say(language, &Args::new()), &formats.text)?;
        row += 1;
    }
    for line in report.general_notes.iter().cloned().chain(records_lines(report)) {
        write_wrapped(sheet, (row, WIDTH), &line, &formats.wrapped)?;
        row += 1;
    }
    for sentence in &report.left_out {
        write_wrapped(sheet, (row, WIDTH), sentence, &formats.wrapped)?;
        row += 1;
    }
    for paragraph in report.methods.iter().chain(&report.glossary) {
        row += 1;
        sheet.write_with_format(row, 0, &paragraph.title, &formats.strong)?;
        row += 1;
        write_wrapped(sheet, (row, WIDTH), &paragraph.text, &formats.wrapped)?;
        row += 1;
    }
    Ok(())
}

/// Lists what is said of the records, one line a partner.
fn records_lines(report: &Report) -> Vec<String> {
    let Some(records) = &report.records else { return Vec::new() };
    let line = |row: &DeliveryRow| {
        let cells = records.waves.iter().zip(&row.cells);
        let cells = cells.map(|(wave, (kept, left_out))| {
            let left_out = if left_out.is_empty() { left_out } else { &format!(" ({left_out})") };
            format!("{wave} – {kept}{left_out}")
        });
        format!("{} : {}", row.label, cells.collect::<Vec<_>>().join(" ; "))
    };
    records.lead.iter().cloned().chain(records.rows.iter().map(line)).collect()
}

/// Writes the sheet "Sommaire".
pub(super) fn write_contents(
    workbook: &mut Workbook,
    report: &Report,
    formats: &Formats,
) -> Result<(), XlsxError> {
    const HEADINGS: [Wording; 3] = [
        Wording::new("Tableau", "Table"),
        Wording::new("Ce qu'il montre", "What it shows"),
        Wording::new("Thème", "Chapter"),
    ];
    /// A title of more letters than this takes two lines.
    const MOST_TITLE: usize = 90;
    let language = report.language;
    let name = contents_name(language);
    let sheet = workbook.add_worksheet().set_name(&name)?;
    sheet.write_with_format(0, 0, &name, &formats.title)?;
    for (heading, column) in HEADINGS.iter().zip(0..) {
        sheet.write_with_format(
            2,
            column,
            heading.say(language, &Args::new()),
            &formats.heading,
        )?;
    }
    let mut row = 3;
    for chapter in &report.chapters {
        for figure in &chapter.figures {
            let link = Url::new(format!("internal:'{}'!A1", sheet_name(report, figure)));
            let link = link.set_text(sheet_name(report, figure));
            sheet.write_url_with_format(row, 0, link, &formats.link)?;
            // Two figures may measure the same: their titles tell them apart.
            sheet.write_with_format(row, 1, &figure.title, &formats.wrapped)?;
            sheet.write_with_format(row, 2, &chapter.title, &formats.wrapped)?;
            if figure.title.chars().count() > MOST_TITLE {
                sheet.set_row_height(row, 30)?;
            }
            row += 1;
        }
    }
    let tidy = tidy_name(language);
    sheet.write_url_with_text(row, 0, Url::new(format!("internal:'{tidy}'!A1")), &tidy)?;
    for (column, width) in [(0, 34), (1, 95), (2, 34)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    set_print(sheet, report, Some((2, 2)))
}
