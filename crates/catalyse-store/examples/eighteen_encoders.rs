//! How long a field takes to be saved with many records and many encoders at once: `cargo run --release --example eighteen_encoders -- STORE`.
//!
//! STORE is an address where there is no store yet. Further arguments: records (10000), encoders (18), fields each (200), pause between two
//! fields of one encoder in milliseconds (0: as fast as it goes).

use std::time::{Duration, Instant};

use catalyse_codebook::{Answer, Answers, Codebook, PartnerId, SchemaFiles, VariableName, WaveId};
use catalyse_store::{
    Author, DeliveredFile, Delivery, DraftId, Field, NewRecord, SaveField, Store, StoreError,
};
use jiff::Timestamp;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |index: usize, default: usize| {
        arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let url = arguments.get(1).ok_or("the address of a new store is missing")?.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(
        &url,
        number(2, 10_000),
        (number(3, 18), number(4, 200), number(5, 0)),
    ))
}

async fn measure(
    url: &str,
    n_records: usize,
    (n_encoders, n_fields, pause_ms): (usize, usize, usize),
) -> Result<(), Failure> {
    let opened = Codebook::open(&SchemaFiles::bundled(), "integra");
    let codebook = opened.map_err(|_| "the bundled study does not open")?.codebook;
    let author = Author::new("mesure", Timestamp::UNIX_EPOCH);
    let store = Store::create(url, &codebook, None, &author).await?;
    let began = now();
    store.accept(&delivery(n_records)?, &author).await?;
    say(&format!("{n_records} records accepted in {:.1} s", began.elapsed().as_secs_f64()));
    let began = now();
    let whole = store.verify().await?.is_whole();
    say(&format!("proven in {:.1} s: {whole}", began.elapsed().as_secs_f64()));
    let (partner, wave) = (PartnerId::new("durbuy")?, WaveId::new("w2")?);
    let mut encoders = Vec::new();
    for _ in 0..n_encoders {
        let opened = store.open_draft(&partner, &wave, None, &author);
        let draft = opened.await?.draft;
        encoders.push(tokio::spawn(encode(store.clone(), draft, (n_fields, pause_ms))));
    }
    let began = now();
    let mut waits = Vec::new();
    for encoder in encoders {
        waits.extend(encoder.await??);
    }
    waits.sort();
    let at = |share: usize| {
        waits
            .get((waits.len() * share / 100).min(waits.len() - 1))
            .map_or(0.0, Duration::as_secs_f64)
    };
    say(&format!(
        "{n_encoders} encoders, {} fields in {:.1} s: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        waits.len(),
        began.elapsed().as_secs_f64(),
        at(50) * 1e3,
        at(95) * 1e3,
        at(99) * 1e3
    ));
    Ok(())
}

async fn encode(
    store: Store,
    draft: DraftId,
    (n_fields, pause_ms): (usize, usize),
) -> Result<Vec<Duration>, StoreError> {
    let names = ["adults", "children", "stop_minutes", "housing_cost"];
    let names = names.map(VariableName::new);
    let mut waits = Vec::with_capacity(n_fields);
    for version in 0..n_fields {
        let Some(Ok(variable)) = names.get(version % names.len()) else { continue };
        let save = SaveField {
            draft,
            field: Field { form: None, number: 0, variable: variable.clone() },
            answer: i64::try_from(version).ok().map(Answer::Integer),
            seen: version as u64,
            author: Author::new("marie", Timestamp::UNIX_EPOCH),
        };
        let began = now();
        store.save_field(save).await?;
        waits.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(pause_ms as u64)).await;
    }
    Ok(waits)
}

fn delivery(n_records: usize) -> Result<Delivery, Failure> {
    let record = |index: usize| -> Result<NewRecord, Failure> {
        let mut answers = Answers::new();
        for name in ["adults", "children", "stop_minutes", "housing_cost", "diploma_year"] {
            answers.insert(VariableName::new(name)?, Answer::Integer(i64::try_from(index % 50)?));
        }
        for name in ["tenure", "health", "licence", "diploma", "household_type", "ends_meet"] {
            answers.insert(VariableName::new(name)?, Answer::Code("1".into()));
        }
        Ok(NewRecord {
            form: None,
            wave: WaveId::new("w1")?,
            partner: PartnerId::new("durbuy")?,
            person: Some(format!("P{index}")),
            number: 0,
            answers,
            place: format!("mesure.csv!{index}"),
            findings: Vec::new(),
        })
    };
    let records = (0..n_records).map(record).collect::<Result<Vec<_>, _>>()?;
    let files = vec![DeliveredFile::of("mesure.csv", b"mesure")];
    Ok(Delivery { files, rows_read: n_records as u64, records, ..Delivery::default() })
}

#[expect(clippy::print_stdout, reason = "what is measured is the result")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::disallowed_methods, reason = "time is what is measured here")]
fn now() -> Instant {
    Instant::now()
}
