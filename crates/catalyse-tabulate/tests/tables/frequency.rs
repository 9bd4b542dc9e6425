//! Frequencies: axes, missing lines, universes, weights, waves, rows of a repeat.

use std::fmt::Write as _;

use crate::shown::{cells, populations, show};
use crate::study::{table, table_of_spells};

/// P1 stands twice in the first wave: the row of south does not count.
const MAIN: &str = "
person_id | round | office | age | gender   | works    | hours | licence    | transport | weight
P1        | w1    | north  | 20  | woman    | oui      | 20    | full       | car bus   | 1.5
P1        | w1    | south  | 60  | man      | non      |       | none       | bus       | 9
P2        | w1    | north  | 30  | man      | non      |       | ?refused   |           | 2
P3        | w1    | south  | 17  | ?refused | ?unknown |       |            | bike      | 0.5
P4        | w1    | south  |     |          |          |       | ?illegible | ?refused  |
P1        | w2    | north  | 21  | woman    | non      |       | full       | car       | 1
";

fn frequency(keys: &str) -> String {
    cells(&table(&format!("kind = \"frequency\"; {keys}"), MAIN))
}

#[test]
fn each_reason_that_people_use_is_a_line_and_the_rest_another() {
    let table = table("kind = \"frequency\"; rows = \"works\"; wave = \"w1\"", MAIN);
    let expected = "\
works (persons followed; persons)
| (total)
true | 1
false | 1
(answered) | 2
?refused | 0
?unknown | 1
?no_answer | 1
(total) | 4
";
    assert_eq!(show(&table), expected);
}

#[test]
fn whoever_is_outside_the_universe_of_a_variable_is_in_no_cell() {
    // P3 is 17: a licence is not asked. P4 has no age: asked, and cannot be read.
    let expected = "\
| (total)
none | 0
provisional | 0
full | 1
(answered) | 1
?refused | 1
?unknown | 0
?no_answer | 1
(total) | 3
";
    assert_eq!(frequency("rows = \"licence\"; wave = \"first\""), expected);
    // As columns too.
    let expected = "\
| none | provisional | full | ?no_answer | (total)
woman | 0 | 0 | 1 | 0 | 1
man | 0 | 0 | 0 | 1 | 1
other | 0 | 0 | 0 | 0 | 0
(answered) | 0 | 0 | 1 | 1 | 2
?refused | 0 | 0 | 0 | 0 | 0
?no_answer | 0 | 0 | 0 | 1 | 1
(total) | 0 | 0 | 1 | 2 | 3
";
    assert_eq!(frequency("rows = \"gender\"; columns = \"licence\"; wave = \"w1\""), expected);
}

#[test]
fn several_answers_are_counted_each_and_their_persons_once() {
    let expected = "\
| north | south | (total)
car | 1 | 0 | 1
bus | 1 | 0 | 1
bike | 0 | 1 | 1
(answered) | 1 | 1 | 2
?refused | 0 | 1 | 1
?no_answer | 1 | 0 | 1
(total) | 2 | 2 | 4
";
    assert_eq!(frequency("rows = \"transport\"; columns = \"partner\"; wave = \"w1\""), expected);
}

#[test]
fn a_derived_variable_has_one_missing_line() {
    let expected = "\
| (total)
under_25 | 2
from_25 | 1
(answered) | 3
?no_answer | 1
(total) | 4
";
    assert_eq!(frequency("rows = \"age_band\"; wave = \"w1\""), expected);
}

#[test]
fn whoever_cannot_be_told_is_in_no_target_group_and_the_table_says_so() {
    let table = table("kind = \"frequency\"; rows = \"target_groups\"; wave = \"w1\"", MAIN);
    let expected = "\
Target groups (persons followed; persons)
| (total)
young | 2
drivers | 1
(total) | 4
A person whose answers do not tell whether they belong to a target group is not counted in it; they are in the total.
";
    assert_eq!(show(&table), expected);
    assert!(table.is_sensitive);
}

#[test]
fn waves_stand_side_by_side_and_are_not_added_up() {
    let expected = "\
| w1 | w2
north | 2 | 1
south | 2 | 0
(total) | 4 | 1
";
    assert_eq!(frequency("rows = \"partner\"; columns = \"wave\"; wave = \"each\""), expected);
    let turned = "\
| north | south | (total)
w1 | 2 | 2 | 4
w2 | 1 | 0 | 1
";
    assert_eq!(frequency("rows = \"round\"; columns = \"office\"; wave = \"each\""), turned);
}

/// Ten persons a wave, of whom two work at first and eight later.
fn two_waves(later: &str) -> String {
    let mut main = "person_id | round | office | works\n".to_owned();
    for (round, name, n_working) in [("w1", "A", 2), ("w2", later, 8)] {
        for n in 0..10 {
            let works = if n < n_working { "oui" } else { "non" };
            let _ = writeln!(main, "{name}{n} | {round} | north | {works}");
        }
    }
    main
}

#[test]
fn waves_of_other_persons_are_tested_for_a_trend_and_those_of_the_same_are_not() {
    let keys = "kind = \"frequency\"; rows = \"works\"; columns = \"wave\"; wave = \"each\"";
    let others = table(keys, &two_waves("B"));
    let told: Vec<(&str, u64, String)> =
        others.tests.iter().map(|test| (test.method, test.n, format!("{:.5}", test.p))).collect();
    // 2 of 10 and 8 of 10: chi-square 0.36 / (0.25 × 0.2) = 7.2, one degree of freedom.
    let expected = ("Cochran–Armitage", 20, "0.00729".to_owned());
    assert_eq!(told, [expected.clone(), expected]);
    assert!(table(keys, &two_waves("A")).tests.is_empty());
    let partners = keys.replace("works", "partner");
    assert!(table(&partners, &two_waves("B")).tests.is_empty());
}

#[test]
fn the_universe_is_of_those_for_whom_its_condition_is_true() {
    // P4 has no age: it cannot be told.
    let keys = "rows = \"gender\"; wave = \"w1\"; universe = \"age >= 18\"";
    let expected = "\
| (total)
woman | 1
man | 1
other | 0
(answered) | 2
?refused | 0
?no_answer | 0
(total) | 2
";
    assert_eq!(frequency(keys), expected);
    let all = "rows = \"partner\"; wave = \"w1\"; universe = \"TRUE\"";
    assert_eq!(frequency(all), "| (total)\nnorth | 2\nsouth | 2\n(total) | 4\n");
    let none = "rows = \"partner\"; wave = \"w1\"; universe = \"1 = 2\"";
    assert_eq!(frequency(none), "| (total)\nnorth | 0\nsouth | 0\n(total) | 0\n");
}

#[test]
fn a_universe_told_by_health_makes_the_table_sensitive() {
    let is_sensitive = |keys: &str| {
        table(&format!("kind = \"frequency\"; rows = \"gender\"; wave = \"w1\"{keys}"), MAIN)
            .is_sensitive
    };
    assert!(!is_sensitive(""));
    assert!(!is_sensitive("; universe = \"age > 3\""));
    assert!(is_sensitive("; universe = \"health = 'bad' OR age > 3\""));
    assert!(is_sensitive("; universe = \"health_missing = 'refused'\""));
    assert!(is_sensitive("; columns = \"health\""));
}

#[test]
fn weights_are_summed_beside_the_counts_and_no_weight_weighs_nothing() {
    let expected = "\
| (total)
woman | 1 weighing 1.5
man | 1 weighing 2
other | 0 weighing 0
(answered) | 2 weighing 3.5
?refused | 1 weighing 0.5
?no_answer | 1 weighing 0
(total) | 4 weighing 4
";
    assert_eq!(frequency("rows = \"gender\"; wave = \"w1\"; weighted = true"), expected);
}

#[test]
fn rows_of_a_repeat_are_counted_beside_their_persons() {
    let spells = "
person_id | round | office | sector   | months
P1        | w1    | north  | farm     | 3
P1        | w1    | north  | farm     | 4
P2        | w1    | north  | shop     | 5
P3        | w1    | south  | ?refused | 6
P1        | w2    | north  | farm     | 9
";
    let keys = "kind = \"frequency\"; rows = \"sector\"; columns = \"partner\"; count = \"spells\"; wave = \"w1\"";
    let table = table_of_spells(keys, MAIN, spells);
    let expected = "\
sector — office (persons followed; spells)
| north | south | (total)
farm | 2 of 1 persons | 0 | 2 of 1 persons
shop | 1 | 0 | 1
(answered) | 3 of 2 persons | 0 | 3 of 2 persons
?refused | 0 | 1 | 1
?no_answer | 0 | 0 | 0
(total) | 3 of 2 persons | 1 | 4 of 3 persons
";
    assert_eq!(show(&table), expected);
}

#[test]
fn one_record_and_all_missing_make_tables_too() {
    let one = "person_id | round | office\nP1 | w1 | north";
    let expected = "\
| north | (total)
good | 0 | 0
fair | 0 | 0
bad | 0 | 0
(answered) | 0 | 0
?no_answer | 1 | 1
(total) | 1 | 1
";
    let keys = "kind = \"frequency\"; rows = \"health\"; columns = \"partner\"";
    let table = table(keys, one);
    assert_eq!(cells(&table), expected);
    assert!(table.tests.is_empty(), "one partner has no rest");
}

#[test]
fn each_partner_is_compared_with_the_rest() {
    let main = (0..40).fold("person_id | round | office | works\n".to_owned(), |text, number| {
        let office = ["north", "south"][number % 2];
        let works = if number % 3 == 0 || number % 8 == 0 { "oui" } else { "non" };
        text + &format!("P{number} | w1 | {office} | {works}\n")
    });
    let table = table("kind = \"frequency\"; rows = \"works\"; columns = \"partner\"", &main);
    let expected = "\
AgainstRest { row: 0, column: 0 }: Pearson χ² (N−1), n = 40, p = 0.3434, adjusted 0.6868
AgainstRest { row: 0, column: 1 }: Pearson χ² (N−1), n = 40, p = 0.3434, adjusted 0.6868
AgainstRest { row: 1, column: 0 }: Pearson χ² (N−1), n = 40, p = 0.3434, adjusted 0.6868
AgainstRest { row: 1, column: 1 }: Pearson χ² (N−1), n = 40, p = 0.3434, adjusted 0.6868
";
    let shown = show(&table);
    assert_eq!(shown.split_once("(total) | 20 | 20 | 40\n").map(|parts| parts.1), Some(expected));
}

#[test]
fn populations_have_one_name_in_whatever_table_they_stand() {
    let total = "kind = \"frequency\"; rows = \"partner\"; wave = \"w1\"";
    let expected = "office=north & round=w1\noffice=south & round=w1\nround=w1\n";
    assert_eq!(populations(&table(total, MAIN)), expected);
    let side_by_side =
        "kind = \"frequency\"; rows = \"wave\"; columns = \"partner\"; wave = \"each\"";
    let expected = "office=north & round=w1\noffice=south & round=w1\nround=w1\n\
                    office=north & round=w2\noffice=south & round=w2\nround=w2\n";
    assert_eq!(populations(&table(side_by_side, MAIN)), expected);
    // "No answer" is all the missing in columns and what other reasons leave in rows: two names.
    let rows = populations(&table("kind = \"frequency\"; rows = \"gender\"; wave = \"w1\"", MAIN));
    let columns = "kind = \"frequency\"; rows = \"partner\"; columns = \"gender\"; wave = \"w1\"";
    let columns = populations(&table(columns, MAIN));
    assert!(rows.contains("gender missing=other & round=w1\n"), "{rows}");
    assert!(columns.contains("gender missing & round=w1\n"), "{columns}");
}
