//! Amounts: means and quantiles, weighted or not.

pub(crate) mod mean;
pub(crate) mod quantile;
pub(crate) mod weighted_mean;
pub(crate) mod weighted_quantile;
pub(crate) mod weights;
