//! The languages a text may be written in.

use serde::{Deserialize, Serialize};

/// Names a language of the reader.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, the language every text has.
    #[default]
    Fr,
    /// English.
    En,
    /// Dutch, for labels of code lists that have it.
    Nl,
    /// German, for labels of code lists that have it.
    De,
}

impl Language {
    /// Lists every language, the first one first.
    pub const ALL: [Self; 4] = [Self::Fr, Self::En, Self::Nl, Self::De];

    /// Returns the two-letter tag, `fr`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::Nl => "nl",
            Self::De => "de",
        }
    }

    /// Returns the tag with the country, `fr-BE`, for the `lang` attribute of a page.
    pub const fn region_tag(self) -> &'static str {
        match self {
            Self::Fr => "fr-BE",
            Self::En => "en-BE",
            Self::Nl => "nl-BE",
            Self::De => "de-BE",
        }
    }

    /// Returns the language of a tag, or nothing if the tag is none of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}
