//! Properties over generated records: sums, and one count for each population.

use std::collections::BTreeMap;
use std::fmt::Write;

use catalyse_codebook::Codebook;
use catalyse_disclose::{Population, Role, ShareOf, Tabulation, TestSubject, Unit};
use catalyse_records::Batch;
use catalyse_tabulate::{Caseload, tabulate};
use proptest::prelude::*;

use crate::study::{batch, codebook, spec};

/// One record: person, wave, partner, then a choice among the answers of each variable.
type Record = (u8, u8, u8, [u8; 8]);

const HEAD: &str = "person_id | round | office | age | gender | works | hours | licence | status | transport | health";
const ANSWERS: [&[&str]; 8] = [
    &["", "?refused", "17", "20", "40", "60"],
    &["", "?refused", "woman", "man", "other"],
    &["", "?refused", "?unknown", "oui", "non", "?to_check"],
    &["", "10", "20", "38"],
    &["", "?refused", "?illegible", "none", "provisional", "full"],
    &["", "?not_applicable", "employed", "unemployed", "inactive"],
    &["", "?refused", "car", "bus", "car bus", "car bus bike"],
    &["", "good", "fair", "bad"],
];

/// Every variable in rows and in columns, every wave, every kind.
fn specifications() -> Vec<String> {
    const AXES: [&str; 9] = [
        "gender",
        "works",
        "licence",
        "status",
        "transport",
        "health",
        "age_band",
        "partner",
        "target_groups",
    ];
    let mut specifications = Vec::new();
    for rows in AXES {
        for columns in AXES {
            specifications
                .push(format!("kind = \"cross\"; rows = \"{rows}\"; columns = \"{columns}\""));
        }
        for keys in [
            "",
            "; wave = \"first\"",
            "; wave = \"each\"; columns = \"wave\"",
            "; universe = \"age >= 20\"",
        ] {
            specifications.push(format!("kind = \"frequency\"; rows = \"{rows}\"{keys}"));
        }
        for kind in ["change", "transition"] {
            specifications.push(format!("kind = \"{kind}\"; rows = \"{rows}\""));
        }
        for value in ["hours", "age"] {
            specifications
                .push(format!("kind = \"summary\"; value = \"{value}\"; rows = \"{rows}\""));
        }
    }
    specifications.extend(["sector", "partner"].map(|rows| {
        format!(
            "kind = \"frequency\"; rows = \"{rows}\"; columns = \"partner\"; count = \"spells\""
        )
    }));
    specifications
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let record = (0..12_u8, 1..3_u8, 0..3_u8, any::<[u8; 8]>());
    prop::collection::vec(record, 1..40)
}

fn batch_of(codebook: &Codebook, records: &[Record]) -> Batch {
    let mut main = HEAD.to_owned();
    let mut spells = "person_id | round | office | sector".to_owned();
    for (person, wave, partner, choices) in records {
        let partner = ["north", "south", "east"][usize::from(*partner)];
        let _ = write!(main, "\nP{person} | w{wave} | {partner}");
        for (answers, choice) in ANSWERS.iter().zip(choices) {
            let _ = write!(main, " | {}", answers[usize::from(*choice) % answers.len()]);
        }
        let sector = ["farm", "shop", "?refused", ""][usize::from(choices[0]) % 4];
        let _ = write!(spells, "\nP{person} | w{wave} | {partner} | {sector}");
    }
    batch(codebook, &main, Some(&spells))
}

fn tables(codebook: &Codebook, records: &[Record]) -> Vec<Tabulation> {
    let batch = batch_of(codebook, records);
    let caseload = Caseload::new(codebook, &batch).expect("there is a record");
    let made = specifications().into_iter().enumerate().filter_map(|(number, keys)| {
        let mut spec = spec(&keys);
        spec.id = format!("t{number}");
        // A change needs two waves, and the records may be of one.
        tabulate(&caseload, &spec).ok()
    });
    made.collect()
}

/// Lists the lines of a table along one axis: the roles of the headings with the counts under them.
fn lines(table: &Tabulation) -> Vec<(bool, Vec<(Role, u64)>)> {
    let (rows, columns) = (&table.rows.headings, &table.columns.headings);
    let count = |row: usize, column: usize| table.cell(row, column).expect("a cell").count;
    let down = (0..columns.len()).map(|column| {
        let cells =
            rows.iter().enumerate().map(|(row, heading)| (heading.role, count(row, column)));
        (table.rows.is_exclusive, cells.collect())
    });
    let across = (0..rows.len()).map(|row| {
        let cells =
            columns.iter().enumerate().map(|(column, heading)| (heading.role, count(row, column)));
        (table.columns.is_exclusive, cells.collect())
    });
    down.chain(across).collect()
}

fn sum(line: &[(Role, u64)], role: Role) -> Option<u64> {
    let counts: Vec<u64> = line.iter().filter(|cell| cell.0 == role).map(|cell| cell.1).collect();
    (!counts.is_empty()).then(|| counts.iter().sum())
}

fn sums_hold(table: &Tabulation) -> Result<(), TestCaseError> {
    let is_summary = table.share_of == ShareOf::Nothing;
    for (is_exclusive, line) in lines(table) {
        let of = |role| sum(&line, role);
        let [categories, answered, missing, total] =
            [Role::Category, Role::Answered, Role::Missing, Role::Total].map(of);
        if let (true, Some(categories), Some(answered)) = (is_exclusive, categories, answered) {
            // Of a summary who has a value may lack the category.
            prop_assert!(categories == answered || (is_summary && categories < answered));
        }
        if let (Some(answered), Some(missing), Some(total)) = (answered, missing, total) {
            prop_assert_eq!(answered + missing, total, "{}", &table.id);
        }
        if let (true, Some(parts), Some(missing), Some(total)) =
            (is_exclusive, categories, missing, total)
        {
            prop_assert!(parts + missing == total || (is_summary && parts + missing < total));
        }
    }
    Ok(())
}

fn who_came_and_left_explains_the_change(table: &Tabulation) -> Result<(), TestCaseError> {
    for test in &table.tests {
        if let (Some(paired), TestSubject::Row { row, from, to }) = (&test.paired, test.subject) {
            let count = |column: usize| table.cell(row, column).expect("a cell").count;
            prop_assert_eq!(count(to) + paired.left.count, count(from) + paired.came.count);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_make_up_their_wholes_and_equal_populations_have_equal_counts(records in records()) {
        let mut counts: BTreeMap<(bool, Population), (u64, String)> = BTreeMap::new();
        for table in tables(&codebook(), &records) {
            sums_hold(&table)?;
            who_came_and_left_explains_the_change(&table)?;
            let paired = table.tests.iter().filter_map(|test| test.paired.as_ref());
            let moved = paired.flat_map(|paired| [&paired.came, &paired.left]);
            for cell in table.cells.iter().chain(moved) {
                prop_assert!(cell.persons <= cell.count);
                let key = (table.unit == Unit::Persons, cell.population.clone());
                let (count, first) = counts.entry(key).or_insert((cell.count, table.id.clone()));
                prop_assert_eq!(*count, cell.count, "{} and {}: {:?}", first, &table.id, &cell.population);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_changes_no_count(records in records()) {
        // Duplicates aside: of a person twice in a wave the first row counts.
        let once: BTreeMap<(u8, u8), Record> =
            records.into_iter().map(|record| ((record.0, record.1), record)).collect();
        let forwards: Vec<Record> = once.values().copied().collect();
        let backwards: Vec<Record> = once.values().rev().copied().collect();
        let codebook = codebook();
        let shown = |records: &[Record]| {
            tables(&codebook, records).iter().map(crate::shown::show).collect::<String>()
        };
        prop_assert_eq!(shown(&forwards), shown(&backwards));
    }
}
