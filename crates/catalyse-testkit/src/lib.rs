//! Small studies and tables in tests, and golden files. For tests only.
//!
//! A study is a few lines, a table is a text; both go through the real reader of schemas and the real value types, so that a test
//! sees what a delivery would give.

// A fixture that is wrong should stop the test at once, with a sentence.
#![expect(clippy::expect_used, clippy::panic, reason = "only tests use this crate")]

mod golden;
mod records;
mod study;

pub use golden::expect_file;
pub use records::{batch, chunk, source};
pub use study::StudyText;
