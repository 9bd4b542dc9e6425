//! What a check says, where no record is at hand: a table of checks names each by its sentence.

use catalyse_codebook::CheckId;
use catalyse_locale::Language;

use super::Live;

impl Live {
    /// Returns what a check says, as its findings say it; nothing for one that the reader of deliveries makes.
    pub fn says(&self, check: &CheckId, language: Language) -> Option<String> {
        self.checks.message(check).map(|message| message.say(language))
    }
}
