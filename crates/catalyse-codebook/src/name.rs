//! Names that are valid once they exist: lower-case slugs, fit to be column names.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is not a slug: it is empty, or holds something else than `a`–`z`, `0`–`9`, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not a name: small letters, digits, `_` and `-` only, a letter first")]
pub struct NotASlug(pub String);

fn parse_slug(text: &str) -> Result<String, NotASlug> {
    let begins_well = text.starts_with(|letter: char| letter.is_ascii_lowercase());
    let goes_on_well = text.chars().all(|letter| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_' || letter == '-'
    });
    if begins_well && goes_on_well { Ok(text.to_owned()) } else { Err(NotASlug(text.to_owned())) }
}

// Six types with one behaviour: a macro, because a function cannot make a type.
macro_rules! slug {
    ($(#[doc = $doc:literal] $name:ident;)+) => {$(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Makes the name of a text.
            ///
            /// # Errors
            /// The text is not a slug.
            pub fn new(text: &str) -> Result<Self, NotASlug> {
                parse_slug(text).map(Self)
            }

            /// Returns the name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotASlug;
            fn try_from(text: String) -> Result<Self, NotASlug> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

slug! {
    /// Names a variable: the column of a record.
    VariableName;
    /// Names a form.
    FormName;
    /// Names a code list.
    ListName;
    /// Names a wave of a study: `w1`.
    WaveId;
    /// Names a partner.
    PartnerId;
    /// Names a target group.
    GroupName;
}

/// Names a check: `exit-after-entry`, or `labour_status.required` for one that a variable brings with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckId(String);

impl CheckId {
    /// Makes the name of a check that stands on its own.
    ///
    /// # Errors
    /// The text is not a slug.
    pub fn new(text: &str) -> Result<Self, NotASlug> {
        parse_slug(text).map(Self)
    }

    /// Makes the name of a check that a variable brings with it.
    pub fn of_variable(variable: &VariableName, kind: &str) -> Self {
        Self(format!("{variable}.{kind}"))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckId, VariableName};

    #[test]
    fn a_name_is_a_slug() {
        assert!(VariableName::new("birth_date").is_ok());
        for wrong in ["", "2_rooms", "Âge", "a b", "_x", "x.y"] {
            assert!(VariableName::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_variables_own_check_carries_its_name() {
        let name = VariableName::new("age").expect("a slug");
        assert_eq!(CheckId::of_variable(&name, "range").as_str(), "age.range");
    }
}
