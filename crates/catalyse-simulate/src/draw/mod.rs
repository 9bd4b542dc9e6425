//! Drawing the answers: a variable for all rows at once, and again where a check is broken.

pub(crate) mod answers;
pub(crate) mod main_table;
pub(crate) mod repair;
pub(crate) mod repeat;
pub(crate) mod tables;
pub(crate) mod tries;
