//! A text of a schema in the languages it was written in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Language;

/// Holds one text in one or more languages: the title of a study, the label of a variable, the message of a check.
///
/// In TOML: `label = { fr = "Logement", en = "Housing" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(BTreeMap<Language, String>);

impl Label {
    /// Makes a label with the two languages every shipped text has.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Language::Fr, fr.into()), (Language::En, en.into())]))
    }

    /// Makes a label that is the same in every language: a place name, a file name.
    pub fn same(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Language::Fr, text.into())]))
    }

    /// Adds or replaces the text of one language.
    pub fn set(&mut self, language: Language, text: impl Into<String>) {
        self.0.insert(language, text.into());
    }

    /// Returns the text in the language, else in French, else in any language, else nothing.
    pub fn get(&self, language: Language) -> &str {
        self.0
            .get(&language)
            .or_else(|| self.0.get(&Language::Fr))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Returns the text in exactly this language.
    pub fn exact(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// Lists the texts by language.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str()))
    }

    /// Says whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}
