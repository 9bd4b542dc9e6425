//! Summaries: mean and quartiles, of persons and of rows of a repeat.

use catalyse_locale::Language;

use crate::shown::{cells, populations, show};
use crate::study::{table, table_of_spells};

const MAIN: &str = "
person_id | round | office | age | works | hours | gender
P1        | w1    | north  | 20  | oui   | 10    | woman
P2        | w1    | north  | 30  | oui   | 20    | man
P3        | w1    | south  | 40  | non   |       | man
P4        | w1    | south  |     | oui   |       | man
P5        | w1    | south  | 50  | oui   | 30    |
";

#[test]
fn persons_without_a_value_count_beside_and_not_in_a_mean() {
    let table = table("kind = \"summary\"; value = \"hours\"; rows = \"partner\"", MAIN);
    let expected = "\
hours — office (persons followed; persons)
| (total)
north | 2: 15.00, 10 10 20, -48.53 to 78.53
south | 1: 30.00, 30 30 30
(answered) | 3: 20.00, 10 20 30, -4.84 to 44.84
?no_answer | 1
(total) | 4
";
    assert_eq!(show(&table), expected);
}

#[test]
fn a_summary_names_those_who_answered_as_other_tables_do() {
    let hours = table("kind = \"summary\"; value = \"hours\"; rows = \"partner\"", MAIN);
    let expected = "asked:hours & hours answered & office=north & round=w1\n\
                    asked:hours & hours answered & office=south & round=w1\n\
                    asked:hours & hours answered & round=w1\n\
                    asked:hours & hours missing & round=w1\n\
                    asked:hours & round=w1\n";
    assert_eq!(populations(&hours), expected);
}

#[test]
fn a_row_without_values_has_no_summary() {
    let main = "person_id | round | office | age\nP1 | w1 | north |\nP2 | w1 | south | 7";
    let table = table("kind = \"summary\"; value = \"age\"; rows = \"partner\"", main);
    assert_eq!(
        cells(&table),
        "| (total)\nnorth | 0\nsouth | 1: 7.00, 7 7 7\n(answered) | 1: 7.00, 7 7 7\n?refused | 0\n?no_answer | 1\n(total) | 2\n"
    );
}

#[test]
fn rows_of_a_repeat_are_summarised_and_their_persons_counted_once() {
    let spells = "
person_id | round | office | sector | months
P1        | w1    | north  | farm   | 2
P1        | w1    | north  | farm   | 4
P2        | w1    | north  | shop   | 9
";
    let keys = "kind = \"summary\"; value = \"months\"; rows = \"sector\"; count = \"spells\"";
    let table = table_of_spells(keys, MAIN, spells);
    let expected = "\
| (total)
farm | 2 of 1 persons: 3.00, 2 2 4, -9.71 to 15.71
shop | 1: 9.00, 9 9 9
(answered) | 3 of 2 persons: 5.00, 2 4 9, -3.96 to 13.96
?no_answer | 0
(total) | 3 of 2 persons
";
    assert_eq!(cells(&table), expected);
}

#[test]
fn weights_move_a_mean_and_not_the_count() {
    let main = "
person_id | round | office | weight | age
P1        | w1    | north  | 3      | 20
P2        | w1    | north  | 1      | 40
P3        | w1    | south  |        | 90
P4        | w1    | south  | 2      |
P5        | w1    | south  | -1     | 50
";
    let table =
        table("kind = \"summary\"; value = \"age\"; rows = \"partner\"; weighted = true", main);
    let of = |row: usize| {
        let cell = table.cell(row, 0).expect("a cell");
        let summary = cell.summary.as_ref().map(|summary| (summary.mean, summary.quartiles));
        (cell.count, cell.weighted, summary)
    };
    assert_eq!(of(0), (2, Some(4.0), Some((25.0, [20.0, 20.0, 20.0]))));
    // Who has no weight, or one below 0, is counted and weighs nothing.
    assert_eq!(of(1), (2, Some(0.0), None));
    assert_eq!(of(2), (4, Some(4.0), Some((25.0, [20.0, 20.0, 20.0]))));
    let weights = table.background.weights.expect("the table is weighted");
    assert_eq!((weights.smallest, weights.largest), (0.0, 3.0));
}

#[test]
fn columns_set_summaries_side_by_side() {
    let keys = "kind = \"summary\"; value = \"age\"; rows = \"gender\"; columns = \"partner\"";
    let expected = "\
| north | south | (total)
woman | 1: 20.00, 20 20 20 | 0 | 1: 20.00, 20 20 20
man | 1: 30.00, 30 30 30 | 1: 40.00, 40 40 40 | 2: 35.00, 30 30 40, -28.53 to 98.53
other | 0 | 0 | 0
(answered) | 2: 25.00, 20 20 30, -38.53 to 88.53 | 2: 45.00, 40 40 50, -18.53 to 108.53 | 4: 35.00, 20 30 40, 14.46 to 55.54
?refused | 0 | 0 | 0
?no_answer | 0 | 1 | 1
(total) | 2 | 3 | 5
";
    assert_eq!(cells(&table(keys, MAIN)), expected);
}

#[test]
fn who_has_no_value_is_told_by_reason() {
    let main = "
person_id | round | office | age
P1        | w1    | north  | 20
P2        | w1    | north  | ?refused
P3        | w1    | south  | ?refused
P4        | w1    | south  |
";
    let by_office = table("kind = \"summary\"; value = \"age\"; rows = \"partner\"", main);
    assert_eq!(
        cells(&by_office),
        "| (total)\nnorth | 1: 20.00, 20 20 20\nsouth | 0\n(answered) | 1: 20.00, 20 20 20\n?refused | 2\n?no_answer | 1\n(total) | 4\n"
    );
    let words: Vec<&str> =
        by_office.rows.headings.iter().map(|heading| heading.label.get(Language::En)).collect();
    assert_eq!(
        words[2..],
        [
            "All",
            "no value: refused",
            "no value: no answer for another reason",
            "All, with or without a value"
        ]
    );
    // Waves side by side are not added up, with or without a value.
    let keys = "kind = \"summary\"; value = \"age\"; rows = \"wave\"; wave = \"each\"";
    assert_eq!(cells(&table(keys, main)), "| (total)\nw1 | 1: 20.00, 20 20 20\n");
}
