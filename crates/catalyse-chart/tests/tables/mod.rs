//! Invented tabulations, one for each kind of chart.

use catalyse_disclose::{
    Axis, Background, Cell, Heading, Population, Role, ShareOf, Summary, Tabulation, Test,
    TestSubject, Unit,
};
use catalyse_locale::Label;

type Words = (&'static str, &'static str);

const TRANSPORT: [Words; 5] = [
    ("Permis et véhicule", "Licence and vehicle"),
    ("Permis sans véhicule", "Licence, no vehicle"),
    ("Transports en commun", "Public transport"),
    ("Vélo ou à pied", "Bicycle or on foot"),
    ("Aucun moyen, isolement signalé", "No means, isolation reported"),
];
const HEALTH: [Words; 5] = [
    ("Très bonne", "Very good"),
    ("Bonne", "Good"),
    ("Assez bonne", "Fair"),
    ("Mauvaise", "Bad"),
    ("Très mauvaise", "Very bad"),
];
const STATUS: [Words; 4] = [
    ("En emploi", "Employed"),
    ("Au chômage", "Unemployed"),
    ("En formation", "In training"),
    ("Inactif", "Inactive"),
];
const WAVES: [Words; 4] =
    [("Vague 1", "Wave 1"), ("Vague 2", "Wave 2"), ("Vague 3", "Wave 3"), ("Vague 4", "Wave 4")];
const PARTNERS: [Words; 4] = [
    ("CPAS de Durbuy", "CPAS de Durbuy"),
    ("Mission régionale", "Mission régionale"),
    ("Hotton", "Hotton"),
    ("Érezée", "Érezée"),
];
const MEANS: Words = ("Moyen de déplacement", "Means of transport");

/// Holds the words of a table and its counts: one line a category, one number a group.
struct Plan<'a> {
    id: &'a str,
    title: Words,
    categories: (&'a str, Words, &'a [Words]),
    groups: (&'a str, Words, &'a [Words]),
    counts: &'a [&'a [u64]],
    share_of: ShareOf,
}

/// Returns a pack with one table for each kind of chart.
pub(crate) fn pack() -> Vec<Tabulation> {
    let transport = |id, groups, counts| Plan {
        id,
        title: MEANS,
        categories: ("transport", MEANS, &TRANSPORT),
        groups,
        counts,
        share_of: ShareOf::Column,
    };
    let mut change = tabulate(&transport(
        "transport_change",
        ("wave", ("Vague", "Wave"), &WAVES[..2]),
        &[&[127, 161], &[59, 44], &[168, 143], &[37, 41], &[21, 23]],
    ));
    change.tests = [(0, 0.001), (1, 0.2), (2, 0.004)].map(|(row, p)| test(row, p)).into();
    let mut tables = vec![
        tabulate(&transport(
            "transport",
            ("all", ("Ensemble", "All"), &[]),
            &[&[169], &[76], &[209], &[51], &[36]],
        )),
        tabulate(&transport(
            "transport_by_wave",
            ("wave", ("Vague", "Wave"), &WAVES),
            &[
                &[151, 154, 146, 161],
                &[71, 66, 52, 41],
                &[209, 183, 151, 129],
                &[44, 41, 46, 52],
                &[36, 26, 19, 11],
            ],
        )),
        tabulate(&transport(
            "transport_by_partner",
            ("partner", ("Partenaire", "Partner"), &PARTNERS),
            &[
                &[61, 34, 41, 6],
                &[19, 21, 18, 4],
                &[59, 62, 44, 11],
                &[11, 16, 9, 0],
                &[12, 9, 7, 5],
            ],
        )),
        change,
        tabulate(&Plan {
            id: "health_by_wave",
            title: ("Santé perçue", "Self-rated health"),
            categories: ("health", ("Santé perçue", "Self-rated health"), &HEALTH),
            groups: ("wave", ("Vague", "Wave"), &WAVES),
            counts: &[
                &[79, 84, 91, 6],
                &[191, 186, 164, 9],
                &[156, 124, 106, 6],
                &[71, 61, 42, 5],
                &[14, 16, 11, 0],
            ],
            share_of: ShareOf::Column,
        }),
        tabulate(&Plan {
            id: "status_transition",
            title: ("Statut d'activité de vague en vague", "Labour status from wave to wave"),
            categories: ("status_2", WAVES[1], &STATUS),
            groups: ("status_1", WAVES[0], &STATUS),
            counts: &[&[44, 66, 21, 6], &[11, 112, 16, 5], &[0, 31, 14, 0], &[6, 24, 0, 12]],
            share_of: ShareOf::Row,
        }),
    ];
    tables.extend(tables_of_minutes());
    tables
}

/// Returns the summaries, for the kind that reads quantities.
fn tables_of_minutes() -> [Tabulation; 2] {
    [
        minutes("minutes", ("all", ("Ensemble", "All"), &[]), &[&[162], &[144], &[17], &[6]]),
        minutes(
            "minutes_by_gender",
            ("gender", ("Genre", "Gender"), &GENDERS),
            &[&[81, 81], &[101, 43], &[12, 5], &[3, 3]],
        ),
    ]
}

const GENDERS: [Words; 2] = [("Femmes", "Women"), ("Hommes", "Men")];

/// Makes a table of minutes by partner: the more persons, the wider.
fn minutes(id: &str, groups: (&str, Words, &[Words]), counts: &[&[u64]]) -> Tabulation {
    let title = ("Minutes de marche jusqu'à l'arrêt", "Minutes on foot to the stop");
    let partners = ("partner", ("Partenaire", "Partner"), &PARTNERS[..]);
    let plan = Plan { id, title, categories: partners, groups, counts, share_of: ShareOf::Column };
    let mut table = tabulate(&plan);
    table.share_of = ShareOf::Nothing;
    for heading in &mut table.rows.headings {
        if heading.role == Role::Answered {
            (heading.role, heading.key) = (Role::Total, "total".to_owned());
        }
    }
    for (place, cell) in table.cells.iter_mut().enumerate() {
        let median = 8.0 + (place % 5) as f64 * 2.0;
        cell.summary = Some(Summary {
            n: cell.count,
            fingerprint: None,
            mean: median + 2.5,
            mean_interval: Some((median + 1.0, median + 4.0)),
            quartiles: [median - 4.0, median, median + 7.0],
            median_interval: None,
            step: 1.0,
            bounds: (f64::NEG_INFINITY, f64::INFINITY),
        });
    }
    table
}

fn test(row: usize, p: f64) -> Test {
    Test {
        subject: TestSubject::Row { row, from: 0, to: 1 },
        method: "McNemar mid-p",
        n: 412,
        p,
        adjusted_p: Some(p),
        cramers_v: None,
        paired: None,
    }
}

fn tabulate(plan: &Plan<'_>) -> Tabulation {
    let (name, label, words) = plan.categories;
    let categories =
        axis(name, (label, words), (Role::Answered, "answered"), plan.id.contains("health"));
    let (name, label, words) = plan.groups;
    let has_total = name != "wave" && name != "status_1";
    let mut groups = axis(name, (label, words), (Role::Total, "total"), name == "wave");
    if !has_total {
        groups.headings.pop();
    }
    let (n_categories, n_groups) = (plan.counts.len(), plan.counts[0].len());
    let count = |category: usize, group: usize| -> u64 {
        let columns =
            if group < n_groups && !words.is_empty() { group..group + 1 } else { 0..n_groups };
        let rows = if category < n_categories { category..category + 1 } else { 0..n_categories };
        rows.flat_map(|row| columns.clone().map(move |column| plan.counts[row][column])).sum()
    };
    let cell = |category: usize, group: usize| {
        let mut conditions = vec![format!("table={}", plan.id)];
        if category < n_categories {
            conditions.push(format!("{}={category}", plan.categories.0));
        }
        if group < words.len() {
            conditions.push(format!("{name}={group}"));
        }
        let n = count(category, group);
        Cell { population: Population::new(conditions), persons: n, count: n, ..Cell::default() }
    };
    let (all_categories, all_groups) = (0..categories.headings.len(), 0..groups.headings.len());
    let cells = if plan.share_of == ShareOf::Row {
        all_groups.flat_map(|group| all_categories.clone().map(move |row| (row, group))).collect()
    } else {
        all_categories
            .flat_map(|row| all_groups.clone().map(move |group| (row, group)))
            .collect::<Vec<_>>()
    };
    let (rows, columns) =
        if plan.share_of == ShareOf::Row { (groups, categories) } else { (categories, groups) };
    Tabulation {
        id: plan.id.to_owned(),
        title: Label::new(plan.title.0, plan.title.1),
        universe: Label::new("personnes suivies", "persons followed"),
        unit: Unit::Persons,
        rows,
        columns,
        share_of: plan.share_of,
        cells: cells.into_iter().map(|(category, group)| cell(category, group)).collect(),
        tests: Vec::new(),
        is_sensitive: false,
        notes: Vec::new(),
        background: Background::default(),
    }
}

fn axis(
    name: &str,
    (label, words): (Words, &[Words]),
    (role, key): (Role, &str),
    is_ordered: bool,
) -> Axis {
    let mut headings: Vec<Heading> = words
        .iter()
        .enumerate()
        .map(|(index, (fr, en))| Heading {
            key: index.to_string(),
            label: Label::new(*fr, *en),
            role: Role::Category,
        })
        .collect();
    headings.push(Heading { key: key.to_owned(), label: Label::new("Ensemble", "All"), role });
    Axis {
        name: name.to_owned(),
        label: Label::new(label.0, label.1),
        headings,
        is_exclusive: true,
        is_ordered,
    }
}
