//! What the tests of the released tables let a report say, and the words for it.

pub(crate) mod answering;
pub(crate) mod claim;
pub(crate) mod phrase;
pub(crate) mod sentence;
pub(crate) mod verdict;
