//! What records are: typed columns, where each value came from, findings, and the ledger that counts every row.
//!
//! Nothing here shows a person's value: `Debug` of records prints shapes, and a finding names a place and a check.

mod assemble;
mod builder;
mod cells;
mod derive;
mod engine;
mod event;
mod finding;
mod growing;
mod layout;
mod ledger;
mod narrow;
mod place;
mod records;
mod register;
mod rows;
pub mod wire;

pub use assemble::{BatchBuilder, with_main_columns};
pub use builder::{ChunkBuilder, ColumnBuilder};
pub use cells::Packed;
pub use derive::Derivation;
pub use engine::{
    Beside, bounds, calculation, columns_read, condition, is_empty, known_day, row_of,
};
pub use event::{Event, Unread};
pub use finding::{Cause, Finding, Findings};
pub use growing::{GrowingTable, Unworkable};
pub use layout::{
    Layout, Table, column_names, data_type, precision_column, precision_type, reason_column,
    reason_type,
};
pub use ledger::{ColumnFound, Ledger, LedgerEntry, SetAside};
pub use place::{Joined, Place, Source, SourceIndex, column_letters};
/// What the engine of conditions says when it refuses; so that whoever passes it on need not name the engine.
pub use polars::error::PolarsError as EngineError;
pub use records::{Batch, Chunk, Records};
pub use register::{LookedUp, Register};
pub use rows::{answers_in, answers_of, chunk_in, chunk_of};
