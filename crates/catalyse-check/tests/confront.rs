//! Confronting small tables with small studies.

#![expect(clippy::expect_used, reason = "a helper that cannot go on stops the test")]

use std::sync::Arc;

use catalyse_check::{Checks, Confrontation, Report};
use catalyse_codebook::Codebook;
use catalyse_locale::Language;
use catalyse_records::Table;
use catalyse_testkit::{StudyText, chunk, source};

fn confront(codebook: &Codebook, text: &str) -> Report {
    let checks = Checks::open(codebook).unwrap_or_else(|problems| {
        let texts: Vec<String> = problems.iter().map(|one| one.say(Language::En)).collect();
        panic!("{}", texts.join("\n"))
    });
    let sources = Arc::new(vec![source(text)]);
    let mut confrontation = Confrontation::new(&checks, sources);
    confrontation.chunk(&chunk(codebook, &Table::Main, text)).expect("the layout of the table");
    confrontation.finish()
}

/// Writes what the checks found, without the columns that the small table leaves out.
fn found(report: &Report) -> String {
    let findings = &report.findings;
    let lines = findings.all.iter().map(|finding| {
        let cause = &findings.causes[finding.cause as usize];
        format!("{} {}\n", findings.place(finding).address(), cause.check)
    });
    lines.filter(|line| !line.contains(".column-missing")).collect()
}

#[test]
fn a_finding_stands_at_its_cell() {
    let codebook = StudyText::new()
        .variable("age integer")
        .check("age-possible", "range", "age", "min = 15; max = 99")
        .open();
    let report = confront(
        &codebook,
        "person_id | wave | age
         p1        | w1   | 14
         p2        | w1   | 15
         p3        | w1   | 99
         p4        | w1   | 100
         p5        | w1   |
         p6        | w1   | old",
    );
    assert_eq!(found(&report), "test.csv!C2 age-possible\ntest.csv!C5 age-possible\n");
    let outcome = report.outcomes.iter().find(|one| one.check.as_str() == "age-possible");
    let tally = outcome.expect("the check was run").tally;
    assert_eq!((tally.satisfied, tally.violated, tally.lacking), (2, 2, 2));
}
