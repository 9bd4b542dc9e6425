//! The sample data: where its deliveries are, and the report of it that several tests look at.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::program::{Run, run, scratch};
use crate::repository::files_below;

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

/// Runs a command with the deliveries of a folder.
pub(crate) fn run_on(folder: &str, before: &[&str]) -> Run {
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
    let run =
        run_on("integra", &["report", "--date", REPORT_DATE, "--by", "partner", "--out", &out]);
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
