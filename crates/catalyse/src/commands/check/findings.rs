//! Findings grouped as people work through them: by check, those that stop a record first, then the most frequent.

use catalyse_codebook::Severity;
use catalyse_records::{Cause, Findings, Place};

/// Holds the findings of one cause.
pub(crate) struct Group<'f> {
    /// What is the same for all of them.
    pub cause: &'f Cause,
    /// Where they stand, in the order of files and rows.
    pub places: Vec<Place>,
}

/// Groups findings by cause.
///
/// **Shape**: hard before soft before info; within a severity the most frequent first, then by name.
pub(crate) fn groups(findings: &Findings) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> =
        findings.causes.iter().map(|cause| Group { cause, places: Vec::new() }).collect();
    for finding in &findings.all {
        if let Some(group) = groups.get_mut(finding.cause as usize) {
            group.places.push(findings.place(finding));
        }
    }
    groups.retain(|group| !group.places.is_empty());
    groups.sort_by(|a, b| {
        (a.cause.severity, b.places.len(), &a.cause.check).cmp(&(
            b.cause.severity,
            a.places.len(),
            &b.cause.check,
        ))
    });
    groups
}

/// Returns the word for a severity in both languages.
pub(crate) fn severity_label(severity: Severity) -> catalyse_locale::Label {
    match severity {
        Severity::Hard => catalyse_locale::Label::new("bloquant", "hard"),
        Severity::Soft => catalyse_locale::Label::new("à vérifier", "soft"),
        Severity::Info => catalyse_locale::Label::new("pour information", "info"),
    }
}
