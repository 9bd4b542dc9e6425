//! Special functions: tails of distributions, and the incomplete beta function they need.

pub(crate) mod incomplete_beta;
pub(crate) mod random;
pub(crate) mod tails;
