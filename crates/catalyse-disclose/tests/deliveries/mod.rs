//! Who delivered at which wave is known to all partners: what is printed says so, and gives nobody away by it.

use catalyse_disclose::{
    Axis, Background, Cell, Delivered, Heading, Mark, Policy, Population, Release, Role, ShareOf,
    Shown, Tabulation, Unit, release_pack,
};
use catalyse_locale::{Label, Language};

/// Persons of each partner, a list a wave, with everybody last; by the conditions of the program.
fn persons(counts: &[&[u64]]) -> Tabulation {
    let (n_partners, n_waves) = (counts[0].len(), counts.len());
    let heading = |key: String, role| Heading { label: Label::same(key.as_str()), key, role };
    let category = |word: &str, at: usize| heading(format!("{word}{at}"), Role::Category);
    let mut rows: Vec<Heading> = (0..n_partners).map(|at| category("p", at)).collect();
    rows.push(heading("total".to_owned(), Role::Total));
    let cell = |row: usize, wave: usize| {
        let of_wave = Population::new([format!("wave=w{wave}")]);
        let (population, count) = match counts[wave].get(row) {
            Some(count) => (of_wave.and(format!("partner=p{row}")), *count),
            None => (of_wave, counts[wave].iter().sum()),
        };
        Cell { population, persons: count, count, ..Cell::default() }
    };
    let places = (0..rows.len()).flat_map(|row| (0..n_waves).map(move |wave| (row, wave)));
    let axis = |name: &str, headings, is_exclusive| Axis {
        name: name.to_owned(),
        label: Label::same(name),
        headings,
        is_exclusive,
        is_ordered: false,
    };
    let known = (0..n_partners).flat_map(|row| (0..n_waves).map(move |wave| (row, wave)));
    let delivered = known.map(|(row, wave)| Delivered {
        partner: format!("partner=p{row}"),
        wave: format!("wave=w{wave}"),
        has_records: counts[wave][row] > 0,
    });
    Tabulation {
        id: "persons".to_owned(),
        title: Label::same("persons"),
        universe: Label::same("everybody"),
        unit: Unit::Persons,
        cells: places.map(|(row, wave)| cell(row, wave)).collect(),
        rows: axis(Axis::PARTNER, rows, true),
        columns: axis(Axis::WAVE, (0..n_waves).map(|at| category("w", at)).collect(), false),
        share_of: ShareOf::Column,
        tests: Vec::new(),
        is_sensitive: false,
        notes: Vec::new(),
        background: Background { delivered: delivered.collect(), ..Background::default() },
    }
}

#[expect(clippy::unwrap_used, reason = "the test ends where a pack is refused")]
fn released(counts: &[&[u64]]) -> Release {
    let pack = release_pack(vec![persons(counts)], &Policy::partnership()).unwrap();
    assert_eq!(pack.audit.n_failed, 0);
    pack.releases.into_iter().next().unwrap()
}

/// What is printed of a wave, partner by partner, everybody last.
#[expect(clippy::unwrap_used, reason = "the places are those of the table")]
fn printed(release: &Release, wave: usize) -> Vec<Shown<u64>> {
    (0..release.rows().headings.len()).map(|row| release.cell(row, wave).unwrap().count).collect()
}

const NO_RECORDS: Shown<u64> = Shown::Hidden(Mark::NoRecords);
const CONFIDENTIAL: Shown<u64> = Shown::Hidden(Mark::Confidential);

#[test]
fn of_a_partner_without_records_it_is_said_that_there_are_none() {
    let release = released(&[&[40, 35, 20], &[40, 35, 0], &[40, 35, 25]]);
    assert_eq!(printed(&release, 1)[2], NO_RECORDS);
    assert!(printed(&release, 2).iter().all(|count| count.value().is_some()));
}

#[test]
fn a_partner_alone_at_a_wave_is_everybody_there() {
    let release = released(&[&[40, 35, 20], &[0, 33, 0]]);
    let last = printed(&release, 1);
    assert_eq!([last[0], last[2]], [NO_RECORDS; 2]);
    assert_eq!(last[1], last[3]);
    assert!(last[1].value().is_some());
}

#[test]
fn two_partners_alone_at_a_wave_are_not_shown_apart_there() {
    let release = released(&[&[40, 35, 20], &[42, 33, 0], &[41, 36, 22]]);
    let counts = printed(&release, 1);
    assert_eq!(counts[..3], [CONFIDENTIAL, CONFIDENTIAL, NO_RECORDS]);
    assert_eq!(counts[3], Shown::Value(75));
    for wave in [0, 2] {
        assert!(printed(&release, wave).iter().all(|count| count.value().is_some()), "{wave}");
    }
    let notes: Vec<String> = release.notes().iter().map(|note| note.say(Language::En)).collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].starts_with("w1: only two partners"), "{notes:?}");
}

#[test]
fn of_a_partner_known_to_have_records_one_to_four_persons_print_as_five() {
    for few in 1..5 {
        let release = released(&[&[40, 35, 20], &[42, 33, few]]);
        // A printed 0 would be 1 to 4, for whoever knows that records came.
        assert_eq!(printed(&release, 1)[2], Shown::Value(5), "{few}");
    }
}
