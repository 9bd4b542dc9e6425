//! Findings for other programs: one JSON object.

use std::io::{self, Write};

use catalyse_codebook::VariableName;
use serde::{Serialize, Serializer};

use super::{FindingsOutput, Shown};
use crate::commands::check::findings::{Group, groups};

/// Writes findings as JSON: the ledger, the findings by check, and how each check fared.
pub(crate) struct Json;

#[derive(Serialize)]
struct Whole<'a> {
    study: &'a str,
    sources: &'a [catalyse_records::Source],
    ledger: &'a catalyse_records::Ledger,
    unreadable: Vec<Unreadable<'a>>,
    findings: Vec<OneGroup<'a>>,
    outcomes: Vec<OutcomeOf<'a>>,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    file: &'a str,
    message: String,
}

#[derive(Serialize)]
struct OneGroup<'a> {
    check: &'a str,
    severity: catalyse_codebook::Severity,
    variable: Option<&'a str>,
    message: String,
    count: usize,
    places: Places<'a>,
}

/// Writes the places of a group one by one.
struct Places<'a>(&'a Group<'a>);

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_seq(self.0.places().map(|place| OnePlace { address: place.address(), place }))
    }
}

#[derive(Serialize)]
struct OnePlace {
    address: String,
    #[serde(flatten)]
    place: catalyse_records::Place,
}

#[derive(Serialize)]
struct OutcomeOf<'a> {
    check: &'a str,
    satisfied: u64,
    violated: u64,
    lacking: u64,
}

impl FindingsOutput for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let reading = shown.reading;
        let groups = groups(&reading.findings);
        let findings = groups.iter().map(|group| OneGroup {
            check: group.cause.check.as_str(),
            severity: group.cause.severity,
            variable: group.cause.variable.as_ref().map(VariableName::as_str),
            message: group.cause.message.say(shown.language),
            count: group.len(),
            places: Places(group),
        });
        let outcomes = reading.outcomes.iter().map(|outcome| OutcomeOf {
            check: outcome.check.as_str(),
            satisfied: outcome.tally.satisfied,
            violated: outcome.tally.violated,
            lacking: outcome.tally.lacking,
        });
        let unreadable = reading
            .unreadable
            .iter()
            .map(|(file, message)| Unreadable { file, message: message.say(shown.language) });
        let whole = Whole {
            study: &shown.codebook.study.id,
            sources: &reading.findings.sources,
            ledger: &reading.ledger,
            unreadable: unreadable.collect(),
            findings: findings.collect(),
            outcomes: outcomes.collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        out.write_all(b"\n")
    }
}
