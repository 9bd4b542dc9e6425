//! The one door to the solver: integer programs, with a bound on each.
//!
//! The bound is a number of nodes of the search tree, so that it is reached at the same place on every machine. A clock stands behind it
//! as a last safety net: where it runs out, the answer is [`Answer::OutOfTime`] and the pack is refused, whatever was found, because
//! numbers must not depend on how fast a machine is.

use std::time::Duration;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolveOptions, TerminationReason, Variable,
};

/// The clock behind the bound of nodes, for one program.
const LONGEST: Duration = Duration::from_secs(5);

/// Holds an integer program while it is written.
pub(crate) struct Program {
    problem: Problem,
}

/// Says how a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The values of all variables in the order in which they were added: the best, or the best within the bound.
    Found(Vec<i64>),
    /// There is no answer, or none was found within the bound.
    Nothing,
    /// The clock ran out.
    OutOfTime,
}

impl Program {
    /// Starts a program that makes its price least.
    pub(crate) fn new() -> Self {
        Self { problem: Problem::new(OptimizationDirection::Minimize) }
    }

    /// Adds a whole number between two ends, with the price of one.
    pub(crate) fn add_number(&mut self, price: f64, ends: (i64, i64)) -> Variable {
        let end = |end: i64| i32::try_from(end).unwrap_or(i32::MAX);
        self.problem.add_integer_var(price, (end(ends.0), end(ends.1)))
    }

    /// Asks that a sum be a number.
    pub(crate) fn ask_equal(&mut self, sum: &[(Variable, f64)], number: f64) {
        self.problem.add_constraint(sum, ComparisonOp::Eq, number);
    }

    /// Asks that a sum be a number or more.
    pub(crate) fn ask_at_least(&mut self, sum: &[(Variable, f64)], number: f64) {
        self.problem.add_constraint(sum, ComparisonOp::Ge, number);
    }

    /// Solves the program within a number of nodes. Answers are near whole numbers; who asked checks them in exact ones.
    pub(crate) fn solve(&self, most_nodes: u64) -> Answer {
        let mut options = SolveOptions::default();
        options.node_limit = Some(most_nodes);
        options.time_limit = Some(LONGEST);
        let Ok(outcome) = self.problem.solve_with(options) else { return Answer::Nothing };
        if outcome.termination_reason() == TerminationReason::TimeLimit {
            return Answer::OutOfTime;
        }
        outcome.solution().map_or(Answer::Nothing, |solution| {
            Answer::Found(solution.iter().map(|(_, value)| value.round() as i64).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Program};

    /// A price that no choice meets evenly, so that many nodes are needed.
    fn knapsack(most_nodes: u64) -> Answer {
        let mut program = Program::new();
        let items: Vec<_> = (0..30_u32)
            .map(|item| {
                let weight = f64::from(17 + item * 37 % 29);
                (program.add_number(-weight - f64::from(item % 3), (0, 1)), -weight)
            })
            .collect();
        program.ask_at_least(&items, -311.5);
        program.solve(most_nodes)
    }

    #[test]
    fn a_bound_gives_the_same_answer_each_time_and_never_waits() {
        assert_eq!(knapsack(3), knapsack(3));
        assert!(matches!(knapsack(100_000), Answer::Found(_)));
    }

    #[test]
    fn what_has_no_answer_has_none() {
        let mut program = Program::new();
        let number = program.add_number(1.0, (0, 1));
        program.ask_equal(&[(number, 2.0)], 1.0);
        assert_eq!(program.solve(100), Answer::Nothing);
    }
}
