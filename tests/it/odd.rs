//! Odd files: each file of `sample-data/odd` gives one clear sentence or is read as the golden list says, within limits of memory and time.

use std::fmt::Write;
use std::sync::OnceLock;
use std::time::Duration;

use crate::golden::expect_file;
use crate::program::{Run, on_all_cores, run, run_limited};
use crate::repository::{ending, files_below};

/// Longest time for one odd file; the development build is slow.
const TIME_LIMIT: Duration = Duration::from_mins(1);

fn odd_files() -> Vec<String> {
    let files = files_below("sample-data/odd")
        .into_iter()
        .filter(|path| ending(path) != "md" && ending(path) != "txt");
    let files: Vec<String> = files.collect();
    assert!(files.len() >= 10, "sample-data/odd has {} files", files.len());
    files
}

/// Checks each odd file, once a test run and on all cores, with 3 GiB of addresses for the program and its child each: the child's own
/// limit of data is half of that.
fn runs() -> &'static [(String, Run)] {
    static RUNS: OnceLock<Vec<(String, Run)>> = OnceLock::new();
    RUNS.get_or_init(|| {
        on_all_cores(&odd_files(), |path| {
            (path.clone(), run_limited(&["check", "--study", "integra", path]))
        })
    })
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

#[test]
fn each_odd_file_has_the_documented_end_within_limits_of_memory_and_time() {
    let mut list = String::new();
    for (path, run) in runs() {
        let name = name_of(path);
        let exit = run
            .exit
            .unwrap_or_else(|| panic!("{name}: a signal ended the program\n{}", run.stderr));
        assert!([0, 1, 3].contains(&exit), "{name}: exit {exit}\n{}", run.stderr);
        assert!(run.took < TIME_LIMIT, "{name}: {:?}", run.took);
        assert!(!run.stderr.contains("panicked"), "{name}: {}", run.stderr);
        let _ = writeln!(list, "== {name}: exit {exit}");
        let said =
            run.stdout.lines().chain(run.stderr.lines()).filter(|line| !line.trim().is_empty());
        // Columns that a small file lacks are many and the same for each; what is odd about the file comes before them.
        for line in said.take_while(|line| !line.starts_with("[pour information]")) {
            let _ = writeln!(list, "{}", line.trim_end());
        }
    }
    expect_file("tests/golden/odd.txt", &list);
}

#[test]
fn an_unreadable_file_is_one_sentence_that_names_it() {
    let unreadable = runs().iter().filter(|(_, run)| run.exit == Some(3));
    let mut n_unreadable = 0;
    for (path, run) in unreadable {
        n_unreadable += 1;
        let name = name_of(path);
        let said = format!("{}{}", run.stdout, run.stderr);
        let naming: Vec<&str> = said.lines().filter(|line| line.contains(name)).collect();
        assert_eq!(naming.len(), 1, "{name} is named in one line:\n{said}");
    }
    assert!(n_unreadable >= 5, "only {n_unreadable} odd files are unreadable");
}

#[test]
fn a_report_that_would_lack_a_file_is_not_written() {
    let (path, _) = runs().iter().find(|(_, run)| run.exit == Some(3)).expect("an unreadable file");
    let out = crate::program::scratch("report-with-an-odd-file");
    let out = out.join("out").to_string_lossy().into_owned();
    let run = run(&["report", path, "--out", &out]);
    assert_eq!(run.exit, Some(3), "{}", run.stderr);
    assert!(!std::path::Path::new(&out).exists(), "a part of the report was written");
}

#[test]
fn a_table_of_findings_names_the_file_that_could_not_be_read() {
    let odd = odd_files();
    let broken = odd.iter().find(|path| name_of(path) == "tronque.xlsx").expect("a broken file");
    let good = "sample-data/integra/durbuy-vague-1.csv";
    let checked = run(&["check", "--study", "integra", "--format", "csv", good, broken]);
    assert_eq!(checked.exit, Some(3), "{}", checked.stderr);
    let row = checked.stdout.lines().nth(1).expect("a row below the heads");
    assert!(row.starts_with("hard,file.unreadable,tronque.xlsx,"), "{row}");
}
