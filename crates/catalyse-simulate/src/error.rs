//! What keeps persons from being invented.

use catalyse_codebook::{CheckId, Problem};
use catalyse_locale::Language;
use thiserror::Error;

/// Says why no data could be made.
#[derive(Debug, Error)]
pub enum SimulateError {
    /// The hints are no TOML of the expected shape.
    #[error("hints for the simulation: {0}")]
    Hints(#[from] toml::de::Error),
    /// The hints name what the study does not have.
    #[error("hints for the simulation: `{0}` is not in the study")]
    UnknownName(String),
    /// The study has fewer waves than asked for.
    #[error("{asked} waves are asked for, the study has {known}")]
    TooManyWaves {
        /// How many are asked for.
        asked: usize,
        /// How many the study has.
        known: usize,
    },
    /// A date of the study cannot be read.
    #[error("wave `{0}` of the study: its days cannot be read, or none is a working day")]
    WaveDays(String),
    /// The checks of the study cannot be opened.
    #[error("{}", .0.iter().map(|problem| problem.say(Language::En)).collect::<Vec<_>>().join("\n"))]
    Checks(Vec<Problem>),
    /// A condition cannot be worked out.
    #[error("condition `{text}`: {reason}")]
    Condition {
        /// The condition.
        text: String,
        /// Why.
        reason: String,
    },
    /// Rows break a check however often they are drawn.
    #[error(
        "{n_rows} invented rows break the check `{check}` however often they are drawn again; give hints for its variables"
    )]
    Stubborn {
        /// The check.
        check: CheckId,
        /// How many rows.
        n_rows: usize,
    },
    /// Faults planted in different records disturb each other.
    #[error(
        "planted faults disturb each other at the check `{check}`; take another seed or more persons"
    )]
    Entangled {
        /// The check that shows too much or nothing.
        check: CheckId,
    },
    /// The engine refuses.
    #[error("engine")]
    Engine(#[from] polars::error::PolarsError),
    /// A workbook cannot be packed.
    #[error("workbook")]
    Workbook(#[from] zip::result::ZipError),
    /// A buffer cannot be written.
    #[error("buffer")]
    Buffer(#[from] std::io::Error),
}
