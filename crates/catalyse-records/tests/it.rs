//! Deriving and assembling, through small studies and tables of text.

#![expect(clippy::expect_used, reason = "a helper that cannot go on stops the test")]

use std::sync::Arc;

use catalyse_codebook::{
    Answer, CodeScope, Codebook, FormName, MissingReason, Value, VariableName,
};
use catalyse_records::{
    BatchBuilder, Derivation, Findings, GrowingTable, Ledger, SourceIndex, Table, Unworkable,
    answers_of, chunk_of, with_main_columns,
};
use catalyse_testkit::{StudyText, batch, chunk};
use polars::prelude::*;

fn study() -> Codebook {
    StudyText::new()
        .list("bands", "young old")
        .variable("age integer")
        .variable("double integer; calculation = \"plus_one * 2\"")
        .variable("plus_one integer; calculation = \"age + 1\"")
        .variable("band select_one bands; calculation = \"CASE WHEN age < 26 THEN 'young' WHEN age >= 26 THEN 'old' END\"")
        .variable("works yes_no")
        .variable("hours integer; relevant = \"works\"; missing = [\"refused\"]")
        .form("spells", "repeat")
        .variable("length integer")
        .variable("is_long yes_no; calculation = \"length > 12\"")
        .open()
}

fn spells() -> Table {
    Table::Repeat(FormName::new("spells").expect("a slug"))
}

/// Writes columns as text: a line a row.
fn show(frame: &DataFrame, columns: &[&str]) -> String {
    let texts: Vec<Series> = columns
        .iter()
        .map(|name| match frame.column(name) {
            Ok(column) => column
                .as_materialized_series()
                .cast(&DataType::String)
                .expect("every column has a text"),
            Err(_) => Series::full_null((*name).into(), frame.height(), &DataType::String),
        })
        .collect();
    let row = |row| {
        let cells: Vec<String> = texts
            .iter()
            .map(|texts| texts.str().expect("texts").get(row).unwrap_or("-").to_owned())
            .collect();
        cells.join(" ")
    };
    (0..frame.height()).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_condition_sees_what_was_set_and_takes_the_rest_as_empty() {
    let codebook = study();
    let variable = |name: &str| {
        let name = VariableName::new(name).expect("a slug");
        codebook.variable(&name).expect("a variable of the study")
    };
    let mut table = GrowingTable::new(&codebook, Table::Main, 3);
    assert_eq!(table.truth("age > 20").expect("a condition"), [None, None, None]);
    let ages = [(Some(30), None), (None, Some(MissingReason::Refused)), (Some(20), None)];
    let ages = ages.into_iter().map(|(age, reason)| (age.map(Value::Integer), reason));
    table.set(variable("age"), ages).expect("three rows");
    assert_eq!(table.truth("age > 20").expect("a condition"), [Some(true), None, Some(false)]);
    let bands = table.work_out(variable("band"), "CASE WHEN age > 20 THEN 'old' END");
    assert!(bands.expect("a formula") == [Some(Answer::Code("old".to_owned())), None, None]);
    assert!(matches!(table.truth("aeg > 20"), Err(Unworkable::Faults(_))));
    let chunk = table.chunk().expect("a layout");
    let answers = answers_of(&codebook, &chunk.into()).expect("the layout of the table");
    let refused = answers.get(1).and_then(|row| row.get(&variable("age").name));
    assert!(refused == Some(&Answer::Missing(MissingReason::Refused)));
}

#[test]
fn calculations_follow_each_other_and_a_code_becomes_a_category() {
    let codebook = study();
    let derivation = Derivation::open(&codebook, Table::Main).expect("the study is right");
    let chunk = chunk(&codebook, &Table::Main, "person_id | age\np1 | 25\np2 | 26\np3 | ?unknown");
    let derived = derivation.apply(&chunk.frame).expect("the layout of the table");
    assert_eq!(
        show(&derived, &["age", "plus_one", "double", "band"]),
        "25 26 52 young\n26 27 54 old\n- - - -"
    );
    assert!(matches!(derived.column("band").expect("derived").dtype(), DataType::Enum(..)));
    let names = derived.get_column_names_owned();
    let layout: Vec<PlSmallStr> = derivation.layout.schema.iter_names_cloned().collect();
    assert_eq!(names[..layout.len()], layout, "the columns stay in the order of the layout");
    let again = derivation.apply(&derived).expect("the layout of the table");
    assert!(again.equals_missing(&derived), "deriving twice changes nothing");
}

#[test]
fn what_a_skip_leaves_out_is_not_applicable() {
    let codebook = study();
    let derivation = Derivation::open(&codebook, Table::Main).expect("the study is right");
    let table = "works | hours
                 oui   | 38
                 oui   |
                 non   |
                 non   | 38
                 non   | ?refused
                 non   | many
                       |";
    let chunk = chunk(&codebook, &Table::Main, table);
    let derived = derivation.apply(&chunk.frame).expect("the layout of the table");
    assert_eq!(
        show(&derived, &["hours", "hours_missing"]),
        "38 -\n- -\n- not_applicable\n38 -\n- not_applicable\n- to_check\n- -"
    );
}

#[test]
fn what_hangs_on_a_skipped_question_is_not_applicable_either() {
    // Written against the order asked: `second` reads `third`, which is asked after it.
    let codebook = StudyText::new()
        .variable("works yes_no")
        .variable("studies yes_no")
        .variable("second yes_no; relevant = \"is_many\"")
        .variable("is_many yes_no; calculation = \"first > 3\"")
        .variable("first integer; relevant = \"works\"")
        .variable("either yes_no; relevant = \"first > 3 OR studies\"")
        .variable("unless yes_no; relevant = \"NOT (second) AND first IS NOT NULL\"")
        .open();
    let derivation = Derivation::open(&codebook, Table::Main).expect("the study is right");
    let table = "works | studies | first
                 non   | non     |
                 non   |         |
                 non   | oui     |
                       |         |
                 oui   | non     |
                 oui   | non     | 5";
    let chunk = chunk(&codebook, &Table::Main, table);
    let derived = derivation.apply(&chunk.frame).expect("the layout of the table");
    let shown =
        show(&derived, &["first_missing", "second_missing", "either_missing", "unless_missing"]);
    let skipped = "not_applicable";
    assert_eq!(
        shown,
        [
            [skipped; 4].join(" "),
            [skipped, skipped, "-", skipped].join(" "),
            [skipped, skipped, "-", skipped].join(" "),
            "- - - not_applicable".to_owned(),
            "- - - not_applicable".to_owned(),
            "- - - -".to_owned(),
        ]
        .join("\n")
    );
    let again = derivation.apply(&derived).expect("the layout of the table");
    assert!(again.equals_missing(&derived), "deriving twice changes nothing");
}

#[test]
fn nothing_is_derived_of_nothing_and_no_empty_column_of_reasons_is_left() {
    let codebook = study();
    let derivation = Derivation::open(&codebook, Table::Main).expect("the study is right");
    for table in ["works | hours", "works | hours\noui | 38"] {
        let chunk = chunk(&codebook, &Table::Main, table);
        let derived = derivation.apply(&chunk.frame).expect("the layout of the table");
        assert_eq!(derived.width(), derivation.layout.schema.len());
        assert_eq!(derived.height(), chunk.frame.height());
    }
}

#[test]
fn a_repeat_derives_its_own_columns_only() {
    let codebook = study();
    let derivation = Derivation::open(&codebook, spells()).expect("the study is right");
    let chunk = chunk(&codebook, &spells(), "person_id | length\np1 | 12\np1 | 13\np1 |");
    let derived = derivation.apply(&chunk.frame).expect("the layout of the table");
    assert_eq!(show(&derived, &["person_id", "is_long"]), "p1 false\np1 true\np1 -");
}

#[test]
fn chunks_with_different_reasons_become_one_table() {
    let codebook = study();
    let parts = ["age | works\n1 | oui", "age | works\n?refused | non", "age | works\n | ?unknown"];
    let mut builder = BatchBuilder::new();
    for (part, index) in parts.iter().zip(0_u32..) {
        let mut chunk = chunk(&codebook, &Table::Main, part);
        chunk.source = SourceIndex(index);
        builder.push(chunk);
    }
    let sources = Arc::new(Vec::new());
    let findings = Findings::new(Arc::clone(&sources));
    let batch = builder
        .finish(&codebook, sources, findings, Ledger::default())
        .expect("the chunks have one layout");
    let main = batch.table(&Table::Main).expect("there are rows");
    assert_eq!(
        show(&main.frame, &["age", "age_missing", "works", "works_missing"]),
        "1 - true -\n- refused false -\n- - - unknown"
    );
    assert_eq!(main.sources, [0, 1, 2].map(SourceIndex));
    assert_eq!(main.rows, [2, 2, 2]);
    assert!(batch.table(&spells()).is_none());
}

#[test]
fn a_repeat_gets_columns_of_its_person_in_the_wave() {
    let codebook = study();
    let main =
        "person_id | wave | age\np1 | w1 | 20\np1 | w2 | 21\np2 | w1 | ?refused\np1 | w1 | 99";
    let repeat =
        "person_id | wave | length\np2 | w1 | 1\np1 | w2 | 2\np1 | w1 | 3\np9 | w1 | 4\n | w1 | 5";
    let batch = batch(&codebook, &[(Table::Main, main), (spells(), repeat)]);
    let frame = |table: &Table| &batch.table(table).expect("there are rows").frame;
    let wanted = [VariableName::new("age").expect("a slug")];
    let joined = with_main_columns(&codebook, frame(&spells()), frame(&Table::Main), &wanted)
        .expect("both tables have their keys");
    assert_eq!(
        show(&joined, &["length", "age", "age_missing", "works"]),
        "1 - refused -\n2 21 - -\n3 20 - -\n4 - - -\n5 - - -"
    );
    let mut kept = batch.clone();
    kept.tables[0].retain(|_, row| row != 3).expect("a mask of its length");
    kept.drop_episodes_without_record(&codebook).expect("both tables have their keys");
    let lengths = &kept.table(&spells()).expect("there are rows").frame;
    assert_eq!(show(lengths, &["person_id", "length"]), "p2 1\np1 3");
    kept.tables.remove(0);
    kept.drop_episodes_without_record(&codebook).expect("there is nothing to look up");
    assert_eq!(kept.tables[0].rows.len(), 2);
}

#[test]
fn where_codes_are_the_partners_own_an_episode_belongs_to_the_person_of_its_partner() {
    let mut codebook = study();
    let main = "person_id | wave | partner | age\np1 | w1 | north | 20\np1 | w1 | south | 30";
    let repeat = "person_id | wave | partner | length\np1 | w1 | south | 1\np1 | w1 | north | 2";
    let batch = batch(&codebook, &[(Table::Main, main), (spells(), repeat)]);
    let frame = |table: &Table| &batch.table(table).expect("there are rows").frame;
    let wanted = [VariableName::new("age").expect("a slug")];
    let ages = |codebook: &Codebook| {
        let joined = with_main_columns(codebook, frame(&spells()), frame(&Table::Main), &wanted);
        show(&joined.expect("both tables have their keys"), &["length", "age"])
    };
    assert_eq!(ages(&codebook), "1 20\n2 20");
    codebook.study.codes = CodeScope::Partner;
    assert_eq!(ages(&codebook), "1 30\n2 20");
}

#[test]
fn a_month_times_a_hundred_does_not_overflow() {
    // Polars gives months in eight bits, in which 9 × 100 would be −124 and every other age a year off.
    let codebook = StudyText::new()
        .variable("day_of_year integer; calculation = \"EXTRACT(MONTH FROM interview_date) * 100 + EXTRACT(DAY FROM interview_date)\"")
        .open();
    let derivation = Derivation::open(&codebook, Table::Main).expect("opens");
    let chunk =
        chunk(&codebook, &Table::Main, "interview_date\n02/09/2024\n31/12/2024\n01/01/2024");
    let derived = derivation.apply(&chunk.frame).expect("derives");
    assert_eq!(show(&derived, &["day_of_year"]), "902\n1231\n101");
}

#[test]
fn answers_become_the_same_columns_again() {
    let codebook = StudyText::new()
        .list("bands", "young old")
        .list("aids", "none ris other")
        .variable("age integer")
        .variable("income decimal")
        .variable("band select_one bands")
        .variable("aid select_multiple aids")
        .variable("works yes_no; missing = [\"refused\"]")
        .variable("begun partial_date")
        .variable("remark text")
        .open();
    let table = "person_id | age | income | band | aid | works | begun | remark
                 p1 | 25 | 12,5 | young | ris other | oui | 03/2024 | x
                 p2 | | | | | ?refused | 2024 |
                 p3 | 7 | 0 | old | none | non | 2024-03-02 | y";
    let batch = batch(&codebook, &[(Table::Main, table)]);
    let records = batch.table(&Table::Main).expect("the main table");
    let answers = answers_of(&codebook, records).expect("the layout of the table");
    let name = |text| VariableName::new(text).expect("a slug");
    assert!(answers[0].get(&name("band")) == Some(&Answer::Code("young".into())));
    assert!(answers[1].get(&name("works")) == Some(&Answer::Missing(MissingReason::Refused)));
    assert!(!answers[1].contains_key(&name("age")));
    let rows = answers.iter().zip(2..).map(|(answers, row)| (row, answers));
    let rows: Vec<_> = rows.collect();
    let chunk = chunk_of(&codebook, Table::Main, SourceIndex(0), rows.into_iter());
    let chunk = chunk.expect("the layout of the table");
    assert_eq!(chunk.rows, [2, 3, 4]);
    let mut builder = BatchBuilder::new();
    builder.push(chunk);
    let again = builder.finish(&codebook, Arc::default(), Findings::default(), Ledger::default());
    let again = again.expect("the layout of the table");
    let again = again.table(&Table::Main).expect("the main table");
    assert!(again.frame.equals_missing(&records.frame), "{:?}", again.frame.schema());
}

#[test]
fn what_is_divided_by_zero_has_no_value_and_a_reason() {
    let codebook = StudyText::new()
        .variable("rent decimal")
        .variable("rooms integer")
        .variable("each decimal; calculation = \"rent / rooms\"")
        .variable("both decimal; calculation = \"COALESCE(rent / rooms, 0) / 2\"")
        .open();
    let derivation = Derivation::open(&codebook, Table::Main).expect("opens");
    let table = "rent | rooms\n600 | 3\n600 | 0\n0 | 0\n600 |\n| 0";
    let chunk = chunk(&codebook, &Table::Main, table);
    let derived = derivation.apply(&chunk.frame).expect("derives");
    assert_eq!(
        show(&derived, &["each", "each_missing", "both", "both_missing"]),
        "200.0 - 100.0 -\n- to_check 0.0 -\n- to_check 0.0 -\n- - 0.0 -\n- to_check 0.0 -"
    );
    let again = derivation.apply(&derived).expect("the layout of the table");
    assert!(again.equals_missing(&derived), "deriving twice changes nothing");
}
