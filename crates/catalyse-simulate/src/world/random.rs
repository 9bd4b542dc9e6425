//! Chance that can be asked in any order: a number follows from the seed and from what it is for, never from what was drawn before.
//!
//! So a person that is drawn again keeps all answers that have nothing to do with the reason, and a new variable in a form changes
//! nothing else.
//!
//! **Source** The finaliser of SplitMix64: Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014;
//! constants of Vigna's public domain code. Texts enter by FNV-1a, 64 bits (Fowler, Noll, Vo).

/// Holds a point in the tree of draws.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw(u64);

impl Draw {
    /// Begins at a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// Goes on to what a number stands for: a person, a wave.
    #[must_use]
    pub(crate) const fn at(self, number: u64) -> Self {
        Self(mix(self.0 ^ mix(number)))
    }

    /// Goes on to what a text stands for: a variable, a purpose.
    #[must_use]
    pub(crate) fn of(self, text: &str) -> Self {
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        self.at(hash)
    }

    /// Returns a number from 0 up to but not 1.
    pub(crate) fn unit(self) -> f64 {
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns a whole number below `n`; 0 if `n` is 0.
    pub(crate) const fn below(self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.0 % n as u64) as usize }
    }
}

const fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Draw, mix};

    #[test]
    fn the_first_numbers_are_those_of_the_reference_code() {
        let golden = 0x9e37_79b9_7f4a_7c15_u64;
        let first: Vec<u64> = (0..3_u64).map(|i| mix(golden.wrapping_mul(i))).collect();
        assert_eq!(first, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    }

    #[test]
    fn draws_fill_the_unit_evenly_and_do_not_follow_their_neighbours() {
        let units: Vec<f64> = (0..10_000).map(|i| Draw::new(1).at(i).of("x").unit()).collect();
        let mean = units.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01);
        let product =
            units.windows(2).map(|pair| (pair[0] - 0.5) * (pair[1] - 0.5)).sum::<f64>() / 10_000.0;
        assert!(product.abs() < 0.003);
    }
}
