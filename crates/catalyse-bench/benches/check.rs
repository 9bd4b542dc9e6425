//! Checking from typed chunks: 10 000, 100 000 and a million rows of 40 columns, 60 checks.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use catalyse_bench::{Faults, chunks, race_codebook};
use catalyse_check::{Checks, Confrontation};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

fn check(criterion: &mut Criterion) {
    let codebook = race_codebook().expect("the study of the race");
    criterion.bench_function("check/open", |bencher| {
        bencher.iter(|| Checks::open(&codebook).expect("the checks of the race"));
    });
    let checks = Checks::open(&codebook).expect("the checks of the race");
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(5));
    for n_rows in [10_000, 100_000, 1_000_000] {
        group.throughput(Throughput::Elements(n_rows));
        let made: Vec<_> = chunks(&codebook, n_rows, 50_000, Faults::OneInAHundred).collect();
        group.bench_function(n_rows.to_string(), |bencher| {
            bencher.iter_batched(
                || made.clone(),
                |chunks| {
                    let mut confrontation = Confrontation::new(&checks, Arc::default());
                    confrontation.chunks(chunks.into_iter(), threads).expect("the layout");
                    confrontation.finish().expect("the layout")
                },
                BatchSize::LargeInput,
            );
        });
    }
}

criterion_group!(benches, check);
criterion_main!(benches);
