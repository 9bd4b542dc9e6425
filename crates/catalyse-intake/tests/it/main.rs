//! What deliveries become: text files, workbooks, and what holds for all of them.

#![expect(clippy::expect_used, reason = "a test that cannot set itself up has failed")]
#![expect(clippy::format_push_string, reason = "small texts, written once")]

mod csv;
mod damage;
mod properties;
mod reading;
mod real_sheets;
mod told;
mod workbooks;
