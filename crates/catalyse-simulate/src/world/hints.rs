//! Hints: how the answers of a study are spread. `schemas/STUDY/simulation.toml` documents the keys at its head.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::SimulateError;

/// Weights by code, or the numbers of a normal law by `mean`, `sd`, `min`, `max`, `step`.
pub(crate) type Weights = IndexMap<String, f64>;

/// Holds the hints of a study. Without any, answers are drawn evenly from types and lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    #[serde(default)]
    pub(crate) panel: Panel,
    #[serde(default, rename = "variable")]
    pub(crate) variables: IndexMap<String, VariableHints>,
    #[serde(default, rename = "repeat")]
    pub(crate) repeats: IndexMap<String, RepeatHints>,
}

impl Hints {
    /// Reads the text of a `simulation.toml`.
    ///
    /// # Errors
    /// It is no TOML, or has a key that means nothing.
    pub fn parse(text: &str) -> Result<Self, SimulateError> {
        toml::from_str(text).map_err(|source: toml::de::Error| {
            let before = source.span().and_then(|span| text.get(..span.start));
            let line = 1 + before.unwrap_or_default().matches('\n').count();
            SimulateError::Hints { line, source }
        })
    }
}

/// Holds who is there in which wave.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Panel {
    pub(crate) partners: Weights,
    pub(crate) starts: Weights,
    pub(crate) exit: f64,
    pub(crate) non_response: f64,
    pub(crate) identified: f64,
    pub(crate) encoders: usize,
}

impl Default for Panel {
    fn default() -> Self {
        Self {
            partners: Weights::new(),
            starts: Weights::new(),
            exit: 0.1,
            non_response: 0.05,
            identified: 0.0,
            encoders: 3,
        }
    }
}

/// Holds how one variable is drawn.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VariableHints {
    pub(crate) distribution: Weights,
    pub(crate) exclusive: Vec<String>,
    pub(crate) by: IndexMap<String, Weights>,
    pub(crate) trend: Weights,
    pub(crate) stay: Option<f64>,
    pub(crate) fixed: bool,
    pub(crate) formula: Option<String>,
    pub(crate) month_only: f64,
    pub(crate) year_only: f64,
    pub(crate) missing: Weights,
}

/// Holds how many rows of a repeat a person has, and how they follow each other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RepeatHints {
    pub(crate) count: Weights,
    pub(crate) by: IndexMap<String, Weights>,
    pub(crate) chain: Option<Chain>,
    pub(crate) open_when: Option<String>,
    pub(crate) length: Weights,
    pub(crate) gap: Weights,
    #[serde(rename = "variable")]
    pub(crate) variables: IndexMap<String, VariableHints>,
}

/// Names the variables by which rows follow each other.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chain {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) open: Option<String>,
}
