//! Cross-tables: the test of association, and when there is none.

use crate::shown::show;
use crate::study::{table, table_of_spells};

fn main() -> String {
    (0..60).fold(
        "person_id | round | office | gender | status | transport\n".to_owned(),
        |text, number| {
            let gender = ["woman", "man", "?refused"][number % 3];
            let status = ["employed", "unemployed", "inactive", ""][(number / 3) % 4];
            let transport = ["car bus", "bus", "bike"][number % 3];
            text + &format!("P{number} | w1 | north | {gender} | {status} | {transport}\n")
        },
    )
}

#[test]
fn the_test_leaves_out_whoever_did_not_answer_and_the_table_shows_them() {
    let table = table("kind = \"cross\"; rows = \"status\"; columns = \"gender\"", &main());
    let expected = "\
status — gender (persons followed; persons)
| woman | man | other | ?no_answer | (total)
employed | 5 | 5 | 0 | 5 | 15
unemployed | 5 | 5 | 0 | 5 | 15
inactive | 5 | 5 | 0 | 5 | 15
(answered) | 15 | 15 | 0 | 15 | 45
?no_answer | 5 | 5 | 0 | 5 | 15
(total) | 20 | 20 | 0 | 20 | 60
Association: Pearson χ² (N−1), n = 30, p = 1.0000, V = 0.0000
";
    assert_eq!(show(&table), expected);
}

#[test]
fn there_is_no_test_where_a_person_stands_in_several_cells() {
    let without_test = |keys: &str| {
        let table = table(&format!("kind = \"cross\"; {keys}"), &main());
        assert!(table.tests.is_empty(), "{keys}");
    };
    without_test("rows = \"status\"; columns = \"transport\"");
    without_test("rows = \"transport\"; columns = \"gender\"");
    without_test("rows = \"target_groups\"; columns = \"gender\"");
    without_test("rows = \"status\"; columns = \"wave\"; wave = \"each\"");
    let spells = "person_id | round | office | sector\nP1 | w1 | north | farm\nP1 | w1 | north | shop\nP2 | w1 | north | shop";
    let keys = "kind = \"cross\"; rows = \"sector\"; columns = \"partner\"; count = \"spells\"";
    assert!(table_of_spells(keys, &main(), spells).tests.is_empty());
}

#[test]
fn without_columns_there_is_nothing_to_go_together() {
    assert!(table("kind = \"cross\"; rows = \"status\"", &main()).tests.is_empty());
}
