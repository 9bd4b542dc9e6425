//! What the benchmarks and the race run on: a study of 40 variables and 60 checks, and deliveries of any length.

mod delivery;
mod study;

pub use delivery::{Faults, HEAD, chunks, line, row};
pub use study::race_codebook;
