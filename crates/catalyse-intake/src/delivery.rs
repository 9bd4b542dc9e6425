//! What a reader is given: the bytes of a delivery with its name, and what its sender said about it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Seek};

use catalyse_codebook::{PartnerId, VariableName, WaveId};

/// Bytes that can be read from any point: a file, or a buffer in memory.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Reads at most so many bytes to the end of a buffer.
pub(crate) fn read_some(
    reader: &mut dyn ReadSeek,
    n_bytes: u64,
    buffer: &mut Vec<u8>,
) -> std::io::Result<usize> {
    Read::take(reader, n_bytes).read_to_end(buffer)
}

/// Holds one delivery: the file as it came.
pub struct Delivery<'a> {
    /// The name of the file, without its folder. It may name the partner and the wave.
    pub name: &'a str,
    /// Its bytes.
    pub reader: &'a mut dyn ReadSeek,
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Delivery({})", self.name)
    }
}

/// Holds what is known of a delivery beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The wave of all its rows, where no column says it.
    pub wave: Option<WaveId>,
    /// The partner of all its rows, where no column says it.
    pub partner: Option<PartnerId>,
    /// Heads of columns and the variables they stand for, where the heads alone would not be recognised.
    pub mapping: BTreeMap<String, VariableName>,
    /// How many threads decode beside the one that reads; 0 decodes on the calling thread. The result does not depend on it.
    pub n_threads: usize,
}
