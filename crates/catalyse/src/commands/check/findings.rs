//! Findings grouped as people work through them: by check, those that stop a record first, then the most frequent.

use catalyse_codebook::Severity;
use catalyse_records::{Cause, Finding, Findings, Place};

/// Holds the findings of one cause.
pub(crate) struct Group<'f> {
    /// What is the same for all of them.
    pub(crate) cause: &'f Cause,
    whole: &'f Findings,
    own: Vec<Finding>,
}

impl<'f> Group<'f> {
    /// Returns how many findings there are.
    pub(crate) const fn len(&self) -> usize {
        self.own.len()
    }

    /// Lists where they stand, in the order of files and rows. A place is made as it is asked for: a wrong column has one a row.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + use<'_, 'f> {
        self.own.iter().map(|finding| self.whole.place(finding))
    }
}

/// Groups findings by cause.
///
/// **Shape**: hard before soft before info; within a severity the most frequent first, then by name.
pub(crate) fn groups(findings: &Findings) -> Vec<Group<'_>> {
    let group = |cause| Group { cause, whole: findings, own: Vec::new() };
    let mut groups: Vec<Group<'_>> = findings.causes.iter().map(group).collect();
    for finding in &findings.all {
        if let Some(group) = groups.get_mut(finding.cause as usize) {
            group.own.push(*finding);
        }
    }
    groups.retain(|group| !group.own.is_empty());
    groups.sort_by(|a, b| {
        (a.cause.severity, b.len(), &a.cause.check).cmp(&(
            b.cause.severity,
            a.len(),
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
