//! Golden files: whole outputs that were read before they were accepted. `CATALYSE_BLESS=1` writes them anew.

use crate::program::run;
use crate::repository::root;

/// Says whether golden files are to be written instead of compared.
#[expect(
    clippy::disallowed_methods,
    reason = "golden files are blessed by a variable of the environment"
)]
pub(crate) fn is_blessing() -> bool {
    std::env::var("CATALYSE_BLESS").is_ok_and(|bless| bless == "1")
}

/// Compares a text with a file of the repository.
#[expect(
    clippy::disallowed_methods,
    reason = "golden files are read and written where the tests run"
)]
pub(crate) fn expect_file(path: &str, actual: &str) {
    let file = root().join(path);
    if is_blessing() {
        std::fs::create_dir_all(file.parent().expect("a golden file has a folder"))
            .expect("the folder can be made");
        std::fs::write(&file, actual).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == actual, "{path} differs, {}\n{HOW}", first_difference(&expected, actual));
}

/// What to do when a golden file differs.
pub(crate) const HOW: &str =
    "If the new text is right: CATALYSE_BLESS=1, then read the difference before committing it.";

/// Describes the first line that differs.
pub(crate) fn first_difference(expected: &str, actual: &str) -> String {
    let mut lines = expected.lines().zip(actual.lines()).enumerate();
    match lines.find(|(_, (one, other))| one != other) {
        Some((index, (one, other))) => format!("line {}:\n- {one}\n+ {other}", index + 1),
        None => {
            format!("{} lines expected, {} given", expected.lines().count(), actual.lines().count())
        }
    }
}

/// Compares a run with a golden file: the command line, the exit code, both streams.
fn expect_run(name: &str, arguments: &[&str]) {
    let run = run(arguments);
    let exit = run.exit.map_or("none".to_owned(), |exit| exit.to_string());
    let text = format!(
        "$ catalyse {}\n{}--- stderr\n{}--- exit {exit}\n",
        arguments.join(" "),
        run.stdout,
        run.stderr
    );
    expect_file(&format!("tests/golden/{name}.txt"), &text);
}

#[test]
fn the_command_line_explains_its_mistakes_in_french() {
    expect_run("no-command", &[]);
    expect_run("unknown-command", &["chek"]);
    expect_run("unknown-option", &["check", "--al", "x.csv"]);
    expect_run("wrong-value", &["check", "--format", "pdf", "x.csv"]);
    expect_run("no-files", &["check"]);
}

#[test]
fn the_command_line_explains_its_mistakes_in_english() {
    expect_run("unknown-command.en", &["--lang", "en", "chek"]);
    expect_run("wrong-value.en", &["check", "--format", "pdf", "x.csv", "--lang=en"]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    expect_run("missing-file", &["check", "nulle-part.csv"]);
    expect_run("missing-file.en", &["check", "nulle-part.csv", "--lang", "en"]);
    expect_run("unknown-study", &["check", "--study", "intgra", "nulle-part.csv"]);
}

#[test]
fn a_variable_a_list_and_a_check_are_shown() {
    expect_run("show-variable", &["codebook", "show", "main_status"]);
    expect_run(
        "show-check.en",
        &["codebook", "show", "one-record-per-person-and-wave", "--lang", "en"],
    );
    expect_run("show-list", &["codebook", "show", "silc_ph030_gali"]);
    expect_run("explain", &["check", "--explain", "one-record-per-person-and-wave", "x.csv"]);
}

#[test]
fn the_bundled_study_has_no_problem() {
    expect_run("lint", &["codebook", "lint", "integra"]);
}
