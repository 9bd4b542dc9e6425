//! What a test says, many tests at once, and what a study of this size could have found.

pub(crate) mod multiplicity;
pub(crate) mod power;
pub(crate) mod test_result;
