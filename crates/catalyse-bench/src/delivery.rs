//! Deliveries of any length: the same row number always gives the same cells.
//!
//! Clean rows satisfy every check of the race. One row in a hundred has one planted fault, or every row has one.

use std::fmt::Write;

use catalyse_codebook::{Codebook, ListIndex, MissingReason, RawCell, ReadAs};
use catalyse_records::{Chunk, ChunkBuilder, Layout, SourceIndex, Table};

/// The variables in the order of the columns.
pub const HEAD: [&str; 40] = [
    "person_id",
    "wave",
    "partner",
    "interview_date",
    "birth_date",
    "gender",
    "nationality",
    "area",
    "adults",
    "children",
    "household",
    "youngest",
    "tenure",
    "rent",
    "rooms",
    "damp",
    "heated",
    "licence",
    "access",
    "bus",
    "train",
    "minutes",
    "diploma",
    "diploma_year",
    "in_training",
    "training_hours",
    "french",
    "health",
    "ill",
    "limitation",
    "works",
    "status",
    "hours",
    "commute",
    "wage",
    "benefits",
    "income",
    "debts",
    "debt",
    "ends",
];

/// One fault a row: the variable and what stands in its place.
const FAULTS: [(&str, &str); 14] = [
    ("adults", "16"),
    ("adults", "deux"),
    ("gender", ""),
    ("interview_date", "15/03/2027"),
    ("birth_date", "31/02/1980"),
    ("licence", "avion"),
    ("household", "19"),
    ("income", "25000"),
    ("person_id", "again"),
    ("works", "peut-être"),
    ("youngest", "25"),
    ("diploma_year", "1930"),
    ("area", "99999"),
    ("commute", "301"),
];

/// Says how many rows have a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faults {
    /// One row in a hundred.
    OneInAHundred,
    /// Every row: a household that does not add up.
    EveryRow,
}

/// Draws numbers by a row's number: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % n
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let place = self.below(words.len() as u64) as usize;
        words.get(place).copied().unwrap_or_default()
    }

    fn yes(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "oui" } else { "non" }
}

/// Writes the cells of a row, counted from 0, in the order of [`HEAD`].
pub fn row(index: u64, faults: Faults) -> Vec<String> {
    let mut draw = Draw(index);
    let mut cells = clean_row(index, &mut draw);
    let fault = match faults {
        Faults::OneInAHundred if index > 3 && draw.below(100) == 0 => {
            FAULTS.get(draw.below(FAULTS.len() as u64) as usize)
        }
        Faults::OneInAHundred => None,
        Faults::EveryRow => FAULTS.get(6),
    };
    if let Some((variable, text)) = fault
        && let Some(place) = HEAD.iter().position(|head| head == variable)
        && let Some(cell) = cells.get_mut(place)
    {
        // Three rows before stands the same wave.
        *cell = if *text == "again" { person(index - 3) } else { (*text).to_owned() };
    }
    cells
}

fn person(index: u64) -> String {
    format!("p{index:08}")
}

fn clean_row(index: u64, draw: &mut Draw) -> Vec<String> {
    let wave = index % 3;
    let birth_year = 1950 + draw.below(54);
    let (adults, children) = (1 + draw.below(3), draw.below(4));
    let tenure = draw.one_of(&["1", "2", "3", "4", "5"]);
    let pays_rent = matches!(tenure, "2" | "3" | "4");
    let licence = draw.one_of(&["none", "theory", "prov", "full"]);
    let diploma = draw.one_of(&["none", "primary", "lower", "upper", "bachelor", "master"]);
    let in_training = draw.yes(15);
    let health = draw.one_of(&["1", "2", "3", "4", "5"]);
    let works = draw.yes(40);
    let earned = if works { 1500 + draw.below(1500) } else { 0 };
    let benefits = 600 + draw.below(600);
    let debts = draw.yes(30);
    let filled = |is_filled: bool, text: String| if is_filled { text } else { String::new() };
    let text = |words: &str| words.to_owned();
    vec![
        person(index),
        format!("w{}", wave + 1),
        text(draw.one_of(&["durbuy", "hotton", "la_roche", "rendeux", "erezee"])),
        format!("{:02}/04/{}", 1 + draw.below(28), 2024 + wave),
        format!("{:02}/{:02}/{birth_year}", 1 + draw.below(28), 1 + draw.below(12)),
        text(draw.one_of(&["F", "M", "X"])),
        text(draw.one_of(&["BE", "EU", "OTH"])),
        text(draw.one_of(&["83012", "83013", "83028", "83031", "83044"])),
        adults.to_string(),
        children.to_string(),
        (adults + children).to_string(),
        filled(children > 0, draw.below(11).to_string()),
        text(tenure),
        filled(pays_rent, format!("{},{:02}", 200 + draw.below(700), draw.below(100))),
        (4 + draw.below(4)).to_string(),
        text(yes_no(draw.yes(25))),
        text(yes_no(draw.yes(85))),
        text(licence),
        text(if licence == "none" { "2" } else { draw.one_of(&["1", "2"]) }),
        text(yes_no(draw.yes(50))),
        text(yes_no(draw.yes(20))),
        (3 + draw.below(57)).to_string(),
        text(diploma),
        filled(diploma != "none", (birth_year + 18).to_string()),
        text(yes_no(in_training)),
        filled(in_training, (1 + draw.below(38)).to_string()),
        text(draw.one_of(&["B1", "B2", "C"])),
        text(health),
        text(yes_no(draw.yes(30))),
        text(if health == "1" { "3" } else { draw.one_of(&["1", "2", "3"]) }),
        text(yes_no(works)),
        filled(works, text(draw.one_of(&["1", "2", "3"]))),
        filled(works, format!("{},5", 10 + draw.below(28))),
        filled(works, draw.below(90).to_string()),
        earned.to_string(),
        benefits.to_string(),
        (earned + benefits).to_string(),
        text(yes_no(debts)),
        filled(debts, (100 + draw.below(20_000)).to_string()),
        text(draw.one_of(&["1", "2", "3", "4"])),
    ]
}

/// Writes a row as a line of a CSV with semicolons.
pub fn line(index: u64, faults: Faults) -> String {
    let mut line = row(index, faults).join(";");
    let _ = writeln!(line);
    line
}

/// Makes the typed chunks of a delivery, through the real value types.
///
/// # Panics
/// The study of the race has no layout.
#[expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]
pub fn chunks(
    codebook: &Codebook,
    n_rows: u64,
    n_rows_a_chunk: u64,
    faults: Faults,
) -> impl Iterator<Item = Chunk> {
    let layout = Layout::new(codebook, Table::Main).expect("the study has a layout");
    (0..n_rows).step_by(n_rows_a_chunk as usize).map(move |from| {
        let rows = from..(from + n_rows_a_chunk).min(n_rows);
        chunk(codebook, &layout, rows, faults)
    })
}

#[expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]
fn chunk(
    codebook: &Codebook,
    layout: &Layout,
    rows: std::ops::Range<u64>,
    faults: Faults,
) -> Chunk {
    let variables: Vec<_> =
        layout.variables.iter().filter_map(|name| codebook.variable(name)).collect();
    let lists: Vec<_> =
        variables.iter().map(|one| codebook.list_of(one).map(ListIndex::new)).collect();
    let n_rows = (rows.end - rows.start) as usize;
    let mut builder = ChunkBuilder::new(codebook, layout, n_rows).expect("the lists are right");
    for index in rows {
        builder.begin_row(index as u32 + 2);
        for (place, cell) in row(index, faults).iter().enumerate() {
            let (Some(variable), Some(column)) = (variables.get(place), builder.column(place))
            else {
                continue;
            };
            if cell.is_empty() {
                column.push_missing(None);
                continue;
            }
            let list = lists.get(place).and_then(Option::as_ref);
            match variable.value_type.read(RawCell::Text(cell), ReadAs::default(), list) {
                Ok(value) => column.push_value(value),
                Err(_) => column.push_missing(Some(MissingReason::ToCheck)),
            }
        }
    }
    builder.finish(SourceIndex(0)).expect("every code is in its list")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use catalyse_check::{Checks, Confrontation};

    use super::{FAULTS, Faults, HEAD, chunks, row};
    use crate::race_codebook;

    fn n_findings(n_rows: u64, faults: Faults) -> usize {
        let codebook = race_codebook().expect("the study of the race");
        assert_eq!(codebook.variables(catalyse_codebook::Grain::PersonWave).count(), HEAD.len());
        let own = codebook.checks.iter().filter(|check| !check.id.as_str().contains('.'));
        assert_eq!(own.count(), 60);
        let checks = Checks::open(&codebook).expect("the checks of the race");
        let mut confrontation = Confrontation::new(&checks, Arc::default());
        for chunk in chunks(&codebook, n_rows, 1000, faults) {
            confrontation.chunk(chunk).expect("the layout of the table");
        }
        confrontation.finish().expect("a report").findings.all.len()
    }

    #[test]
    fn clean_rows_satisfy_every_check_and_every_fault_is_found() {
        let n_faulty = (0..4000)
            .filter(|index| {
                let mut clean = super::Draw(*index);
                row(*index, Faults::OneInAHundred) != super::clean_row(*index, &mut clean)
            })
            .count();
        assert!(n_faulty > FAULTS.len());
        // Some faults break several checks, two can only be seen by the reader: as many findings as faulty rows and more, but no flood.
        let n_found = n_findings(4000, Faults::OneInAHundred);
        assert!((n_faulty / 2..n_faulty * 4).contains(&n_found), "{n_found} of {n_faulty}");
        assert_eq!(n_findings(3, Faults::OneInAHundred), 0);
        assert_eq!(n_findings(1000, Faults::EveryRow), 1000);
    }
}
