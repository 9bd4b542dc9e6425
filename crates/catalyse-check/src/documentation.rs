//! What a check kind says of itself: the reference page is made of it.

use catalyse_locale::Label;

/// Holds the documentation of a kind.
#[derive(Clone, Debug)]
pub struct Documentation {
    /// What is looked at, and when it is violated.
    pub what: Label,
    /// Why one would want it.
    pub why: Label,
    /// Its parameters in the order they are usually written.
    pub parameters: Vec<Parameter>,
    /// A whole check as it stands in `checks.toml`.
    pub example: &'static str,
    /// The method's source, where it has one.
    pub source: &'static str,
}

/// Holds the documentation of one parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name, as written.
    pub name: &'static str,
    /// What it means, with unit and range.
    pub meaning: Label,
    /// The value it has when it is not written; nothing if it must be.
    pub default: Option<&'static str>,
}

impl Parameter {
    /// Makes a parameter that must be written.
    pub fn required(name: &'static str, fr: &str, en: &str) -> Self {
        Self { name, meaning: Label::new(fr, en), default: None }
    }

    /// Makes a parameter that has a default.
    pub fn optional(name: &'static str, default: &'static str, fr: &str, en: &str) -> Self {
        Self { name, meaning: Label::new(fr, en), default: Some(default) }
    }
}
