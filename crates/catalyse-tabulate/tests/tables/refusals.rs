//! What a specification cannot have, and the sentence that says so.

use catalyse_codebook::{CodeScope, Codebook};
use catalyse_tabulate::{Caseload, TabulateError};

use crate::study::{attempt, batch, codebook, sentence};

const MAIN: &str = "
person_id | round | office | works | age
P1        | w1    | north  | oui   | 30
P1        | w2    | north  | oui   | 31
";

fn refused(keys: &str) -> String {
    match attempt(keys, MAIN, Some("person_id | round | office | sector\nP1 | w1 | north | farm")) {
        Ok(_) => panic!("a table is made: {keys}"),
        Err(error) => sentence(&error),
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest_known_ones() {
    let cases = [
        (
            "kind = \"frequence\"; rows = \"works\"",
            "table `t`: unknown kind `frequence`. Kinds: frequency, cross, summary, change, transition.",
        ),
        (
            "kind = \"frequency\"; rows = \"work\"",
            "table `t`: the study has no variable `work`. The nearest name: `works`",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; columns = \"partners\"",
            "table `t`: the study has no variable `partners`. The nearest name: `partner`",
        ),
        (
            "kind = \"frequency\"; rows = \"Sans espace\"",
            "table `t`: the study has no variable `Sans espace`. Check the report definition.",
        ),
        (
            "kind = \"summary\"; rows = \"partner\"; value = \"hour\"",
            "table `t`: the study has no variable `hour`. The nearest name: `hours`",
        ),
        (
            "kind = \"summary\"; rows = \"partner\"",
            "table `t`: `value` is missing. Name the quantity to summarise.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; wave = \"w3\"",
            "table `t`: no record of wave `w3`. Add its files or change the report definition.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; count = \"visits\"",
            "table `t`: the study has no repeat form `visits` to count. Check `count`.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; count = \"situation\"",
            "table `t`: the study has no repeat form `situation` to count. Check `count`.",
        ),
    ];
    for (keys, expected) in cases {
        assert_eq!(refused(keys), expected, "{keys}");
    }
}

#[test]
fn what_does_not_fit_is_told_with_what_would() {
    let cases = [
        (
            "kind = \"frequency\"; rows = \"age\"",
            "table `t`: `age` has no categories and cannot make the rows or columns of a table. Take a derived variable in bands, or `kind = \"summary\"`.",
        ),
        (
            "kind = \"frequency\"; rows = \"many\"",
            "table `t`: `many` has too many categories for a table (more than 120). Take a variable that groups them.",
        ),
        (
            "kind = \"summary\"; rows = \"partner\"; value = \"gender\"",
            "table `t`: `gender` is no quantity and has no mean. Take an `integer` or `decimal` variable, or `kind = \"frequency\"`.",
        ),
        (
            "kind = \"frequency\"; rows = \"sector\"",
            "table `t`: `sector` is not in the records that this table counts. Name its form in `count`, or take `count` out.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; count = \"spells\"",
            "table `t`: `works` is not in the records that this table counts. Name its form in `count`, or take `count` out.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; wave = \"each\"",
            "table `t`: a person would be counted in each wave. With `frequency`, put `wave` in rows or columns and `wave = \"each\"`; `first-and-last` goes with `change` and `transition`.",
        ),
        (
            "kind = \"frequency\"; rows = \"works\"; columns = \"wave\"",
            "table `t`: `wave` stands in rows or columns, but one wave is counted. Write `wave = \"each\"`.",
        ),
        (
            "kind = \"change\"; rows = \"sector\"; count = \"spells\"",
            "table `t`: a `change` table follows persons from wave to wave. Take out `count`, and put a variable in the rows.",
        ),
        (
            "kind = \"transition\"; rows = \"wave\"",
            "table `t`: a `transition` table follows persons from wave to wave. Take out `count`, and put a variable in the rows.",
        ),
        (
            "kind = \"change\"; rows = \"works\"; weighted = true",
            "table `t`: `change` follows the same persons, and the weight sets one wave right at a time: a person would have a weight for each wave. Take out `weighted`; for weighted waves side by side, take `kind = \"frequency\"` with `columns = \"wave\"` and `wave = \"each\"`.",
        ),
        (
            "kind = \"frequency\"; rows = \"sector\"; count = \"spells\"; weighted = true",
            "table `t`: the study `cohort` has no weight for these records. Take out `weighted`, or name the variable in the study's `keys.weight`.",
        ),
    ];
    for (keys, expected) in cases {
        assert_eq!(refused(keys), expected, "{keys}");
    }
}

#[test]
fn a_condition_with_a_fault_is_told_with_it() {
    let cases = [
        "kind = \"frequency\"; rows = \"works\"; universe = \"agee > 3\"",
        "kind = \"frequency\"; rows = \"works\"; universe = \"age\"",
        "kind = \"frequency\"; rows = \"sector\"; count = \"spells\"; universe = \"age > 3\"",
    ];
    let told = cases.map(refused).join("\n");
    let expected = "\
table `t`, condition `agee > 3`: unknown variable `agee`. The nearest name: `age`
table `t`, condition `age`: the condition must be true or false; this one is a number
table `t`, condition `age > 3`: the variable `age` is in the records of another form, `situation`";
    assert_eq!(told, expected);
}

#[test]
fn what_says_who_a_person_is_enters_no_table() {
    let says = |name: &str| {
        format!(
            "table `t`: `{name}` says who the person is and enters no table. Take a variable that groups persons."
        )
    };
    for (keys, name) in [
        ("kind = \"frequency\"; rows = \"postcode\"", "postcode"),
        ("kind = \"cross\"; rows = \"works\"; columns = \"postcode\"", "postcode"),
        ("kind = \"frequency\"; rows = \"works\"; universe = \"postcode = 'p4000'\"", "postcode"),
        ("kind = \"frequency\"; rows = \"works\"; universe = \"person_id = 'P1'\"", "person_id"),
    ] {
        assert_eq!(refused(keys), says(name), "{keys}");
    }
}

#[test]
fn one_wave_cannot_show_a_change() {
    let main = "person_id | round | office | works\nP1 | w2 | north | oui";
    let error = attempt("kind = \"change\"; rows = \"works\"", main, None).expect_err("one wave");
    assert!(matches!(error, TabulateError::OneWave { .. }));
    assert_eq!(
        sentence(&error),
        "table `t`: a change needs at least two waves. Add the files of another wave."
    );
}

#[test]
fn a_repeat_without_rows_cannot_be_counted() {
    let keys = "kind = \"frequency\"; rows = \"sector\"; count = \"spells\"";
    for spells in [None, Some("person_id | round | office | sector")] {
        let error = attempt(keys, MAIN, spells).expect_err("no rows");
        assert!(matches!(error, TabulateError::NoEpisodes { .. }));
        assert_eq!(
            sentence(&error),
            "table `t`: no episodes in the files. Add the sheet that holds them."
        );
    }
}

#[test]
fn nothing_is_no_caseload() {
    let codebook = codebook();
    let nothing = batch(&codebook, "person_id | round | office", None);
    let error = Caseload::new(&codebook, &nothing).expect_err("no records");
    assert_eq!(
        sentence(&error),
        "no records: no row of the files was kept. Run `catalyse check` to learn why."
    );
    let only_spells = catalyse_testkit::batch(&codebook, &[]);
    assert!(Caseload::new(&codebook, &only_spells).is_err());
}

#[test]
fn one_code_at_two_partners_is_one_person_unless_codes_are_the_partners_own() {
    let mut codebook = codebook();
    let rows = "person_id | round | office | works\n1 | w1 | north | oui\n1 | w2 | south | non\n2 | w1 | north | non\n2 | w2 | north | oui";
    let batch = batch(&codebook, rows, None);
    let told = |codebook: &Codebook| {
        let caseload = Caseload::new(codebook, &batch).expect("records");
        (caseload.n_persons(), caseload.n_shared_codes().expect("a column of partners"))
    };
    assert_eq!(told(&codebook), (2, 1));
    codebook.study.codes = CodeScope::Partner;
    assert_eq!(told(&codebook), (3, 0));
}

#[test]
fn a_person_twice_in_a_wave_is_counted_once_and_told() {
    let codebook = codebook();
    let twice = "person_id | round | office | works\nP1 | w1 | north | oui\nP1 | w1 | north | non\nP1 | w2 | north | non";
    let batch = batch(&codebook, twice, None);
    let caseload = Caseload::new(&codebook, &batch).expect("records");
    assert_eq!(caseload.n_repeated(), 1);
    assert_eq!(caseload.waves_present().len(), 2);
    assert_eq!(format!("{caseload:?}").split(' ').next(), Some("Caseload(2"));
}
