//! From percentages to px, and the round numbers that an axis shows.

/// Holds a linear way from percentages to px.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// Makes a scale that sends the ends of `from` to the ends of `to`.
    pub(crate) const fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// Returns the place of a value.
    pub(crate) fn at(self, value: f64) -> f64 {
        let (low, high) = self.from;
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// Returns round numbers from `low` to `high`, about `n_wanted`, at steps of 1, 2, 5 or 10 times a power of ten.
///
/// The first is at or below `low` and the last at or above `high`; an axis of shares never passes 100.
pub(crate) fn ticks(low: f64, high: f64, n_wanted: usize) -> Vec<f64> {
    let span = (high - low).max(1.0);
    let rough = span / n_wanted.max(1) as f64;
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0]
        .into_iter()
        .find(|step| *step >= rough - 1e-9)
        .unwrap_or(100.0);
    let (first, last) = ((low / step).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last.max(first + 1)).map(|index| index as f64 * step).collect()
}

/// Returns round numbers that hold a quantity of any size, about `n_wanted`, at steps of 1, 2 or 5 times a power of ten.
pub(crate) fn quantity_ticks(low: f64, high: f64, n_wanted: usize) -> Vec<f64> {
    let span = (high - low).max(high.abs() * 1e-6).max(1e-6);
    let rough = span / n_wanted.max(1) as f64;
    let power = rough.log10().floor() as i32;
    let unit = 10_f64.powi(power);
    let step =
        [1.0, 2.0, 5.0].into_iter().map(|of| of * unit).find(|step| *step >= rough * (1.0 - 1e-9));
    let step = step.unwrap_or(10.0 * unit);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    let decimals = power.min(0).unsigned_abs() as usize;
    // Written and read back, so that three tenths are 0.3 and not 0.30000000000000004.
    let clean = |tick: f64| format!("{tick:.decimals$}").parse().unwrap_or(tick);
    (first..=last.max(first + 1)).map(|index| clean(index as f64 * step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(ticks(0.0, 43.0, 5), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(ticks(0.0, 100.0, 4), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks(0.0, 0.0, 5), [0.0, 1.0]);
        assert_eq!(ticks(22.0, 58.0, 5), [20.0, 30.0, 40.0, 50.0, 60.0]);
        assert_eq!(ticks(0.0, 7.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0]);
    }

    #[test]
    fn ticks_of_quantities_are_round_whatever_the_size() {
        assert_eq!(quantity_ticks(0.0, 31.0, 5), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(quantity_ticks(0.0, 1_850.0, 5), [0.0, 500.0, 1_000.0, 1_500.0, 2_000.0]);
        assert_eq!(quantity_ticks(0.0, 0.9, 3), [0.0, 0.5, 1.0]);
        assert_eq!(quantity_ticks(31.0, 44.0, 5), [30.0, 35.0, 40.0, 45.0]);
        assert_eq!(quantity_ticks(7.0, 7.0, 5).len(), 2);
    }

    #[test]
    fn a_scale_sends_ends_to_ends() {
        let scale = Scale::new((20.0, 60.0), (100.0, 500.0));
        assert!((scale.at(20.0) - 100.0).abs() < 1e-9 && (scale.at(60.0) - 500.0).abs() < 1e-9);
        assert!(Scale::new((5.0, 5.0), (1.0, 2.0)).at(5.0).is_finite());
    }
}
