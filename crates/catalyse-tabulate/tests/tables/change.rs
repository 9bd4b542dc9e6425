//! Changes: the same persons at two waves.

use crate::shown::{populations, show};
use crate::study::table;

/// P5 was seen once, P6 did not answer the second time, P7 was not asked the first time; what the second wave says does not matter.
const MAIN: &str = "
person_id | round | office | age | works | licence     | transport | status
P1        | w1    | north  | 20  | non   | none        | bus       | employed
P2        | w1    | north  | 20  | non   | none        | bus bike  | unemployed
P3        | w1    | north  | 30  | oui   | provisional | car       | inactive
P4        | w1    | south  | 40  | oui   | full        | car       | inactive
P5        | w1    | south  | 40  | oui   | full        |           | inactive
P6        | w1    | south  | 40  | oui   | full        | bus       | inactive
P7        | w1    | south  | 17  | oui   |             | bus       | inactive
P1        | w2    | north  | 21  | oui   | full        | bus       | employed
P1        | w3    | north  | 22  | oui   | provisional | car bus   | employed
P2        | w3    | north  | 22  | non   | none        | bike      | employed
P3        | w3    | north  | 32  | non   | full        | car bus   | employed
P4        | w3    | south  | 42  | oui   | full        | car       | inactive
P6        | w3    | south  | 42  |       | ?refused    |           |
P7        | w3    | south  | 19  | oui   | none        | ?refused  | inactive
";

fn change(keys: &str) -> String {
    show(&table(&format!("kind = \"change\"; {keys}; wave = \"first-and-last\""), MAIN))
}

#[test]
fn persons_who_answered_in_both_waves_are_compared_with_themselves() {
    let expected = "\
licence (persons followed who answered in both waves; persons)
| w1 | w3
none | 2 | 1
provisional | 1 | 1
full | 1 | 2
(answered) | 4 | 4
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 0.5000, came 0, left 1
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 1.0000, came 1, left 1
Row { row: 2, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 0.5000, came 1, left 0
Rows { from: 0, to: 1 }: Stuart–Maxwell, n = 4, p = 0.3679
";
    assert_eq!(change("rows = \"licence\""), expected);
}

#[test]
fn several_answers_change_each_by_itself() {
    let expected = "\
transport (persons followed who answered in both waves; persons)
| w1 | w3
car | 2 | 3
bus | 2 | 2
bike | 1 | 1
(answered) | 4 | 4
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 0.5000, came 1, left 0
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 1.0000, came 1, left 1
Row { row: 2, from: 0, to: 1 }: McNemar mid-p, n = 4, p = 1.0000, came 0, left 0
";
    assert_eq!(change("rows = \"transport\""), expected);
}

#[test]
fn target_groups_have_everybody_seen_twice_as_their_base() {
    let expected = "\
Target groups (persons followed who answered in both waves; persons)
| w1 | w3
young | 3 | 3
drivers | 2 | 3
(total) | 6 | 6
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 6, p = 1.0000, came 0, left 0
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 6, p = 0.5000, came 1, left 0
A person whose answers do not tell whether they belong to a target group is not counted in it; they are in the total.
";
    assert_eq!(change("rows = \"target_groups\""), expected);
}

#[test]
fn the_universe_must_hold_in_both_waves() {
    let expected = "\
works (persons followed who answered in both waves; persons)
| w1 | w3
true | 2 | 1
false | 0 | 1
(answered) | 2 | 2
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 2, p = 0.5000, came 0, left 1
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 2, p = 0.5000, came 1, left 0
";
    assert_eq!(change("rows = \"works\"; universe = \"age >= 30\""), expected);
}

#[test]
fn nobody_seen_twice_is_a_table_of_zeros() {
    let main = "person_id | round | office | works\nP1 | w1 | north | oui\nP2 | w2 | north | oui";
    let expected = "\
works (persons followed who answered in both waves; persons)
| w1 | w2
true | 0 | 0
false | 0 | 0
(answered) | 0 | 0
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 0, p = 1.0000, came 0, left 0
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 0, p = 1.0000, came 0, left 0
";
    assert_eq!(show(&table("kind = \"change\"; rows = \"works\"", main)), expected);
}

#[test]
fn those_who_answered_in_both_waves_are_one_population_on_both_sides() {
    let table = table("kind = \"change\"; rows = \"works\"", MAIN);
    let expected = "\
works answered in w1 and w3 & works=true in w1
works answered in w1 and w3 & works=true in w3
works answered in w1 and w3 & works=false in w1
works answered in w1 and w3 & works=false in w3
works answered in w1 and w3
works answered in w1 and w3
";
    assert_eq!(populations(&table), expected);
}

#[test]
fn a_code_stands_for_one_person_in_the_whole_study_whichever_partner_sends_it() {
    // P1 moved from one partner to the other between the waves: its code is of the study, not of the partner.
    const MOVED: &str = "
person_id | round | office | age | works | licence | transport | status
P1        | w1    | north  | 20  | non   | none    | bus       | employed
P2        | w1    | north  | 30  | non   | none    | bus       | employed
P1        | w3    | south  | 22  | non   | full    | bus       | employed
P3        | w3    | south  | 40  | non   | full    | bus       | employed
";
    let expected = "\
licence (persons followed who answered in both waves; persons)
| w1 | w3
none | 1 | 0
provisional | 0 | 0
full | 0 | 1
(answered) | 1 | 1
Row { row: 0, from: 0, to: 1 }: McNemar mid-p, n = 1, p = 0.5000, came 0, left 1
Row { row: 1, from: 0, to: 1 }: McNemar mid-p, n = 1, p = 1.0000, came 0, left 0
Row { row: 2, from: 0, to: 1 }: McNemar mid-p, n = 1, p = 0.5000, came 1, left 0
Rows { from: 0, to: 1 }: Stuart–Maxwell, n = 1, p = 0.3173
";
    let keys = "kind = \"change\"; rows = \"licence\"; wave = \"first-and-last\"";
    assert_eq!(show(&table(keys, MOVED)), expected);
}
