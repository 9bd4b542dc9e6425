//! Checking from typed chunks: 10 000 and 100 000 rows; a million with `cargo bench --bench check -- million`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::num::NonZeroUsize;
use std::sync::Arc;

use catalyse_bench::{Faults, chunks, race_codebook};
use catalyse_check::{Checks, Confrontation};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

fn check(criterion: &mut Criterion) {
    let codebook = race_codebook().expect("the study of the race");
    criterion.bench_function("open", |bencher| {
        bencher.iter(|| Checks::open(&codebook).expect("the checks of the race"));
    });
    let checks = Checks::open(&codebook).expect("the checks of the race");
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let with_million = std::env::args().any(|word| word == "million");
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10);
    for n_rows in [10_000, 100_000, 1_000_000].into_iter().take(if with_million { 3 } else { 2 }) {
        group.throughput(Throughput::Elements(n_rows));
        let name = if n_rows == 1_000_000 { "million".to_owned() } else { n_rows.to_string() };
        let made: Vec<_> = chunks(&codebook, n_rows, 50_000, Faults::OneInAHundred).collect();
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || made.clone(),
                |chunks| {
                    let mut confrontation = Confrontation::new(&checks, Arc::default());
                    confrontation.chunks(chunks.into_iter(), threads).expect("the layout");
                    confrontation.finish()
                },
                BatchSize::LargeInput,
            );
        });
    }
}

criterion_group!(benches, check);
criterion_main!(benches);
