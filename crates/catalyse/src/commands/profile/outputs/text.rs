//! A profile for people at a screen: alerts first.

use catalyse_check::profile::Profile;
use catalyse_locale::Language;

use super::ProfileOutput;

/// The form.
pub(super) struct Text;

impl ProfileOutput for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn write(&self, profile: &Profile, language: Language) -> String {
        profile.to_text(language)
    }
}
