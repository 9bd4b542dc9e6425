//! Who changes something, when, and why: what every journal line says.

use jiff::Timestamp;

/// Holds who does something, when, and why. The time comes from the caller: the store has no clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name of the account, or of the program's user on the command line.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why, in the author's words; empty if there is nothing to say. It stays in the journal for ever: it must name nobody.
    pub why: String,
}

impl Author {
    /// Makes an author without a reason.
    pub fn new(who: &str, at: Timestamp) -> Self {
        Self { who: who.to_owned(), at, why: String::new() }
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, why: &str) -> Self {
        why.clone_into(&mut self.why);
        self
    }
}
