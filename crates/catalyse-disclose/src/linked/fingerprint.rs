//! Fingerprints: whether two cells hold the same persons, without saying who they are.
//!
//! A condition names a population, and one population may have two names: the target group "low education" and the code `ISCED0-2` of a
//! variable. Whether the names mean the same persons is not in the words but in the records, so the tabulation gives each cell the sum of
//! a scrambled number for each of its members. Equal sums are equal sets, and sums can be added: where A and B have no person in common
//! and make up C, their fingerprints add up too. That a wrong pair agrees has odds of about one in 2^90 in a pack of ten thousand counts.
//!
//! A fingerprint stays inside this crate: it has no reader, no writer and nothing to see in `Debug`.

use std::fmt;

/// Names a set of persons or rows by what it holds. The empty set is [`Fingerprint::default`].
///
/// # Example
/// ```
/// use catalyse_disclose::Fingerprint;
/// let of = |persons: &[u32]| persons.iter().map(|person| Fingerprint::of_person(*person)).sum::<Fingerprint>();
/// assert!(of(&[1, 2, 3]) == of(&[3, 1, 2]));
/// assert!(of(&[1, 2, 3]) != of(&[1, 2]));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Makes the fingerprint of one person by its number in this run; the same in every wave.
    pub const fn of_person(number: u32) -> Self {
        Self(scrambled(number as u64))
    }

    /// Makes the fingerprint of one row of a repeat form by the form's words and the row's number in this run.
    pub fn of_row(form: &str, number: u32) -> Self {
        let salt = form.bytes().fold(1, |salt, byte| mixed(salt ^ u64::from(byte)));
        // Rows stand apart from persons and from other forms: row 7 is not person 7.
        Self(scrambled(u64::from(number) ^ salt << 32 | 1 << 63))
    }

    /// Returns the fingerprint of two sets together that have no member in common.
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// Returns what a part leaves of a set.
    pub(crate) const fn minus(self, part: Self) -> Self {
        Self(self.0.wrapping_sub(part.0))
    }

    /// Says whether nobody is in the set.
    pub(crate) const fn is_nobody(self) -> bool {
        self.0 == 0
    }

    /// Returns a short form to find fingerprints by; equal ones have equal short forms.
    pub(crate) const fn short(self) -> u64 {
        self.0 as u64
    }
}

impl std::ops::AddAssign for Fingerprint {
    fn add_assign(&mut self, other: Self) {
        *self = self.plus(other);
    }
}

impl std::iter::Sum for Fingerprint {
    fn sum<I: Iterator<Item = Self>>(members: I) -> Self {
        members.fold(Self::default(), Self::plus)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Fingerprint(…)")
    }
}

/// Spreads a number over 128 bits, so that sums of different sets differ.
///
/// # Source
/// The finaliser of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014) at two places of its sequence.
const fn scrambled(number: u64) -> u128 {
    let (high, low) = (mixed(number), mixed(number ^ 1 << 62));
    (high as u128) << 64 | low as u128
}

const fn mixed(place: u64) -> u64 {
    let mut bits = place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn sets_add_up_and_members_stay_apart() {
        let of = |numbers: std::ops::Range<u32>| -> Fingerprint {
            numbers.map(Fingerprint::of_person).sum()
        };
        assert!(of(0..10).plus(of(10..20)) == of(0..20));
        assert!(of(0..20).minus(of(0..10)) == of(10..20));
        assert!(of(0..0).is_nobody() && !of(0..1).is_nobody());
        assert!(Fingerprint::of_row("a", 7) != Fingerprint::of_person(7));
        assert!(Fingerprint::of_row("a", 7) != Fingerprint::of_row("b", 7));
        assert_eq!(format!("{:?}", of(0..3)), "Fingerprint(…)");
    }
}
