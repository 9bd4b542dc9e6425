//! From the bytes of a delivery to typed records, findings and the ledger.
//!
//! The way of a file: `look` says what it is by its content, a format of `formats` opens it as sheets of rows, `header` finds where
//! the table begins, `heads` which column is which variable, `survey` how each column is written, `sift` which rows are records,
//! `decode` makes typed chunks of them. Nothing here opens a file, asks for the time or starts a process.
//!
//! Nothing is lost silently: a cell that cannot be read is empty with the reason `to_check` and has a finding, a row that is no record
//! is counted in the ledger with its reason, a column that nobody knows is named.

mod account;
mod columns;
mod csv;
mod decode;
mod delivery;
mod error;
mod explained;
pub mod formats;
mod joining;
mod limits;
mod look;
mod notice;
mod read;
mod reader;
mod sheet;
mod workbook;

pub use delivery::{Delivery, Options, ReadSeek};
pub use error::{IntakeError, Kind, Size};
pub use explained::{Explained, explain, explained};
pub use read::read;
pub use reader::Reader;
pub use sheet::recognised::Recognised;
