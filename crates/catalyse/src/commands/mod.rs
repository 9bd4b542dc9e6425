//! The commands, one file or folder each.

pub(crate) mod check;
pub(crate) mod codebook;
pub(crate) mod profile;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod simulate;
