//! Checks as data: what a check says and looks at; its kind lives above the codebook.

use catalyse_locale::Label;
use serde::{Deserialize, Serialize};

use crate::{CheckId, FormName, VariableName};

/// Holds a check as data. Its kind turns `params` into its own struct when the checks are opened.
#[derive(Clone, Debug)]
pub struct CheckSpec {
    /// The name.
    pub id: CheckId,
    /// The name of its kind, `range`.
    pub kind: String,
    /// What follows if it is violated.
    pub severity: Severity,
    /// What it tells the encoder: what is wrong and what to do.
    pub message: Label,
    /// Why it exists.
    pub why: Label,
    /// Where the rule comes from.
    pub source: String,
    /// The variables it speaks of, the first one is where the finding stands.
    pub variables: Vec<VariableName>,
    /// The form whose records it looks at.
    pub form: FormName,
    /// Only records that meet this condition (SQL) are looked at.
    pub when: Option<String>,
    /// The rest, read by its kind.
    pub params: toml::Table,
    /// The file and line it was written at, for problems.
    pub written_at: (String, usize),
}

/// Says what follows if a check is violated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record is not accepted (*bloquant*).
    Hard,
    /// The record is accepted with a reason (*à vérifier*).
    Soft,
    /// Nothing; the reader is told (*pour information*).
    Info,
}

impl Severity {
    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::Hard => Label::new("bloquant", "blocking"),
            Self::Soft => Label::new("à vérifier", "to be confirmed"),
            Self::Info => Label::new("pour information", "for information"),
        }
    }
}
