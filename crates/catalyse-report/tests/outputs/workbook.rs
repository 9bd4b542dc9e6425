//! The workbook, unzipped: charts with error bars, no merged cells, marks never cached as zero.

use std::collections::BTreeMap;
use std::io::Read as _;

use catalyse_locale::Language;
use catalyse_report::{Edition, outputs};

use crate::pack;

/// Returns the parts of a workbook as texts.
pub(crate) fn parts(workbook: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a zip file");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            let name = part.name().expect("a name").into_owned();
            (name, text)
        })
        .collect()
}

fn workbook(language: Language) -> BTreeMap<String, String> {
    let report = pack::report(language, Edition::Partnership);
    parts(
        &pack::files(&report, "xlsx")
            [&outputs::by_name("xlsx").expect("an output").place(language)],
    )
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.match_indices(open)
        .map(|(at, _)| text[at + open.len()..].split(close).next().unwrap_or_default())
        .collect()
}

#[test]
fn sheets_stand_in_order_and_have_short_names_in_both_languages() {
    let french = workbook(Language::Fr);
    let names = between(&french["xl/workbook.xml"], "<sheet name=\"", "\"");
    assert_eq!(
        names,
        [
            "À lire",
            "Sommaire",
            "01 Moyen de déplacement",
            "02 Permis de conduire",
            "03 Statut d’occupation",
            "04 Santé perçue",
            "05 Santé perçue – changement",
            "06 Situation – changement",
            "07 Situation – passages",
            "08 Situation – selon Moyen",
            "09 Âge en années",
            "10 Groupes cibles",
            "donnees"
        ]
    );
    assert!(names.iter().all(|name| name.chars().count() <= 31));
    let english = workbook(Language::En);
    let names = between(&english["xl/workbook.xml"], "<sheet name=\"", "\"");
    assert!(names.contains(&"Contents") && names.last() == Some(&"data"), "{names:?}");
}

#[test]
fn cells_are_never_merged_and_headings_stay_in_sight() {
    for (path, sheet) in workbook(Language::Fr) {
        assert!(!sheet.contains("<mergeCell"), "{path}");
        if path.starts_with("xl/worksheets/sheet") && path != "xl/worksheets/sheet1.xml" {
            assert!(sheet.contains("state=\"frozen\""), "{path}");
        }
    }
}

#[test]
fn bars_carry_their_intervals_and_a_short_text_alternative() {
    let parts = workbook(Language::Fr);
    let bars = &parts["xl/charts/chart1.xml"];
    assert!(bars.contains("<c:errBars>") && bars.contains("<c:errValType val=\"cust\"/>"));
    // Horizontal bars, and the scale stays at the bottom: the category axis is not reversed.
    assert!(bars.contains("<c:barDir val=\"bar\"/>") && !bars.contains("maxMin"));
    let scale = between(bars, "<c:valAx>", "</c:valAx>");
    assert!(scale.iter().all(|axis| axis.contains("formatCode=\"0 %\"")));
    for (path, drawing) in parts.iter().filter(|(path, _)| path.starts_with("xl/drawings/drawing"))
    {
        let texts = between(drawing, " descr=\"", "\"");
        assert!(!texts.is_empty(), "{path}");
        assert!(texts.iter().all(|text| text.encode_utf16().count() < 255), "{path}");
    }
}

#[test]
fn a_chart_reads_shown_shares_or_nothing() {
    let parts = workbook(Language::Fr);
    for (path, chart) in parts.iter().filter(|(path, _)| path.starts_with("xl/charts/chart")) {
        for cache in between(chart, "<c:numCache>", "</c:numCache>") {
            for value in between(cache, "<c:v>", "</c:v>") {
                let share: f64 = value.parse().expect("a number");
                let percent = share * 100.0;
                assert!((percent - percent.round()).abs() < 1e-9, "{path}: {value}");
            }
        }
    }
    let health = &parts["xl/charts/chart4.xml"];
    // The gate tells bounds and words of some partners only: the chart leaves these out, and the table has them.
    let report = pack::report(Language::Fr, Edition::Partnership);
    let table = report.figures().find(|figure| figure.id == "health_partner").expect("a figure");
    let counts = between(health, "<c:ptCount val=\"", "\"");
    let n_drawn: usize = counts.first().expect("a series").parse().expect("a number");
    assert!(n_drawn < table.table.columns.len(), "{n_drawn}");
}

#[test]
fn the_properties_carry_the_day_of_the_report() {
    let parts = workbook(Language::Fr);
    assert!(parts["docProps/core.xml"].contains("2026-11-22T00:00:00Z"));
}
