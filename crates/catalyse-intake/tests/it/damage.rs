//! Workbooks whose rows and cells do not stand where they say, and containers that were damaged on their way.

use catalyse_intake::Options;

use crate::reading::workbook::{ods, pack_stored, rows, xlsx};
use crate::reading::{outcome_of, try_read};

const HEADER: &[&str] = &["person_id", "rooms", "rent"];

/// Makes a row of text cells with a number of its own.
fn row(number: usize, cells: &[&str]) -> String {
    rows(number, &[cells])
}

fn sheet(data: &str) -> String {
    let data = format!("{}{data}", row(1, HEADER));
    outcome_of("x.xlsx", &xlsx(&[("nord vague 1", "visible", &data)]))
}

#[test]
fn rows_out_of_order_or_of_one_number_are_all_read() {
    let said = "x.xlsx!nord vague 1 file.rows-out-of-order Soft\n";
    let three = [row(5, &["P1", "1"]), row(3, &["P2", "2"]), row(3, &["P3", "3"])].concat();
    assert_eq!(
        sheet(&three),
        format!(
            "5: person_id=P1 wave=w1 partner=nord rooms=1\n\
             3: person_id=P2 wave=w1 partner=nord rooms=2\n\
             3: person_id=P3 wave=w1 partner=nord rooms=3\n\
             {said}XLSX, header in row 1: read 3, kept 3, blank 0\n"
        )
    );
    // Each of the rows of one number has its own cells.
    let two = [row(2, &["P1", "1", "100"]), row(2, &["P9"])].concat();
    assert_eq!(
        sheet(&two),
        format!(
            "2: person_id=P1 wave=w1 partner=nord rooms=1 rent=100.0\n\
             2: person_id=P9 wave=w1 partner=nord\n\
             {said}XLSX, header in row 1: read 2, kept 2, blank 0\n"
        )
    );
}

#[test]
fn many_rows_of_one_number_are_all_read() {
    let data: String = (0..3_000).map(|n| row(2, &[&format!("P{n}"), "1"])).collect();
    let outcome = sheet(&data);
    let ledger = "XLSX, header in row 1: read 3000, kept 3000, blank 0";
    assert_eq!(outcome.lines().last(), Some(ledger));
}

#[test]
fn a_cell_of_an_impossible_address_is_told_at_its_row() {
    for address in ["ZZZZ2", "A0", "!!", "C7", "B99999999999"] {
        let odd = format!("<c r=\"{address}\"><v>9</v></c></row>");
        let data = row(2, &["P1", "1"]).replace("</row>", &odd) + &row(3, &["P2", "2"]);
        assert_eq!(
            sheet(&data),
            "2: person_id=P1 wave=w1 partner=nord rooms=1\n\
             3: person_id=P2 wave=w1 partner=nord rooms=2\n\
             x.xlsx!nord vague 1!2 file.cell-address Soft\n\
             XLSX, header in row 1: read 2, kept 2, blank 0\n",
            "{address}"
        );
    }
}

#[test]
fn one_impossible_row_number_does_not_lose_the_sheet() {
    for number in ["99999999999", "0", "-3"] {
        let odd = format!("<row r=\"{number}\"><c r=\"B{number}\"><v>9</v></c></row>");
        let data = row(2, &["P1", "1"]) + &odd + &row(4, &["P2", "2"]);
        assert_eq!(
            sheet(&data),
            "2: person_id=P1 wave=w1 partner=nord rooms=1\n\
             4: person_id=P2 wave=w1 partner=nord rooms=2\n\
             x.xlsx!nord vague 1!3 file.cell-address Soft\n\
             XLSX, header in row 1: read 2, kept 2, blank 1\n",
            "{number}"
        );
    }
}

#[test]
fn a_part_that_changed_on_its_way_is_refused() {
    let refused = "refused: the file was damaged on its way: its content is no longer what was saved (checksum). Ask the partner to send it again.\n";
    let data = rows(1, &[HEADER, &["P1", "1", "100"]]);
    let table = "<table:table table:name=\"nord v1\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>person_id</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type=\"string\"><text:p>P100</text:p></table:table-cell></table:table-row></table:table>";
    for (name, bytes) in
        [("x.xlsx", xlsx(&[("nord vague 1", "visible", &data)])), ("nord-v1.ods", ods(table))]
    {
        let mut stored = pack_stored(&bytes);
        assert!(try_read(name, &stored, &Options::default()).is_ok(), "{name}");
        let at = stored.windows(3).position(|three| three == b"100").expect("the value");
        stored[at] = b'7';
        assert_eq!(outcome_of(name, &stored), refused, "{name}");
    }
}
