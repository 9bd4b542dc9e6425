//! Change of the same persons between waves, and trends over waves.

pub(crate) mod marginal;
pub(crate) mod paired;
pub(crate) mod trend;
