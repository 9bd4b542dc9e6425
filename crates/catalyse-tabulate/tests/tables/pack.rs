//! All tables of the bundled report, over invented persons, through the gate.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::Arc;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_disclose::{Policy, TableSpec, release_pack};
use catalyse_intake::Delivery;
use catalyse_locale::Language;
use catalyse_records::{Batch, BatchBuilder, Derivation, Event, Findings, Ledger};
use catalyse_simulate::{Hints, Options, simulate};
use catalyse_tabulate::{Caseload, tabulate};

/// Invents persons of a study and reads their deliveries.
fn invented(codebook: &Codebook, hints: &Hints) -> Batch {
    let options = Options { n_persons: 200, n_waves: 2, seed: 11, faults: false };
    let simulated = simulate(codebook, hints, &options).expect("the study can be invented");
    let mut builder = BatchBuilder::new();
    for file in &simulated.files {
        let mut reader = Cursor::new(&file.bytes);
        let delivery = Delivery { name: &file.path, reader: &mut reader };
        let mut take = |event| {
            if let Event::Chunk(chunk) = event {
                builder.push(chunk);
            }
            ControlFlow::Continue(())
        };
        catalyse_intake::read(codebook, delivery, &catalyse_intake::Options::default(), &mut take)
            .expect("the delivery can be read");
    }
    let sources = Arc::new(Vec::new());
    let findings = Findings::new(Arc::clone(&sources));
    let batch = builder.finish(codebook, sources, findings, Ledger::default());
    let mut batch = batch.expect("the layout of the tables");
    for records in &mut batch.tables {
        let derivation = Derivation::open(codebook, records.table.clone()).expect("it opens");
        records.frame = derivation.apply(&records.frame).expect("the layout of the table");
    }
    batch
}

/// Lists the tables of a report definition, and those of the partner editions.
fn specifications(report: &toml::Table) -> Vec<TableSpec> {
    let list = |value: Option<&toml::Value>| {
        value.and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let chapters = list(report.get("chapter"));
    let figures = chapters.iter().flat_map(|chapter| list(chapter.get("figure")));
    let mut tables: Vec<TableSpec> = figures
        .map(|figure| figure["table"].clone().try_into().expect("a specification"))
        .collect();
    let split = list(report["partner_edition"].get("figures"));
    let by_partner: Vec<TableSpec> = tables
        .iter()
        .filter(|table| split.iter().any(|name| name.as_str() == Some(&table.id)))
        .map(|table| TableSpec {
            id: format!("{}_by_partner", table.id),
            columns: Some("partner".into()),
            ..table.clone()
        })
        .collect();
    assert!(!by_partner.is_empty());
    tables.extend(by_partner);
    tables
}

#[test]
fn the_gate_takes_every_table_of_the_bundled_report() {
    let files = SchemaFiles::bundled();
    let codebook = Codebook::open(&files, "integra").expect("the study opens").codebook;
    let hints = files.get("integra/simulation.toml").map(Hints::parse);
    let batch = invented(&codebook, &hints.expect("there are hints").expect("they can be read"));
    let caseload = Caseload::new(&codebook, &batch).expect("records");
    let specs = specifications(&codebook.reports["tendances"]);
    let tables: Vec<_> = specs
        .iter()
        .map(|spec| {
            tabulate(&caseload, spec)
                .unwrap_or_else(|error| panic!("{}", error.message().say(Language::En)))
        })
        .collect();
    let pack = release_pack(tables, &Policy::partnership())
        .unwrap_or_else(|refusal| panic!("{}", refusal.message().say(Language::En)));
    assert_eq!(pack.releases.len(), specs.len());
    assert_eq!(pack.audit.n_failed, 0);
}
