//! What the audit found, without a single count.

use serde::Serialize;

/// Holds the outcome of the audit of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// The name of the policy.
    pub policy: String,
    /// The mode of protection.
    pub mode: String,
    /// Distinct counts printed in the pack.
    pub n_counts: usize,
    /// Sums between them that every reader knows.
    pub n_relations: usize,
    /// Sensitive counts that were attacked.
    pub n_attacked: usize,
    /// Who attacked: `outsider` and one insider for each partner.
    pub attackers: Vec<String>,
    /// The smallest width of a range that was shown, in persons: true widths are this or more. Nothing if there was nothing to attack.
    pub smallest_width: Option<u64>,
    /// What the policy asks for.
    pub required_width: u64,
    /// Attacks that the search for possible worlds decided.
    pub n_by_moves: usize,
    /// Attacks that needed integer programs.
    pub n_by_program: usize,
    /// Attacks that narrowed a count further than the policy allows, or could not be shown to be harmless.
    pub n_failed: usize,
    /// The tables in which they stand.
    pub failed_tables: Vec<String>,
    /// Counts that were narrowed down at first and were then protected anew.
    pub n_lessons: usize,
    /// Sums that could not be kept in rounding.
    pub n_broken_sums: usize,
}
