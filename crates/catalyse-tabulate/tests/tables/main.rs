//! Tables in, text out: what each kind counts, names and refuses; compared with another tool, and sent through the gate.
//!
//! One binary, so that polars is linked once.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a fixture that is wrong should stop the test at once"
)]

mod asked;
mod change;
mod cross;
mod frequency;
mod oracle;
mod pack;
mod properties;
mod refusals;
mod shown;
mod study;
mod summary;
mod transition;
mod untold;
