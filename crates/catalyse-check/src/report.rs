//! What a confrontation gives: findings, and how each check fared.

use catalyse_codebook::CheckId;
use catalyse_records::Findings;

/// Holds what a confrontation found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings in the order of sources, rows and checks.
    pub findings: Findings,
    /// How each check fared, in the order of the codebook. Checks that the reader makes are not among them.
    pub outcomes: Vec<Outcome>,
}

/// Says how a check fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The check.
    pub check: CheckId,
    /// The counts.
    pub tally: Tally,
}

/// Counts records by what a check says of them.
///
/// **Missing**: a record that the check's `when` leaves out satisfies it, as in logic "if … then …" holds when the "if" does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that satisfy it.
    pub satisfied: u64,
    /// Records that violate it.
    pub violated: u64,
    /// Records of which it cannot be told, because an answer is missing.
    pub lacking: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.satisfied += other.satisfied;
        self.violated += other.violated;
        self.lacking += other.lacking;
    }
}
