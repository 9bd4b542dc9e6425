//! Sightings: the few bytes that a check across records keeps of each row.
//!
//! Ten million rows take 240 MB a check, whatever the keys are. A key is hashed to 128 bits with SipHash-1-3; two different keys of ten
//! million have the same bits with a probability below 10⁻²⁴, so that no second pass over the texts is made.

use std::hash::{DefaultHasher, Hasher};

use polars::prelude::*;

/// Holds what a check across records keeps of a row: its key, or the half of it and a number, and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// The hash of the key. With a number, the second half is the number's bits.
    pub key: [u64; 2],
    /// The source of the row.
    pub source: u32,
    /// The number of the row as people see it.
    pub row: u32,
}

impl Sighting {
    /// Stands for the source of records that were accepted before.
    pub(crate) const KNOWN: u32 = u32::MAX;

    /// Says whether the row is of a record that was accepted before: others are compared with it, and nothing is found at it.
    pub const fn is_known(&self) -> bool {
        self.source == Self::KNOWN
    }

    /// Returns the half of the key that names the group of a number.
    pub const fn group(&self) -> u64 {
        self.key[0]
    }

    /// Returns the number beside the key.
    pub const fn value(&self) -> f64 {
        f64::from_bits(self.key[1])
    }
}

/// Parts the sightings of all rows, so that each part can be sorted while it is in the cache.
pub(crate) const N_BUCKETS: usize = 64;

/// Returns the bucket of a sighting: the first bits of its key.
pub(crate) const fn bucket_of(sighting: &Sighting) -> usize {
    (sighting.key[0] >> 58) as usize
}

/// Returns the hash of the key of each row, or nothing where a part of it is empty.
pub(crate) fn hash_keys(columns: &[Column], n_rows: usize) -> PolarsResult<Vec<Option<[u64; 2]>>> {
    let mut keys = vec![Some([0, u64::MAX]); n_rows];
    for column in columns {
        let series = column.as_materialized_series();
        match series.dtype() {
            DataType::String => {
                let texts = series.str()?;
                add(&mut keys, texts.iter().map(|text| text.map(|text| hash(text.as_bytes()))));
            }
            DataType::Enum(..) | DataType::Categorical(..) => add_codes(&mut keys, series)?,
            DataType::Float64 => {
                let numbers = series.f64()?.iter();
                add(&mut keys, numbers.map(|n| n.map(|n| hash(&n.to_bits().to_le_bytes()))));
            }
            _ => {
                let numbers = series.to_physical_repr().cast(&DataType::Int64)?;
                let numbers = numbers.i64()?.iter();
                add(&mut keys, numbers.map(|n| n.map(|n| hash(&n.to_le_bytes()))));
            }
        }
    }
    Ok(keys)
}

/// Adds a column of categories by their texts: the lists of two columns may differ. Each text is hashed once.
fn add_codes(keys: &mut [Option<[u64; 2]>], series: &Series) -> PolarsResult<()> {
    let codes = series.to_physical_repr().cast(&DataType::UInt32)?;
    let mapping = series.dtype().cat_mapping()?;
    let mut known: Vec<Option<[u64; 2]>> = Vec::new();
    let hashes = codes.u32()?.iter().map(|code| {
        let code = code?;
        let place = code as usize;
        if place >= known.len() {
            known.resize(place + 1, None);
        }
        let slot = known.get_mut(place)?;
        if slot.is_none() {
            *slot = mapping.cat_to_str(code).map(|text| hash(text.as_bytes()));
        }
        *slot
    });
    add(keys, hashes);
    Ok(())
}

/// Mixes a column into the keys. Order counts: (a, b) is not (b, a).
fn add(keys: &mut [Option<[u64; 2]>], hashes: impl Iterator<Item = Option<[u64; 2]>>) {
    for (key, hash) in keys.iter_mut().zip(hashes) {
        *key = match (*key, hash) {
            (Some([a, b]), Some([x, y])) => Some([mix(a, x), mix(b, y)]),
            _ => None,
        };
    }
}

const fn mix(state: u64, hash: u64) -> u64 {
    // Odd, from the golden ratio; each step is one to one, so that what was different stays different.
    (state ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
}

fn hash(bytes: &[u8]) -> [u64; 2] {
    [1_u8, 2].map(|lane| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(lane);
        hasher.write(bytes);
        hasher.finish()
    })
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::hash_keys;

    fn texts(values: &[Option<&str>]) -> Column {
        Column::new("a".into(), values)
    }

    #[test]
    fn equal_keys_have_equal_hashes_and_an_empty_part_has_none() {
        let left = texts(&[Some("a"), Some("b"), Some("a"), None]);
        let right = texts(&[Some("b"), Some("a"), Some("b"), Some("a")]);
        let keys = hash_keys(&[left, right], 4).expect("texts");
        assert_eq!(keys[0], keys[2]);
        assert_ne!(keys[0], keys[1]);
        assert_eq!(keys[3], None);
    }

    #[test]
    fn a_code_hashes_as_its_text() {
        let list = FrozenCategories::new(["x", "a", "b"]).expect("three codes");
        let data_type = DataType::from_frozen_categories(list);
        let text = texts(&[Some("a"), None, Some("b")]);
        let code = text.cast(&data_type).expect("codes of the list");
        assert_eq!(hash_keys(&[text], 3).expect("texts"), hash_keys(&[code], 3).expect("codes"));
    }
}
