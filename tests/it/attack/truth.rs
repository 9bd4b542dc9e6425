//! The true counts of the sample data: what the attack is judged by, and what a partner knows of its own persons.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::Arc;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_disclose::{TableSpec, Tabulation};
use catalyse_intake::{Delivery, Options, Reader};
use catalyse_records::{Batch, BatchBuilder, Derivation, Event, Findings, Ledger, SourceIndex};
use catalyse_tabulate::{Caseload, tabulate};

use crate::repository::{manifest, read_bytes};
use crate::sample::deliveries;

/// Opens the study of the sample data.
pub(super) fn codebook() -> Codebook {
    Codebook::open(&SchemaFiles::bundled(), "integra").expect("the bundled study opens").codebook
}

/// Lists the tables of the report as its definition asks for them.
pub(super) fn specs() -> Vec<TableSpec> {
    let definition = manifest("reports/tendances.toml");
    let chapters = definition.get("chapter").and_then(toml::Value::as_array);
    let figures =
        chapters.into_iter().flatten().filter_map(|chapter| chapter.get("figure")?.as_array());
    let tables = figures.flatten().filter_map(|figure| figure.get("table")).cloned();
    tables
        .map(|table| table.try_into().expect("the definition is read by the program too"))
        .collect()
}

/// Counts tables of the sample data, as the program does before the gate.
pub(super) fn count(specs: &[TableSpec]) -> Vec<Tabulation> {
    let codebook = codebook();
    let batch = batch(&codebook);
    let caseload = Caseload::new(&codebook, &batch).expect("the sample data has records");
    specs.iter().map(|spec| tabulate(&caseload, spec).expect("the report counts it too")).collect()
}

/// Reads the deliveries of the sample data, of which no record has a hard finding.
fn batch(codebook: &Codebook) -> Batch {
    let reader = Reader::new(codebook, Options::default());
    let (mut builder, mut sources) = (BatchBuilder::new(), Vec::new());
    for path in deliveries("integra") {
        let before = sources.len() as u32;
        let mut bytes = Cursor::new(read_bytes(&path));
        let name = path.rsplit('/').next().unwrap_or(&path);
        let read = reader.read(Delivery { name, reader: &mut bytes }, &mut |event| {
            match event {
                Event::Sources(more) => sources.extend(more),
                Event::Chunk(mut chunk) => {
                    chunk.source = SourceIndex(chunk.source.0 + before);
                    builder.push(chunk);
                }
                Event::Unread(_) | Event::Joined(..) | Event::Findings(_) | Event::Ledger(_) => {}
            }
            ControlFlow::Continue(())
        });
        read.unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let batch = builder.finish(codebook, Arc::new(sources), Findings::default(), Ledger::default());
    let mut batch = batch.expect("the records of the sample data go together");
    for records in &mut batch.tables {
        let derivation =
            Derivation::open(codebook, records.table.clone()).expect("the study opens");
        records.frame = derivation.apply(&records.frame).expect("records have their columns");
    }
    batch
}
