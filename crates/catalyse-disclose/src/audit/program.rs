//! Exact ranges by integer programs, for the few counts that the search leaves open.

use good_lp::solvers::microlp::microlp;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};

use crate::relations::Relation;

/// Holds a piece of the attacker's problem.
pub(super) struct Piece<'pack> {
    /// All sums of the pack.
    pub(super) relations: &'pack [Relation],
    /// The sums of the piece.
    pub(super) places: &'pack [usize],
    /// The counts that are open, in order; all others stand at their value in `world`.
    pub(super) counts: &'pack [usize],
    /// The smallest possible values.
    pub(super) lows: &'pack [i64],
    /// The largest possible values.
    pub(super) highs: &'pack [i64],
    /// A world, for the counts that are not open.
    pub(super) world: &'pack [i64],
}

/// Says which end of a range is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The smallest value.
    Low,
    /// The largest value.
    High,
}

impl Piece<'_> {
    /// Returns the open counts of a world with the target at its end, checked in exact integers; nothing if the solver finds none.
    pub(super) fn extreme(&self, target: Option<usize>, end: End) -> Option<Vec<i64>> {
        let mut variables = ProblemVariables::new();
        let open: Vec<Variable> = self
            .counts
            .iter()
            .map(|count| {
                let definition = variable().integer();
                variables
                    .add(definition.min(self.lows[*count] as f64).max(self.highs[*count] as f64))
            })
            .collect();
        let place_of = |count: usize| self.counts.binary_search(&count).ok();
        let mut rows = Vec::with_capacity(self.places.len());
        for place in self.places {
            let mut row = Expression::with_capacity(8);
            let (mut known, mut is_open) = (0, false);
            for (count, sign) in &self.relations[*place].terms {
                if let Some(place) = place_of(*count) {
                    row.add_mul(*sign as f64, open[place]);
                    is_open = true;
                } else {
                    known += sign * self.world[*count];
                }
            }
            if is_open {
                rows.push(row.eq(-known as f64));
            } else if known != 0 {
                return None;
            }
        }
        let mut goal = Expression::with_capacity(1);
        if let Some(place) = target.and_then(place_of) {
            goal.add_mul(if end == End::Low { 1.0 } else { -1.0 }, open[place]);
        }
        let mut model = variables.minimise(goal).using(microlp);
        for row in rows {
            model.add_constraint(row);
        }
        let solution = model.solve().ok()?;
        let values: Vec<i64> =
            open.iter().map(|variable| solution.value(*variable).round() as i64).collect();
        self.is_world(&values).then_some(values)
    }

    fn is_world(&self, values: &[i64]) -> bool {
        let value_of = |count: usize| {
            self.counts.binary_search(&count).map_or(self.world[count], |place| values[place])
        };
        let fits = self
            .counts
            .iter()
            .zip(values)
            .all(|(count, value)| (self.lows[*count]..=self.highs[*count]).contains(value));
        fits && self.places.iter().all(|place| {
            let terms = self.relations[*place].terms.iter();
            terms.map(|(count, sign)| sign * value_of(*count)).sum::<i64>() == 0
        })
    }
}
