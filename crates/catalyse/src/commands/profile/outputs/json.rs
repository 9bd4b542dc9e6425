//! A profile for programs, in both languages.

use catalyse_check::profile::Profile;
use catalyse_locale::Language;

use super::ProfileOutput;

/// The form.
pub(super) struct Json;

impl ProfileOutput for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, profile: &Profile, _language: Language) -> String {
        serde_json::to_string_pretty(profile).unwrap_or_default() + "\n"
    }
}
