//! Confronts records with the checks of the codebook.
//!
//! A check kind turns the data of a check into expressions when the codebook is opened, so that a typo is a problem with file and line
//! before any record is read. Records then flow through in chunks: all checks that look at one record run in one lazy plan a chunk, and
//! those that look across records take a few bytes of each row and judge at the end.

mod absent;
mod breaking;
mod checks;
mod confront;
mod confrontation;
mod context;
mod documentation;
mod focus;
mod holes;
mod kind;
pub mod kinds;
mod packed;
mod params;
pub mod profile;
mod remember;
mod report;
mod shared;
mod sighting;
#[cfg(test)]
mod trial;
mod violated;

pub use breaking::{Breaking, Tie, Way};
pub use checks::Checks;
pub use confront::Seen;
pub use confrontation::Confrontation;
pub use context::Context;
pub use documentation::{Documentation, Parameter};
pub use focus::{Focus, Readings};
pub use kind::{AcrossRecords, Assertion, Check, CheckKind, Judgement, Look};
pub use params::Params;
pub use remember::Remembered;
pub use report::{Outcome, Report, Tally};
pub use sighting::Sighting;
