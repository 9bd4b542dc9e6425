//! Events: what a reader hands on while it goes through a delivery.

use std::fmt;

use catalyse_codebook::VariableName;
use serde::{Deserialize, Serialize};

use crate::{Chunk, Findings, Ledger, Source, SourceIndex};

/// One thing a reader hands on. Sources come first, findings and ledger at the end.
#[derive(Clone, Debug)]
pub enum Event {
    /// All sheets of the delivery, with the columns that were recognised.
    Sources(Vec<Source>),
    /// Some records.
    Chunk(Chunk),
    /// The rows of a source, each with the row of the joined sheet that its person stands in: see [`crate::Joined::rows`].
    Joined(SourceIndex, Vec<(u32, u32)>),
    /// The texts of cells that could not be read.
    Unread(Vec<Unread>),
    /// All that was found.
    Findings(Findings),
    /// The counts.
    Ledger(Ledger),
}

/// Holds the text of a cell that could not be read: for its owner's eyes only, never for a message, a log or a report.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The source it stands in.
    pub source: SourceIndex,
    /// The row as people see it.
    pub row: u32,
    /// The variable it should be.
    pub variable: VariableName,
    /// What stands there.
    pub text: String,
}

impl fmt::Debug for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Unread({}, row {}, {} bytes)", self.variable, self.row, self.text.len())
    }
}
