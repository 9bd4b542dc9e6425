//! What a chart kind sees of a table of summaries: lines with a median, a middle half and a mean, in a panel for each column.

use catalyse_disclose::{Axis, Mark, Release, ReleasedSummary, Role, Shown};
use catalyse_locale::{Language, capital, decimal, typeset};

/// Holds one column of summaries.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    /// The code of its heading.
    pub(crate) key: String,
    /// The words over it; nothing if there is one column for everybody.
    pub(crate) label: Option<String>,
    /// Its lines: the categories, then everybody.
    pub(crate) lines: Vec<Line>,
}

/// Holds one line of a panel.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) is_everybody: bool,
    /// What may be drawn, or the mark in its place.
    pub(crate) spread: Result<Spread, Mark>,
}

/// Holds what is drawn of a summary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) n: u64,
    pub(crate) median: f64,
    /// First and third quartile; nothing if the persons are too few to tell them.
    pub(crate) middle: Option<(f64, f64)>,
    pub(crate) mean: f64,
}

impl Spread {
    /// Returns how far its marks reach.
    pub(crate) fn reach(&self) -> (f64, f64) {
        let (low, high) = self.middle.unwrap_or((self.median, self.median));
        (low.min(self.mean).min(self.median), high.max(self.mean).max(self.median))
    }
}

/// Returns the margin that has a summary: all with a value, where those without one have rows of their own; else everybody.
fn whole_of(axis: &Axis) -> Role {
    let has_answered = axis.headings.iter().any(|heading| heading.role == Role::Answered);
    if has_answered { Role::Answered } else { Role::Total }
}

/// Holds the summaries of a release.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quantities {
    pub(crate) panels: Vec<Panel>,
    /// The decimals that medians and quartiles are printed with, as in the table itself.
    pub(crate) decimals: usize,
}

impl Quantities {
    /// Reads the summaries of a release; none if its cells hold counts.
    pub(crate) fn of(release: &Release, language: Language) -> Self {
        let (rows, columns) = (release.rows(), release.columns());
        let summary = |row: usize, column: usize| release.cell(row, column)?.summary;
        let places = |axis: &Axis| -> Vec<usize> {
            let role = |index: &usize| axis.headings.get(*index).map(|heading| heading.role);
            let whole = whole_of(axis);
            let is_shown = |index: &usize| {
                role(index).is_some_and(|role| role == Role::Category || role == whole)
            };
            (0..axis.headings.len()).filter(is_shown).collect()
        };
        let words = |axis: &Axis, index: usize| {
            let heading = axis.headings.get(index);
            heading.map_or_else(String::new, |heading| {
                typeset(language, &capital(heading.label.get(language)))
            })
        };
        let is_total = |axis: &Axis, index: usize| {
            axis.headings.get(index).is_some_and(|heading| heading.role == whole_of(axis))
        };
        let line = |row: usize, column: usize| {
            let spread = match summary(row, column)? {
                Shown::Value(told) => Ok(spread_of(&told)),
                Shown::Hidden(mark) => Err(mark),
            };
            let is_everybody = is_total(rows, row);
            Some(Line { label: words(rows, row), is_everybody, spread })
        };
        let panel = |column: usize| Panel {
            key: columns.headings.get(column).map_or_else(String::new, |head| head.key.clone()),
            label: (columns.headings.len() > 1).then(|| words(columns, column)),
            lines: places(rows).into_iter().filter_map(|row| line(row, column)).collect(),
        };
        let panels = places(columns).into_iter().map(panel);
        let told = (0..rows.headings.len()).flat_map(|row| {
            (0..columns.headings.len()).filter_map(move |column| summary(row, column)?.value())
        });
        Self {
            panels: panels.filter(|panel| !panel.lines.is_empty()).collect(),
            decimals: decimals(told),
        }
    }

    /// Says whether the table holds none.
    pub(crate) fn is_empty(&self) -> bool {
        self.panels.is_empty()
    }

    /// Returns the panel of a column and that of everybody.
    pub(crate) fn only(&self, key: &str) -> Self {
        let panels = self.panels.iter();
        let panels = panels.filter(|panel| panel.key == key || panel.key == "total");
        Self { panels: panels.cloned().collect(), decimals: self.decimals }
    }

    /// Lists what is drawn.
    pub(crate) fn spreads(&self) -> impl Iterator<Item = &Spread> {
        self.lines().filter_map(|line| line.spread.as_ref().ok())
    }

    /// Lists the lines of all panels.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.panels.iter().flat_map(|panel| &panel.lines)
    }

    /// Returns a quantity as it is printed.
    pub(crate) fn words(&self, language: Language, quantity: f64) -> String {
        decimal(language, quantity, self.decimals)
    }
}

fn spread_of(told: &ReleasedSummary) -> Spread {
    Spread { n: told.n, median: told.median, middle: told.middle, mean: told.mean }
}

/// Returns one decimal if all medians and quartiles are below ten and some is not whole, else none: two significant digits leave no more,
/// and a whole number of units has none. A mean is drawn and not written.
fn decimals(told: impl Iterator<Item = ReleasedSummary>) -> usize {
    let of = |told: ReleasedSummary| {
        let ends = told.middle.into_iter().flat_map(|(low, high)| [low, high]);
        ends.chain([told.median]).collect::<Vec<f64>>()
    };
    let quantities: Vec<f64> = told.flat_map(of).collect();
    let is_small = quantities.iter().all(|quantity| quantity.abs() < 10.0);
    usize::from(is_small && quantities.iter().any(|quantity| quantity.fract() != 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(median: f64, middle: (f64, f64), mean: f64) -> ReleasedSummary {
        ReleasedSummary {
            n: 40,
            median,
            median_interval: None,
            middle: Some(middle),
            mean,
            mean_interval: Some((mean - 0.3, mean + 0.3)),
        }
    }

    #[test]
    fn whole_units_have_no_decimal_beside_a_mean_that_has_one() {
        let whole = [told(5.0, (3.0, 7.0), 4.8), told(4.0, (3.0, 6.0), 4.6)];
        assert_eq!(decimals(whole.into_iter()), 0);
        let halves = [told(5.0, (3.0, 7.0), 4.8), told(4.5, (3.0, 6.0), 4.6)];
        assert_eq!(decimals(halves.into_iter()), 1);
        let large = [told(4.5, (3.0, 6.0), 4.6), told(12.0, (3.0, 31.0), 14.0)];
        assert_eq!(decimals(large.into_iter()), 0);
        assert_eq!(decimals(std::iter::empty()), 0);
    }
}
