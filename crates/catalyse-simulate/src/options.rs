//! What is wanted of a simulation.

/// Says what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many persons are followed, over all waves.
    pub n_persons: usize,
    /// How many of the study's waves, from the first on.
    pub n_waves: usize,
    /// What all chance follows from.
    pub seed: u64,
    /// Whether faults are planted.
    pub faults: bool,
}
