//! Tabulating: the caseload, then five tables, of 10 000, 100 000 and a million records.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use catalyse_bench::{Faults, chunks, race_codebook};
use catalyse_codebook::Codebook;
use catalyse_disclose::TableSpec;
use catalyse_records::{Batch, BatchBuilder, Findings, Ledger};
use catalyse_tabulate::{Caseload, tabulate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const TABLES: &str = r#"
table = [
    { id = "tenure", kind = "frequency", rows = "tenure", columns = "partner" },
    { id = "health", kind = "frequency", rows = "health", columns = "wave", wave = "each" },
    { id = "status", kind = "cross", rows = "status", columns = "diploma" },
    { id = "rent", kind = "summary", rows = "partner", value = "rent" },
    { id = "income", kind = "summary", rows = "gender", value = "income" },
]
"#;

fn batch(codebook: &Codebook, n_rows: u64) -> Batch {
    let mut builder = BatchBuilder::new();
    chunks(codebook, n_rows, 50_000, Faults::OneInAHundred).for_each(|chunk| builder.push(chunk));
    let sources = Arc::new(Vec::new());
    let findings = Findings::new(Arc::clone(&sources));
    builder.finish(codebook, sources, findings, Ledger::default()).expect("the layout")
}

fn specifications() -> Vec<TableSpec> {
    let file: toml::Table = TABLES.parse().expect("a table of tables");
    let tables = file.get("table").and_then(toml::Value::as_array).expect("a list").clone();
    tables.into_iter().map(|table| table.try_into().expect("a specification")).collect()
}

fn tables(criterion: &mut Criterion) {
    let codebook = race_codebook().expect("the study of the race");
    let specs = specifications();
    let mut group = criterion.benchmark_group("tabulate");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(5));
    for n_rows in [10_000, 100_000, 1_000_000] {
        let batch = batch(&codebook, n_rows);
        group.throughput(Throughput::Elements(n_rows));
        group.bench_function(n_rows.to_string(), |bencher| {
            bencher.iter(|| {
                let caseload = Caseload::new(&codebook, &batch).expect("records");
                for spec in &specs {
                    black_box(tabulate(&caseload, spec).expect("a table"));
                }
            });
        });
    }
}

criterion_group!(benches, tables);
criterion_main!(benches);
