//! Transitions: from each answer to each.

use crate::shown::{cells, populations};
use crate::study::table;

const MAIN: &str = "
person_id | round | office | works | health
P1        | w1    | north  | oui   | good
P2        | w1    | north  | oui   | good
P3        | w1    | north  | non   | bad
P4        | w1    | north  | non   |
P1        | w2    | north  | oui   | good
P2        | w2    | north  | non   | fair
P3        | w2    | south  | oui   | bad
P4        | w2    | south  | oui   | bad
";

#[test]
fn rows_are_the_first_wave_and_columns_the_last() {
    let table = table("kind = \"transition\"; rows = \"health\"; wave = \"first-and-last\"", MAIN);
    let expected = "\
| good | fair | bad | (answered)
good | 1 | 1 | 0 | 2
fair | 0 | 0 | 0 | 0
bad | 0 | 0 | 1 | 1
(answered) | 1 | 1 | 1 | 3
";
    assert_eq!(cells(&table), expected);
    assert!(table.is_sensitive);
    assert_eq!(table.rows.label.get(catalyse_locale::Language::En), "health, Wave 1");
}

#[test]
fn margins_bear_the_names_that_a_table_of_changes_gives_them() {
    let moves = table("kind = \"transition\"; rows = \"works\"", MAIN);
    let change = table("kind = \"change\"; rows = \"works\"", MAIN);
    let (moves, change) = (populations(&moves), populations(&change));
    let (moves, change): (Vec<&str>, Vec<&str>) =
        (moves.lines().collect(), change.lines().collect());
    let [last_column, last_row] =
        [[2, 5, 8], [6, 7, 8]].map(|places| places.map(|place| moves[place]));
    assert_eq!(last_column, [change[0], change[2], change[4]]);
    assert_eq!(last_row, [change[1], change[3], change[5]]);
}
