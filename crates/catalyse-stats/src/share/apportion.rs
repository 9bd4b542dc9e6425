//! Whole numbers that add up.

use crate::Undefined;

/// Shares out a total in proportion to counts so that the parts are whole and add up: the method of largest remainders.
///
/// # Shape
/// One part per count, in the same order. Equal remainders: the larger count first, then the earlier one.
///
/// # Units
/// Whole parts of `total` (100 for whole percents). Each is its exact quota rounded up or down; a count of 0 gets 0.
///
/// # Errors
/// [`Undefined::NoPersons`] if all counts are 0, unless the total is 0 too.
///
/// # Example
/// 1, 1 and 1 of 100: 34, 33 and 33.
///
/// # Source
/// Hamilton's method; M. Balinski and H. P. Young, Fair Representation (1982), appendix A. Computed in whole numbers.
pub fn apportion(counts: &[u64], total: u64) -> Result<Vec<u64>, Undefined> {
    let sum: u128 = counts.iter().map(|&count| u128::from(count)).sum();
    if sum == 0 {
        return if total == 0 { Ok(vec![0; counts.len()]) } else { Err(Undefined::NoPersons) };
    }
    let quota = |count: u64| u128::from(count) * u128::from(total);
    let mut parts: Vec<u64> = counts.iter().map(|&count| (quota(count) / sum) as u64).collect();
    let given: u64 = parts.iter().sum();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&index| {
        let count = counts[index];
        std::cmp::Reverse((quota(count) % sum, count))
    });
    for &index in order.iter().take((total - given) as usize) {
        parts[index] += 1;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_whole_and_add_up() {
        assert_eq!(apportion(&[1, 1, 1], 100), Ok(vec![34, 33, 33]));
        assert_eq!(apportion(&[2, 1, 0], 100), Ok(vec![67, 33, 0]));
        assert_eq!(apportion(&[1, 2, 3, 5], 10), Ok(vec![1, 2, 3, 4]));
        assert_eq!(apportion(&[7], 100), Ok(vec![100]));
    }

    #[test]
    fn nothing_can_be_shared_among_nobody() {
        assert_eq!(apportion(&[0, 0], 100), Err(Undefined::NoPersons));
        assert_eq!(apportion(&[], 0), Ok(vec![]));
    }
}
