//! How answers are spread in one wave: shares of categories, or a normal law.

use catalyse_codebook::{CodeList, Storage, Typical, Variable};

use crate::world::hints::{VariableHints, Weights};
use crate::world::normal::quantile;

/// Holds the spread of the answers of one variable in one wave.
#[derive(Clone, Debug)]
pub(crate) enum Spread {
    /// One category: where the share of each ends, from 0 to 1.
    One(Vec<f64>),
    /// Several categories: the probability of each by itself, and those that stand alone.
    Several(Vec<f64>, Vec<usize>),
    /// A quantity.
    Quantity(Quantity),
    /// A text, made up elsewhere.
    Text,
}

/// Holds a normal law, cut at both ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    mean: f64,
    sd: f64,
    min: f64,
    max: f64,
    step: f64,
}

impl Quantity {
    /// Reads `mean`, `sd`, `min`, `max`, `step`; what is not said is taken from the default.
    pub(crate) fn of(weights: &Weights, default: Typical) -> Self {
        let said = |key: &str, default: f64| weights.get(key).copied().unwrap_or(default);
        let Typical { mean, sd, min, max, step } = default;
        Self {
            mean: said("mean", mean),
            sd: said("sd", sd),
            min: said("min", min),
            max: said("max", max),
            step: said("step", step),
        }
    }

    /// Returns the value below which the share `unit` lies.
    pub(crate) fn at(&self, unit: f64) -> f64 {
        let value = self.mean + self.sd * quantile(unit);
        let stepped = if self.step > 0.0 { (value / self.step).round() * self.step } else { value };
        stepped.max(self.min).min(self.max)
    }
}

impl Spread {
    /// Makes the spread of a distribution in a wave, the trend added `wave` times.
    pub(crate) fn of(
        variable: &Variable,
        list: Option<&CodeList>,
        hints: &VariableHints,
        distribution: &Weights,
        wave: usize,
    ) -> Self {
        let moved = |key: &str, weight: f64| {
            let change = hints.trend.get(key).copied().unwrap_or(0.0);
            (weight + change * wave as f64).max(0.0)
        };
        let weight = |code: &str| match distribution.get(code) {
            Some(weight) => moved(code, *weight),
            None if distribution.is_empty() => 1.0,
            None => 0.0,
        };
        let categories = || list.into_iter().flat_map(|list| &list.categories);
        match variable.value_type.storage() {
            Storage::Boolean => Self::One(ends(&[weight("yes"), weight("no")])),
            Storage::Code => {
                let weights: Vec<f64> =
                    categories().map(|category| weight(&category.code)).collect();
                Self::One(ends(&weights))
            }
            Storage::Codes => {
                let even = 1.0 / 3.0;
                let scale = if distribution.is_empty() { even } else { 1.0 };
                let shares = categories().map(|category| weight(&category.code) * scale).collect();
                let is_alone = |code: &str| hints.exclusive.iter().any(|alone| alone == code);
                let alone = categories().enumerate().filter(|(_, one)| is_alone(&one.code));
                Self::Several(shares, alone.map(|(index, _)| index).collect())
            }
            Storage::Integer | Storage::Decimal | Storage::Date => {
                let mut quantity = Quantity::of(distribution, variable.value_type.typical());
                quantity.mean += hints.trend.get("mean").copied().unwrap_or(0.0) * wave as f64;
                Self::Quantity(quantity)
            }
            Storage::Text => Self::Text,
        }
    }
}

/// Returns where the share of each weight ends. Weights that are all nothing are even.
fn ends(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    let n = weights.len().max(1) as f64;
    let end = |weight: &f64| {
        sum += if total > 0.0 { weight / total } else { 1.0 / n };
        sum
    };
    weights.iter().map(end).collect()
}

/// Returns the category in whose share a number from 0 to 1 falls.
pub(crate) fn category_at(ends: &[f64], unit: f64) -> usize {
    let last = || {
        // Rounding may leave the last end below 1; a category without a share is never taken.
        let full = ends.last().copied().unwrap_or(0.0);
        ends.iter().position(|end| *end >= full).unwrap_or(0)
    };
    ends.iter().position(|end| unit < *end).unwrap_or_else(last)
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::Typical;

    use super::{Quantity, category_at, ends};
    use crate::world::hints::Weights;

    #[test]
    fn a_category_without_weight_is_never_taken() {
        let ends = ends(&[0.0, 2.0, 0.0, 6.0, 0.0]);
        for (unit, expected) in [(0.0, 1), (0.24, 1), (0.25, 3), (0.999_999, 3), (1.0, 3)] {
            assert_eq!(category_at(&ends, unit), expected, "{unit}");
        }
    }

    #[test]
    fn a_quantity_keeps_to_its_ends_and_steps() {
        let default = Typical { mean: 0.0, sd: 0.0, min: 60.0, max: 130.0, step: 10.0 };
        let weights = Weights::from_iter([("mean".to_owned(), 100.0), ("sd".to_owned(), 50.0)]);
        let quantity = Quantity::of(&weights, default);
        let values = [0.0, 0.5, 0.55, 1.0].map(|unit| quantity.at(unit).round() as i64);
        assert_eq!(values, [60, 100, 110, 130]);
    }
}
