//! p-values when many questions are asked at once.
//!
//! Holm inside one question (each partner against the rest), Benjamini and Hochberg over the variables of a whole report.

use crate::Undefined;

/// Returns Holm's adjusted p-values: below 5 %, the chance of even one false alarm is below 5 %.
///
/// # Shape
/// As many as came in, in the same order. An empty list stays empty.
///
/// # Units
/// p-values from 0 to 1; never smaller than what came in.
///
/// # Errors
/// [`Undefined::UnusableNumber`] for a p-value that is NaN or not between 0 and 1. Leave out the tests that could not be made.
///
/// # Example
/// 0.01, 0.04 and 0.03 become 0.03, 0.06 and 0.06.
///
/// # Source
/// S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = from_smallest(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (position, &index) in order.iter().enumerate() {
        let remaining = (p_values.len() - position) as f64;
        largest = largest.max((remaining * p_values[index]).min(1.0));
        adjusted[index] = largest;
    }
    Ok(adjusted)
}

/// Returns Benjamini and Hochberg's q-values: of the findings below 5 %, fewer than 5 % are expected to be false alarms.
///
/// # Shape
/// As many as came in, in the same order. An empty list stays empty.
///
/// # Units
/// q-values from 0 to 1; never smaller than what came in, never larger than Holm's.
///
/// # Errors
/// [`Undefined::UnusableNumber`] for a p-value that is NaN or not between 0 and 1. Leave out the tests that could not be made.
///
/// # Example
/// 0.01, 0.04 and 0.03 become 0.03, 0.04 and 0.04.
///
/// # Source
/// Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = from_smallest(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut smallest = 1.0_f64;
    for (position, &index) in order.iter().enumerate().rev() {
        let ratio = p_values.len() as f64 / (position + 1) as f64;
        smallest = smallest.min(ratio * p_values[index]);
        adjusted[index] = smallest;
    }
    Ok(adjusted)
}

/// Returns the positions of the p-values, smallest first; equal ones keep their order.
fn from_smallest(p_values: &[f64]) -> Result<Vec<usize>, Undefined> {
    if let Some(position) = p_values.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(Undefined::UnusableNumber { position });
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&one, &other| p_values[one].total_cmp(&p_values[other]));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_was_not_made_cannot_be_adjusted() {
        assert_eq!(holm(&[0.1, f64::NAN]), Err(Undefined::UnusableNumber { position: 1 }));
        assert_eq!(benjamini_hochberg(&[1.5]), Err(Undefined::UnusableNumber { position: 0 }));
    }

    #[test]
    fn nothing_stays_nothing_and_one_stays_itself() {
        assert_eq!(holm(&[]), Ok(vec![]));
        assert_eq!(holm(&[0.2]), Ok(vec![0.2]));
        assert_eq!(benjamini_hochberg(&[0.2]), Ok(vec![0.2]));
    }
}
