//! What a test says, and many tests at once.

pub(crate) mod multiplicity;
pub(crate) mod test_result;
pub(crate) mod visible;
