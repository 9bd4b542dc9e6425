//! Reports of deliveries that lack the answers to a question: nothing is said of everybody from the few who answered.

#![expect(clippy::disallowed_methods, reason = "these tests copy deliveries and read a page")]

use std::path::Path;

use crate::program::{run_in, scratch};
use crate::repository::root;
use crate::sample::{REPORT_DATE, deliveries};

/// Copies the CSV deliveries of the last wave with one column under a heading that no study knows.
fn without_incomes(folder: &Path) -> Vec<String> {
    let headings: [&[u8]; 2] = [b"income_sources", b"Sources de revenus"];
    let of_wave = deliveries("integra").into_iter().filter(|path| path.ends_with("vague-4.csv"));
    let mut names = Vec::new();
    for path in of_wave {
        let source = root().join(&path);
        let bytes = std::fs::read(&source).expect("a delivery can be read");
        let (place, length) = headings
            .iter()
            .find_map(|heading| {
                let place = bytes.windows(heading.len()).position(|window| window == *heading);
                place.map(|place| (place, heading.len()))
            })
            .expect("the delivery has the column");
        let changed = [&bytes[..place], b"Colonne inconnue", &bytes[place + length..]].concat();
        let name = source.file_name().expect("a name").to_string_lossy().into_owned();
        std::fs::write(folder.join(&name), changed).expect("the copy can be written");
        names.push(name);
    }
    assert_eq!(names.len(), 2, "{names:?}");
    names
}

#[test]
fn a_question_without_answers_makes_no_share_of_everybody() {
    let folder = scratch("report-unanswered");
    let names = without_incomes(&folder);
    let mut arguments = vec!["report", "--date", REPORT_DATE, "--out", "sortie"];
    arguments.extend(names.iter().map(String::as_str));
    let run = run_in(&folder, &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let page = std::fs::read_to_string(folder.join("sortie/rapport.html")).expect("a page");
    let page = page.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'").replace("&#39;", "'");
    assert!(page.contains("ont de 18 à 25 ans"), "the portrait tells what was answered");
    assert!(!page.contains("reçoivent le revenu d'intégration"), "a share of nobody's answers");
    let untold = "Non montré, parce que les réponses manquent à plus d'une personne sur deux";
    let note = page.split_once(untold).map(|(_, note)| note).expect("the figure says why");
    let note = &note[..200];
    assert!(note.contains("Bénéficiaires du RIS"), "{note}");
}
