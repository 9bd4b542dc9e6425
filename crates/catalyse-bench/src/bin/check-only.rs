//! Measures checking alone, from typed chunks: `check-only ROWS [THREADS] [--every-row-wrong] [--rows-a-chunk N] [--write FILE]`.
//!
//! The chunks are made before the clock starts, but for `--stream`, where they are made while others are checked, as in a delivery
//! larger than memory.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement has a clock, prints, and stops where it cannot go on"
)]

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Instant;

use catalyse_bench::{Faults, chunks, race_codebook};
use catalyse_check::{Checks, Confrontation, Report};
use catalyse_records::Chunk;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| words.get(place).and_then(|word| word.parse::<u64>().ok());
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let n_rows = number(0).unwrap_or(100_000);
    let n_threads =
        number(1).and_then(|n| NonZeroUsize::new(n as usize)).unwrap_or(NonZeroUsize::MIN);
    let place = words.iter().position(|word| word == "--rows-a-chunk");
    let n_rows_a_chunk = place.and_then(|place| number(place + 1)).unwrap_or(50_000);
    let faults = if has("--every-row-wrong") { Faults::EveryRow } else { Faults::OneInAHundred };
    let codebook = race_codebook().expect("the study of the race");
    let made = chunks(&codebook, n_rows, n_rows_a_chunk, faults);
    let before = Instant::now();
    let checks = Checks::open(&codebook).expect("the checks of the race");
    println!("open {:.4} s", before.elapsed().as_secs_f64());
    let chunks: Box<dyn Iterator<Item = Chunk> + Send> = if has("--stream") {
        Box::new(made)
    } else {
        Box::new(made.collect::<Vec<_>>().into_iter())
    };
    let (memory, cpu) = (memory_mb(), cpu_seconds());
    let before = Instant::now();
    let mut confrontation = Confrontation::new(&checks, Arc::default());
    confrontation.chunks(chunks, n_threads).expect("the layout of the table");
    let confronted = before.elapsed().as_secs_f64();
    let report = confrontation.finish().expect("the layout of the table");
    if let Some(place) = words.iter().position(|word| word == "--write") {
        let path = words.get(place + 1).map_or("findings.csv", String::as_str);
        std::fs::write(path, as_csv(&report)).expect("the file can be written");
    }
    println!(
        "{n_rows} rows, {n_threads} threads: wall {:.3} s (chunks {confronted:.3}), cpu {:.2} s, {} findings, memory {memory} -> {} MB",
        before.elapsed().as_secs_f64(),
        cpu_seconds() - cpu,
        report.findings.all.len(),
        memory_mb(),
    );
}

/// Writes findings as the polars program does.
fn as_csv(report: &Report) -> String {
    let mut csv = "row,column,check\n".to_owned();
    for finding in &report.findings.all {
        let Some(cause) = report.findings.causes.get(finding.cause as usize) else { continue };
        let column = cause.variable.as_ref().map_or("", |variable| variable.as_str());
        let _ = writeln!(csv, "{},{column},{}", finding.row, cause.check);
    }
    csv
}

/// Returns the greatest memory so far.
fn memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Returns the processor time so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks =
        stat.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
