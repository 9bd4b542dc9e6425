//! The rows of a sheet: which sheets are read, where the table begins, and which rows are records.

pub(crate) mod block;
pub(crate) mod choose;
pub(crate) mod header;
pub(crate) mod kept;
pub(crate) mod sift;
