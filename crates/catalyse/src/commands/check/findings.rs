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

/// Puts the groups of one check and severity together: a check may have a sentence for each column or sheet.
///
/// **Shape**: hard before soft before info; within a severity the check with most findings first, then by name. Within a check the order
/// of the groups is kept.
pub(crate) fn by_check<'g, 'f>(groups: &[&'g Group<'f>]) -> Vec<Vec<&'g Group<'f>>> {
    let mut checks: Vec<Vec<&Group<'_>>> = Vec::new();
    for group in groups {
        let of_check = |checks: &&mut Vec<&Group<'_>>| {
            checks.first().is_some_and(|first| {
                (&first.cause.check, first.cause.severity)
                    == (&group.cause.check, group.cause.severity)
            })
        };
        match checks.iter_mut().find(of_check) {
            Some(check) => check.push(group),
            None => checks.push(vec![group]),
        }
    }
    checks.sort_by_cached_key(|check| {
        let n_findings: usize = check.iter().map(|group| group.len()).sum();
        let cause = check.first().map(|first| first.cause);
        let id = cause.map(|cause| cause.check.clone());
        (cause.map(|cause| cause.severity), std::cmp::Reverse(n_findings), id)
    });
    checks
}

/// Returns the word for a severity in both languages.
pub(crate) fn severity_label(severity: Severity) -> catalyse_locale::Label {
    match severity {
        Severity::Hard => catalyse_locale::Label::new("bloquant", "hard"),
        Severity::Soft => catalyse_locale::Label::new("à vérifier", "soft"),
        Severity::Info => catalyse_locale::Label::new("pour information", "info"),
    }
}
