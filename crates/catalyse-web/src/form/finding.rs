//! One finding at a field, as a page shows it.

use catalyse_codebook::Severity;
use catalyse_locale::Language;

use super::field_key;
use crate::live::Found;

/// Holds one finding at a field.
#[derive(Clone)]
pub(crate) struct FindingView {
    pub(crate) check: String,
    pub(crate) severity: &'static str,
    pub(crate) severity_label: String,
    pub(crate) text: String,
    pub(crate) key: String,
}

impl FindingView {
    /// Makes the view of a finding.
    pub(crate) fn of(found: &Found, language: Language) -> Self {
        let severity = match found.severity {
            Severity::Hard => "hard",
            Severity::Soft => "soft",
            Severity::Info => "info",
        };
        let key = found.variable.as_ref().map(|name| field_key(&found.row, name));
        Self {
            check: found.check.to_string(),
            severity,
            severity_label: found.severity.label().get(language).to_owned(),
            text: found.say(language),
            key: key.unwrap_or_default(),
        }
    }
}
