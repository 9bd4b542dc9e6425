//! Target groups whose condition the answers do not tell: a printed share would be that of those who answered, taken of everybody.

use std::fmt::Write;

use catalyse_disclose::Tabulation;
use catalyse_locale::Language;

use crate::study::table;

/// Persons of each office at a wave: how many there are, and how many have told their age.
fn persons(offices: &[(&str, usize, usize)]) -> String {
    let mut text = "\nperson_id | round | office | age | transport\n".to_owned();
    for (office, n_persons, n_told) in offices {
        for person in 0..*n_persons {
            let age = if person < *n_told { "20" } else { "" };
            let _ = writeln!(text, "{office}{person} | w1 | {office} | {age} | car");
        }
    }
    text
}

fn groups(table: &Tabulation) -> Vec<&str> {
    table.rows.headings.iter().map(|heading| heading.key.as_str()).collect()
}

fn notes(table: &Tabulation) -> String {
    table.notes.iter().map(|note| note.say(Language::En)).collect::<Vec<_>>().join(" ")
}

const ALL: &str = "kind = \"frequency\"; rows = \"target_groups\"; wave = \"w1\"";
const BY_PARTNER: &str =
    "kind = \"frequency\"; rows = \"target_groups\"; columns = \"partner\"; wave = \"w1\"";

#[test]
fn a_group_that_most_answers_do_not_tell_is_left_out_and_named() {
    let made = table(ALL, &persons(&[("north", 30, 14)]));
    assert_eq!(groups(&made), ["drivers", "total"]);
    assert!(notes(&made).contains("Not shown, because more than one person in two"));
    assert!(notes(&made).contains("“Young”"), "{}", notes(&made));
}

#[test]
fn a_group_that_some_answers_do_not_tell_is_a_lowest_number() {
    let made = table(ALL, &persons(&[("north", 30, 16)]));
    assert_eq!(groups(&made), ["young", "drivers", "total"]);
    assert!(notes(&made).contains("Lowest numbers"), "{}", notes(&made));
    let made = table(ALL, &persons(&[("north", 30, 25)]));
    assert_eq!(groups(&made), ["young", "drivers", "total"]);
    assert!(!notes(&made).contains("Lowest numbers"), "{}", notes(&made));
}

#[test]
fn a_partner_that_did_not_ask_takes_the_group_out_of_the_table_by_partner_alone() {
    let persons = persons(&[("north", 40, 40), ("south", 12, 0)]);
    assert_eq!(groups(&table(BY_PARTNER, &persons)), ["drivers", "total"]);
    let made = table(ALL, &persons);
    assert_eq!(groups(&made), ["young", "drivers", "total"]);
    assert!(notes(&made).contains("Lowest numbers"), "{}", notes(&made));
}

#[test]
fn of_persons_too_few_to_print_nothing_is_asked() {
    let persons = persons(&[("north", 40, 40), ("south", 9, 0)]);
    assert_eq!(groups(&table(BY_PARTNER, &persons)), ["young", "drivers", "total"]);
}
