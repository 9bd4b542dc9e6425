//! The forms in which a profile is given. To add one: write `NAME.rs` with a unit struct that implements [`ProfileOutput`], and add it
//! here to the `mod` list and to [`ALL`].

mod json;
mod text;

use catalyse_check::profile::Profile;
use catalyse_locale::Language;

/// Every form, the usual one first.
pub(crate) const ALL: &[&dyn ProfileOutput] = &[&text::Text, &json::Json];

/// A form in which a profile is given.
pub(crate) trait ProfileOutput: Sync {
    /// Returns the name as `--format` takes it.
    fn name(&self) -> &'static str;

    /// Writes a profile.
    fn write(&self, profile: &Profile, language: Language) -> String;
}

/// Returns the form of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static dyn ProfileOutput> {
    ALL.iter().copied().find(|output| output.name() == name)
}

/// Lists the names, the usual one first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|output| output.name())
}
