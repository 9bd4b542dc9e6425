//! Two editions in the hands of one reader: last month's, and this month's after a few persons more were entered.

use std::collections::BTreeMap;

use crate::packs::{Draws, Side, Situation, n_categories_of, situations, tabulate};
use catalyse_disclose::{
    Earlier, Policy, PrintedCounts, Refusal, Release, ReleasedPack, Role, Tabulation, release_pack,
    release_pack_after,
};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

const N_BEFORE: usize = 260;
/// Printed numbers are off by this many persons at most.
const REACH: f64 = 4.0;

/// The tables of a report: each variable alone, by partner, by sex and by age.
fn tables(persons: &[Situation]) -> Vec<Tabulation> {
    let breakdowns =
        [None, Some(Side::new("partner", 5)), Some(Side::new("sex", 2)), Some(Side::new("age", 5))];
    let mut tables = Vec::new();
    for variable in 0..5 {
        let rows = Side::new(&format!("v{variable}"), n_categories_of(variable));
        let of = |columns: &Option<Side>| tabulate(0, persons, &rows, columns.as_ref());
        tables.extend(breakdowns.iter().map(of));
    }
    tables
}

fn persons(seed: u64) -> Vec<Situation> {
    situations(&mut Draws(seed), N_BEFORE + 40, 5)
}

/// Makes an edition as the program does: what cannot be protected is left out, and the others are tried again.
fn edition(persons: &[Situation], earlier: &[&PrintedCounts]) -> ReleasedPack {
    let earlier = Earlier::of(earlier.iter().copied());
    let mut fallen = Vec::new();
    loop {
        let mut tables = tables(persons);
        tables.retain(|table| !fallen.contains(&table.id));
        match release_pack_after(tables, &earlier, &Policy::partnership()) {
            Ok(pack) => return pack,
            Err(Refusal::Narrow { report, .. }) => fallen.extend(report.failed_tables),
            Err(refusal) => panic!("{refusal}"),
        }
        assert!(fallen.len() < 5, "most tables are printed: {fallen:?}");
    }
}

/// Lists what a pack prints, table by table.
fn printed(pack: &ReleasedPack) -> Vec<Vec<u64>> {
    pack.releases.iter().map(cells).collect()
}

fn cells(release: &Release) -> Vec<u64> {
    let (rows, columns) = (release.rows().headings.len(), release.columns().headings.len());
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    places
        .map(|(row, column)| {
            release.cell(row, column).and_then(|cell| cell.count.value()).unwrap_or(u64::MAX)
        })
        .collect()
}

/// Lists the sums of an axis: a whole, and its parts.
fn sums(roles: &[Role]) -> Vec<(usize, Vec<usize>)> {
    let of = |role: Role| -> Vec<usize> {
        (0..roles.len()).filter(|place| roles[*place] == role).collect()
    };
    let (categories, missing) = (of(Role::Category), of(Role::Missing));
    match (of(Role::Total).first(), of(Role::Answered).first()) {
        (Some(total), Some(answered)) => {
            vec![(*answered, categories), (*total, [vec![*answered], missing].concat())]
        }
        (Some(total), None) if !categories.is_empty() => vec![(*total, categories)],
        _ => Vec::new(),
    }
}

/// What a reader of two editions of one table writes down: both ranges of each cell, the sums of both, and that at most `n_new` persons came
/// and none left.
struct Reader {
    problem: Problem,
    cells: [Vec<Variable>; 2],
}

impl Reader {
    fn of(
        table: &Release,
        numbers: [&[u64]; 2],
        n_new: usize,
        price: Option<(usize, usize, f64)>,
    ) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut cells = [Vec::new(), Vec::new()];
        for (edition, of) in numbers.into_iter().enumerate() {
            for (place, value) in of.iter().enumerate() {
                let price = price.filter(|price| (price.0, price.1) == (edition, place));
                let ends = ((*value as f64 - REACH).max(0.0), *value as f64 + REACH);
                let ends = (ends.0 as i32, ends.1 as i32);
                cells[edition]
                    .push(problem.add_integer_var(price.map_or(0.0, |price| price.2), ends));
            }
        }
        for (then, now) in cells[0].iter().zip(&cells[1]) {
            problem.add_constraint([(*now, 1.0), (*then, -1.0)], ComparisonOp::Ge, 0.0);
            problem.add_constraint([(*now, 1.0), (*then, -1.0)], ComparisonOp::Le, n_new as f64);
        }
        let roles = |axis: &catalyse_disclose::Axis| -> Vec<Role> {
            axis.headings.iter().map(|heading| heading.role).collect()
        };
        let (rows, columns) = (roles(table.rows()), roles(table.columns()));
        for of in &cells {
            let cell = |row: usize, column: usize| of[row * columns.len() + column];
            let mut add = |whole: Variable, parts: Vec<Variable>| {
                let sum: Vec<_> =
                    parts.into_iter().map(|part| (part, -1.0)).chain([(whole, 1.0)]).collect();
                problem.add_constraint(&sum, ComparisonOp::Eq, 0.0);
            };
            for (whole, parts) in sums(&rows) {
                for column in 0..columns.len() {
                    add(cell(whole, column), parts.iter().map(|row| cell(*row, column)).collect());
                }
            }
            for (whole, parts) in sums(&columns) {
                for row in 0..rows.len() {
                    add(cell(row, whole), parts.iter().map(|column| cell(row, *column)).collect());
                }
            }
        }
        Self { problem, cells }
    }

    /// Returns the least value of what has a price.
    fn least(&self, (edition, place): (usize, usize)) -> Option<f64> {
        let mut options = SolveOptions::default();
        options.node_limit = Some(200);
        let outcome = self.problem.solve_with(options).ok()?;
        outcome.solution().map(|solution| solution.var_value(self.cells[edition][place]))
    }
}

/// Lists the widths of the ranges of small counts, as a reader of both editions finds them.
fn widths(persons: &[Situation], n_new: usize, packs: [&ReleasedPack; 2]) -> BTreeMap<u64, u64> {
    let truths = [tables(&persons[..N_BEFORE]), tables(&persons[..N_BEFORE + n_new])];
    let mut widths = BTreeMap::new();
    for table in &packs[1].releases {
        let is_same = |other: &&Release| other.id() == table.id();
        let Some(then) = packs[0].releases.iter().find(is_same) else { continue };
        let (then, now) = (cells(then), cells(table));
        for (edition, truths) in truths.iter().enumerate() {
            let Some(truth) = truths.iter().find(|truth| truth.id == table.id()) else { continue };
            for (cell, truth) in truth.cells.iter().enumerate() {
                // Where nothing moved a second edition tells nothing; the audit of one edition has looked at the rest.
                if !(1..5).contains(&truth.count) || then[cell] == now[cell] {
                    continue;
                }
                let end = |price: f64| {
                    let wanted = Some((edition, cell, price));
                    Reader::of(table, [&then, &now], n_new, wanted).least((edition, cell))
                };
                let width = end(-1.0).zip(end(1.0)).map_or(0.0, |(high, low)| high - low);
                *widths.entry(width.round() as u64).or_default() += 1;
            }
        }
    }
    widths
}

#[test]
fn who_subtracts_two_editions_places_nobody() {
    let mut n_narrow = [0, 0];
    for (seed, n_new) in [(1, 1), (2, 2), (3, 3), (4, 4), (6, 1)] {
        let persons = persons(seed);
        let then = edition(&persons[..N_BEFORE], &[]);
        let narrow = |now: &ReleasedPack| -> u64 {
            widths(&persons, n_new, [&then, now]).range(..4).map(|(_, n)| n).sum()
        };
        n_narrow[0] += narrow(&edition(&persons[..N_BEFORE + n_new], &[&then.printed]));
        // Made as if it were the first.
        n_narrow[1] += narrow(&edition(&persons[..N_BEFORE + n_new], &[]));
    }
    assert_eq!(n_narrow[0], 0);
    assert!(n_narrow[1] > 5, "a naive edition gives {} small counts away", n_narrow[1]);
}

#[test]
fn the_same_persons_print_the_same_whatever_tables_come_with_them() {
    let mut n_naive = 0;
    for seed in 5..9 {
        let persons = persons(seed);
        let of = |n_tables: usize, earlier: &Earlier| {
            let tables = tables(&persons[..N_BEFORE]).into_iter().take(n_tables).collect();
            release_pack_after(tables, earlier, &Policy::partnership()).expect("the gate opens")
        };
        let then = of(4, &Earlier::default());
        let now = of(20, &Earlier::of([&then.printed]));
        assert_eq!(printed(&then)[..], printed(&now)[..4]);
        // Without the first edition the second one prints some of them otherwise.
        let naive = of(20, &Earlier::default());
        n_naive += u64::from(printed(&then)[..] != printed(&naive)[..4]);
    }
    assert!(n_naive > 0);
}

#[test]
fn a_number_stays_until_it_cannot_and_then_moves_to_the_nearest() {
    let table = |n_cars: usize| {
        let persons: Vec<Situation> = (0..100)
            .map(|person| [("v0".to_owned(), Some(u64::from(person >= n_cars)))].into())
            .collect();
        vec![tabulate(0, &persons, &Side::new("v0", 2), None)]
    };
    let mut editions: Vec<PrintedCounts> = Vec::new();
    let mut printed = Vec::new();
    for n_cars in [12, 14, 15, 13, 11, 10, 14, 16, 19, 27, 48, 46] {
        let earlier = Earlier::of(&editions);
        let pack =
            release_pack_after(table(n_cars), &earlier, &Policy::partnership()).expect("it opens");
        printed.push(cells(&pack.releases[0])[0]);
        editions.push(pack.printed);
    }
    assert_eq!(printed, [10, 10, 15, 15, 15, 10, 10, 15, 15, 25, 50, 50]);
}

#[test]
fn an_edition_without_others_is_what_it_was_and_forgets_no_population() {
    let persons = persons(7);
    let alone = release_pack(tables(&persons[..N_BEFORE]), &Policy::partnership()).expect("opens");
    let first = edition(&persons[..N_BEFORE], &[]);
    assert_eq!(printed(&alone), printed(&first));
    let kept = serde_json::to_string(&first.printed).expect("it is text");
    let read: PrintedCounts = serde_json::from_str(&kept).expect("it is read");
    assert!(read == first.printed);
    assert!(Earlier::of([&read]).n_counts() > 300);
    assert!(!format!("{read:?}").contains("wave"));
    // Numbers of another base say nothing about these.
    let other = Earlier::of([&read]);
    let publication =
        release_pack_after(tables(&persons[..N_BEFORE]), &other, &Policy::publication());
    let unaware = release_pack(tables(&persons[..N_BEFORE]), &Policy::publication());
    if let (Ok(one), Ok(other)) = (&publication, &unaware) {
        assert_eq!(printed(one), printed(other));
    }
    assert_eq!(publication.is_ok(), unaware.is_ok());
}
