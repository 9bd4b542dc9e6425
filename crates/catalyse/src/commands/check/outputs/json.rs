//! Findings for other programs: one JSON object.

use serde::Serialize;

use super::{FindingsOutput, Shown};
use crate::commands::check::findings::groups;

/// Writes findings as JSON: the ledger, the findings by check, and how each check fared.
pub(crate) struct Json;

#[derive(Serialize)]
struct Whole<'a> {
    study: &'a str,
    sources: &'a [catalyse_records::Source],
    ledger: &'a catalyse_records::Ledger,
    unreadable: Vec<Unreadable<'a>>,
    findings: Vec<Group>,
    outcomes: Vec<OutcomeOf<'a>>,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    file: &'a str,
    message: String,
}

#[derive(Serialize)]
struct Group {
    check: String,
    severity: catalyse_codebook::Severity,
    variable: Option<String>,
    message: String,
    count: usize,
    places: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
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

    fn write(&self, shown: &Shown<'_>) -> Vec<u8> {
        let reading = shown.reading;
        let place = |place: catalyse_records::Place| Place { address: place.address(), place };
        let findings = groups(&reading.findings).into_iter().map(|group| Group {
            check: group.cause.check.to_string(),
            severity: group.cause.severity,
            variable: group.cause.variable.as_ref().map(ToString::to_string),
            message: group.cause.message.say(shown.language),
            count: group.places.len(),
            places: group.places.into_iter().map(place).collect(),
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
        let mut bytes = serde_json::to_vec_pretty(&whole).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
