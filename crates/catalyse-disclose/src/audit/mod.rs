//! The audit: what an attacker could work out from the printed numbers.

mod report;

pub use report::AuditReport;
