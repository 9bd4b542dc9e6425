//! What a reader of the report would see: findings at their places, whatever the order of rows, chunks and threads.

use std::num::NonZeroUsize;
use std::sync::Arc;

use catalyse_codebook::{Codebook, FormName};
use catalyse_locale::Language;
use catalyse_records::{Chunk, Table};
use catalyse_testkit::{StudyText, chunk, source};
use polars::prelude::IdxCa;
use proptest::prelude::*;

use crate::trial::{confront, confront_tables, open, try_it};
use crate::{Confrontation, Report};

fn study() -> Codebook {
    StudyText::new()
        .list("licences", "none provisional full")
        .variable("age integer")
        .variable("works yes_no")
        .variable("hours integer; relevant = \"works\"; required = true; missing = [\"refused\"]")
        .variable("licence select_one licences")
        .variable("entry partial_date")
        .variable("end partial_date")
        .variable("adults integer")
        .variable("children integer")
        .variable("household integer")
        .variable("retired yes_no; calculation = \"age >= 65\"")
        .check("one-record", "unique", "person_id wave", "")
        .check("age-possible", "range", "age", "min = 15; max = 99")
        .check("grown-up", "one-of", "licence", "codes = [\"none\"]; when = \"age < 18\"")
        .check("dates", "order", "entry end", "")
        .check("household", "sum", "adults children", "total = \"household\"")
        .check("hours-far", "outlier", "hours", "limit = 3")
        .check("no-work", "expression", "works", "when = \"retired\"; assert = \"NOT works\"")
        .form("spells", "repeat")
        .variable("number integer")
        .check("its-person", "reference", "person_id", "to = \"situation.person_id\"")
        .open()
}

/// Writes what was found: place, check and sentence.
fn say(report: &Report) -> Vec<String> {
    let findings = &report.findings;
    let said = findings.all.iter().filter_map(|finding| {
        let cause = findings.causes.get(finding.cause as usize)?;
        let place = findings.place(finding).address();
        Some(format!("{place} {} {}", cause.check, cause.message.say(Language::En)))
    });
    said.collect()
}

const HEAD: &str =
    "person_id|wave|partner|age|works|hours|licence|entry|end|adults|children|household";

fn clean(n: u32) -> Vec<String> {
    (0..n)
        .map(|i| format!("p{i}|w1|north|{}|oui|{}|full|2020|03/2021|2|1|3", 20 + i, 30 + i % 9))
        .collect()
}

#[test]
fn every_planted_fault_is_found_at_its_place_and_nothing_else() {
    let mut rows = clean(20);
    let mut plant = |row: usize, cell: usize, text: &str| {
        let mut cells: Vec<&str> = rows[row].split('|').collect();
        cells[cell] = text;
        rows[row] = cells.join("|");
    };
    plant(0, 3, "14");
    plant(0, 6, "none");
    plant(2, 0, "p1");
    plant(3, 3, "16");
    plant(4, 7, "2022");
    plant(5, 11, "4");
    plant(6, 5, "99");
    plant(7, 3, "65");
    plant(8, 5, "");
    plant(9, 4, "non");
    plant(10, 5, "?refused");
    plant(11, 5, "?unknown");
    plant(12, 1, "");
    let main = format!("{HEAD}\n{}", rows.join("\n"));
    let spells = Table::Repeat(FormName::new("spells").expect("a slug"));
    let repeat = "person_id|wave|partner|number\np0|w1|north|1\np2|w1|north|1";
    let report = confront_tables(&study(), &[(Table::Main, &main), (spells, repeat)]);
    let found: Vec<String> = say(&report)
        .into_iter()
        .filter(|line| !line.contains("interview_date"))
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        found,
        [
            "test.csv!D2 age-possible",
            "test.csv!A3 one-record",
            "test.csv!A4 one-record",
            "test.csv!G5 grown-up",
            "test.csv!H6 dates",
            "test.csv!J7 household",
            "test.csv!F8 hours-far",
            "test.csv!E9 no-work",
            "test.csv!F10 hours.required",
            "test.csv!F11 hours.skip",
            "test.csv!F13 hours.required",
            "test.csv!B14 wave.required",
            "test.csv!A3 its-person",
        ]
    );
}

#[test]
fn a_message_names_the_variable_and_the_bounds_in_both_languages() {
    let text = r#"[[check]]
id = "age-possible"
kind = "range"
form = "situation"
variables = ["age"]
severity = "hard"
min = 15
max = 99.5
message = { fr = "« { $label } » va de { $min } à { $max }.", en = "`{ $label }` is from { $min } to { $max }." }
"#;
    let codebook = StudyText::new().variable("age integer").checks(text).open();
    let report = confront(&codebook, "age\n3");
    let cause = report
        .findings
        .causes
        .iter()
        .find(|cause| cause.check.as_str() == "age-possible")
        .expect("a finding");
    assert_eq!(cause.message.say(Language::Fr), "« age » va de 15 à 99,5.");
    assert_eq!(cause.message.say(Language::En), "`age` is from 15 to 99.5.");
}

#[test]
fn a_column_that_a_source_lacks_is_one_finding() {
    let codebook =
        StudyText::new().variable("age integer; required = true").variable("works yes_no").open();
    let rows = "|w1|oui\n".repeat(3);
    let report = confront(&codebook, &format!("partner|wave|works\n{rows}"));
    let found: Vec<String> =
        say(&report).into_iter().filter(|line| !line.contains("partner")).collect();
    assert_eq!(
        found,
        [
            "test.csv age.column-missing no column gives `age` (`age`). Add the column, or say which one it is in the mapping of columns",
            "test.csv interview_date.column-missing no column gives `interview_date` (`interview_date`). Add the column, or say which one it is in the mapping of columns",
            "test.csv person_id.column-missing no column gives `person_id` (`person_id`), without which no record can be filed. Add the column, or say which one it is in the mapping of columns",
        ]
    );
}

#[test]
fn a_source_without_rows_lacks_nothing() {
    let report = confront(&study(), HEAD);
    assert!(report.findings.all.is_empty());
    assert!(report.outcomes.iter().all(|outcome| outcome.tally == crate::Tally::default()));
}

/// Cuts a chunk in pieces of some rows.
fn pieces(chunk: &Chunk, n_rows: usize) -> Vec<Chunk> {
    (0..chunk.rows.len())
        .step_by(n_rows)
        .map(|from| Chunk {
            table: chunk.table.clone(),
            source: chunk.source,
            rows: chunk.rows.iter().skip(from).take(n_rows).copied().collect(),
            frame: chunk.frame.slice(i64::try_from(from).expect("few rows"), n_rows),
        })
        .collect()
}

fn shuffled(chunk: &Chunk, keys: &[u32]) -> Chunk {
    let mut order: Vec<u32> = (0..chunk.rows.len() as u32).collect();
    order.sort_by_key(|index| keys.get(*index as usize).copied().unwrap_or_default());
    let rows = order.iter().map(|index| chunk.rows[*index as usize]).collect();
    let frame = chunk.frame.take(&IdxCa::from_vec("".into(), order)).expect("indices of rows");
    Chunk { rows, frame, ..chunk.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn findings_depend_neither_on_the_order_of_rows_nor_on_chunks_nor_on_threads(
        rows in prop::collection::vec((0..6_u8, 10..70_u8, 0..3_u8, 0..50_u8, 0..3_u8), 1..40),
        keys in prop::collection::vec(any::<u32>(), 40),
        n_rows in 1..12_usize,
    ) {
        let lines: Vec<String> = rows
            .iter()
            .map(|(person, age, works, hours, licence)| {
                let works = ["oui", "non", ""][usize::from(*works)];
                let licence = ["none", "full", ""][usize::from(*licence)];
                format!("p{person}|w1|north|{age}|{works}|{hours}|{licence}|2020|2019|2|1|3")
            })
            .collect();
        let text = format!("{HEAD}\n{}", lines.join("\n"));
        let codebook = study();
        let checks = open(&codebook);
        let whole = chunk(&codebook, &Table::Main, &text);
        let sources = Arc::new(vec![source(&text)]);
        let mut one = Confrontation::new(&checks, Arc::clone(&sources));
        one.chunk(whole.clone()).expect("the layout of the table");
        let mut other = Confrontation::new(&checks, sources);
        let two = NonZeroUsize::new(2).expect("two");
        other
            .chunks(pieces(&shuffled(&whole, &keys), n_rows).into_iter(), two)
            .expect("the layout of the table");
        let (one, other) = (one.finish().expect("a report"), other.finish().expect("a report"));
        prop_assert_eq!(say(&one), say(&other));
        prop_assert_eq!(one.findings.causes, other.findings.causes);
        prop_assert_eq!(one.outcomes, other.outcomes);
    }
}

#[test]
fn an_absent_column_leaves_the_other_variables_of_a_check_to_be_judged() {
    let keys = [
        ("required", ""),
        ("range", "min = 0; max = 10"),
        ("skip", "unless = \"z > 0\""),
        ("range", "max = \"b\""),
        ("required", "when = \"b IS NULL\""),
    ];
    let outcomes = keys.map(|(kind, keys)| {
        let study = StudyText::new()
            .variable("a integer")
            .variable("b integer")
            .variable("z integer")
            .check("it", kind, "a b", keys);
        try_it(study, "person_id | a | z\np1 | | 1\np2 | 99 | 0")
    });
    assert_eq!(
        outcomes,
        [
            "B2: 1 satisfied, 1 violated, 0 lacking",
            "B3: 0 satisfied, 1 violated, 1 lacking",
            "B3: 1 satisfied, 1 violated, 0 lacking",
            ": 0 satisfied, 0 violated, 2 lacking",
            ": 0 satisfied, 0 violated, 2 lacking",
        ]
    );
}
