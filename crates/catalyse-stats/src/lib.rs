//! Intervals, tests, trends and multiplicity: pure functions over counts and sums.
//!
//! Nothing here knows records, files or languages. A figure that does not exist is an [`Undefined`] with its reason, never NaN. Each
//! formula names its source, and each measure is compared with SciPy and statsmodels in `tests/oracle.rs` (the computation is
//! `tests/oracle/stats_oracle.py` of the workspace). `examples/change_between_waves.rs` and `examples/partner_against_the_rest.rs`
//! show the usual ways in.
//!
//! Which one to take:
//! - a share: [`wilson`]; weighted: [`korn_graubard`] on [`weighted_mean`]; nobody out of many: [`rule_of_three`];
//! - a partner and the rest: [`newcombe_wilson`], [`association`] on [`CountTable::row_against_rest`], then [`holm`] over the partners;
//! - the same persons at two waves: [`newcombe_paired`], [`mcnemar_mid_p`], [`stuart_maxwell`]; at more: [`cochran_q`], [`panel_slope`];
//! - different persons at each wave: [`cochran_armitage`];
//! - all tests of a report: [`benjamini_hochberg`].

mod undefined;

mod interval;
mod share;
mod test_result;

mod proportion;

mod difference;

mod paired_difference;

mod count_table;

mod association;
mod effect;
mod fisher;
mod monte_carlo;
mod random;

mod cochran_q;
mod marginal;
mod paired;
mod panel_slope;
mod transition;
mod trend;

mod multiplicity;

mod mean;
mod quantile;
mod weighted_mean;
mod weighted_quantile;
mod weights;

mod apportion;
mod power;

mod incomplete_beta;
mod tails;

pub use apportion::apportion;
pub use association::{association, pearson, pearson_n_minus_one};
pub use cochran_q::{RepeatedAnswers, cochran_q};
pub use count_table::CountTable;
pub use difference::{Difference, miettinen_nurminen, newcombe_wilson};
pub use effect::{adjusted_residuals, cramers_v, cramers_v_uncorrected};
pub use fisher::fisher_exact;
pub use interval::{Confidence, Interval};
pub use marginal::{bhapkar, bowker, stuart_maxwell};
pub use mean::{Mean, MeanComparison, Moments, mean, mean_change, mean_difference};
pub use monte_carlo::{MonteCarlo, pearson_monte_carlo};
pub use multiplicity::{benjamini_hochberg, holm};
pub use paired::{mcnemar_asymptotic, mcnemar_exact, mcnemar_mid_p};
pub use paired_difference::{PairedCounts, bonett_price, newcombe_paired};
pub use panel_slope::{PanelSlope, ScoredValue, panel_slope};
pub use power::{Detection, smallest_difference, smallest_paired_change};
pub use proportion::{clopper_pearson, jeffreys, rule_of_three, wilson};
pub use quantile::{OrderedValues, Quantile, QuantileRule, median, quantile};
pub use share::Share;
pub use test_result::{Method, Simulation, TestResult};
pub use transition::{
    SequenceSummary, entropy, share_unchanged, summarise_sequence, transition_shares,
};
pub use trend::{ScoredShare, Trend, cochran_armitage};
pub use undefined::Undefined;
pub use weighted_mean::{
    WeightedMean, WeightedSums, korn_graubard, weighted_interval, weighted_mean, wilson_weighted,
};
pub use weighted_quantile::{WeightedValue, weighted_quantile};
pub use weights::{WeightSums, design_effect, effective_persons};
