//! Where the rows of a batch go, those of one that comes in and those of one that is undone.

use crate::engine::bulk::Target;

/// Persons; the marks of their identities are renewed.
pub(super) const PERSONS: Target = Target {
    table: "person",
    columns: &["id", "partner", "pseudonym", "number_token", "name_token", "state"],
    renewed: &["number_token", "name_token"],
};
/// Revisions of identities.
pub(super) const IDENTITIES: Target = Target {
    table: "identity",
    columns: &["person", "revision", "line", "content", "seal", "fingerprint"],
    renewed: &[],
};
/// Records; what they hold is renewed.
pub(super) const RECORDS: Target = Target {
    table: "record",
    columns: &[
        "id",
        "form",
        "wave",
        "partner",
        "person",
        "number",
        "revision",
        "content",
        "fingerprint",
    ],
    renewed: &["revision", "content", "fingerprint"],
};
/// Revisions of records.
pub(super) const REVISIONS: Target = Target {
    table: "revision",
    columns: &["record", "revision", "line", "batch", "content", "seal", "fingerprint"],
    renewed: &[],
};
/// Steps of findings.
pub(super) const STEPS: Target = Target {
    table: "finding_step",
    columns: &["finding", "step", "line", "state", "reason", "comment"],
    renewed: &[],
};
