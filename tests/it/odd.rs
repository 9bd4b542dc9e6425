//! Odd files: each file of `sample-data/odd` gives one clear sentence or is read as the golden list says, within limits of memory and time.

use std::fmt::Write;
use std::process::Command;
use std::time::Duration;

use crate::golden::expect_file;
use crate::program::{program, run};
use crate::repository::{ending, files_below, root};

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

#[test]
fn each_odd_file_has_the_documented_end() {
    let mut list = String::new();
    for path in odd_files() {
        let run = run(&["check", "--study", "integra", &path]);
        let name = path.rsplit('/').next().unwrap_or_default();
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
    let mut n_unreadable = 0;
    for path in odd_files() {
        let run = run(&["check", "--study", "integra", &path]);
        if run.exit != Some(3) {
            continue;
        }
        n_unreadable += 1;
        let name = path.rsplit('/').next().unwrap_or_default();
        let said = format!("{}{}", run.stdout, run.stderr);
        let naming: Vec<&str> = said.lines().filter(|line| line.contains(name)).collect();
        assert_eq!(naming.len(), 1, "{name} is named in one line:\n{said}");
    }
    assert!(n_unreadable >= 5, "only {n_unreadable} odd files are unreadable");
}

#[test]
fn no_odd_file_needs_more_memory_than_is_stated() {
    if !cfg!(target_os = "linux") {
        return;
    }
    // 3 GiB of addresses for the program and its child each: the child's own limit is half of that.
    for path in odd_files() {
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 3145728 && exec \"$0\" \"$@\""])
            .arg(program())
            .args(["check", &path])
            .current_dir(root())
            .output()
            .expect("a shell runs the program");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.code().is_some_and(|exit| [0, 1, 3].contains(&exit)),
            "{path}: {:?}\n{stderr}",
            output.status
        );
    }
}

#[test]
fn a_report_that_would_lack_a_file_is_not_written() {
    let path = odd_files()
        .into_iter()
        .find(|path| run(&["check", path]).exit == Some(3))
        .expect("a file is unreadable");
    let out = crate::program::scratch("report-with-an-odd-file");
    let out = out.join("out").to_string_lossy().into_owned();
    let run = run(&["report", &path, "--out", &out]);
    assert_eq!(run.exit, Some(3), "{}", run.stderr);
    assert!(!std::path::Path::new(&out).exists(), "a part of the report was written");
}
