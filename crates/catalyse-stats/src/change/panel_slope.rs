//! Does something rise or fall over the waves of a panel, where each person comes back?
//!
//! A straight line through all answers, with each person as a cluster: the answers of one person count as one piece of evidence.
//! Where persons leave the panel, give it only those who were seen at each wave; otherwise those who left make a slope of their own.

use crate::share::difference::Difference;
use crate::special::tails::{student_upper, student_upper_quantile};
use crate::{Confidence, Interval, Method, TestResult, Undefined};

/// One answer of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredValue {
    /// When: months since the first wave.
    pub score: f64,
    /// The value; 1 and 0 for yes and no.
    pub value: f64,
}

/// A slope over waves with its interval and test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelSlope {
    /// Change of the value per unit of score, with its interval.
    pub slope: Difference,
    /// Test that the slope is 0.
    pub test: TestResult,
}

/// Returns the slope over waves with persons as clusters.
///
/// # Shape
/// One list per person; a person with one answer takes part in the line, one with none does not.
///
/// # Units
/// The unit of the values per unit of the score.
///
/// # Errors
/// [`Undefined::TooFewPersons`] below three persons with answers, [`Undefined::NoVariation`] if all scores are the same or all answers lie on the
/// line, [`Undefined::UnusableNumber`] (position of the person) for a number that is not finite.
///
/// # Example
/// Ten persons of whom 2, 3 and 5 say yes at months 0, 6 and 12: slope 0.025 a month.
///
/// # Source
/// K.-Y. Liang and S. Zeger, Biometrika 73 (1986) 13–22; small-sample factor G/(G - 1) × (N - 1)/(N - 2) and t with
/// G - 1 degrees of freedom as in Stata's `regress, vce(cluster)`.
pub fn panel_slope(
    persons: &[Vec<ScoredValue>],
    confidence: Confidence,
) -> Result<PanelSlope, Undefined> {
    let is_usable = |answer: &ScoredValue| answer.score.is_finite() && answer.value.is_finite();
    if let Some(position) = persons.iter().position(|person| !person.iter().all(is_usable)) {
        return Err(Undefined::UnusableNumber { position });
    }
    let n_persons = persons.iter().filter(|person| !person.is_empty()).count() as u64;
    if n_persons < 3 {
        return Err(Undefined::TooFewPersons { n_persons, needed: 3 });
    }
    let answers: Vec<ScoredValue> = persons.concat();
    let n = answers.len() as f64;
    let mean = |of: fn(&ScoredValue) -> f64| answers.iter().map(of).sum::<f64>() / n;
    let (mean_score, mean_value) = (mean(|answer| answer.score), mean(|answer| answer.value));
    let product = |answer: &ScoredValue| (answer.score - mean_score) * (answer.value - mean_value);
    let spread: f64 = answers.iter().map(|answer| (answer.score - mean_score).powi(2)).sum();
    let slope = answers.iter().map(product).sum::<f64>() / spread;
    let pull = |answer: &ScoredValue| {
        let score = answer.score - mean_score;
        score * (answer.value - mean_value - slope * score)
    };
    let pulls = persons.iter().map(|person| person.iter().map(pull).sum::<f64>().powi(2));
    let groups = n_persons as f64;
    let factor = groups / (groups - 1.0) * (n - 1.0) / (n - 2.0);
    let standard_error = (factor * pulls.sum::<f64>()).sqrt() / spread;
    if !(spread > 0.0 && standard_error > 1e-14 * slope.abs()) {
        return Err(Undefined::NoVariation);
    }
    let margin = standard_error * student_upper_quantile(confidence.tail(), groups - 1.0);
    let interval = Interval::around(slope, margin, confidence);
    let t = slope / standard_error;
    let p = 2.0 * student_upper(t.abs(), groups - 1.0);
    let test = TestResult::with_degrees(Method::PanelSlope, t, groups - 1.0, p);
    Ok(PanelSlope { slope: Difference { value: slope, interval }, test })
}
