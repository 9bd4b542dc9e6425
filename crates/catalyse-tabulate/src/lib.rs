//! From records to tables: frequencies, cross-tables, summaries, changes between waves, transitions.
//!
//! The caseload is reduced once to codings: for each record, under which headings of an axis it stands. A table counts pairs of
//! codings. Only [`Caseload`] and the codings touch records; all that follows works on counts.

mod answers;
mod background;
mod caseload;
mod coding;
mod comparison;
mod conditions;
mod count;
mod delivered;
mod error;
mod groups;
mod kinds;
mod naming;
mod nested;
mod records;
mod rehearsal;
mod scope;
mod spread;
mod valueless;

pub use caseload::Caseload;
pub use error::TabulateError;
pub use kinds::tabulate;
pub use records::{RecordCounts, records_spec};
pub use rehearsal::{Rehearsal, rehearse};
