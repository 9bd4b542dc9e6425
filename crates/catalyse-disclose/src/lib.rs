//! Both sides of the gate: tables of persons on one side, releases on the other.
//!
//! [`Tabulation`] is what the analysis makes: true counts. [`Release`] is what may leave: its fields are private and only
//! this crate can make one, so that nothing to the right of the gate (charts, pages, workbooks) ever sees a true count.
//!
//! The way through the gate is [`release_pack`], for all tables of a pack together:
//! 0. `earlier`: what editions before it printed, which this one keeps to;
//! 1. `counts`, `relations`, `differencing`: each population once, and the sums that every reader knows;
//! 2. `modes`: printed numbers (`rounding` is the machine behind controlled rounding);
//! 3. `audit`: the printed numbers are attacked; what they give away sends them back to the mode, or refuses the pack;
//! 4. `rules`: what may be said beside the counts: shares, intervals, means, verdicts of tests.

#[cfg(test)]
extern crate self as catalyse_disclose;

mod advice;
mod audit;
mod background;
mod draft;
mod earlier;
mod linked;
mod modes;
mod pack;
mod policy;
mod refusal;
mod release;
mod rounding;
mod rules;
mod sides;
mod solver;
mod spec;
mod tabulation;

#[cfg(test)]
#[path = "../tests/packs/mod.rs"]
mod packs;

pub use advice::{Narrowed, OfFew, Remedy};
pub use audit::AuditReport;
pub use background::{Background, Delivered, Nested, Weights};
pub use earlier::{Earlier, PrintedCounts};
pub use linked::fingerprint::Fingerprint;
pub use pack::{ReleasedPack, release_pack, release_pack_after};
pub use policy::{ErasedPersons, Policy, TwoPartnerRule};
pub use refusal::Refusal;
pub use release::{
    Effect, Evidence, Mark, Release, ReleasedCell, ReleasedShare, ReleasedSummary, ReleasedTest,
    ReleasedWeighting, Shown,
};
pub use spec::{TableSpec, WaveChoice};
pub use tabulation::{
    Axis, Cell, Heading, Paired, Population, Role, ShareOf, Summary, Tabulation, Test, TestSubject,
    Unit,
};
