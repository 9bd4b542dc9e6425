//! Invented persons and the tables of a pack made from them, for the tests and the example of this crate.

use std::collections::BTreeMap;

use catalyse_disclose::{
    Axis, Background, Cell, Fingerprint, Heading, Population, Role, ShareOf, Tabulation, Unit,
};
use catalyse_locale::Label;

/// Draws numbers that look random and are the same on every machine (Knuth's MMIX generator).
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// Returns a number below `limit`; small numbers are more frequent the higher `skew` is.
    pub(crate) fn below(&mut self, limit: u64, skew: u32) -> u64 {
        (0..=skew)
            .map(|_| {
                self.0 = self
                    .0
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (self.0 >> 33) % limit
            })
            .min()
            .unwrap_or(0)
    }
}

/// One person in one wave: conditions by variable, `None` for a missing answer.
pub(crate) type Situation = BTreeMap<String, Option<u64>>;

/// A side of a table: the variable and how many categories it has.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) n_categories: u64,
}

impl Side {
    pub(crate) fn new(name: &str, n_categories: u64) -> Self {
        Self { name: name.to_owned(), n_categories }
    }
}

/// Makes persons in a wave: partner, sex, age, and `n_variables` variables with 2 to 9 categories.
pub(crate) fn situations(
    draws: &mut Draws,
    n_persons: usize,
    n_variables: usize,
) -> Vec<Situation> {
    (0..n_persons)
        .map(|_| {
            let mut person = Situation::new();
            person.insert("partner".to_owned(), Some(draws.below(5, 1)));
            person.insert("sex".to_owned(), Some(draws.below(2, 0)));
            person.insert("age".to_owned(), Some(draws.below(5, 0)));
            for variable in 0..n_variables {
                let answer = (draws.below(20, 0) > 0)
                    .then(|| draws.below(n_categories_of(variable), (variable % 4) as u32));
                person.insert(format!("v{variable}"), answer);
            }
            person
        })
        .collect()
}

/// Returns how many categories a variable has.
pub(crate) fn n_categories_of(variable: usize) -> u64 {
    2 + variable as u64 % 8
}

/// The side whose categories overlap.
const TARGET_GROUPS: &str = "target_groups";

fn is_in_target_group(person: &Situation, group: u64) -> bool {
    let is_of_sex = group == 0 || person.get("sex") == Some(&Some(group % 2));
    is_of_sex && person.get("age").copied().flatten().is_some_and(|age| age >= group)
}

/// A way to read one heading: its role and whom it holds.
struct Line {
    heading: Heading,
    condition: Option<String>,
    holds: Box<dyn Fn(&Situation) -> bool>,
}

fn lines(side: Option<&Side>, with_answered: bool) -> Vec<Line> {
    let heading = |key: &str, role| Heading { key: key.to_owned(), label: Label::same(key), role };
    let everybody = || Line {
        heading: heading("total", Role::Total),
        condition: None,
        holds: Box::new(|_| true),
    };
    let Some(side) = side else { return vec![everybody()] };
    let mut lines = Vec::new();
    for category in 0..side.n_categories {
        let name = side.name.clone();
        if name == TARGET_GROUPS {
            lines.push(Line {
                heading: heading(&category.to_string(), Role::Category),
                condition: Some(format!("target {category}")),
                holds: Box::new(move |person| is_in_target_group(person, category)),
            });
            continue;
        }
        lines.push(Line {
            heading: heading(&category.to_string(), Role::Category),
            condition: Some(format!("{name}={category}")),
            holds: Box::new(move |person| person.get(&name) == Some(&Some(category))),
        });
    }
    if with_answered {
        for (key, role, is_answer) in
            [("answered", Role::Answered, true), ("unknown", Role::Missing, false)]
        {
            let name = side.name.clone();
            lines.push(Line {
                heading: heading(key, role),
                condition: Some(format!("{name} {key}")),
                holds: Box::new(move |person| {
                    person.get(&name).is_some_and(|answer| answer.is_some() == is_answer)
                }),
            });
        }
    }
    lines.push(everybody());
    lines
}

/// Counts one table of a wave.
pub(crate) fn tabulate(
    wave: usize,
    persons: &[Situation],
    rows: &Side,
    columns: Option<&Side>,
) -> Tabulation {
    let row_lines = lines(Some(rows), true);
    let column_lines = lines(columns, false);
    let mut cells = Vec::new();
    for row in &row_lines {
        for column in &column_lines {
            let members = persons
                .iter()
                .enumerate()
                .filter(|(_, person)| (row.holds)(person) && (column.holds)(person))
                .map(|(number, _)| Fingerprint::of_person(number as u32));
            let count = members.clone().count() as u64;
            let fingerprint = Some(members.sum());
            let conditions = [&row.condition, &column.condition];
            let population = Population::new(
                conditions.into_iter().flatten().cloned().chain([format!("wave={wave}")]),
            );
            cells.push(Cell { population, persons: count, count, fingerprint, ..Cell::default() });
        }
    }
    let axis = |name: &str, lines: Vec<Line>| Axis {
        name: name.to_owned(),
        label: Label::same(name),
        headings: lines.into_iter().map(|line| line.heading).collect(),
        is_exclusive: name != TARGET_GROUPS,
        is_ordered: false,
    };
    let column_name = columns.map_or("all", |side| side.name.as_str());
    Tabulation {
        id: format!("{}_{column_name}_{wave}", rows.name),
        title: Label::same(rows.name.as_str()),
        universe: Label::same("everybody"),
        unit: Unit::Persons,
        rows: axis(&rows.name, row_lines),
        columns: axis(column_name, column_lines),
        share_of: ShareOf::Column,
        cells,
        tests: Vec::new(),
        is_sensitive: false,
        notes: Vec::new(),
        background: Background::default(),
    }
}

/// Makes the tables of a report: every variable alone, by partner, sex, age and target group, in every wave.
pub(crate) fn report(
    seed: u64,
    n_persons: usize,
    n_waves: usize,
    n_variables: usize,
) -> Vec<Tabulation> {
    let mut draws = Draws(seed);
    let breakdowns = [
        None,
        Some(Side::new("partner", 5)),
        Some(Side::new("sex", 2)),
        Some(Side::new("age", 5)),
        Some(Side::new(TARGET_GROUPS, 4)),
    ];
    let mut tables = Vec::new();
    for wave in 0..n_waves {
        let persons = situations(&mut draws, n_persons, n_variables);
        for variable in 0..n_variables {
            let rows = Side::new(&format!("v{variable}"), n_categories_of(variable));
            for columns in &breakdowns {
                tables.push(tabulate(wave, &persons, &rows, columns.as_ref()));
            }
        }
    }
    tables
}
