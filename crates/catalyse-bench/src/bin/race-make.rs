//! Writes the delivery of the race: `race-make ROWS FILE [--every-row-wrong]`.

#![expect(clippy::disallowed_methods, reason = "it writes the file it is asked for")]

use std::io::{BufWriter, Write};

use catalyse_bench::{Faults, HEAD, line};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let n_rows = words.first().and_then(|rows| rows.parse().ok()).unwrap_or(1000);
    let path = words.get(1).map_or("delivery.csv", String::as_str);
    let is_all_wrong = words.iter().any(|word| word == "--every-row-wrong");
    let faults = if is_all_wrong { Faults::EveryRow } else { Faults::OneInAHundred };
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "{}", HEAD.join(";"))?;
    for index in 0..n_rows {
        file.write_all(line(index, faults).as_bytes())?;
    }
    file.flush()
}
