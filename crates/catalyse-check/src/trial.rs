//! Trying a check in a test: a study and a table in, the places of its findings and its counts out.

use std::sync::Arc;

use catalyse_codebook::Codebook;
use catalyse_locale::Language;
use catalyse_records::{Finding, Table};
use catalyse_testkit::{StudyText, chunk, source};

use crate::{Checks, Confrontation, Report};

/// Opens the checks of a study that has no problems.
pub(crate) fn open(codebook: &Codebook) -> Checks {
    Checks::open(codebook).unwrap_or_else(|problems| {
        let texts: Vec<String> = problems.iter().map(|one| one.say(Language::En)).collect();
        panic!("{}", texts.join("\n"))
    })
}

/// Returns the problems of the checks of a study, one a line, in English.
pub(crate) fn problems(study: StudyText) -> String {
    match Checks::open(&study.open()) {
        Ok(_) => String::new(),
        Err(problems) => {
            let texts: Vec<String> = problems.iter().map(|one| one.say(Language::En)).collect();
            texts.join("\n")
        }
    }
}

/// Confronts a table of the study's main forms.
pub(crate) fn confront(codebook: &Codebook, text: &str) -> Report {
    confront_tables(codebook, &[(Table::Main, text)])
}

/// Confronts several tables, each a source of its own.
pub(crate) fn confront_tables(codebook: &Codebook, tables: &[(Table, &str)]) -> Report {
    let checks = open(codebook);
    let sources = Arc::new(tables.iter().map(|(_, text)| source(text)).collect());
    let mut confrontation = Confrontation::new(&checks, sources);
    for ((table, text), index) in tables.iter().zip(0_u32..) {
        let mut chunk = chunk(codebook, table, text);
        chunk.source.0 = index;
        confrontation.chunk(chunk).expect("the layout of the table");
    }
    confrontation.finish().expect("the layout of the table")
}

/// Tries the check `it` of a study: `C2 C5: 2 satisfied, 2 violated, 2 lacking`.
pub(crate) fn try_it(study: StudyText, text: &str) -> String {
    try_tables(study, &[(Table::Main, text)])
}

/// Tries the check `it` on several tables.
pub(crate) fn try_tables(study: StudyText, tables: &[(Table, &str)]) -> String {
    let report = confront_tables(&study.open(), tables);
    let findings = &report.findings;
    let is_it = |finding: &&Finding| {
        findings
            .causes
            .get(finding.cause as usize)
            .is_some_and(|cause| cause.check.as_str() == "it")
    };
    let places: Vec<String> = findings
        .all
        .iter()
        .filter(is_it)
        .map(|finding| findings.place(finding).address().replace("test.csv!", ""))
        .collect();
    let tally = report.outcomes.iter().find(|outcome| outcome.check.as_str() == "it");
    let tally = tally.map(|outcome| outcome.tally).unwrap_or_default();
    format!(
        "{}: {} satisfied, {} violated, {} lacking",
        places.join(" "),
        tally.satisfied,
        tally.violated,
        tally.lacking
    )
}
