//! Privacy: nothing that a person wrote or that stands for a person is in what the program prints or writes.
//!
//! The needles are read from the deliveries by readers of this test's own: person codes, national numbers, birth dates, free texts.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, SchemaFiles, Sensitivity, Variable};
use catalyse_locale::{Language, fold};

use crate::repository::{ending, files_below, read};
use crate::sample::{cells, deliveries, entries, files_of, report, run_on};

/// Shorter values (a year, a code) are words that a report has anyway.
const SHORTEST: usize = 6;

fn variables() -> Vec<Variable> {
    let opened =
        Codebook::open(&SchemaFiles::bundled(), "integra").expect("the bundled study opens");
    let forms = opened.codebook.forms.into_iter();
    forms.flat_map(|form| form.sections).flat_map(|section| section.variables).collect()
}

/// Says whether the values of a variable must never be seen: who somebody is, what somebody wrote.
fn is_private(variable: &Variable) -> bool {
    let value_type = variable.value_type.name();
    variable.sensitivity == Sensitivity::Identifying || ["pseudonym", "text"].contains(&value_type)
}

fn heads_of(variable: &Variable) -> Vec<String> {
    let labels =
        [Language::Fr, Language::En].map(|language| variable.label.get(language).to_owned());
    let heads =
        labels.into_iter().chain([variable.name.to_string()]).chain(variable.aliases.clone());
    heads.map(|head| fold(&head)).collect()
}

/// Collects the private values of the deliveries of a folder, in every form in which they might be printed.
fn needles(folder: &str) -> BTreeSet<String> {
    let heads: BTreeSet<String> =
        variables().iter().filter(|variable| is_private(variable)).flat_map(heads_of).collect();
    let mut needles = BTreeSet::new();
    for path in deliveries(folder) {
        let mut private: Vec<usize> = Vec::new();
        for row in cells(&path) {
            let here: Vec<usize> = (0..row.len())
                .filter(|at| row.get(*at).is_some_and(|head| heads.contains(&fold(head))))
                .collect();
            if here.len() >= private.len().max(1) && !here.is_empty() {
                private = here;
                continue;
            }
            let values = private.iter().filter_map(|at| row.get(*at));
            needles.extend(values.flat_map(|value| forms_of(value)));
        }
    }
    let known = known_words();
    // A birth date of which only the month is known is the same as any other month.
    let is_month = |needle: &str| {
        needle.len() == 7
            && needle.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/' || byte == b'-')
    };
    // One word without a digit is a word of the language, not a code, a number or a date; a text of several words is a person's own.
    needles.retain(|needle| {
        needle.contains(' ') || needle.contains(|letter: char| letter.is_ascii_digit())
    });
    needles.retain(|needle| {
        needle.chars().count() >= SHORTEST && !is_month(needle) && !known.contains(&fold(needle))
    });
    needles
}

/// Writes a value as it might be printed: as it stands; a date also the other way round.
fn forms_of(value: &str) -> Vec<String> {
    let mut forms = vec![value.trim().to_owned()];
    let day_first: Vec<&str> = value.split('/').collect();
    if let [day, month, year] = day_first.as_slice() {
        forms.push(format!("{year}-{month}-{day}"));
    }
    let year_first: Vec<&str> = value.split('-').collect();
    if let [year, month, day] = year_first.as_slice()
        && year.len() == 4
    {
        forms.push(format!("{day}/{month}/{year}"));
    }
    forms
}

/// Everything that schemas and definitions say: a free text that is a word of theirs gives nobody away.
fn known_words() -> String {
    let schemas = files_below("schemas").into_iter().chain(files_below("reports"));
    fold(
        &schemas
            .filter(|path| !path.contains("/gallery/"))
            .map(|path| read(&path))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Finds needles in a text. Codes and dates are sought as whole words, which is quick; what has blanks, as it stands.
fn found_in(text: &str, needles: &BTreeSet<String>) -> Vec<String> {
    let is_of_word =
        |letter: char| letter.is_alphanumeric() || ['-', '/', '.', '_'].contains(&letter);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for word in text.split(|letter: char| !is_of_word(letter)) {
        let word = word.trim_matches(['.', '-', '/']);
        if let Some(needle) = needles.get(word) {
            found.insert(needle);
        }
    }
    let long = needles.iter().filter(|needle| needle.contains(' '));
    found.extend(long.filter(|needle| text.contains(needle.as_str())).map(String::as_str));
    // A test log is read by others too: how long it is and what it is like, not what it is.
    found
        .into_iter()
        .map(|needle| {
            format!("{} letters, {}…", needle.chars().count(), needle.chars().next().unwrap_or('?'))
        })
        .collect()
}

#[test]
fn the_needles_are_many_and_are_found_where_they_are() {
    for (folder, at_least) in [("integra", 800), ("faulty", 400)] {
        let needles = needles(folder);
        assert!(needles.len() > at_least, "{folder}: {} private values", needles.len());
        let haystack: String =
            needles.iter().flat_map(|needle| ["<td>", needle, "</td>\n"]).collect();
        assert_eq!(found_in(&haystack, &needles).len(), needles.len());
    }
}

#[test]
fn what_check_prints_has_nothing_private() {
    for folder in ["integra", "faulty"] {
        let needles = needles(folder);
        for format in ["text", "json", "csv"] {
            let run = run_on(folder, &["check", "--all", "--format", format]);
            assert!(run.stdout.len() > 100, "{}", run.stderr);
            for (stream, text) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
                assert_eq!(
                    found_in(text, &needles),
                    Vec::<String>::new(),
                    "{folder}, {format}, {stream}"
                );
            }
        }
    }
}

#[test]
fn what_profile_prints_has_nothing_private() {
    let needles = needles("integra");
    for format in ["text", "json"] {
        let run = run_on("integra", &["profile", "--format", format]);
        assert!(run.stdout.len() > 1000, "{}", run.stderr);
        for text in [&run.stdout, &run.stderr] {
            assert_eq!(found_in(text, &needles), Vec::<String>::new(), "{format}");
        }
    }
}

#[test]
fn no_file_of_the_report_has_anything_private() {
    let needles = needles("integra");
    let mut n_texts = 0;
    // Pictures hold no text: pixels, and outlines of letters.
    let is_picture = |name: &str| ending(name) == "png" || name.ends_with(".outlined.svg");
    for (name, bytes) in files_of(report()) {
        if is_picture(&name) {
            assert!(!String::from_utf8_lossy(&bytes).contains("<text"), "{name} has text");
            continue;
        }
        let parts =
            if name.ends_with("xlsx") { entries(&bytes) } else { vec![(String::new(), bytes)] };
        for (part, bytes) in parts {
            n_texts += 1;
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(found_in(&text, &needles), Vec::<String>::new(), "{name} {part}");
        }
    }
    assert!(n_texts > 50, "{n_texts} texts");
}
