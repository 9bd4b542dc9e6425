//! Text files as partners send them.

use crate::reading::{outcome_of, outcome_with, try_read};
use catalyse_codebook::{PartnerId, VariableName, WaveId};
use catalyse_intake::Options;
use catalyse_locale::Language;

/// Encodes a text in Windows-1252.
fn windows(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '€' => 0x80,
        '’' => 0x92,
        other => u8::try_from(other as u32).expect("Latin"),
    };
    text.chars().map(byte).collect()
}

#[test]
fn a_belgian_csv_is_read_with_its_commas_dates_and_places() {
    let text = "Code personne;Vague;Partenaire;Date de l’entretien;Nombre de pièces;Loyer;Logement;Moyens de transport;Remarque\r\n\
                D-1;1;Durbuy;02/03/2024;4;612,50;locataire;voiture|bus;\"Dit \"\"oui\"\"; puis non\"\r\n\
                D-2;w1;durbuy;25/03/2024;refus;1.200,00 €;owner;bus;\r\n";
    assert_eq!(
        outcome_of("d.csv", &windows(text)),
        "2: person_id=D-1 wave=w1 partner=durbuy interview_date=2024-03-02 rooms=4 rent=612.5 tenure=tenant means__car=true means__bus=true note=Dit \"oui\"; puis non\n\
         3: person_id=D-2 wave=w1 partner=durbuy interview_date=2024-03-25 rent=1200.0 tenure=owner means__car=false means__bus=true rooms_missing=refused\n\
         CSV, Windows-1252, « ; », header in row 1: read 2, kept 2, blank 0\n"
    );
}

#[test]
fn every_encoding_gives_the_same_records() {
    let text = "person_id;rooms;note\nP1;2;Hélène Noël\nP2;3;à côté\n";
    let expected = "2: person_id=P1 wave=w1 partner=nord rooms=2 note=Hélène Noël\n\
                    3: person_id=P2 wave=w1 partner=nord rooms=3 note=à côté\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, bytes.as_slice()].concat();
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", with_mark(b"\xEF\xBB\xBF", text.as_bytes().to_vec())),
        ("UTF-16", wide(u16::to_le_bytes)),
        ("UTF-16", wide(u16::to_be_bytes)),
        ("UTF-16", with_mark(b"\xFF\xFE", wide(u16::to_le_bytes))),
        ("UTF-16", with_mark(b"\xFE\xFF", wide(u16::to_be_bytes))),
        ("Windows-1252", windows(text)),
    ] {
        let ledger = format!("CSV, {name}, « ; », header in row 1: read 2, kept 2, blank 0\n");
        assert_eq!(outcome_of("nord-vague1.csv", &bytes), format!("{expected}{ledger}"));
    }
}

#[test]
fn a_file_of_two_encodings_is_decoded_line_by_line_and_said_to_be_so() {
    let mut bytes = "person_id;note\nP1;Hélène\n".as_bytes().to_vec();
    bytes.extend(windows("P2;Noël\n"));
    bytes.extend(b"P3;Marc\n");
    assert_eq!(
        outcome_of("nord-v1.csv", &bytes),
        "2: person_id=P1 wave=w1 partner=nord note=Hélène\n\
         3: person_id=P2 wave=w1 partner=nord note=Noël\n\
         4: person_id=P3 wave=w1 partner=nord note=Marc\n\
         nord-v1.csv file.encoding-mixed Soft\n\
         CSV, UTF-8 + Windows-1252, « ; », header in row 1: read 3, kept 3, blank 0\n"
    );
}

#[test]
fn dos_accents_are_read_and_said_to_be_rare() {
    assert_eq!(
        outcome_of("nord-v1.csv", b"person_id;note\nP1;H\x82l\x8Ane\n"),
        "2: person_id=P1 wave=w1 partner=nord note=Hélène\n\
         nord-v1.csv file.encoding-unusual Soft\n\
         CSV, code page 850 (DOS), « ; », header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn delimiters_quotes_and_a_sep_line_are_found() {
    let expected = "2: person_id=P1 wave=w1 partner=nord rooms=2 rent=3.5\n";
    for (text, delimiter) in [
        ("person_id,rooms,rent\nP1,2,3.5\n", "« , »"),
        ("person_id,rooms,rent\nP1,2,\"3,5\"\n", "« , »"),
        ("person_id\trooms\trent\rP1\t2\t3,5\r", "tab"),
        ("person_id|rooms|rent\r\nP1|2|3,5", "« | »"),
        ("'person_id';'rooms';'rent'\n'P1';'2';'3,5'\n", "« ; »"),
        ("sep=;\r\nperson_id;rooms;rent\r\nP1;2;3,5\r\n", "« ; »"),
        ("person_id;rooms;rent\nP1;2\u{a0};\u{a0}3,5\0\n", "« ; »"),
    ] {
        assert_eq!(
            outcome_of("nord-v1.csv", text.as_bytes()),
            format!(
                "{expected}CSV, UTF-8, {delimiter}, header in row 1: read 1, kept 1, blank 0\n"
            ),
            "{text}"
        );
    }
}

#[test]
fn an_unclosed_quote_swallows_no_row_and_is_named() {
    let mut text = String::from("person_id;rooms;note\n");
    for row in 2..=500 {
        let note = if row == 5 { "\"dit bonjour" } else { "rien" };
        text.push_str(&format!("P{row};2;{note}\n"));
    }
    let outcome = outcome_of("nord-v1.csv", text.as_bytes());
    assert_eq!(
        outcome.lines().skip(3).take(2).collect::<Vec<_>>(),
        [
            "5: person_id=P5 wave=w1 partner=nord rooms=2 note=dit bonjour",
            "6: person_id=P6 wave=w1 partner=nord rooms=2 note=rien"
        ]
    );
    assert_eq!(
        outcome.lines().skip(499).collect::<Vec<_>>(),
        [
            "nord-v1.csv!5 file.quote-unclosed Soft",
            "CSV, UTF-8, « ; », header in row 1: read 499, kept 499, blank 0"
        ]
    );
}

#[test]
fn quotes_hold_line_ends_and_stray_quotes_are_letters() {
    assert_eq!(
        outcome_of(
            "nord-v1.csv",
            b"person_id;rooms;note\nP1;2;\"a\nb;c\"\nP2;3;he said \"hi\"\nP3;4;\"x\" \nP4;5;\"a \"b\" c\"\n"
        ),
        "2: person_id=P1 wave=w1 partner=nord rooms=2 note=a\nb;c\n\
         3: person_id=P2 wave=w1 partner=nord rooms=3 note=he said \"hi\"\n\
         4: person_id=P3 wave=w1 partner=nord rooms=4 note=x\n\
         5: person_id=P4 wave=w1 partner=nord rooms=5 note=a \"b\" c\n\
         CSV, UTF-8, « ; », header in row 1: read 4, kept 4, blank 0\n"
    );
}

#[test]
fn empty_lines_above_the_header_do_not_count_against_it() {
    let text =
        format!("Relevé de la vague 2;;\n{}person_id;rooms;rent\nP1;2;100\n", ";;\n".repeat(45));
    assert_eq!(
        outcome_of("durbuy.csv", text.as_bytes()).lines().next(),
        Some("48: person_id=P1 wave=w2 partner=durbuy rooms=2 rent=100.0")
    );
}

#[test]
fn titles_totals_notes_and_blank_rows_are_no_records_and_are_counted() {
    let text = "CPAS de Durbuy;;\n\nRelevé de la vague 2;;\nperson_id;rooms;rent\nP1;2;100\n\n;;\nP2;3;200\n;5;300\nTotal;5;300\nperson_id;rooms;rent\n* chiffres provisoires;;\n;4;\n";
    assert_eq!(
        outcome_of("envoi.csv", text.as_bytes()),
        "5: person_id=P1 wave=w2 partner=durbuy rooms=2 rent=100.0\n\
         8: person_id=P2 wave=w2 partner=durbuy rooms=3 rent=200.0\n\
         envoi.csv!A9 person_id.required Hard\n\
         CSV, UTF-8, « ; », header in row 4: read 7, kept 2, blank 2, 1 row of totals [10], 2 note or title outside the table [12, 13], 1 header repeated [11], 1 without a person code [9]\n"
    );
}

#[test]
fn what_cannot_be_read_is_empty_to_check_and_its_text_is_kept_apart() {
    let text = "person_id;rooms;rent;tenure;note\nP1;deux;NA;castle;NSP\nP2;?;refus;ne sait pas;Refus\nP3;NSP;?;NSP;\n";
    assert_eq!(
        outcome_of("nord-v1.csv", text.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord note=NSP rooms_missing=to_check rent_missing=to_check tenure_missing=to_check\n\
         3: person_id=P2 wave=w1 partner=nord rooms_missing=to_check rent_missing=refused tenure_missing=unknown note_missing=refused\n\
         4: person_id=P3 wave=w1 partner=nord rooms_missing=unknown rent_missing=to_check tenure_missing=unknown\n\
         nord-v1.csv!C2 rent.type Soft\n\
         nord-v1.csv!B2 rooms.type Soft\n\
         nord-v1.csv!D2 tenure.type Soft\n\
         nord-v1.csv!C4 rent.type Soft\n\
         unread 2 rooms: \"deux\"\n\
         unread 2 rent: \"NA\"\n\
         unread 4 rent: \"?\"\n\
         unread 2 tenure: \"castle\"\n\
         CSV, UTF-8, « ; », header in row 1: read 3, kept 3, blank 0\n"
    );
}

#[test]
fn a_column_of_dates_has_one_order() {
    let day = |dates: [&str; 2]| {
        let text =
            format!("person_id;interview_date;rooms\nP1;{};1\nP2;{};1\n", dates[0], dates[1]);
        let outcome = outcome_of("nord-v1.csv", text.as_bytes());
        outcome
            .split(' ')
            .filter_map(|word| word.strip_prefix("interview_date="))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(day(["02/03/2024", "04/05/2024"]), ["2024-03-02", "2024-05-04"]);
    assert_eq!(day(["02/03/2024", "04/25/2024"]), ["2024-02-03", "2024-04-25"]);
    assert_eq!(day(["2024-03-02", "45353"]), ["2024-03-02", "2024-03-02"]);
}

#[test]
fn columns_of_categories_make_one_variable() {
    let text = "person_id;means__car;Moyens de transport : bus;rooms\nP1;1;0;2\nP2;oui;x;3\nP3;;;4\nP4;peut-être;1;5\n";
    assert_eq!(
        outcome_of("nord-v1.csv", text.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord rooms=2 means__car=true means__bus=false\n\
         3: person_id=P2 wave=w1 partner=nord rooms=3 means__car=true means__bus=true\n\
         4: person_id=P3 wave=w1 partner=nord rooms=4\n\
         5: person_id=P4 wave=w1 partner=nord rooms=5 means_missing=to_check\n\
         nord-v1.csv!B5 means.type Soft\n\
         unread 5 means: \"peut-être\"\n\
         CSV, UTF-8, « ; », header in row 1: read 4, kept 4, blank 0\n"
    );
}

#[test]
fn columns_that_are_not_read_are_named() {
    let text = "person_id;rooms;Couleur préférée;ROOMS;\nP1;2;bleu;3;x\n";
    assert_eq!(
        outcome_of("nord-v1.csv", text.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord rooms=2\n\
         nord-v1.csv file.column-twice Soft\n\
         nord-v1.csv file.column-unknown Info\n\
         nord-v1.csv file.column-without-head Soft\n\
         CSV, UTF-8, « ; », header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn a_mark_or_a_small_word_right_of_the_heads_is_no_second_row_of_heads() {
    for stray in ["?", "de", "* ?"] {
        let text = format!("person_id;rooms;rent\n;;;{stray}\nP1;2;100\n");
        let outcome = outcome_of("nord-v1.csv", text.as_bytes());
        assert!(outcome.starts_with("3: person_id=P1"), "{stray}: {outcome}");
        assert!(outcome.contains("header in row 1: read 2, kept 1"), "{stray}: {outcome}");
    }
}

#[test]
fn rows_of_another_width_are_named() {
    let text = "person_id;rooms;note\nP1;2\nP2;3;a;b\nP3;4;c\n";
    assert_eq!(
        outcome_of("nord-v1.csv", text.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord rooms=2\n\
         3: person_id=P2 wave=w1 partner=nord rooms=3 note=a\n\
         4: person_id=P3 wave=w1 partner=nord rooms=4 note=c\n\
         nord-v1.csv file.column-without-head Soft\n\
         nord-v1.csv!2 file.row-too-short Info\n\
         nord-v1.csv!3 file.row-too-long Soft\n\
         CSV, UTF-8, « ; », header in row 1: read 3, kept 3, blank 0\n"
    );
}

fn stated(wave: &str, partner: &str) -> Options {
    Options {
        wave: Some(WaveId::new(wave).expect("a slug")),
        partner: Some(PartnerId::new(partner).expect("a slug")),
        ..Options::default()
    }
}

#[test]
fn wave_and_partner_come_from_the_name_the_sender_or_not_at_all() {
    let text = b"person_id;rooms;rent\nP1;2;3\n";
    let ledger = "CSV, UTF-8, « ; », header in row 1: read 1, kept 1, blank 0\n";
    let options = stated("w2", "durbuy");
    assert_eq!(
        outcome_with("x.csv", text, &options),
        format!("2: person_id=P1 wave=w2 partner=durbuy rooms=2 rent=3.0\n{ledger}")
    );
    let taken = |name: &str| {
        let outcome = try_read(name, text, &options).expect("a table");
        let taken = outcome.ledger.entries[0].taken.iter();
        taken.map(|label| label.get(Language::Fr).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        taken("x.csv"),
        ["Vague : Vague 2, d’après --wave", "Partenaire : Durbuy, d’après --partner"]
    );
    assert_eq!(
        taken("durbuy-v2.csv"),
        [
            "Vague : Vague 2, d’après le nom du fichier",
            "Partenaire : Durbuy, d’après le nom du fichier"
        ]
    );
    assert_eq!(
        outcome_of("x.csv", text),
        "x.csv file.origin-unknown Hard\nx.csv file.origin-unknown Hard\n\
         CSV, UTF-8, « ; », header in row 1: read 1, kept 0, blank 0, 1 unknown wave, partner or column of the person [2]\n"
    );
}

#[test]
fn what_the_sender_says_does_not_overrule_what_the_file_says() {
    let text = b"person_id;rooms;rent\nP1;2;3\n";
    let ledger = "CSV, UTF-8, « ; », header in row 1: read 1, kept 1, blank 0\n";
    let contradicted = "file.origin-contradicted Soft";
    assert_eq!(
        outcome_with("nord-v1.csv", text, &stated("w2", "durbuy")),
        format!(
            "2: person_id=P1 wave=w1 partner=nord rooms=2 rent=3.0\n\
             nord-v1.csv {contradicted}\nnord-v1.csv {contradicted}\n{ledger}"
        )
    );
    // Of a name that says two, the sender says which.
    assert_eq!(
        outcome_with("nord-durbuy-v1.csv", text, &stated("w1", "durbuy")),
        format!("2: person_id=P1 wave=w1 partner=durbuy rooms=2 rent=3.0\n{ledger}")
    );
    // A column is followed too.
    let text = b"person_id;partner;rooms\nP1;nord;2\n";
    assert_eq!(
        outcome_with("v1.csv", text, &stated("w1", "durbuy")),
        format!("2: person_id=P1 wave=w1 partner=nord rooms=2\nv1.csv {contradicted}\n{ledger}")
    );
}

#[test]
fn a_mapping_names_columns_that_nobody_knows() {
    let mut options = Options::default();
    options.mapping.insert("Chambres".to_owned(), VariableName::new("rooms").expect("a slug"));
    assert_eq!(
        outcome_with("nord-v1.csv", b"person_id;chambres;rent\nP1;2;3\n", &options),
        "2: person_id=P1 wave=w1 partner=nord rooms=2 rent=3.0\n\
         CSV, UTF-8, « ; », header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn what_is_no_table_is_refused_in_one_sentence() {
    for (bytes, begins) in [
        (&b""[..], "refused: the file is empty."),
        (b"\n\n  ", "refused: the file is empty."),
        (b"<html><table><tr><td>person_id</td></tr></table></html>", "refused: this is a web page"),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn\"/>", "refused: this is an XML file"),
        (b"%PDF-1.7\n", "refused: this is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "refused: this is a picture"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08", "refused: the content is neither"),
        (b"a;b;c\n1;2;3\n", "refused: no header row was recognised"),
    ] {
        let outcome = outcome_of("x.xls", bytes);
        assert!(outcome.starts_with(begins), "{outcome}");
    }
}

#[test]
fn a_large_file_is_the_same_with_and_without_threads() {
    let mut text = String::from("person_id;rooms;rent;note\n");
    for row in 0..100_000 {
        text.push_str(&format!("P{row};{};{},5;\"n {row}\"\n", row % 9, row % 700));
    }
    let options = Options { n_threads: 2, ..Options::default() };
    let one = outcome_of("nord-v1.csv", text.as_bytes());
    assert!(one == outcome_with("nord-v1.csv", text.as_bytes(), &options));
    assert!(one.ends_with("header in row 1: read 100000, kept 100000, blank 0\n"));
    assert_eq!(
        one.lines().nth(99_999),
        Some("100001: person_id=P99999 wave=w1 partner=nord rooms=0 rent=599.5 note=n 99999")
    );
}

#[test]
fn a_decimal_mark_is_learnt_from_numbers_alone() {
    let head = "CSV, UTF-8, « ; », header in row 1: read 1, kept 1, blank 0\n";
    // Texts and months have points too: whether 1.200 is a thousand or one cannot be told of them, and is asked.
    assert_eq!(
        outcome_of("nord-v1.csv", b"person_id;rooms;rent;note\nP1;1.000;1.200;2.5\n"),
        format!(
            "2: person_id=P1 wave=w1 partner=nord note=2.5 rooms_missing=to_check rent_missing=to_check\n\
             nord-v1.csv!C2 rent.type Soft\nnord-v1.csv!B2 rooms.type Soft\n\
             unread 2 rooms: \"1.000\"\nunread 2 rent: \"1.200\"\n{head}"
        )
    );
    assert_eq!(
        outcome_of("nord-v1.csv", b"person_id;rooms;rent\nP1;1.000;2.5\n"),
        format!("2: person_id=P1 wave=w1 partner=nord rooms=1 rent=2.5\n{head}")
    );
}

#[test]
fn dates_that_read_both_ways_follow_the_other_dates_of_the_sheet_and_that_is_said() {
    let text =
        "person_id;interview_date;birth\nP1;03/25/2024;04/05/1990\nP2;03/26/2024;06/07/1991\n";
    assert_eq!(
        outcome_of("nord-v1.csv", text.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord interview_date=2024-03-25 birth=1990-04-05\n\
         3: person_id=P2 wave=w1 partner=nord interview_date=2024-03-26 birth=1991-06-07\n\
         nord-v1.csv file.month-first Soft\n\
         CSV, UTF-8, « ; », header in row 1: read 2, kept 2, blank 0\n"
    );
}

#[test]
fn where_partner_and_wave_were_taken_from_is_said_and_two_names_are_none() {
    let text = "Relevé de Durbuy, transmis en copie au Nord\n\nperson_id;rooms;rent\nP1;2;3\n";
    assert_eq!(
        outcome_of("v1.csv", text.as_bytes()),
        "v1.csv file.origin-unknown Hard\n\
         CSV, UTF-8, « ; », header in row 3: read 1, kept 0, blank 0, 1 unknown wave, partner or column of the person [4]\n"
    );
    let taken = |name: &str, text: &str| -> Vec<String> {
        let outcome = try_read(name, text.as_bytes(), &Options::default());
        let entries = outcome.unwrap_or_default().ledger.entries;
        let taken = entries.iter().flat_map(|entry| &entry.taken);
        taken.map(|taken| taken.get(Language::En).to_owned()).collect()
    };
    assert_eq!(
        taken("v1.csv", "Relevé de Durbuy\n\nperson_id;rooms;rent\nP1;2;3\n"),
        ["Wave: Wave 1, by the name of the file", "Partner: Durbuy, by a title above the table"]
    );
    assert!(taken("v1.csv", "person_id;wave;partner;rooms\nP1;1;nord;3\n").is_empty());
}
