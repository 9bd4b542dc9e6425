//! What holds for every delivery, however odd: each row is counted once, and no bytes bring the reader down.

use crate::reading::try_read;
use crate::reading::workbook::{ods, rows, xlsx};
use catalyse_intake::Options;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_is_counted_once(cells in prop::collection::vec(prop::collection::vec("[P0-9;\" ?a-z]{0,4}", 1..5), 0..40)) {
        let mut text = String::from("person_id;rooms;rent\n");
        for row in &cells {
            text.push_str(&row.iter().map(|cell| cell.replace([';', '"'], "")).collect::<Vec<_>>().join(";"));
            text.push('\n');
        }
        let outcome = try_read("nord-v1.csv", text.as_bytes(), &Options::default()).expect("a table");
        let entry = &outcome.ledger.entries[0];
        prop_assert!(entry.is_balanced());
        prop_assert_eq!(entry.rows_read + entry.rows_blank, cells.len() as u64);
        let n_records: usize = outcome.chunks.iter().map(|chunk| chunk.rows.len()).sum();
        prop_assert_eq!(entry.rows_kept, n_records as u64);
    }

    #[test]
    fn no_bytes_bring_the_reader_down(kind in 0..3_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), is_cut in any::<bool>()) {
        let sheet = rows(1, &[&["person_id", "rooms", "rent"], &["P1", "2", "3,5"], &["P2", "x", ""]]);
        let mut bytes = match kind {
            0 => "person_id;rooms;rent;note\nP1;2;3,5;\"é\nà\"\nP2;;;\n".as_bytes().to_vec(),
            1 => xlsx(&[("F", "visible", &sheet)]),
            _ => ods("<table:table table:name=\"F\"><table:table-row><table:table-cell><text:p>person_id</text:p></table:table-cell></table:table-row></table:table>"),
        };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(outcome) = try_read("nord-v1.xlsx", &bytes, &Options::default()) {
            prop_assert!(outcome.ledger.entries.iter().all(catalyse_records::LedgerEntry::is_balanced));
        }
    }
}
