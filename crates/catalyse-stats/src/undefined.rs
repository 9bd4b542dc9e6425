//! Why a figure does not exist.
//!
//! No function of this crate answers with NaN or infinity: where the formula has no value, the reason is the error,
//! so that a table can print it ("too few persons") instead of an empty cell nobody understands.

/// Tells why a figure cannot be computed from the counts that were given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Undefined {
    /// The base holds nobody, so there is nothing to divide by.
    #[error("a base without persons")]
    NoPersons,
    /// The part is larger than the whole.
    #[error("a count of {count} in a base of {base}")]
    CountAboveBase {
        /// The part.
        count: u64,
        /// The whole.
        base: u64,
    },
    /// Everybody gave the same answer, stood in the same group, or had the same value.
    #[error("no difference between persons to work with")]
    NoVariation,
    /// Two lists that belong together have different lengths, or a table has rows of different lengths.
    #[error("{found} entries where {expected} belong")]
    SizesDiffer {
        /// Length that was expected.
        expected: usize,
        /// Length that was found.
        found: usize,
    },
    /// A value, weight or score is NaN, infinite or, for a weight, negative.
    #[error("an unusable number at position {position}")]
    UnusableNumber {
        /// Position in the list, from 0.
        position: usize,
    },
    /// A probability or level lies outside the open range from 0 to 1.
    #[error("a probability that is not between 0 and 1")]
    OutsideUnitRange,
}
