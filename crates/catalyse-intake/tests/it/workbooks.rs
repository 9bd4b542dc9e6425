//! Workbooks as partners send them, and as nobody should.

use catalyse_codebook::{VariableName, WaveId};
use catalyse_intake::Options;
use catalyse_locale::Language;
use catalyse_records::Cause;

use crate::reading::workbook::{ods, pack, rows, xlsx, xlsx_with};
use crate::reading::{outcome_of, try_read};

const HEADER: &[&str] = &["person_id", "interview_date", "rooms", "rent", "note"];

/// Makes a sheet of the header in row 1 and the XML of one row.
fn one_row(cells: &str) -> Vec<u8> {
    let data = format!(
        "{}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>P1</v></c>{cells}</row>",
        rows(1, &[HEADER])
    );
    xlsx(&[("nord vague 1", "visible", &data)])
}

#[test]
fn cells_of_every_kind_are_read() {
    let bytes = one_row(
        "<c r=\"B2\" s=\"1\"><v>45353</v></c><c r=\"C2\" t=\"str\"><v>4\u{a0}</v></c><c r=\"D2\"><f>1+2</f><v>612.49999999999994</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>",
    );
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "2: person_id=P1 wave=w1 partner=nord interview_date=2024-03-02 rooms=4 rent=612.5 note=true\n\
         XLSX, header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn dates_count_from_1904_where_the_workbook_says_so() {
    let data = format!(
        "{}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>P1</v></c><c r=\"B2\" s=\"1\"><v>43891</v></c></row>",
        rows(1, &[HEADER])
    );
    let bytes =
        xlsx_with(&[("nord vague 1", "visible", &data)], "<workbookPr date1904=\"1\"/>", &[]);
    assert_eq!(
        outcome_of("x.xlsx", &bytes).lines().next(),
        Some("2: person_id=P1 wave=w1 partner=nord interview_date=2024-03-02")
    );
}

#[test]
fn error_cells_and_formulas_without_a_result_are_findings_at_their_place() {
    let bytes = one_row("<c r=\"C2\" t=\"e\"><v>#DIV/0!</v></c><c r=\"D2\"><f>C2*2</f></c>");
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "2: person_id=P1 wave=w1 partner=nord rooms_missing=to_check\n\
         x.xlsx!nord vague 1!D2 file.formula-without-value Soft\n\
         x.xlsx!nord vague 1!C2 rooms.type Soft\n\
         unread 2 rooms: \"#DIV/0!\"\n\
         XLSX, header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn a_sheet_of_formulas_that_were_never_calculated_says_so() {
    let data = format!(
        "{}<row r=\"2\"><c r=\"A2\"><f>Z9</f></c><c r=\"C2\"><f>1+1</f></c></row>",
        rows(1, &[HEADER])
    );
    let bytes = xlsx(&[("nord vague 1", "visible", &data)]);
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "x.xlsx!nord vague 1 file.without-record Soft\n\
         x.xlsx!nord vague 1!A2 file.formula-without-value Soft\n\
         x.xlsx!nord vague 1!C2 file.formula-without-value Soft\n\
         XLSX, header in row 1: read 0, kept 0, blank 1\n"
    );
    let outcome = try_read("x.xlsx", &bytes, &Options::default()).expect("a workbook");
    let says = |cause: &Cause| cause.message.say(Language::En).contains("(2 cells)");
    assert!(outcome.findings.causes.iter().any(says));
}

#[test]
fn one_odd_cell_does_not_lose_the_sheet() {
    for odd in [
        "<c r=\"C2\" t=\"e\"><v>#SPILL!</v></c>",
        "<c r=\"C2\" t=\"e\"><v>#CALC!</v></c>",
        "<c r=\"C2\" t=\"b\"><v>2</v></c>",
        "<c r=\"C2\" t=\"zz\"><v>4</v></c>",
        "<c r=\"C2\" t=\"s\"><v>999</v></c>",
    ] {
        let outcome = outcome_of("x.xlsx", &one_row(&format!("{odd}<c r=\"D2\"><v>5</v></c>")));
        let mut lines = outcome.lines();
        assert_eq!(lines.next(), Some("2: person_id=P1 wave=w1 partner=nord rent=5.0"), "{odd}");
        assert_eq!(lines.next(), Some("x.xlsx!nord vague 1!C2 file.cell-broken Soft"), "{odd}");
        assert_eq!(lines.next(), Some("XLSX, header in row 1: read 1, kept 1, blank 0"), "{odd}");
    }
}

#[test]
fn sheets_are_chosen_by_content_and_hidden_ones_are_told() {
    let people = rows(3, &[HEADER, &["P1", "", "2"]]);
    let people = format!("{}{people}", rows(1, &[&["CPAS de Durbuy, vague 2"]]));
    let spells = rows(
        1,
        &[
            &["Code personne", "Vague", "Partenaire", "Début", "Genre d'employeur"],
            &["P1", "1", "nord", "03/2020", "owner"],
        ],
    );
    let bytes = xlsx(&[
        ("Lisez-moi", "visible", &rows(1, &[&["Bonjour"]])),
        ("Données", "visible", &people),
        ("Parcours", "visible", &spells),
        ("Ancien", "hidden", &people),
    ]);
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "4: person_id=P1 wave=w2 partner=durbuy rooms=2\n\
         2: person_id=P1 wave=w1 partner=nord spell_start=24242 employer_kind=owner\n\
         x.xlsx!Lisez-moi file.sheet-other Info\n\
         x.xlsx!Ancien file.sheet-hidden Soft\n\
         XLSX, not read: read 0, kept 0, blank 0\n\
         XLSX, header in row 3: read 1, kept 1, blank 0\n\
         XLSX, header in row 1: read 1, kept 1, blank 0\n\
         XLSX, not read: read 0, kept 0, blank 0\n"
    );
}

#[test]
fn a_sheet_without_records_asks_for_something_only_where_the_file_holds_none() {
    let heads = rows(1, &[HEADER]);
    let people = rows(1, &[HEADER, &["P1", "", "2"]]);
    let beside = xlsx(&[
        ("Feuil1", "visible", &people),
        ("Feuil2", "visible", &heads),
        ("Feuil3", "visible", ""),
    ]);
    assert_eq!(
        outcome_of("nord-v1.xlsx", &beside),
        "2: person_id=P1 wave=w1 partner=nord rooms=2\n\
         nord-v1.xlsx!Feuil2 file.without-record Info\n\
         nord-v1.xlsx!Feuil3 file.sheet-other Info\n\
         XLSX, header in row 1: read 1, kept 1, blank 0\n\
         XLSX, header in row 1: read 0, kept 0, blank 0\n\
         XLSX, not read: read 0, kept 0, blank 0\n"
    );
    let alone = xlsx(&[("Feuil1", "visible", &heads), ("Feuil2", "visible", "")]);
    assert_eq!(
        outcome_of("nord-v1.xlsx", &alone),
        "nord-v1.xlsx!Feuil1 file.without-record Soft\n\
         nord-v1.xlsx!Feuil2 file.sheet-other Info\n\
         XLSX, header in row 1: read 0, kept 0, blank 0\n\
         XLSX, not read: read 0, kept 0, blank 0\n"
    );
}

#[test]
fn two_rows_of_heads_are_read_together() {
    let data = rows(
        1,
        &[
            &["person_id", "Moyens de transport", "", "rooms"],
            &["", "voiture", "bus", ""],
            &["P1", "1", "0", "2"],
        ],
    );
    assert_eq!(
        outcome_of("nord-v1.xlsx", &xlsx(&[("F", "visible", &data)])).lines().next(),
        Some("3: person_id=P1 wave=w1 partner=nord rooms=2 means__car=true means__bus=false")
    );
}

#[test]
fn a_cell_far_away_costs_nothing_and_is_told() {
    let data = format!(
        "{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        rows(1, &[HEADER, &["P1", "", "2"]])
    );
    assert_eq!(
        outcome_of("nord-v1.xlsx", &xlsx(&[("F", "visible", &data)])),
        "2: person_id=P1 wave=w1 partner=nord rooms=2\n\
         XLSX, header in row 1: read 2, kept 1, blank 0, 1 note or title outside the table [1048576]\n"
    );
}

#[test]
fn hostile_workbooks_are_refused_in_one_sentence() {
    let sheet = rows(1, &[HEADER, &["P1", "", "2"]]);
    let with = |name: &str, text: &str| xlsx_with(&[("F", "visible", &sheet)], "", &[(name, text)]);
    let many: Vec<String> = (0..10_100).map(|index| format!("x/{index}")).collect();
    let mut crowded: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    crowded.push(("xl/workbook.xml", "<workbook/>"));
    let blanks = " ".repeat(40 * 1024 * 1024);
    for (what, bytes, begins) in [
        (
            "strings",
            with("xl/sharedStrings.xml", "<sst uniqueCount=\"1000000000000\"/>"),
            "refused: the file is damaged",
        ),
        (
            "strings beyond a number",
            with("xl/sharedStrings.xml", "<sst uniqueCount=\"18446744073709551616\"/>"),
            "refused: the file is damaged",
        ),
        ("a bomb", with("xl/media/x.bin", &blanks), "refused: a part of the workbook grows"),
        ("many files", pack(&crowded), "refused: the workbook holds more than"),
        ("a zip of something else", pack(&[("photo.jpg", "x")]), "refused: this is a ZIP archive"),
        ("a letter", pack(&[("word/document.xml", "<x/>")]), "refused: this is a text document"),
        ("xlsb", pack(&[("xl/workbook.bin", "x")]), "refused: this is a binary workbook"),
        ("half a zip", with("a", "b")[..300].to_vec(), "refused: the file is damaged"),
        (
            "half an xls",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 700]].concat(),
            "refused: the file is damaged",
        ),
    ] {
        let outcome = outcome_of("x.xlsx", &bytes);
        assert!(outcome.starts_with(begins), "{what}: {outcome}");
        assert_eq!(outcome.lines().count(), 1, "{what}");
    }
}

#[test]
fn a_name_that_stands_twice_in_the_container_is_refused() {
    let sheet = rows(1, &[HEADER, &["P1", "", "2"]]);
    let mut bytes = xlsx_with(
        &[("F", "visible", &sheet)],
        "",
        &[("xl/aaaaaaaa.xml", "x"), ("xl/bbbbbbbb.xml", "y")],
    );
    let (one, other) = (b"xl/aaaaaaaa.xml", b"xl/bbbbbbbb.xml");
    for at in 0..bytes.len() - one.len() {
        if &bytes[at..at + one.len()] == one {
            bytes[at..at + one.len()].copy_from_slice(other);
        }
    }
    assert!(outcome_of("x.xlsx", &bytes).starts_with("refused: the file is damaged (ZIP)"));
}

#[test]
fn a_sheet_cut_off_is_told_and_what_came_before_is_kept() {
    let data = format!(
        "{}<row r=\"3\"><c r=\"A3\" t=\"str\"><v>P2</v></c><c r=\"C3\"><v>5",
        rows(1, &[HEADER, &["P1", "", "2"]])
    );
    let whole = xlsx(&[("F", "visible", &data)]);
    let outcome = outcome_of("nord-v1.xlsx", &whole);
    assert!(
        outcome.starts_with("2: person_id=P1 wave=w1 partner=nord rooms=2\n3: person_id=P2"),
        "{outcome}"
    );
    assert!(outcome.contains("file.sheet-cut-off Hard"), "{outcome}");
}

const ODS_HEADER: &str = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>person_id</text:p></table:table-cell><table:table-cell><text:p>interview_date</text:p></table:table-cell><table:table-cell><text:p>rooms</text:p></table:table-cell><table:table-cell><text:p>note</text:p></table:table-cell></table:table-row>";

fn ods_sheet(name: &str, rows: &str) -> String {
    format!("<table:table table:name=\"{name}\">{ODS_HEADER}{rows}</table:table>")
}

const ODS_ROW: &str = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>P1</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2024-03-02\"><text:p>02/03/24</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><office:annotation><text:p>une note</text:p></office:annotation><text:p>a &amp; b<text:s text:c=\"2\"/>c</text:p><text:p>d</text:p></table:table-cell></table:table-row>";

#[test]
fn an_ods_is_read_with_its_repeats_and_two_sheets_of_one_name() {
    let blank = "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let second = ODS_ROW.replace("P1", "P2");
    let third = ODS_ROW.replace("P1", "P3");
    let content = format!(
        "{}{}",
        ods_sheet("nord v1", &format!("{ODS_ROW}{blank}{second}")),
        ods_sheet("nord v1", &third)
    );
    let record = |row: u32, person: &str| {
        format!(
            "{row}: person_id={person} wave=w1 partner=nord interview_date=2024-03-02 rooms=2 note=a & b  c\nd\n"
        )
    };
    assert_eq!(
        outcome_of("x.ods", &ods(&content)),
        format!(
            "{}{}{}ODS, header in row 1: read 2, kept 2, blank 0\nODS, header in row 1: read 1, kept 1, blank 0\n",
            record(2, "P1"),
            record(6, "P2"),
            record(2, "P3")
        )
    );
}

#[test]
fn an_ods_that_is_cut_off_ends_and_is_told() {
    let whole = ods_sheet("nord v1", &format!("{ODS_ROW}{}", ODS_ROW.replace("P1", "P2")));
    let cut = &whole[..whole.len() - 60];
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>{cut}"
    );
    let outcome = outcome_of("x.ods", &pack(&[("content.xml", &content)]));
    assert!(outcome.starts_with("2: person_id=P1 wave=w1 partner=nord"), "{outcome}");
    assert!(outcome.contains("file.sheet-cut-off Hard"), "{outcome}");
}

#[test]
fn an_ods_that_repeats_millions_of_cells_is_refused() {
    let row = "<table:table-row table:number-rows-repeated=\"6000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let outcome = outcome_of("x.ods", &ods(&ods_sheet("nord v1", row)));
    assert!(outcome.starts_with("refused: a few rows hold more than"), "{outcome}");
    let text = "x".repeat(200_000);
    let row = format!(
        "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
    );
    let outcome = outcome_of("x.ods", &ods(&ods_sheet("nord v1", &row)));
    assert!(outcome.starts_with("refused: a few rows hold more than"), "{outcome}");
}

#[test]
fn hidden_ods_sheets_and_passwords_are_told() {
    let content = format!(
        "{}{}",
        ods_sheet("nord v1", ODS_ROW),
        ods_sheet("vieux", ODS_ROW)
            .replace("table:name=\"vieux\"", "table:name=\"vieux\" table:style-name=\"ta2\"")
    );
    let outcome = outcome_of("x.ods", &ods(&content));
    assert!(outcome.contains("x.ods!vieux file.sheet-hidden Soft\n"), "{outcome}");
    let locked = pack(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "?"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
    ]);
    assert!(
        outcome_of("x.ods", &locked)
            .starts_with("refused: the workbook is protected by a password")
    );
}

const SITUATIONS: &[&[&str]] = &[
    &["person_id", "wave", "partner", "rooms"],
    &["P1", "w1", "nord", "3"],
    &["P1", "w2", "nord", "x"],
    &["P9", "w1", "nord", "2"],
    &["P2", "w1", "nord", "1"],
];

fn two_sheets(persons: &[&[&str]], situations: &[&[&str]]) -> Vec<u8> {
    xlsx(&[
        ("Personnes", "visible", &rows(1, persons)),
        ("Situations", "visible", &rows(1, situations)),
    ])
}

#[test]
fn a_sheet_of_persons_is_joined_to_the_records_of_the_other_sheets() {
    let persons: &[&[&str]] = &[
        &["person_id", "born", "spoken"],
        &["P2", "vers 1990", "voiture"],
        &["P1", "06/1975", "refus"],
        &["P2", "1991", "bus"],
        &["P3", "1980", "bus"],
    ];
    assert_eq!(
        outcome_of("x.xlsx", &two_sheets(persons, SITUATIONS)),
        "2: person_id=P1 wave=w1 partner=nord rooms=3 born=1975-06-01 born_precision=month spoken_missing=refused\n\
         3: person_id=P1 wave=w2 partner=nord born=1975-06-01 rooms_missing=to_check born_precision=month spoken_missing=refused\n\
         4: person_id=P9 wave=w1 partner=nord rooms=2\n\
         5: person_id=P2 wave=w1 partner=nord rooms=1 spoken__car=true spoken__bus=false born_missing=to_check\n\
         x.xlsx!Personnes!B2 born.type Soft\n\
         x.xlsx!Personnes!A4 person_id.person-repeated Soft\n\
         x.xlsx!Personnes!A5 person_id.person-without-record Soft\n\
         x.xlsx!Situations!D3 rooms.type Soft\n\
         x.xlsx!Situations!A4 person_id.person-not-joined Soft\n\
         unread 2 born: \"vers 1990\"\n\
         unread 3 rooms: \"x\"\n\
         XLSX, header in row 1: read 4, kept 4, blank 0\n\
         XLSX, header in row 1: read 4, kept 4, blank 0\n"
    );
}

#[test]
fn what_both_sheets_give_is_taken_from_the_record_and_each_value_keeps_its_place() {
    let persons: &[&[&str]] = &[
        &["", "Né(e) le", "partner", "person_id"],
        &["", "1990", "nord", "P1"],
        &["", "1970", "durbuy", "P1"],
    ];
    let situations: &[&[&str]] =
        &[&["person_id", "wave", "partner", "born", "rooms"], &["P1", "w1", "nord", "1989", "2"]];
    let outcome = try_read("x.xlsx", &two_sheets(persons, situations), &Options::default());
    let outcome = outcome.expect("a workbook");
    let text = outcome.to_text();
    assert!(
        text.starts_with("2: person_id=P1 wave=w1 partner=nord rooms=2 born=1989-01-01"),
        "{text}"
    );

    let situations: &[&[&str]] =
        &[&["person_id", "partner", "rooms"], &["P1", "durbuy", "2"], &["P1", "nord", "2"]];
    let bytes = two_sheets(persons, situations);
    let options = Options { wave: Some(WaveId::new("w1").expect("a wave")), ..Options::default() };
    let outcome = try_read("x.xlsx", &bytes, &options).expect("a workbook");
    let text = outcome.to_text();
    assert!(
        text.starts_with("2: person_id=P1 wave=w1 partner=durbuy rooms=2 born=1970-01-01"),
        "{text}"
    );
    let born = VariableName::new("born").expect("a name");
    let source = &outcome.sources[1];
    assert_eq!(source.place(Some(&born), 3).address(), "x.xlsx!Personnes!B2");
    assert_eq!(source.place(Some(&born), 2).address(), "x.xlsx!Personnes!B3");
}

#[test]
fn persons_alone_are_records_and_a_second_sheet_of_persons_is_not_read() {
    let persons: &[&[&str]] =
        &[&["person_id", "wave", "partner", "born"], &["P1", "w1", "nord", "1990"]];
    let alone = outcome_of("x.xlsx", &xlsx(&[("Personnes", "visible", &rows(1, persons))]));
    assert!(alone.starts_with("2: person_id=P1 wave=w1 partner=nord born=1990-01-01"), "{alone}");
    assert!(alone.contains("x.xlsx!Personnes file.persons-alone Info"), "{alone}");

    let more: &[&[&str]] = &[&["person_id", "spoken"], &["P1", "bus"]];
    let bytes = xlsx(&[
        ("Situations", "visible", &rows(1, SITUATIONS)),
        ("Personnes", "visible", &rows(1, persons)),
        ("Langues", "visible", &rows(1, more)),
    ]);
    let read = outcome_of("x.xlsx", &bytes);
    assert!(read.contains("x.xlsx!Langues file.persons-twice Soft"), "{read}");
    assert!(
        read.contains("2: person_id=P1 wave=w1 partner=nord rooms=3 born=1990-01-01"),
        "{read}"
    );
    assert!(read.contains("3: person_id=P1 wave=w2 partner=nord rooms_missing"), "{read}");
}

#[test]
fn heads_that_may_be_answers_are_not_quoted() {
    let said = |sheet: &[&[&str]]| -> String {
        let bytes = xlsx(&[("nord vague 1", "visible", &rows(1, sheet))]);
        let outcome = try_read("x.xlsx", &bytes, &Options::default()).expect("a workbook");
        let causes = outcome.findings.causes.iter();
        causes.map(|cause| cause.message.say(Language::En)).collect::<Vec<_>>().join("\n")
    };
    let lying: &[&[&str]] =
        &[&["person_id", "JANSSENS Rita", "DUBOIS Luc"], &["Nombre de pièces", "3", "4"]];
    let text = said(lying);
    assert!(!text.contains("Rita") && !text.contains("Luc"), "{text}");
    assert!(text.contains("Most heads (2 of 3) are not of the study"), "{text}");

    let standing: &[&[&str]] = &[
        &["person_id", "rooms", "rent", "Observation", "Rita, rue du Pont 12"],
        &["P1", "3", "", "", ""],
    ];
    let text = said(standing);
    assert!(text.contains("Column D, `Observation`") && text.contains("Column E, `…`"), "{text}");
    assert!(!text.contains("Most heads"), "{text}");
}
