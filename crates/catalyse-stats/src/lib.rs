//! Intervals, tests, trends and multiplicity: pure functions over counts and sums.
//!
//! Nothing here knows records, files or languages. A figure that does not exist is an [`Undefined`] with its reason, never NaN. Each
//! formula names its source, and each measure is compared with SciPy and statsmodels in `tests/oracle.rs` (the computation is
//! `tests/oracle/stats_oracle.py` of the workspace). `examples/change_between_waves.rs` and `examples/partner_against_the_rest.rs`
//! show the usual ways in.
//!
//! Which one to take:
//! - a share: [`wilson`]; a mean and quartiles: [`mean`], [`quantile`]; weighted: [`weighted_mean`], [`weighted_quantile`];
//! - a partner and the rest: [`newcombe_wilson`], [`association`] on [`CountTable::row_against_rest`], then [`holm`] over the partners;
//! - the same where only rounded counts are known: [`newcombe_wilson_rounded`], [`newcombe_paired_rounded`];
//! - the same persons at two waves: [`newcombe_paired`], [`mcnemar_mid_p`], [`stuart_maxwell`];
//! - different persons at each wave: [`cochran_armitage`];
//! - all tests of a report: [`benjamini_hochberg`]; what they could not see: [`smallest_visible`] at [`p_to_stand_out`].

mod amount;
mod association;
mod change;
mod evidence;
mod interval;
mod share;
mod special;
mod undefined;

pub use amount::mean::{Mean, Moments, mean};
pub use amount::quantile::{OrderedValues, Quantile, quantile};
pub use amount::weighted_mean::{WeightedMean, WeightedSums, weighted_interval, weighted_mean};
pub use amount::weighted_quantile::{WeightedValue, weighted_quantile};
pub use amount::weights::{WeightSums, design_effect, effective_persons};
pub use association::count_table::CountTable;
pub use association::effect::cramers_v;
pub use association::fisher::fisher_exact;
pub use association::monte_carlo::{MonteCarlo, pearson_monte_carlo};
pub use association::{association, pearson, pearson_n_minus_one};
pub use change::marginal::stuart_maxwell;
pub use change::paired::mcnemar_mid_p;
pub use change::trend::{ScoredShare, Trend, cochran_armitage};
pub use evidence::multiplicity::{benjamini_hochberg, holm};
pub use evidence::test_result::{Method, Simulation, TestResult};
pub use evidence::visible::{p_to_stand_out, smallest_visible};
pub use interval::{Confidence, Interval};
pub use share::Share;
pub use share::difference::{Difference, newcombe_wilson};
pub use share::paired_difference::{PairedCounts, newcombe_paired};
pub use share::proportion::wilson;
pub use share::rounded::{
    CountRange, RoundedPairs, newcombe_paired_rounded, newcombe_wilson_rounded,
};
pub use undefined::Undefined;
