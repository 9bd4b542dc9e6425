//! A count of persons in its base, valid by construction.

pub(crate) mod difference;
pub(crate) mod paired_difference;
pub(crate) mod proportion;
pub(crate) mod rounded;

use crate::Undefined;

/// Some persons out of a base of persons, unweighted.
///
/// The base is never zero and the count never larger than the base, so that everything made from a share exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    count: u64,
    base: u64,
}

impl Share {
    /// Makes a share.
    ///
    /// # Units
    /// Persons, unweighted.
    ///
    /// # Errors
    /// [`Undefined::NoPersons`] for an empty base, [`Undefined::CountAboveBase`] for more persons than the base has.
    ///
    /// # Example
    /// `Share::new(12, 20)` works; `Share::new(0, 0)` and `Share::new(21, 20)` do not.
    pub fn new(count: u64, base: u64) -> Result<Self, Undefined> {
        if base == 0 {
            Err(Undefined::NoPersons)
        } else if count > base {
            Err(Undefined::CountAboveBase { count, base })
        } else {
            Ok(Self { count, base })
        }
    }

    /// Returns how many persons are in the part.
    pub fn count(self) -> u64 {
        self.count
    }

    /// Returns how many persons are in the whole.
    pub fn base(self) -> u64 {
        self.base
    }

    /// Returns the share as a number from 0 to 1.
    pub fn value(self) -> f64 {
        self.count as f64 / self.base as f64
    }

    /// Returns the persons of the base who are not in the part, as a share of the same base.
    #[must_use]
    pub fn complement(self) -> Self {
        Self { count: self.base - self.count, base: self.base }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_of_nobody_and_a_part_above_the_whole_are_refused() {
        assert_eq!(Share::new(0, 0), Err(Undefined::NoPersons));
        assert_eq!(Share::new(3, 2), Err(Undefined::CountAboveBase { count: 3, base: 2 }));
    }

    #[test]
    fn one_person_can_be_all_or_nothing() {
        assert_eq!(Share::new(1, 1).map(|share| share.complement().count()), Ok(0));
    }
}
