//! The forms in which findings are given. To add one: write `NAME.rs` with a unit struct that implements [`FindingsOutput`], and add
//! it here to the `mod` list and to [`ALL`].

mod csv;
mod json;
pub(crate) mod text;
mod xlsx;

use std::io::{self, Write};

use catalyse_codebook::Codebook;
use catalyse_locale::Language;

use crate::reading::Reading;

/// Every form.
pub(crate) const ALL: &[&dyn FindingsOutput] = &[&text::Text, &json::Json, &csv::Csv, &xlsx::Xlsx];

/// A form in which findings are given.
pub(crate) trait FindingsOutput: Sync {
    /// Returns the name as `--format` takes it.
    fn name(&self) -> &'static str;

    /// Says whether it is text, which a screen can show.
    fn is_text(&self) -> bool {
        true
    }

    /// Writes the findings. They may be millions: nothing is held twice.
    ///
    /// # Errors
    /// `out` takes no more.
    fn write(&self, shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// Returns the form of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static dyn FindingsOutput> {
    ALL.iter().copied().find(|output| output.name() == name)
}

/// Lists the names, the usual one first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|output| output.name())
}

/// Holds what is written.
pub(crate) struct Shown<'a> {
    /// The study.
    pub codebook: &'a Codebook,
    /// What was read and found.
    pub reading: &'a Reading,
    /// The reader's language.
    pub language: Language,
    /// Whether every place is listed; otherwise the first ten of each check.
    pub all_places: bool,
}
