//! What the generator writes is read as partners' files are, and checked: clean data show nothing, faulty data each fault at its cell.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "the committed sample data are read"
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use catalyse_check::{Checks, Confrontation};
use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_intake::{Delivery, Options};
use catalyse_records::{Chunk, Event, Findings, Source, SourceIndex};

/// Holds all deliveries of a folder, read.
#[derive(Default)]
struct Read {
    sources: Vec<Source>,
    chunks: Vec<Chunk>,
    findings: Vec<Findings>,
    n_kept: u64,
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-data").join(name)
}

fn files(name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder(name)).expect("the folder exists");
    let names =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| name != "verite.csv" && name != "README.md").collect();
    names.sort();
    names
}

fn read(codebook: &Codebook, name: &str) -> Read {
    let mut all = Read::default();
    for file in files(name) {
        let bytes = std::fs::read(folder(name).join(&file)).expect("the file can be read");
        let first = all.sources.len() as u32;
        let mut reader = Cursor::new(bytes);
        let delivery = Delivery { name: &file, reader: &mut reader };
        let mut take = |event| {
            match event {
                Event::Sources(sources) => all.sources.extend(sources),
                Event::Chunk(mut chunk) => {
                    chunk.source = SourceIndex(chunk.source.0 + first);
                    all.chunks.push(chunk);
                }
                Event::Unread(_) | Event::Joined(..) => {}
                Event::Findings(findings) => all.findings.push(findings),
                Event::Ledger(ledger) => {
                    assert!(ledger.entries.iter().all(catalyse_records::LedgerEntry::is_balanced));
                    all.n_kept += ledger.entries.iter().map(|entry| entry.rows_kept).sum::<u64>();
                }
            }
            ControlFlow::Continue(())
        };
        catalyse_intake::read(codebook, delivery, &Options::default(), &mut take)
            .unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    all
}

/// Lists every finding: place, variable and check.
fn found(codebook: &Codebook, read: &Read) -> BTreeSet<String> {
    let checks = Checks::open(codebook).unwrap_or_else(|_| panic!("the checks open"));
    let mut confrontation = Confrontation::new(&checks, Arc::new(read.sources.clone()));
    for chunk in &read.chunks {
        confrontation.chunk(chunk.clone()).expect("the layout of the table");
    }
    let report = confrontation.finish().expect("the layout of the table");
    let mut lines = BTreeSet::new();
    for findings in read.findings.iter().chain([&report.findings]) {
        for finding in &findings.all {
            let cause = &findings.causes[finding.cause as usize];
            lines.insert(format!("{} {}", findings.place(finding).address(), cause.check));
        }
    }
    lines
}

fn integra() -> Codebook {
    let opened = Codebook::open(&SchemaFiles::bundled(), "integra");
    opened.expect("the study opens").codebook
}

#[test]
fn clean_data_show_nothing_but_what_partners_add_of_their_own() {
    let codebook = integra();
    let read = read(&codebook, "integra");
    let about_files = ["file.column-unknown", "file.sheet-hidden"];
    let lines = found(&codebook, &read);
    let other: Vec<&String> = lines
        .iter()
        .filter(|line| !about_files.iter().any(|check| line.ends_with(check)))
        .collect();
    assert!(other.is_empty(), "{} findings: {:#?}", other.len(), &other[..other.len().min(40)]);
    assert!(read.n_kept > 2_000);
}

#[test]
fn every_planted_fault_is_found_at_its_place_and_nothing_else() {
    let codebook = integra();
    let truth = std::fs::read_to_string(folder("faulty").join("verite.csv")).expect("the truth");
    let wanted: BTreeSet<String> = truth
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let sheet = if cells[1].is_empty() { String::new() } else { format!("!{}", cells[1]) };
            format!("{}{sheet}!{} {}", cells[0], cells[2], cells[4])
        })
        .collect();
    let shown = found(&codebook, &read(&codebook, "faulty"));
    let mut difference = String::new();
    for line in wanted.difference(&shown) {
        let _ = writeln!(difference, "not found: {line}");
    }
    for line in shown.difference(&wanted) {
        let _ = writeln!(difference, "not planted: {line}");
    }
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn odd_files_are_read_or_refused_as_their_readme_says() {
    let codebook = integra();
    let mut wrong = String::new();
    for odd in catalyse_simulate::odd_files().expect("the files can be packed") {
        let mut reader = Cursor::new(odd.bytes);
        let delivery = Delivery { name: odd.path, reader: &mut reader };
        let mut take = |_: Event| ControlFlow::Continue(());
        let answer = catalyse_intake::read(&codebook, delivery, &Options::default(), &mut take);
        if answer.is_ok() != odd.is_readable {
            let _ = writeln!(wrong, "{}: {answer:?}", odd.path);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
