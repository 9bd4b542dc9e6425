//! Words, labels, numbers and dates in the reader's language.
//!
//! French is the first language: every text exists in it. Nothing here reads a file or asks the machine for its language.

mod fold;
mod label;
mod language;
mod number;
mod toml_fault;
mod typography;
mod wording;

pub use fold::{fold, sort_key};
pub use label::Label;
pub use language::Language;
pub use number::{date, decimal, fewer_than, integer, percent, percent_range, points};
pub use toml_fault::toml_fault;
pub use typography::{capital, typeset};
pub use wording::{Args, Message, Wording};
