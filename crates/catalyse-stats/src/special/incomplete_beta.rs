//! The regularised incomplete beta function, for large counts too.
//!
//! Every binomial, beta and Student tail of the crate is made from it. statrs 0.19 has one, but its continued fraction stops
//! after 140 steps (at a = b = 500 000 it is wrong in the third digit) and its leading factor is a difference of large
//! logarithms (at a million persons nine digits are left). Here the fraction runs until it settles and the factor is Loader's.

use statrs::function::gamma::ln_gamma;

const LN_SQRT_TWO_PI: f64 = 0.918_938_533_204_672_8;
const TINY: f64 = 1e-300;
/// The fraction needs about five times the root of the larger parameter; this serves up to 10^11 persons.
const MOST_STEPS: u32 = 2_000_000;

/// Returns the probability that a Beta(a, b) variable is at most `x`; the caller gives `y = 1 - x` so that neither end loses digits.
///
/// Source: A. DiDonato and A. Morris, ACM Transactions on Mathematical Software 18 (1992) 360–373, equation 9 (the fraction),
/// evaluated as in Press et al., Numerical Recipes, 3rd ed. (2007), section 5.2 (modified Lentz).
pub(crate) fn incomplete_beta(a: f64, b: f64, [x, y]: [f64; 2]) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let factor = beta_factor(a, b, [x, y]);
    if x < (a + 1.0) / (a + b + 2.0) {
        factor / fraction([a, b], [x, y])
    } else {
        1.0 - factor / fraction([b, a], [y, x])
    }
}

/// Returns x^a y^b / B(a, b), which is the Beta(a, b) density times x y.
pub(crate) fn beta_factor(a: f64, b: f64, [x, y]: [f64; 2]) -> f64 {
    a * b / (a + b) * binomial_mass(a, b, [x, y])
}

/// Returns the probability of `a` successes and `b` failures; neither has to be whole, both must be above 0.
///
/// Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000); R's `dbinom` uses the same.
pub(crate) fn binomial_mass(a: f64, b: f64, odds: [f64; 2]) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * odds[0])
        - deviance(b, n * odds[1]);
    exponent.exp() * (n / (a * b) / std::f64::consts::TAU).sqrt()
}

/// Returns ln Γ(n + 1) minus Stirling's approximation of it.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - LN_SQRT_TWO_PI;
    }
    let square = n * n;
    let series = 1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - series / square) / square) / square) / n
}

/// Returns `value ln(value / expected) + expected - value` without losing digits when the two are close.
fn deviance(value: f64, expected: f64) -> f64 {
    if (value - expected).abs() >= 0.1 * (value + expected) {
        return value * (value / expected).ln() + expected - value;
    }
    let ratio = (value - expected) / (value + expected);
    let mut sum = (value - expected) * ratio;
    let mut term = 2.0 * value * ratio;
    for odd in (3_u32..).step_by(2) {
        term *= ratio * ratio;
        let next = sum + term / f64::from(odd);
        if next.to_bits() == sum.to_bits() || odd > 1000 {
            break;
        }
        sum = next;
    }
    sum
}

/// Returns the continued fraction that divides the leading factor.
///
/// It takes both x and y because each of its terms would otherwise lose digits when x is close to 1.
fn fraction([a, b]: [f64; 2], [x, y]: [f64; 2]) -> f64 {
    let term = |m: f64| {
        let step = a + 2.0 * m;
        let above = (a + m - 1.0) * (a + b + m - 1.0) * m * (b - m) * x * x / (step - 1.0).powi(2);
        let centre = (a * y - b * x + 1.0 + m * (1.0 + y)) * (a + m) / (step + 1.0);
        // For a = 1 the first term would be 0 / 0; it is 0.
        let middle = if m > 0.0 { m + m * (b - m) * x / (step - 1.0) } else { 0.0 };
        (above, middle + centre)
    };
    let mut value = away_from_zero(term(0.0).1);
    let (mut numerator, mut denominator) = (value, 0.0);
    for step in 1..MOST_STEPS {
        let (above, below) = term(f64::from(step));
        denominator = 1.0 / away_from_zero(below + above * denominator);
        numerator = away_from_zero(below + above / numerator);
        let change = numerator * denominator;
        value *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_million_persons_keeps_its_digits() {
        // SciPy 1.17.1 (Boost): scipy.stats.beta.cdf.
        for (a, b, x, expected) in [
            (500_000.0, 500_001.0, 0.5, 0.500_398_942_180_665_4),
            (11.0, 999_990.0, 5e-6, 0.013_695_041_938_920_762),
            (0.5, 100.5, 1e-6, 0.011_297_530_468_056_533),
            (700.0, 300.0, 0.65, 3.841_175_948_103_165_7e-4),
        ] {
            let found = incomplete_beta(a, b, [x, 1.0 - x]);
            assert!((found / expected - 1.0).abs() < 2e-12, "{a} {b} {x}: {found}");
        }
    }

    #[test]
    fn the_two_ends_are_nothing_and_all() {
        assert!(incomplete_beta(2.0, 3.0, [0.0, 1.0]) <= 0.0);
        assert!(incomplete_beta(2.0, 3.0, [1.0, 0.0]) >= 1.0);
    }
}
