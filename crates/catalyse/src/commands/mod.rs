//! The commands, one file or folder each.

pub mod check;
pub mod codebook;
pub mod profile;
pub mod report;
pub mod simulate;
