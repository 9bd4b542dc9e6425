//! Questions that came later or went: the waves in which they are asked are the ones that count.

use catalyse_tabulate::TabulateError;

use crate::shown::show;
use crate::study::{attempt, sentence, table};

/// The telephone is asked since w2, the letter until w2.
const MAIN: &str = "
person_id | round | office | phone | letter
P1        | w1    | north  |       | oui
P2        | w1    | north  |       | non
P1        | w2    | north  | non   | oui
P2        | w2    | north  | non   | oui
P1        | w3    | north  | oui   |
P2        | w3    | north  | non   |
";

#[test]
fn a_change_is_between_the_waves_in_which_the_question_is_asked() {
    let made = table("kind = \"change\"; rows = \"phone\"; wave = \"first-and-last\"", MAIN);
    let shown = show(&made);
    assert!(shown.contains("| w2 | w3\n"), "{shown}");
    assert!(shown.contains("yes | 0 | 1\n") || shown.contains("true | 0 | 1\n"), "{shown}");
}

#[test]
fn waves_side_by_side_leave_out_those_without_the_question() {
    let keys = |rows: &str| {
        format!("kind = \"frequency\"; rows = \"{rows}\"; columns = \"wave\"; wave = \"each\"")
    };
    let waves = |rows: &str| -> Vec<String> {
        let made = table(&keys(rows), MAIN);
        made.columns.headings.iter().map(|heading| heading.key.clone()).collect()
    };
    assert_eq!(waves("phone"), ["w2", "w3"]);
    assert_eq!(waves("letter"), ["w1", "w2"]);
}

#[test]
fn a_wave_without_the_question_is_told_and_not_counted_as_silence() {
    for keys in [
        "kind = \"frequency\"; rows = \"letter\"",
        "kind = \"frequency\"; rows = \"phone\"; wave = \"w1\"",
        "kind = \"frequency\"; rows = \"phone\"; columns = \"letter\"; wave = \"first\"",
        "kind = \"transition\"; rows = \"phone\"; wave = \"first-and-last\"",
    ] {
        let error = attempt(keys, MAIN, None).expect_err("it is not asked");
        assert!(matches!(error, TabulateError::NotAsked { .. }), "{keys}: {error}");
        assert!(sentence(&error).contains("Write a wave"), "{}", sentence(&error));
    }
    let both = "kind = \"frequency\"; rows = \"phone\"; columns = \"letter\"; wave = \"w2\"";
    assert!(attempt(both, MAIN, None).is_ok());
}
