//! The workbook: a page that explains, a contents page, one table a sheet, and one long tidy sheet.
//!
//! Numbers are numbers, marks are text, no cells are merged, and the same report gives the same bytes:
//! the day in the properties is the report's own.

mod alternative;
mod chart;
mod columns;
mod contents;
mod formats;
mod plain;
mod ranges;
mod sheet;
mod tidy;

use catalyse_locale::{Args, Language, Wording, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::report::{Report, ReportFigure};
use formats::Formats;
pub use plain::{PlainSheet, plain_workbook};

/// Writes the workbook.
pub(crate) fn render(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let rounding = report.figures().map(|figure| figure.table.rounding).max().unwrap_or(1);
    let formats = Formats::new(report.language, rounding);
    contents::write_about(&mut workbook, report, &formats)?;
    contents::write_contents(&mut workbook, report, &formats)?;
    for figure in report.figures() {
        sheet::write(&mut workbook, report, figure, &formats)?;
    }
    tidy::write(&mut workbook, report, &formats)?;
    workbook.save_to_buffer()
}

fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let day = report.generated_on;
    let created = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    Ok(DocProperties::new()
        .set_title(&report.title)
        .set_subject(&report.study)
        .set_author("catalyse")
        .set_comment(report.edition_label.as_str())
        .set_custom_property("Language", report.language.region_tag())
        .set_custom_property("Policy", report.policy.as_str())
        .set_creation_datetime(&created))
}

/// Sets how a sheet is printed: A4 across, as wide as the page, its head on each page, and a foot that says what it is of.
fn set_print(
    sheet: &mut Worksheet,
    report: &Report,
    heads: Option<(u32, u32)>,
) -> Result<(), XlsxError> {
    let day = report.generated_on;
    let day =
        date(report.language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs());
    // An ampersand begins a code of the foot.
    let label = format!("{} – {}", report.title, report.edition_label).replace('&', "&&");
    let policy = report.policy.replace('&', "&&");
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    sheet.set_footer(format!("&L&8{label} · {day} · {policy}&C&8&A&R&8&P / &N"));
    if let Some((first, last)) = heads {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}

/// Returns the name of a figure's sheet: its number, and as many whole words of what it measures as 31 letters hold; where another figure
/// begins with the same words, fewer of them, and what sets this one apart.
fn sheet_name(report: &Report, figure: &ReportFigure) -> String {
    const MOST: usize = 31;
    /// What sets a figure apart takes no more than this, so that what is measured can be read too.
    const MOST_ANGLE: usize = 15;
    let number = format!("{:02}", figure.number);
    let room = MOST - number.len() - 1;
    let words = first_words(&figure.table.caption, room);
    let mut others = report.figures().filter(|other| other.number != figure.number);
    let is_alone = others.all(|other| first_words(&other.table.caption, room) != words);
    let angle = first_words(&figure.angle, MOST_ANGLE);
    if is_alone || angle.is_empty() {
        return format!("{number} {words}").trim_end().to_owned();
    }
    let words = first_words(&figure.table.caption, room - 3 - angle.chars().count());
    format!("{number} {words} – {angle}")
}

/// Returns as many whole words as so many letters hold, without a last one that asks for another, and without what no sheet's name has.
fn first_words(text: &str, most: usize) -> String {
    const LEADING: [&str; 19] = [
        "à", "au", "aux", "d’un", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "ou",
        "par", "selon", "by", "of", "the",
    ];
    // These may not stand in the name of a sheet, nor an apostrophe at its end; quotation marks may lose one of two.
    let is_forbidden = |letter: char| "[]:*?/\\\u{27}«»“”".contains(letter) || letter.is_control();
    let is_leading = |word: &&str| LEADING.contains(word);
    let text = text.replace(is_forbidden, " ");
    let mut name: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let n_letters: usize = name.iter().map(|word| word.chars().count() + 1).sum();
        if n_letters + word.chars().count() > most {
            while name.last().is_some_and(is_leading) {
                name.pop();
            }
            break;
        }
        name.push(word);
    }
    let is_loose = |letter: char| !letter.is_alphanumeric() && !")%’".contains(letter);
    name.join(" ").trim_end_matches(is_loose).to_owned()
}

/// Returns the name of the sheet with every number.
fn tidy_name(language: Language) -> String {
    const DATA: Wording = Wording::new("donnees", "data");
    DATA.say(language, &Args::new())
}

/// Writes a text into one cell as wide as its column, high enough for all its lines.
fn write_wrapped(
    sheet: &mut Worksheet,
    (row, width): (u32, f64),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    const POINTS_PER_LINE: f64 = 15.0;
    let n_lines = (text.chars().count() as f64 * 1.08 / width).ceil().max(1.0);
    sheet.write_with_format(row, 0, text, format)?;
    sheet.set_row_height(row, n_lines * POINTS_PER_LINE)?;
    Ok(())
}

/// Returns the name of the contents sheet.
fn contents_name(language: Language) -> String {
    const CONTENTS: Wording = Wording::new("Sommaire", "Contents");
    CONTENTS.say(language, &Args::new())
}
