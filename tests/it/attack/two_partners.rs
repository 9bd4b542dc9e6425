//! The attack of one partner of two on the other: what it knows of its own, taken from what is printed of both.

use catalyse_disclose::TableSpec;

use super::figures::{tables, whole};
use super::{BASE, LEAST_WIDTH, THRESHOLD, truth};
use crate::program::{run_in, scratch};
use crate::repository::root;
use crate::sample::{REPORT_DATE, deliveries, files_of};

const TWO: [&str; 2] = ["durbuy", "hotton"];

/// Holds what is true of a category, and what is printed of it.
struct Category {
    name: String,
    /// Of the first and of the second partner.
    truth: [i64; 2],
    /// Of both together.
    whole: i64,
    /// Of each by itself, if it is shown apart.
    apart: Option<[i64; 2]>,
    /// How far a printed number lies from the true one at most: the rule is in the open.
    reach: i64,
}

impl Category {
    /// Lists the counts that a printed number may stand for.
    fn counts(&self, printed: i64) -> std::ops::RangeInclusive<i64> {
        (printed - self.reach).max(0)..=printed + self.reach
    }
}

/// Lists the categories in which one partner places one to four persons of the other within fewer than five values.
fn placed(categories: &[Category]) -> Vec<&str> {
    let is_placed = |category: &&Category| {
        [[0, 1], [1, 0]].into_iter().any(|[own, other]| {
            let (own, truth) = (category.truth[own], category.truth[other]);
            let mut left: Vec<i64> = category
                .counts(category.whole)
                .map(|both| both - own)
                .filter(|count| *count >= 0)
                .collect();
            if let Some(apart) = category.apart {
                left.retain(|count| category.counts(apart[other]).contains(count));
            }
            let width = left.last().unwrap_or(&0) - left.first().unwrap_or(&0);
            (1..THRESHOLD).contains(&truth) && width < LEAST_WIDTH
        })
    };
    categories.iter().filter(is_placed).map(|category| category.name.as_str()).collect()
}

/// Counts the categories of the tables of one column, by the two partners.
fn truths() -> Vec<(String, String, [i64; 2])> {
    let specs = truth::specs().into_iter();
    let specs = specs
        .filter(|spec| spec.kind == "frequency" && spec.columns.is_none() && spec.count.is_none());
    let specs: Vec<TableSpec> =
        specs.map(|spec| TableSpec { columns: Some("partner".to_owned()), ..spec }).collect();
    let tables = truth::count(&specs);
    let categories = tables.iter().flat_map(|table| {
        let column = |partner: &str| {
            table.columns.headings.iter().position(|heading| heading.key == partner)
        };
        let places = TWO.map(|partner| column(partner).expect("the partner has records"));
        table.rows.headings.iter().enumerate().map(move |(row, heading)| {
            let count =
                |column: usize| table.cell(row, column).map_or(0, |cell| cell.count).cast_signed();
            (table.id.clone(), heading.key.clone(), places.map(count))
        })
    });
    categories.collect()
}

fn printed(scratch_name: &str) -> std::path::PathBuf {
    let folder = scratch(scratch_name);
    let files = deliveries("integra").into_iter();
    let files = files.filter(|path| TWO.iter().any(|partner| path.contains(partner)));
    let files: Vec<String> =
        files.map(|path| root().join(path).to_string_lossy().into_owned()).collect();
    let mut arguments = vec!["report", "--date", REPORT_DATE, "--by", "partner", "--out", "sortie"];
    arguments.extend(files.iter().map(String::as_str));
    let run = run_in(&folder, &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let out = folder.join("sortie");
    assert!(!files_of(&out).is_empty());
    out
}

#[test]
fn of_two_partners_none_is_shown_and_neither_knows_the_other() {
    let report = printed("attack-two-partners");
    let (mut n_counts, mut apart) = (0, Vec::new());
    for table in tables(&report) {
        for ((row, column), cell) in &table.cells {
            let is_apart = |code: &String| TWO.contains(&code.as_str());
            let figures = ["count", "percent", "mean", "median", "weighted_count"];
            let is_shown = figures.iter().any(|key| cell.get(key).is_some());
            n_counts += usize::from(is_shown);
            if (is_apart(row) || is_apart(column)) && is_shown {
                apart.push(format!("{}: {row} {column}", table.id));
            }
        }
    }
    assert!(n_counts > 300, "{n_counts} figures");
    assert!(apart.is_empty(), "shown apart: {}", apart.join(", "));
}

#[test]
fn no_partner_of_two_places_a_small_count_of_the_other() {
    let tables = tables(&printed("attack-subtraction"));
    let categories: Vec<Category> = truths()
        .into_iter()
        .filter_map(|(id, row, truth)| {
            // Editions repeat the same numbers; one of them is enough.
            let table = tables.iter().find(|table| table.id == id)?;
            let cells = table.cells.iter();
            let mut of_row = cells.filter(|((code, _), _)| *code == row);
            let cell = of_row.find_map(|((_, column), cell)| {
                (!TWO.contains(&column.as_str())).then_some(cell)
            })?;
            let whole = whole(cell, "count")?;
            Some(Category {
                name: format!("{id} {row}"),
                truth,
                whole,
                apart: None,
                reach: BASE - 1,
            })
        })
        .collect();
    let is_small =
        |category: &&Category| category.truth.iter().any(|count| (1..THRESHOLD).contains(count));
    assert!(categories.iter().filter(is_small).count() > 10, "nothing is attacked");
    for category in &categories {
        let both = category.truth.iter().sum();
        assert!(category.counts(category.whole).contains(&both), "{}: {both}", category.name);
    }
    assert_eq!(placed(&categories), [""; 0]);
}

#[test]
fn numbers_rounded_each_by_itself_tell_one_partner_of_the_other() {
    // A naive policy: both partners apart and together, each number brought to the nearest multiple.
    let nearest = |count: i64| (count + 2) / BASE * BASE;
    let categories: Vec<Category> = truths()
        .into_iter()
        .map(|(id, row, truth)| Category {
            name: format!("{id} {row}"),
            truth,
            whole: nearest(truth.iter().sum()),
            apart: Some(truth.map(nearest)),
            reach: BASE / 2,
        })
        .collect();
    let placed = placed(&categories);
    assert!(placed.len() > 10, "only {} counts are placed", placed.len());
}
