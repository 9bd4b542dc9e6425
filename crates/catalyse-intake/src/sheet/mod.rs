//! The rows of a sheet: which sheets are read and where the table begins.

pub(crate) mod block;
pub(crate) mod choose;
pub(crate) mod filled;
pub(crate) mod header;
pub(crate) mod kept;
pub(crate) mod recognised;
pub(crate) mod shape;
