//! Whole outputs of the invented pack: what a reader gets, and what nobody may get.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and reads and writes golden files"
)]

mod company;
mod definition;
mod files;
mod golden;
mod pack;
mod page;
mod workbook;
