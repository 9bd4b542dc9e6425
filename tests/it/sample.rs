//! The sample data: where its deliveries are, and the report of it that several tests look at.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use crate::program::{Run, run, scratch};
use crate::repository::{ending, files_below};

/// The day that the report of the sample data bears, so that it is the same on every day.
pub(crate) const REPORT_DATE: &str = "2026-01-15";

/// Endings of deliveries.
const DELIVERIES: [&str; 4] = [".csv", ".xlsx", ".xls", ".ods"];

/// Lists the deliveries of a folder of sample data.
///
/// # Panics
/// There is none: a test that looks at nothing would hold nothing.
pub(crate) fn deliveries(folder: &str) -> Vec<String> {
    let files = files_below(&format!("sample-data/{folder}")).into_iter();
    let files = files.filter(|path| DELIVERIES.iter().any(|ending| path.ends_with(ending)));
    let files: Vec<String> = files.filter(|path| !path.ends_with("/verite.csv")).collect();
    assert!(!files.is_empty(), "sample-data/{folder} has no delivery");
    files
}

/// Runs a command with the deliveries of a folder, once a test run: tests that ask for the same look at the same run.
pub(crate) fn run_on(folder: &str, before: &[&str]) -> &'static Run {
    static RUNS: Mutex<BTreeMap<String, &'static OnceLock<Run>>> = Mutex::new(BTreeMap::new());
    let key = format!("{folder} {}", before.join(" "));
    let place: &OnceLock<Run> = {
        let mut runs = RUNS.lock().expect("no test panics while it has the list");
        runs.entry(key).or_insert_with(|| Box::leak(Box::default()))
    };
    place.get_or_init(|| run_again_on(folder, before))
}

/// Runs a command with the deliveries of a folder, whatever was run before.
pub(crate) fn run_again_on(folder: &str, before: &[&str]) -> Run {
    let files = deliveries(folder);
    let arguments: Vec<&str> =
        before.iter().copied().chain(files.iter().map(String::as_str)).collect();
    run(&arguments)
}

/// Writes the report of the sample data, with one for each partner, and returns its folder. Written once a test run.
pub(crate) fn report() -> &'static PathBuf {
    static REPORT: OnceLock<PathBuf> = OnceLock::new();
    REPORT.get_or_init(|| write_report("report-of-the-sample"))
}

/// Writes the report of the sample data into a folder of its own.
pub(crate) fn write_report(name: &str) -> PathBuf {
    let folder = scratch(name);
    let out = folder.to_string_lossy().into_owned();
    let run = run_again_on(
        "integra",
        &["report", "--date", REPORT_DATE, "--by", "partner", "--out", &out],
    );
    assert_eq!(run.exit, Some(0), "the report of the sample data is not written:\n{}", run.stderr);
    folder
}

/// Lists the files of a folder, relative to it, with `/`, in order, with their bytes.
#[expect(clippy::disallowed_methods, reason = "the tests look at what the program wrote")]
pub(crate) fn files_of(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(&below).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("the file is in the folder");
                let name = name.to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read(&path).expect("the file can be read")));
            }
        }
    }
    files.sort();
    files
}

/// Reads every cell of a delivery as text, row by row, whatever its format. Independent of the program's own readers.
pub(crate) fn cells(path: &str) -> Vec<Vec<String>> {
    let bytes = crate::repository::read_bytes(path);
    match ending(path) {
        "xlsx" => cells_of_xlsx(&bytes),
        "ods" => rows_of_ods(&entry(&bytes, "content.xml")),
        _ => cells_of_csv(&bytes),
    }
}

fn cells_of_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    };
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.records().flatten();
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// Reads the sheets of a workbook: shared texts and numbers.
fn cells_of_xlsx(bytes: &[u8]) -> Vec<Vec<String>> {
    let shared: Vec<String> =
        entry(bytes, "xl/sharedStrings.xml").split("<si>").skip(1).map(text_of_xml).collect();
    let sheets = (1..=9).map(|number| entry(bytes, &format!("xl/worksheets/sheet{number}.xml")));
    let mut rows = Vec::new();
    for sheet in sheets.filter(|sheet| !sheet.is_empty()) {
        for row in sheet.split("<row ").skip(1) {
            let mut cells: Vec<String> = Vec::new();
            for cell in row.split("<c ").skip(1) {
                let value = text_of_xml(cell);
                let index = cell.contains("t=\"s\"").then(|| value.parse::<usize>().ok()).flatten();
                // Empty cells are left out; the address says where the cell stands.
                cells.resize(column_of(cell).max(cells.len()), String::new());
                cells.push(
                    index.map_or(value, |index| shared.get(index).cloned().unwrap_or_default()),
                );
            }
            rows.push(cells);
        }
    }
    rows
}

/// Reads the column of a cell, from 0, from its address `r="AB12"`.
fn column_of(cell: &str) -> usize {
    let address = cell.split_once("r=\"").map_or("", |(_, rest)| rest);
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1).saturating_sub(1)
}

fn rows_of_ods(xml: &str) -> Vec<Vec<String>> {
    const REPEATED: &str = "number-columns-repeated=\"";
    let rows = xml.split("<table:table-row").skip(1);
    rows.map(|row| {
        let cells = row.split("<table:table-cell").skip(1).flat_map(|cell| {
            let head = cell.split('>').next().unwrap_or_default();
            let n = head
                .split_once(REPEATED)
                .and_then(|(_, rest)| rest.split('"').next()?.parse().ok())
                .unwrap_or(1);
            std::iter::repeat_n(text_of_xml(cell), n)
        });
        cells.collect()
    })
    .collect()
}

/// Returns what stands between the tags of a piece of XML that may begin inside a tag.
fn text_of_xml(xml: &str) -> String {
    let pieces = xml.split('>').skip(1).filter_map(|piece| piece.split('<').next());
    pieces.collect::<String>().replace("&apos;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Reads one entry of a ZIP as text; nothing if it has none of that name.
fn entry(bytes: &[u8], name: &str) -> String {
    let all = entries(bytes);
    all.into_iter()
        .find(|(entry, _)| entry == name)
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

/// Reads all entries of a ZIP.
pub(crate) fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is a ZIP");
    let names: Vec<String> =
        archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    names
        .into_iter()
        .map(|name| {
            let mut content = Vec::new();
            let mut entry = archive.by_name(&name).expect("the entry is there");
            std::io::Read::read_to_end(&mut entry, &mut content).expect("the entry can be read");
            (name, content)
        })
        .collect()
}
