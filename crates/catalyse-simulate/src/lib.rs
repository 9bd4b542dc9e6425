//! Invents persons for any study, writes the deliveries that its partners would send, and plants faults at known places.
//!
//! A variable is drawn for all rows at once, after those that its conditions name; conditions run on the engine that checks run on. Rows
//! that break a check are drawn again until none does. All chance follows from the seed, so that the same call gives the same bytes.

mod delivery;
mod draw;
mod error;
mod faults;
mod odd;
mod options;
mod simulate;
mod world;

pub use delivery::SimulatedFile;
pub use error::SimulateError;
pub use faults::Fault;
pub use odd::{OddFile, odd_files};
pub use options::Options;
pub use simulate::{Simulated, TRUTH_FILE, simulate};
pub use world::hints::Hints;
