//! What a test answers: its name, its statistic and its p-value.
//!
//! The name travels with the figure, so that a report says which test was made and nobody has to guess it from the size of the table.

/// Names the test that gave a p-value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Pearson's chi-square, as in textbooks.
    Pearson,
    /// Pearson's chi-square multiplied by (N - 1) / N.
    PearsonNMinusOne,
    /// Fisher's exact test of a table of two by two.
    FisherExact,
    /// Pearson's chi-square against random tables with the same margins.
    PearsonMonteCarlo,
    /// McNemar's exact test with half the probability of what was observed.
    McNemarMidP,
    /// Stuart and Maxwell's test of equal margins on the same persons.
    StuartMaxwell,
    /// Cochran and Armitage's trend of shares over independent groups.
    CochranArmitage,
    /// What the trend of Cochran and Armitage leaves unexplained.
    DepartureFromTrend,
}

/// The outcome of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestResult {
    /// Which test it was.
    pub method: Method,
    /// The test statistic; none for a test that counts probabilities only.
    pub statistic: Option<f64>,
    /// Degrees of freedom of the statistic; none where the notion has no use.
    pub degrees: Option<f64>,
    /// The two-sided p-value, from 0 to 1. Below about 1e-300 it is 0.
    pub p: f64,
    /// How the p-value was simulated, if it was.
    pub simulation: Option<Simulation>,
}

/// What a reader needs to repeat a simulated p-value and to judge it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulation {
    /// Random tables that were drawn.
    pub draws: u32,
    /// Seed of the generator.
    pub seed: u64,
    /// Standard error of the p-value that comes from drawing.
    pub standard_error: f64,
}

impl TestResult {
    pub(crate) fn exact(method: Method, p: f64) -> Self {
        Self { method, statistic: None, degrees: None, p: p.clamp(0.0, 1.0), simulation: None }
    }

    pub(crate) fn with_degrees(method: Method, statistic: f64, degrees: f64, p: f64) -> Self {
        let p = p.clamp(0.0, 1.0);
        let (statistic, degrees) = (Some(statistic), Some(degrees));
        Self { method, statistic, degrees, p, simulation: None }
    }

    pub(crate) fn chi_square(method: Method, statistic: f64, degrees: f64) -> Self {
        let p = crate::special::tails::chi_square_upper(statistic, degrees);
        Self::with_degrees(method, statistic, degrees, p)
    }
}
