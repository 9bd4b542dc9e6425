//! Tests over all kinds, and the tables they draw.

mod content;
pub(crate) mod layout;
mod random;
pub(crate) mod sample;
