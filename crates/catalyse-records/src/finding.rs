//! Findings: what a check or a reader has to say about a place.
//!
//! They are kept small, because a wrong column gives one for each row: a cause is stored once, a finding is twelve bytes.

use std::sync::Arc;

use catalyse_codebook::{CheckId, Severity, VariableName};
use catalyse_locale::{Language, Message};
use serde::{Deserialize, Serialize};

use crate::{Place, Source, SourceIndex};

/// Holds what is the same for all findings of one check on one variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// The check, or the reader's own `variable.type`, `file.column-unknown` …
    pub check: CheckId,
    /// What follows.
    pub severity: Severity,
    /// The variable it stands at, if it stands at one.
    pub variable: Option<VariableName>,
    /// What it tells the encoder. Never a person's value.
    pub message: Message,
}

/// Holds one finding: a cause and a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The index of its cause.
    pub cause: u32,
    /// The source it stands in.
    pub source: SourceIndex,
    /// The row as people see it, from 1; 0 means the whole source.
    pub row: u32,
}

/// Holds findings with their causes and sources.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The causes, each once.
    pub causes: Vec<Cause>,
    /// The sources of the batch.
    pub sources: Arc<Vec<Source>>,
    /// The findings, in no promised order until [`Findings::sort`].
    pub all: Vec<Finding>,
}

impl Findings {
    /// Makes an empty list about these sources.
    pub fn new(sources: Arc<Vec<Source>>) -> Self {
        Self { sources, ..Self::default() }
    }

    /// Returns the index of a cause, adding it if it is new.
    pub fn cause(&mut self, cause: Cause) -> u32 {
        let known = self.causes.iter().position(|other| {
            other.check == cause.check
                && other.variable == cause.variable
                && other.message == cause.message
        });
        let index = known.unwrap_or_else(|| {
            self.causes.push(cause);
            self.causes.len() - 1
        });
        index as u32
    }

    /// Adds a finding.
    pub fn add(&mut self, cause: u32, source: SourceIndex, row: u32) {
        self.all.push(Finding { cause, source, row });
    }

    /// Adds the findings of another list about the same sources.
    pub fn append(&mut self, other: Self) {
        let causes: Vec<u32> = other.causes.into_iter().map(|cause| self.cause(cause)).collect();
        self.all.extend(other.all.into_iter().filter_map(|finding| {
            causes.get(finding.cause as usize).map(|cause| Finding { cause: *cause, ..finding })
        }));
    }

    /// Puts the findings in the order of sources, rows and checks, and the causes in that of checks and variables.
    ///
    /// The same findings give the same list, in whatever order they were added.
    pub fn sort(&mut self) {
        let mut order: Vec<(usize, String)> =
            self.causes.iter().map(|cause| cause.message.say(Language::Fr)).enumerate().collect();
        let key =
            |index: usize| self.causes.get(index).map(|cause| (&cause.check, &cause.variable));
        order.sort_by(|(a, a_text), (b, b_text)| {
            key(*a).cmp(&key(*b)).then_with(|| a_text.cmp(b_text))
        });
        let mut new_index = vec![0; self.causes.len()];
        let mut causes = Vec::with_capacity(self.causes.len());
        for ((old, _), new) in order.iter().zip(0_u32..) {
            causes.extend(self.causes.get(*old).cloned());
            if let Some(index) = new_index.get_mut(*old) {
                *index = new;
            }
        }
        self.causes = causes;
        for finding in &mut self.all {
            finding.cause = new_index.get(finding.cause as usize).copied().unwrap_or_default();
        }
        self.all.sort_unstable_by_key(|finding| (finding.source, finding.row, finding.cause));
    }

    /// Returns where a finding stands.
    pub fn place(&self, finding: &Finding) -> Place {
        let variable =
            self.causes.get(finding.cause as usize).and_then(|cause| cause.variable.as_ref());
        let unknown = Source::default();
        let source = self.sources.get(finding.source.0 as usize).unwrap_or(&unknown);
        source.place(variable, finding.row)
    }

    /// Counts the findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.all
            .iter()
            .filter(|finding| {
                self.causes
                    .get(finding.cause as usize)
                    .is_some_and(|cause| cause.severity == severity)
            })
            .count()
    }
}
