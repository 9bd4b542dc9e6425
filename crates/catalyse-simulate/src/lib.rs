//! Invents persons for any study, writes the deliveries that its partners would send, and plants faults at known places.
//!
//! A variable is drawn for all rows at once, after those that its conditions name; conditions run on the engine that checks run on. Rows
//! that break a check are drawn again until none does. All chance follows from the seed, so that the same call gives the same bytes.

mod cell;
mod delivery;
mod draw;
mod error;
mod faults;
mod hints;
mod invented;
mod main_table;
mod normal;
mod odd;
mod order;
mod panel;
mod random;
mod repair;
mod repeat;
mod sheet;
mod simulate;
mod spread;
mod tie;
mod tries;
mod world;

pub use error::SimulateError;
pub use faults::Fault;
pub use hints::Hints;
pub use odd::{OddFile, odd_files};
pub use simulate::{Options, Simulated, SimulatedFile, TRUTH_FILE, simulate};
