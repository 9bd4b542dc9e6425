//! What must not pass without a word: codes that are none, rows that read like sums, hours among days, mappings that fit no column.

use catalyse_codebook::VariableName;
use catalyse_intake::Options;
use catalyse_locale::Language;

use crate::reading::workbook::{ods, pack, rows, xlsx};
use crate::reading::{outcome_of, outcome_with, try_read};

#[test]
fn a_word_in_place_of_a_code_is_no_person() {
    for word in ["inconnu", "NC", "NSP", "x", "XXX", "-", "0", "..."] {
        let text = format!("person_id;rooms;rent\n{word};2;3\nP2;1;2\n");
        assert_eq!(
            outcome_of("nord-v1.csv", text.as_bytes()),
            "3: person_id=P2 wave=w1 partner=nord rooms=1 rent=2.0\n\
             nord-v1.csv!A2 person_id.required Hard\n\
             CSV, UTF-8, « ; », header in row 1: read 2, kept 1, blank 0, 1 a word in place of the person code [2]\n",
            "{word}"
        );
    }
}

#[test]
fn a_row_with_a_whole_record_is_no_row_of_totals() {
    let text = "person_id;wave;interview_date;rooms;tenure\n\
                Total-1;w1;02/03/2024;2;owner\n\
                SOMME;w1;02/03/2024;2;owner\n\
                Total;w1;;412;\n\
                Total;52;52;412;52\n";
    assert_eq!(
        outcome_of("nord.csv", text.as_bytes()),
        "2: person_id=Total-1 wave=w1 partner=nord interview_date=2024-03-02 rooms=2 tenure=owner\n\
         3: person_id=SOMME wave=w1 partner=nord interview_date=2024-03-02 rooms=2 tenure=owner\n\
         CSV, UTF-8, « ; », header in row 1: read 4, kept 2, blank 0, 2 row of totals [4, 5]\n"
    );
}

#[test]
fn an_hour_is_no_day() {
    let hour = "this is a time, not a date; write day, month and year";
    let data = rows(1, &[&["person_id", "interview_date", "rooms"]]);
    let data = format!(
        "{data}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>P1</v></c><c r=\"B2\" s=\"1\"><v>0.43</v></c><c r=\"C2\"><v>2</v></c></row>"
    );
    let table = "<table:table table:name=\"a\"><table:table-row><table:table-cell><text:p>person_id</text:p></table:table-cell><table:table-cell><text:p>interview_date</text:p></table:table-cell><table:table-cell><text:p>rooms</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>P1</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"1899-12-30T10:20:00\"><text:p>10:20</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell></table:table-row></table:table>";
    for (name, bytes) in
        [("nord-v1.xlsx", xlsx(&[("a", "visible", &data)])), ("nord-v1.ods", ods(table))]
    {
        let outcome = try_read(name, &bytes, &Options::default()).expect("a workbook");
        let text = outcome.to_text();
        let expected =
            "2: person_id=P1 wave=w1 partner=nord rooms=2 interview_date_missing=to_check\n";
        assert!(text.starts_with(expected), "{text}");
        let says = outcome.findings.causes.iter().map(|cause| cause.message.say(Language::En));
        assert_eq!(
            says.collect::<Vec<_>>(),
            [format!("`Date of the interview`: {hour}.")],
            "{name}"
        );
    }
}

#[test]
fn a_head_of_the_mapping_that_no_column_has_is_told_with_the_nearest() {
    let mut options = Options::default();
    let rooms = VariableName::new("rooms").expect("a slug");
    options.mapping.insert("Chambre".to_owned(), rooms.clone());
    options.mapping.insert("loyer".to_owned(), VariableName::new("rent").expect("a slug"));
    let outcome = try_read("nord-v1.csv", b"person_id;chambres;Loyer (EUR)\nP1;2;3\n", &options);
    let outcome = outcome.expect("a table");
    let says = outcome.findings.causes.iter().filter_map(|cause| {
        let is_of_mapping = cause.check.as_str() == "file.mapping-unused";
        is_of_mapping.then(|| cause.message.say(Language::En))
    });
    assert_eq!(
        says.collect::<Vec<_>>(),
        [
            "Mapping: no column of this file is called `Chambre`. The nearest head: `chambres`. Correct the head in the file of the mapping; nothing to do if the line is for another file."
        ]
    );
    let text = outcome_with("nord-v1.csv", b"person_id;chambre;rent\nP1;2;3\n", &options);
    assert!(text.contains("rooms=2") && text.contains("mapping-unused"), "{text}");
}

#[test]
fn a_table_in_one_column_is_told_so() {
    let refused = "refused: the whole table stands in one column: each row is one cell, with its « , » inside.";
    let text = b"\"person_id,rooms,rent,note\"\r\n\"P1,2,3,\"\r\n\"P2,2,3,\"\r\n";
    let data = rows(1, &[&["person_id,rooms,rent,note"], &["P1,2,3,"]]);
    for (name, bytes) in [("x.csv", text.to_vec()), ("x.xlsx", xlsx(&[("a", "visible", &data)]))] {
        let outcome = outcome_of(name, &bytes);
        assert!(outcome.starts_with(refused), "{outcome}");
    }
}

#[test]
fn what_holds_nothing_is_told_to_be_empty() {
    let empty = "refused: the file is empty. Ask the partner to send it again.\n";
    let nothing = xlsx(&[("a", "visible", ""), ("b", "visible", "<row r=\"3\"/>")]);
    assert_eq!(outcome_of("x.xlsx", &nothing), empty);
    assert_eq!(outcome_of("x.ods", &ods("<table:table table:name=\"a\"/>")), empty);
    assert_eq!(outcome_of("x.csv", b"\xEF\xBB\xBF"), empty);
    assert_eq!(outcome_of("x.csv", b"\xEF\xBB\xBF;;;\r\n;;;\r\n"), empty);
    let zip = pack(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]);
    let outcome = outcome_of("x.ods", &zip);
    assert!(outcome.starts_with("refused: this is a workbook without content"), "{outcome}");
}

#[test]
fn sheets_that_contradict_each_other_are_told_at_the_cell() {
    let persons: &[&[&str]] = &[
        &["person_id", "born", "spoken"],
        &["P1", "1990", "car"],
        &["P2", "1985", "bus"],
        &["P3", "vers 1970", ""],
        &["P4", "1960", ""],
    ];
    let situations: &[&[&str]] = &[
        &["person_id", "wave", "partner", "born", "spoken", "rooms"],
        &["P1", "w1", "nord", "1990", "car", "2"],
        &["P2", "w1", "nord", "1958", "car|bus", "2"],
        &["P3", "w1", "nord", "1970", "bus", "2"],
    ];
    let bytes = xlsx(&[
        ("Personnes", "visible", &rows(1, persons)),
        ("Situations", "visible", &rows(1, situations)),
    ]);
    let text = outcome_of("x.xlsx", &bytes);
    let found: Vec<&str> = text.lines().filter(|line| line.starts_with("x.xlsx")).collect();
    assert_eq!(
        found,
        [
            "x.xlsx!Personnes!B4 born.type Soft",
            "x.xlsx!Personnes!A5 person_id.person-without-record Soft",
            "x.xlsx!Situations!D3 born.sheets-differ Soft",
            "x.xlsx!Situations!E3 spoken.sheets-differ Soft",
        ]
    );
}
