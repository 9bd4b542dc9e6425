//! Reading a CSV from its bytes to typed chunks: 10 000, 100 000 and a million rows of 40 columns.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::io::Cursor;
use std::ops::ControlFlow;
use std::time::Duration;

use catalyse_bench::{Faults, HEAD, line, race_codebook};
use catalyse_intake::{Delivery, Options, Reader};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn intake(criterion: &mut Criterion) {
    let codebook = race_codebook().expect("the study of the race");
    let options = Options { n_threads: 2, ..Options::default() };
    criterion.bench_function("intake/open", |bencher| {
        bencher.iter(|| Reader::new(&codebook, options.clone()));
    });
    let reader = Reader::new(&codebook, options.clone());
    let mut group = criterion.benchmark_group("intake");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(5));
    for n_rows in [10_000, 100_000, 1_000_000] {
        let head = HEAD.join(";") + "\n";
        let rows = (0..n_rows).map(|index| line(index, Faults::OneInAHundred));
        let text: String = [head].into_iter().chain(rows).collect();
        group.throughput(Throughput::Elements(n_rows));
        group.bench_function(n_rows.to_string(), |bencher| {
            bencher.iter(|| {
                let mut file = Cursor::new(text.as_bytes());
                let delivery = Delivery { name: "race.csv", reader: &mut file };
                let read = reader.read(delivery, &mut |_| ControlFlow::Continue(()));
                read.expect("a table");
            });
        });
    }
}

criterion_group!(benches, intake);
criterion_main!(benches);
