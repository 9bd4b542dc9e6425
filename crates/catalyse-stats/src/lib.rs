//! Intervals, tests, trends, multiplicity: pure functions over counts and sums.
