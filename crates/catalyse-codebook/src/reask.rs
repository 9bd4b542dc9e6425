//! Questions asked anew without showing the earlier answer: which ones, for whom, always the same.

use crate::{VariableName, WaveId};

/// Says which questions are asked anew without showing the earlier answer (*redemande à l'aveugle*), so that the share of unchanged answers
/// can be compared with and without a value in view (Eggs and Jäckle 2014: a value that is shown is accepted even when it is wrong).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reask {
    /// The share of the questions, in percent, drawn anew for each person and wave.
    pub percent: u32,
    /// Variables that are always asked so.
    pub variables: Vec<VariableName>,
}

impl Reask {
    /// Says whether a variable is asked of a person in a wave without showing the earlier answer. The same person, wave and variable always
    /// give the same: a page that is opened again hides the same fields, and who compares later knows which they were.
    pub fn is_blind(&self, person: i64, wave: &WaveId, variable: &VariableName) -> bool {
        let draw = || {
            let parts = [&person.to_le_bytes()[..], wave.as_str().as_bytes(), b"/"];
            lot(parts.into_iter().chain([variable.as_str().as_bytes()])) % 100
        };
        self.variables.contains(variable) || draw() < u64::from(self.percent)
    }
}

/// Spreads bytes over all numbers: FNV-1a with the last mixing of SplitMix64. It hides nothing and needs not to; it never changes.
fn lot<'b>(parts: impl Iterator<Item = &'b [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::Reask;
    use crate::{VariableName, WaveId};

    #[test]
    fn a_share_of_the_questions_is_drawn_and_stays_drawn() {
        let wave = WaveId::new("w2").expect("a name");
        let always = VariableName::new("tenure").expect("a name");
        let reask = Reask { percent: 5, variables: vec![always.clone()] };
        let names = (0..60).map(|i| VariableName::new(&format!("v{i}")).expect("a name"));
        let names: Vec<VariableName> = names.collect();
        let blind =
            |person| names.iter().filter(|name| reask.is_blind(person, &wave, name)).count();
        let n_blind: usize = (1..=500).map(blind).sum();
        // 30,000 draws of one in twenty: 1,500, and three standard deviations are 113.
        assert!((1387..=1613).contains(&n_blind), "{n_blind}");
        assert!((1..=50).all(|person| reask.is_blind(person, &wave, &always)));
        assert_eq!(blind(7), blind(7));
        let never = Reask::default();
        assert!(!never.is_blind(7, &wave, &always));
    }
}
