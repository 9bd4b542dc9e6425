//! One integer program: a piece of the system, solved by branch and bound, its answer checked in exact integers.

use good_lp::solvers::microlp::microlp;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};

use super::guards::{Guard, Side};
use crate::relations::Relation;

/// Holds what every piece is made of.
pub(crate) struct System<'pack> {
    /// Counts go to multiples of this.
    pub(crate) base: u64,
    /// The true counts.
    pub(crate) truths: &'pack [u64],
    /// The sums.
    pub(crate) relations: &'pack [Relation],
    /// Groups of counts of which at least one must go to the side named with it.
    pub(crate) guards: &'pack [Guard],
}

/// Says whether sums may be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sums {
    /// All sums are kept, or there is no answer.
    Kept,
    /// A sum may be missed by whole steps, at a price that is lower for larger totals.
    MayBreak,
}

/// Holds a piece to be solved.
pub(crate) struct Piece<'part> {
    /// The counts that are open.
    pub(crate) counts: &'part [usize],
    /// The sums that must hold; their other counts are rounded already.
    pub(crate) relations: &'part [usize],
    /// The guards that touch the piece.
    pub(crate) guards: &'part [usize],
}

impl System<'_> {
    /// Returns the lower neighbouring multiple.
    pub(crate) fn below(&self, count: usize) -> u64 {
        self.truths[count] / self.base * self.base
    }

    /// Says whether a count is a multiple already and stays one, as 0 does.
    pub(crate) fn is_multiple(&self, count: usize) -> bool {
        self.truths[count].is_multiple_of(self.base)
    }

    /// Says whether a sum holds for printed numbers.
    pub(crate) fn holds(&self, relation: usize, values: &[u64]) -> bool {
        let terms = self.relations[relation].terms.iter();
        terms.map(|(count, sign)| sign * values[*count].cast_signed()).sum::<i64>() == 0
    }

    fn is_guarded(&self, guard: usize, values: &[u64]) -> bool {
        self.guards[guard].iter().any(|(count, side)| self.side(*count, values) == *side)
    }

    fn side(&self, count: usize, values: &[u64]) -> Side {
        if values[count] > self.below(count) { Side::Up } else { Side::Down }
    }

    fn fits(&self, piece: &Piece<'_>, values: &[u64]) -> bool {
        piece.relations.iter().all(|relation| self.holds(*relation, values))
            && piece.guards.iter().all(|guard| self.is_guarded(*guard, values))
    }

    /// Rounds the counts of a piece in `values`; says whether there is an answer. Without one, `values` is unchanged.
    pub(crate) fn solve(&self, piece: &Piece<'_>, sums: Sums, values: &mut [u64]) -> bool {
        let before: Vec<u64> = piece.counts.iter().map(|count| values[*count]).collect();
        for count in piece.counts {
            values[*count] = (self.truths[*count] + self.base / 2) / self.base * self.base;
        }
        // If the nearest multiples fit, nothing can be nearer.
        if self.fits(piece, values) {
            return true;
        }
        let is_solved = self.run(piece, sums, values).is_some_and(|ups| {
            for (count, is_up) in piece.counts.iter().zip(ups) {
                values[*count] = self.below(*count) + if is_up { self.base } else { 0 };
            }
            sums == Sums::MayBreak || self.fits(piece, values)
        });
        if !is_solved {
            for (count, value) in piece.counts.iter().zip(before) {
                values[*count] = value;
            }
        }
        is_solved
    }

    /// Asks the solver which counts go up.
    fn run(&self, piece: &Piece<'_>, sums: Sums, values: &[u64]) -> Option<Vec<bool>> {
        let mut variables = ProblemVariables::new();
        let ups: Vec<Variable> =
            piece.counts.iter().map(|_| variables.add(variable().binary())).collect();
        let place_of = |count: usize| piece.counts.binary_search(&count).ok();
        let mut price = Expression::with_capacity(ups.len());
        for (count, up) in piece.counts.iter().zip(&ups) {
            let remainder = self.truths[*count] % self.base;
            price.add_mul(self.base as f64 - 2.0 * remainder as f64, *up);
        }
        let mut rows = Vec::with_capacity(piece.relations.len() + piece.guards.len());
        for relation in piece.relations {
            let mut row = Expression::with_capacity(8);
            let mut steps = 0_i64;
            let mut is_open = false;
            for (count, sign) in &self.relations[*relation].terms {
                let fixed = place_of(*count).map_or(values[*count], |place| {
                    is_open = true;
                    row.add_mul(*sign as f64, ups[place]);
                    self.below(*count)
                });
                steps += sign * (fixed / self.base).cast_signed();
            }
            if sums == Sums::MayBreak {
                let [over, under] =
                    [(); 2].map(|()| variables.add(variable().integer().min(0).max(8)));
                row.add_mul(-1.0, over);
                row.add_mul(1.0, under);
                price.add_mul(self.price_of_break(*relation), over);
                price.add_mul(self.price_of_break(*relation), under);
            }
            if !is_open {
                if steps != 0 {
                    return None;
                }
                continue;
            }
            rows.push(row.eq(-steps as f64));
        }
        for guard in piece.guards {
            let mut row = Expression::with_capacity(8);
            let mut is_met = false;
            let mut needed = 1.0;
            for (count, side) in &self.guards[*guard] {
                match (place_of(*count), side) {
                    (Some(place), Side::Up) => row.add_mul(1.0, ups[place]),
                    (Some(place), Side::Down) => {
                        row.add_mul(-1.0, ups[place]);
                        needed -= 1.0;
                    }
                    (None, side) => is_met |= self.side(*count, values) == *side,
                }
            }
            if sums == Sums::MayBreak {
                let excuse = variables.add(variable().binary());
                row.add_mul(1.0, excuse);
                price.add_mul(50.0 * self.base as f64, excuse);
            }
            if !is_met {
                rows.push(row.geq(needed));
            }
        }
        let mut model = variables.minimise(price).using(microlp);
        for row in rows {
            model.add_constraint(row);
        }
        let solution = model.solve().ok()?;
        Some(ups.iter().map(|up| solution.value(*up) > 0.5).collect())
    }

    /// Returns the price of missing a sum by one step: the largest totals are given up first.
    fn price_of_break(&self, relation: usize) -> f64 {
        let terms = self.relations[relation].terms.iter();
        let largest = terms.map(|(count, _)| self.truths[*count]).max().unwrap_or(0);
        self.base as f64 * (20.0 + 20.0 / (1.0 + largest as f64 / self.base as f64))
    }
}
