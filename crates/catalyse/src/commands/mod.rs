//! The commands, one file or folder each.

pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod codebook;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod profile;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod store;
pub(crate) mod user;
