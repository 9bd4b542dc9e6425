//! Measures how long a report of 541 persons and 4 waves takes to protect and audit.

#[path = "../tests/packs/mod.rs"]
mod packs;

use std::time::Instant;

use catalyse_disclose::{Policy, release_pack};

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measure has a clock and prints it"
)]
fn main() {
    for (n_persons, n_waves, n_variables) in [(541, 1, 10), (541, 4, 20), (541, 4, 60)] {
        let tables = packs::report(1, n_persons, n_waves, n_variables);
        let n_tables = tables.len();
        let start = Instant::now();
        let outcome = release_pack(tables, &Policy::partnership());
        let milliseconds = start.elapsed().as_millis();
        match outcome {
            Ok(pack) => println!("{n_tables} tables: {milliseconds} ms, {:?}", pack.audit),
            Err(refusal) => println!("{n_tables} tables: {milliseconds} ms, refused: {refusal:?}"),
        }
    }
}
