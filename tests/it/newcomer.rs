//! The newcomer: from nothing to a report of a study of one's own, with the commands that `codebook init` itself prints.

use std::path::Path;

use crate::program::{run_in, scratch};
use crate::repository::ending;
use crate::sample::files_of;

/// Runs the commands one after the other, and returns the folder they ran in.
fn begin(name: &str, commands: &[&str]) -> std::path::PathBuf {
    let folder = scratch(name);
    for command in commands {
        let run = run_in(&folder, &command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{command}\n{}{}", run.stdout, run.stderr);
    }
    folder
}

fn has(folder: &Path, file: &str) -> bool {
    folder.join(file).is_file()
}

#[test]
fn the_commands_that_init_prints_lead_to_a_report() {
    let folder = scratch("newcomer");
    let init = run_in(&folder, &["codebook", "init", "etude"]);
    assert_eq!(init.exit, Some(0), "{}", init.stderr);
    let printed: Vec<&str> =
        init.stderr.lines().filter_map(|line| line.trim().strip_prefix("catalyse ")).collect();
    let commands: Vec<&str> =
        printed.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(commands, ["codebook", "simulate", "check", "report"], "{}", init.stderr);
    for command in printed {
        let run = run_in(&folder, &command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{command}\n{}{}", run.stdout, run.stderr);
    }
    for file in ["rapport.html", "tableaux.xlsx", "figures/housing_by_partner.svg"] {
        assert!(has(&folder.join("sortie"), file), "{file} is not written");
    }
    let figures = files_of(&folder.join("sortie/figures"));
    let n_figures = figures.iter().filter(|(name, _)| ending(name) == "png").count();
    assert_eq!(n_figures, 7, "every figure of the starter's report is drawn");
}

#[test]
fn the_faults_planted_in_the_starter_study_are_found() {
    let folder = begin(
        "newcomer-faults",
        &["codebook init etude", "simulate --study etude --faults --out essai"],
    );
    let check = ["check", "--study", "etude", "--all", "--format", "csv", "essai"];
    let run = run_in(&folder, &check);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    #[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
    let truth = std::fs::read_to_string(folder.join("essai/verite.csv")).expect("the truth");
    assert_eq!(crate::faults::sightings(&truth), crate::faults::sightings(&run.stdout));
    assert!(truth.lines().count() > 15, "{truth}");
}

#[test]
fn a_new_report_leaves_nothing_of_the_last_one() {
    let folder = begin(
        "newcomer-again",
        &[
            "codebook init etude",
            "simulate --study etude --out essai",
            "report --study etude --by partner --out sortie essai",
            "report --study etude --out sortie --lang en essai",
        ],
    );
    let files = files_of(&folder.join("sortie"));
    assert!(
        files.iter().all(|(name, _)| !name.starts_with("partenaires/")),
        "an old edition stays"
    );
    assert!(has(&folder.join("sortie"), "report.html"));
    assert!(!has(&folder.join("sortie"), "rapport.html"), "the page in French stays");
}
