//! What a proof of the store found: how much was worked out, and what does not hold.

/// Says what a proof found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Lines of the journal that were worked out.
    pub n_lines: u64,
    /// Revisions of records and identities that were worked out.
    pub n_revisions: u64,
    /// The hash of the last line.
    pub last_hash: String,
    /// What does not hold, in the order of the journal.
    pub breaks: Vec<Break>,
}

impl Proof {
    /// Says whether all holds.
    pub const fn is_whole(&self) -> bool {
        self.breaks.is_empty()
    }

    /// Counts the lines that are missing.
    pub(crate) fn n_gaps(&self) -> usize {
        self.breaks.iter().filter(|broken| matches!(broken, Break::Gap { .. })).count()
    }
}

/// Names one thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A line is missing, or two lines have one number.
    Gap {
        /// The line.
        line: u64,
    },
    /// A line does not carry the hash of the line before.
    Chain {
        /// The line.
        line: u64,
    },
    /// A line was changed: its hash is not its own.
    Line {
        /// The line.
        line: u64,
    },
    /// What the line answers for was changed, removed or added to.
    Rows {
        /// The line.
        line: u64,
    },
    /// The journal ends before, or after, its last line.
    End,
    /// A sealed content is not the one the journal covers.
    Content {
        /// `record` or `identity`.
        kind: &'static str,
        /// The number of the record or person.
        number: i64,
        /// The revision.
        revision: u64,
    },
    /// A content is gone although its person was not erased and nothing was purged.
    Lost {
        /// `record` or `identity`.
        kind: &'static str,
        /// The number of the record or person.
        number: i64,
        /// The revision.
        revision: u64,
    },
    /// A record, finding, batch, account, likeness or person does not stand as its last revision, step, line or mark says; a person has lost
    /// the key.
    Standing {
        /// `record`, `finding`, `batch`, `account`, `likeness`, `edition` or `person`.
        kind: &'static str,
        /// Its number.
        number: i64,
    },
}
