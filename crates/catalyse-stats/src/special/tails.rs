//! Tails and quantiles of the normal, Student, chi-square, beta and binomial distributions.
//!
//! Of statrs only the incomplete gamma function is used: its quantiles are off by 1e-5 for large counts and its `erfc` by
//! 1e-10 (both measured against SciPy 1.17.1). Quantiles are found here by Newton steps on the tail itself, kept inside a bracket
//! by bisection.

use statrs::function::gamma::gamma_ur;

use crate::special::incomplete_beta::{beta_factor, binomial_mass, incomplete_beta};

/// Returns the probability that a standard normal variable is at least `z`.
pub(crate) fn normal_upper(z: f64) -> f64 {
    // Source: Abramowitz and Stegun 6.5.17, erfc(x) = Γ(1/2, x²) / Γ(1/2).
    let half = if z.abs() > 0.0 { gamma_ur(0.5, z * z / 2.0) / 2.0 } else { 0.5 };
    if z >= 0.0 { half } else { 1.0 - half }
}

/// Returns the probability that a standard normal variable is at least as far from 0 as `z`.
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    2.0 * normal_upper(z.abs())
}

/// Returns the z above which the probability `tail` (at most one half) lies.
pub(crate) fn normal_upper_quantile(tail: f64) -> f64 {
    let density = |z: f64| (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    from_the_left(0.0, |z| (normal_upper(z) - tail) / density(z))
}

/// Returns the probability that a Student variable is at least `t` (which is not negative).
pub(crate) fn student_upper(t: f64, degrees: f64) -> f64 {
    let sum = degrees + t * t;
    incomplete_beta(degrees / 2.0, 0.5, [degrees / sum, t * t / sum]) / 2.0
}

/// Returns the t above which the probability `tail` (at most one half) lies.
pub(crate) fn student_upper_quantile(tail: f64, degrees: f64) -> f64 {
    let density = |t: f64| {
        let sum = degrees + t * t;
        beta_factor(degrees / 2.0, 0.5, [degrees / sum, t * t / sum]) / t
    };
    // The Student tail is heavier than the normal one, so the normal quantile lies left of the root.
    from_the_left(normal_upper_quantile(tail), |t| {
        if t > 0.0 { (student_upper(t, degrees) - tail) / density(t) } else { 0.0 }
    })
}

/// Returns the probability that a chi-square variable is at least `statistic`.
pub(crate) fn chi_square_upper(statistic: f64, degrees: f64) -> f64 {
    if statistic > 0.0 { gamma_ur(degrees / 2.0, statistic / 2.0) } else { 1.0 }
}

/// Returns the probability of at most `count` successes in `n` draws with probability `p`.
pub(crate) fn binomial_lower(count: u64, n: u64, p: f64) -> f64 {
    if count >= n {
        return 1.0;
    }
    incomplete_beta((n - count) as f64, count as f64 + 1.0, [1.0 - p, p])
}

/// Returns the probability of exactly `count` successes in `n` draws with probability one half.
pub(crate) fn fair_binomial_mass(count: u64, n: u64) -> f64 {
    if count == 0 || count == n {
        return (-(n as f64) * std::f64::consts::LN_2).exp();
    }
    binomial_mass(count as f64, (n - count) as f64, [0.5, 0.5])
}

/// Walks to the root of a falling convex tail from a point left of it; Newton steps never overshoot there.
fn from_the_left(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut x = start;
    for _ in 0..500 {
        let change = step(x);
        x += change;
        if change.abs() <= 1e-15 * x.abs() {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn quantiles_are_those_of_scipy() {
        assert_close(normal_upper_quantile(0.025), 1.959_963_984_540_054);
        assert_close(normal_upper_quantile(1e-12), 7.034_483_825_301_131);
        assert_close(student_upper_quantile(0.025, 1.0), 12.706_204_736_174_705);
        assert_close(student_upper_quantile(0.025, 1e6), 1.959_966_356_814_107_2);
        assert_close(student_upper_quantile(0.000_5, 2.0), 31.599_054_576_443_62);
    }

    #[test]
    fn the_middle_is_one_half() {
        assert_close(normal_upper(0.0), 0.5);
        assert_close(student_upper(0.0, 7.0), 0.5);
        assert!(normal_upper_quantile(0.5).abs() < 1e-15);
    }
}
