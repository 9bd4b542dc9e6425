//! A study without hints works too: answers are drawn evenly from types and lists, and keep to its checks.

use catalyse_codebook::Codebook;
use catalyse_simulate::{Hints, Options, SimulateError, Simulated, simulate};
use catalyse_testkit::StudyText;

fn study() -> Codebook {
    StudyText::new()
        .list("housing", "rent own none")
        .list("obstacles", "bus care money")
        .variable("born partial_date; required = true")
        .variable("housing select_one housing; required = true; missing = [\"refused\"]")
        .variable("rent decimal; relevant = \"housing = 'rent'\"; missing = [\"unknown\"]")
        .variable("obstacles select_multiple obstacles")
        .variable("works yes_no; required = true")
        .variable("hours integer; relevant = \"works\"; constraint = \"hours BETWEEN 1 AND 60\"")
        .variable("full_time yes_no; calculation = \"hours >= 30\"")
        .check("rent-covers", "range", "rent", "min = 5; max = 60")
        .check(
            "no-home-no-work",
            "expression",
            "works housing",
            "when = \"housing = 'none'\"; assert = \"NOT works\"",
        )
        .check("once", "unique", "person_id wave", "")
        .open()
}

fn made(options: &Options) -> Simulated {
    simulate(&study(), &Hints::default(), options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_study_without_hints_gets_files_and_the_same_ones_each_time() {
    let options = Options { n_persons: 60, n_waves: 3, seed: 7, faults: false };
    let first = made(&options);
    let names: Vec<&str> = first.files.iter().map(|file| file.path.as_str()).collect();
    let expected: Vec<String> = ["north", "south"]
        .iter()
        .zip(["csv", "xlsx"])
        .flat_map(|(partner, end)| (1..=3).map(move |wave| format!("{partner}-vague-{wave}.{end}")))
        .collect();
    assert_eq!(names, expected);
    assert!(first.n_records > 60);
    assert_eq!(first.files, made(&options).files);
    assert_ne!(first.files, made(&Options { seed: 8, ..options }).files);
}

#[test]
fn faults_of_all_kinds_are_planted_one_a_person() {
    let made = made(&Options { n_persons: 80, n_waves: 1, seed: 3, faults: true });
    let kinds: std::collections::BTreeSet<&str> =
        made.faults.iter().map(|fault| fault.kind.as_str()).collect();
    for kind in [
        "answer-missing",
        "answers-disagree",
        "out-of-range",
        "skip-violated",
        "duplicate-key",
        "unreadable-partial_date",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let place =
        |fault: &catalyse_simulate::Fault| (fault.file.clone(), fault.sheet.clone(), fault.row);
    let rows: std::collections::BTreeSet<_> = made.faults.iter().map(place).collect();
    assert_eq!(rows.len(), made.faults.len());
}

#[test]
fn every_check_gets_its_fault_alone_where_it_can_be() {
    let study = StudyText::new()
        .list("housing", "rent own")
        .variable(
            "years integer; constraint = \"years BETWEEN 16 AND 60\"; missing = [\"unknown\"]",
        )
        .variable("housing select_one housing; missing = [\"unknown\"]")
        .variable("rooms integer; missing = [\"unknown\"]")
        .variable("minutes integer; missing = [\"unknown\"]")
        .variable("persons integer; missing = [\"unknown\"]")
        .check("from-ten", "expression", "years", "assert = \"years >= 10\"")
        .check("minutes-outlier", "outlier", "minutes", "by = \"median-mad\"; limit = 12")
        .check("once", "unique", "person_id wave", "")
        .check("persons-are-rooms", "expression", "persons", "assert = \"persons = rooms\"")
        .check("rent-of-two", "one-of", "housing", "when = \"persons = 2\"; codes = [\"rent\"]")
        .open();
    let hints = Hints::parse("[variable.persons]\nformula = \"rooms\"").expect("hints");
    let options = Options { n_persons: 120, n_waves: 1, seed: 5, faults: true };
    let made = simulate(&study, &hints, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(made.checks_without_fault, []);
    let of = |check: &str| {
        let own = made.faults.iter().filter(|fault| fault.check.as_str() == check);
        let number = own.map(|fault| fault.number).next_back().expect("a fault of the check");
        let rows = made.faults.iter().filter(|fault| fault.number == number);
        let mut checks: Vec<&str> = rows.map(|fault| fault.check.as_str()).collect();
        checks.sort_unstable();
        checks.join(" ")
    };
    // Who is under ten is under sixteen too; a pair has two rows; all else shows alone, and a key that is missing as well.
    assert_eq!(of("from-ten"), "from-ten years.constraint");
    assert_eq!(of("once"), "once once");
    for check in [
        "years.constraint",
        "minutes-outlier",
        "persons-are-rooms",
        "rent-of-two",
        "person_id.required",
        "wave.required",
        "partner.required",
    ] {
        assert_eq!(of(check), check);
    }
}

/// A study whose answers, drawn evenly, would break each of its checks that compare waves.
fn panel_study() -> catalyse_codebook::Codebook {
    StudyText::new()
        .list("levels", "none first second third")
        .list("places", "a b c d e f g h i j k l")
        .variable("level select_one levels")
        .variable("years integer; constraint = \"years BETWEEN 0 AND 30\"")
        .variable("points integer; calculation = \"years * 2\"")
        .variable("place select_one places")
        .variable("begun date")
        .variable("distance decimal")
        .variable("first_name text")
        .variable("born partial_date")
        .check("level-kept", "since-last-wave", "level", "change = \"not-lower\"")
        .check(
            "points-kept",
            "since-last-wave",
            "years",
            "change = \"not-higher\"; compare = \"points\"",
        )
        .check("place-kept", "since-last-wave", "place", "")
        .check("begun-kept", "since-last-wave", "begun", "change = \"not-lower\"")
        .check("near", "since-last-wave", "distance", "at_most = 0.5")
        .check("known-elsewhere", "same-person", "first_name born", "")
        .open()
}

#[test]
fn a_panel_keeps_to_the_checks_that_compare_its_waves() {
    let hints =
        "[variable.level]\nstay = 0\n[variable.years]\nstay = 0\n[variable.place]\nstay = 0";
    let hints = Hints::parse(hints).expect("hints");
    let options = Options { n_persons: 90, n_waves: 3, seed: 4, faults: false };
    let study = panel_study();
    let clean = simulate(&study, &hints, &options).unwrap_or_else(|error| panic!("{error}"));
    assert!(clean.n_records > 150, "{}", clean.n_records);
    // Each of the checks is shown by a fault, at its place and nowhere else: the generator looks at all of them before it ends.
    let options = Options { faults: true, ..options };
    let made = simulate(&study, &hints, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(made.checks_without_fault, []);
    let kinds: std::collections::BTreeMap<&str, &str> =
        made.faults.iter().map(|fault| (fault.check.as_str(), fault.kind.as_str())).collect();
    assert_eq!(kinds.get("points-kept"), Some(&"other-than-before"));
    assert_eq!(kinds.get("known-elsewhere"), Some(&"followed-twice"));
}

#[test]
fn nobody_and_nothing_are_possible_and_impossible_wishes_are_named() {
    let options = Options { n_persons: 0, n_waves: 2, seed: 1, faults: false };
    assert!(made(&options).files.is_empty());
    let too_many =
        simulate(&study(), &Hints::default(), &Options { n_waves: 9, ..options.clone() });
    assert!(matches!(too_many, Err(SimulateError::TooManyWaves { asked: 9, known: 3 })));
    let hints = Hints::parse("[variable.hose]\nfixed = true").expect("hints");
    let unknown = simulate(&study(), &hints, &options);
    assert!(matches!(unknown, Err(SimulateError::UnknownName(name)) if name == "hose"));
    assert!(Hints::parse("[variable.works]\nstays = 1").is_err());
}
