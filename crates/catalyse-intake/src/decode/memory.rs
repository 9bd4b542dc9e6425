//! What a column has already read: the same few texts come again and again, and what was read once need not be read twice.
//!
//! A text of up to fifteen bytes is one number; it has one place among a thousand, where the last such text stands with what it means.
//! A column whose texts hardly ever come again, such as the persons' codes, soon stops asking.

use catalyse_codebook::MissingReason;
use catalyse_records::Packed;

/// Places of a column.
const N_PLACES: usize = 1_024;
/// After so many texts a column looks whether asking was worth it.
const TRIAL: u32 = 4_096;
/// The longest text that is remembered.
const MAX_BYTES: usize = 15;

/// Holds what a short text means in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A value.
    Value(Packed),
    /// A word for a missing reason.
    Missing(MissingReason),
}

/// Holds what one column remembers.
#[derive(Default)]
pub(crate) struct Memory {
    places: Vec<(u128, Meant)>,
    n_asked: u32,
    n_known: u32,
    has_given_up: bool,
}

/// A text as a number: its bytes, and its length in the highest one. Texts that are too long have none.
pub(crate) type Key = u128;

impl Memory {
    /// Returns the key of the text that stands there, if it is short and the column still remembers.
    #[inline]
    pub(crate) fn key(&self, text: &[u8], start: usize, end: usize) -> Option<Key> {
        let length = end.checked_sub(start).filter(|length| *length <= MAX_BYTES)?;
        if self.has_given_up {
            return None;
        }
        let bytes = if let Some(whole) = text.get(start..).and_then(|rest| rest.first_chunk()) {
            *whole
        } else {
            let mut padded = [0; 16];
            padded.get_mut(..length)?.copy_from_slice(text.get(start..end)?);
            padded
        };
        let own = (1_u128 << (8 * length)) - 1;
        Some(u128::from_le_bytes(bytes) & own | (length as u128) << 120)
    }

    /// Returns what a text means, if the column has read it.
    #[inline]
    pub(crate) fn recall(&mut self, key: Key) -> Option<Meant> {
        self.n_asked += 1;
        if self.n_asked == TRIAL {
            self.has_given_up = self.n_known < TRIAL / 2;
            (self.n_asked, self.n_known) = (0, 0);
        }
        let (known, meant) = self.places.get(place_of(key))?;
        if *known != key {
            return None;
        }
        self.n_known += 1;
        Some(*meant)
    }

    /// Keeps what a text means, in place of the one that stood there.
    pub(crate) fn keep(&mut self, key: Key, meant: Meant) {
        if self.places.is_empty() {
            // No text has this key: its length would be 255.
            self.places = vec![(Key::MAX, meant); N_PLACES];
        }
        if let Some(place) = self.places.get_mut(place_of(key)) {
            *place = (key, meant);
        }
    }
}

/// Returns the place of a key: the upper bits of a product, which all bytes move (Fibonacci hashing, Knuth, TAOCP vol. 3, 6.4).
#[inline]
const fn place_of(key: Key) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::Value;
    use catalyse_records::Packed;

    use super::{Meant, Memory, TRIAL};

    fn number(n: i64) -> Meant {
        Meant::Value(Packed::of(&Value::Integer(n)).expect("no text"))
    }

    #[test]
    fn a_text_is_its_bytes_and_its_length() {
        let memory = Memory::default();
        let text = b"2;2\0;abcdefghijklmno;abcdefghijklmnop";
        let key = |from: usize, to: usize| memory.key(text, from, to);
        assert_ne!(key(0, 1), key(2, 4));
        assert_eq!(key(0, 1), key(2, 3));
        // At the end of the buffer there are no sixteen bytes to take.
        assert_eq!(key(5, 6), Memory::default().key(b"a", 0, 1));
        assert_ne!(key(5, 20), None);
        assert_eq!(key(21, 37), None);
        assert_ne!(key(4, 4), None);
    }

    #[test]
    fn the_last_text_of_a_place_stands_there() {
        let mut memory = Memory::default();
        let texts: Vec<String> = (0..2_000).map(|n| n.to_string()).collect();
        for (n, text) in (0_i64..).zip(&texts) {
            let key = memory.key(text.as_bytes(), 0, text.len()).expect("short");
            assert!(memory.recall(key).is_none());
            memory.keep(key, number(n));
            assert_eq!(memory.recall(key), Some(number(n)));
        }
    }

    #[test]
    fn a_column_without_repetition_gives_up() {
        let mut memory = Memory::default();
        for n in 0..TRIAL {
            let text = format!("p{n}");
            let key = memory.key(text.as_bytes(), 0, text.len()).expect("short");
            assert!(memory.recall(key).is_none());
            memory.keep(key, number(1));
        }
        assert_eq!(memory.key(b"p1", 0, 2), None);
    }
}
