//! Invented tables for tests and pictures.

use catalyse_disclose::Mark;
use catalyse_locale::{Language, typeset};

use crate::table::quantities::{Line, Panel, Quantities, Spread};
use crate::table::reading::Reading;
use crate::table::{Change, Side, Table};

pub(crate) fn side(name: &str, label: &str, headings: &[&str]) -> Side {
    Side {
        name: name.to_owned(),
        label: label.to_owned(),
        headings: headings
            .iter()
            .enumerate()
            .map(|(index, label)| (index.to_string(), typeset(Language::Fr, label)))
            .collect(),
        is_ordered: false,
        is_exclusive: true,
    }
}

/// Returns the Wilson interval of rounded counts, as the gate gives it.
pub(crate) fn share(count: u64, base: u64) -> Reading {
    if base < 10 {
        return Reading::Hidden(Mark::Confidential);
    }
    if base < 30 {
        return Reading::About(count, base);
    }
    let (n, p, z) = (base as f64, count as f64 / base as f64, 1.96_f64);
    let middle = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let end = |value: f64| (value / (1.0 + z * z / n) * 100.0).clamp(0.0, 100.0).round() as u8;
    let interval = (end(middle - half), end(middle + half));
    Reading::Percent((p * 100.0).round() as u8, Some(interval), Some(count))
}

pub(crate) fn transport(language: Language) -> Table {
    let (labels, title, universe): (&[&str], _, _) = match language {
        Language::Fr => (
            &[
                "Permis de conduire et véhicule",
                "Permis sans véhicule",
                "Dépend des transports en commun",
                "Vélo, cyclomoteur ou à pied",
                "Aucun moyen — « isolement » signalé à Érezée, Rendeux et La\u{a0}Roche-en-Ardenne",
                "Autre situation",
                "Taxi social",
            ],
            "Moyen de déplacement principal",
            "personnes suivies à la vague\u{a0}2",
        ),
        _ => (
            &[
                "Driving licence and vehicle",
                "Licence but no vehicle",
                "Relies on public transport",
                "Bicycle, moped or on foot",
                "No means at all, ‘isolation’ reported in Érezée, Rendeux and La\u{a0}Roche-en-Ardenne",
                "Other situation",
                "Community taxi",
            ],
            "Main means of transport",
            "persons followed at wave\u{a0}2",
        ),
    };
    let totals = vec![
        share(170, 540),
        share(75, 540),
        share(210, 540),
        share(50, 540),
        share(35, 540),
        Reading::Hidden(Mark::Confidential),
        Reading::AtMost(10),
    ];
    Table {
        id: "transport".to_owned(),
        language,
        title: title.to_owned(),
        universe: universe.to_owned(),
        categories: side("main_transport", title, labels),
        groups: side("all", "", &[]),
        has_categories_in_rows: true,
        cells: Vec::new(),
        totals,
        bases: Vec::new(),
        total_base: Some(540),
        changes: vec![None; 7],
        rounding: 5,
        quantities: Quantities::default(),
    }
}

/// Adds groups to a table: for each group its base and the counts of the categories.
pub(crate) fn with_groups(mut table: Table, groups: Side, counts: &[(u64, &[u64])]) -> Table {
    let n_categories = counts.first().map_or(0, |(_, counts)| counts.len());
    table.categories.headings.truncate(n_categories);
    table.totals.truncate(n_categories);
    table.changes = vec![None::<Change>; n_categories];
    table.cells = (0..n_categories)
        .flat_map(|row| counts.iter().map(move |(base, counts)| share(counts[row], *base)))
        .collect();
    table.bases = counts.iter().map(|(base, _)| Some(*base)).collect();
    table.groups = groups;
    table
}

fn wave(language: Language, number: usize) -> String {
    match language {
        Language::Fr => format!("Vague\u{a0}{number}"),
        _ => format!("Wave\u{a0}{number}"),
    }
}

fn waves(language: Language, n: usize) -> Side {
    let labels: Vec<String> = (1..=n).map(|number| wave(language, number)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    Side {
        is_ordered: true,
        ..side("wave", if language == Language::Fr { "Vague" } else { "Wave" }, &labels)
    }
}

/// Returns ordered answers by wave, with hidden, bounded and worded shares.
pub(crate) fn health(language: Language) -> Table {
    let labels: &[&str] = match language {
        Language::Fr => &["Très bonne", "Bonne", "Assez bonne", "Mauvaise", "Très mauvaise"],
        _ => &["Very good", "Good", "Fair", "Bad", "Very bad"],
    };
    let title = if language == Language::Fr { "Santé perçue" } else { "Self-rated health" };
    let mut table = Table {
        title: title.to_owned(),
        categories: Side { is_ordered: true, ..side("health", title, labels) },
        totals: Vec::new(),
        total_base: None,
        ..transport(language)
    };
    table = with_groups(
        table,
        waves(language, 4),
        &[
            (510, &[80, 190, 155, 70, 15]),
            (470, &[85, 185, 125, 60, 15]),
            (410, &[90, 165, 105, 40, 10]),
            (25, &[5, 10, 5, 5, 0]),
        ],
    );
    // The third wave hides one answer.
    let n = table.groups.headings.len();
    table.cells[3 * n + 2] = Reading::Hidden(Mark::Confidential);
    table.cells[4 * n + 2] = Reading::Hidden(Mark::Confidential);
    table
}

/// Returns two waves with tested differences.
pub(crate) fn change(language: Language) -> Table {
    let mut table = with_groups(
        transport(language),
        waves(language, 2),
        &[(410, &[125, 60, 170, 35, 20, 0, 0]), (410, &[160, 45, 145, 40, 15, 5, 0])],
    );
    table.totals = Vec::new();
    let change = |points, is_evident| Some(Change { points, is_evident });
    table.changes = vec![
        change(9, true),
        change(-4, false),
        change(-6, true),
        change(1, false),
        None,
        None,
        None,
    ];
    let n = 2;
    table.cells[5 * n] = Reading::Hidden(Mark::Confidential);
    table.cells[6 * n] = Reading::AtMost(10);
    table.cells[6 * n + 1] = Reading::AtMost(10);
    table
}

/// Returns five partners and everybody; one partner is small.
pub(crate) fn partners(language: Language) -> Table {
    let label = if language == Language::Fr { "Partenaire" } else { "Partner" };
    let mut table = with_groups(
        transport(language),
        side(
            "partner",
            label,
            &[
                "CPAS de Durbuy",
                "Mission régionale du Luxembourg",
                "Hotton",
                "Érezée",
                "La\u{a0}Roche-en-Ardenne",
            ],
        ),
        &[
            (160, &[60, 20, 60, 10, 10]),
            (140, &[35, 20, 60, 15, 10]),
            (120, &[40, 20, 45, 10, 5]),
            (95, &[30, 10, 35, 15, 5]),
            (25, &[5, 5, 10, 0, 5]),
        ],
    );
    table.cells[4 * 5 + 2] = Reading::Hidden(Mark::Confidential);
    table
}

/// Returns four waves for lines.
pub(crate) fn trend(language: Language) -> Table {
    let mut table = with_groups(
        transport(language),
        waves(language, 4),
        &[
            (510, &[150, 70, 210, 45, 35]),
            (470, &[155, 65, 185, 40, 25]),
            (410, &[145, 50, 150, 45, 20]),
            (390, &[160, 40, 130, 50, 10]),
        ],
    );
    table.totals = Vec::new();
    table.cells[4 * 4 + 2] = Reading::Hidden(Mark::Confidential);
    table
}

/// Returns a transition matrix: shares along rows.
pub(crate) fn transition(language: Language) -> Table {
    let (labels, title): (&[&str], _) = match language {
        Language::Fr => (
            &[
                "En emploi",
                "Au chômage",
                "En formation ou aux études",
                "Inactif pour maladie",
                "Autre inactif",
            ],
            "Statut d’activité, de la vague\u{a0}1 à la vague\u{a0}2",
        ),
        _ => (
            &[
                "Employed",
                "Unemployed",
                "In education or training",
                "Inactive through illness",
                "Otherwise inactive",
            ],
            "Labour status, from wave\u{a0}1 to wave\u{a0}2",
        ),
    };
    let mut table = Table {
        title: title.to_owned(),
        categories: side(
            "status_2",
            if language == Language::Fr { "Vague\u{a0}2" } else { "Wave\u{a0}2" },
            labels,
        ),
        ..transport(language)
    };
    table.totals = Vec::new();
    table.total_base = None;
    table.has_categories_in_rows = false;
    table = with_groups(
        table,
        side(
            "status_1",
            if language == Language::Fr { "Vague\u{a0}1" } else { "Wave\u{a0}1" },
            labels,
        ),
        &[
            (60, &[45, 10, 0, 5, 0]),
            (230, &[65, 110, 30, 15, 10]),
            (50, &[20, 15, 15, 0, 0]),
            (45, &[0, 5, 0, 35, 5]),
            (25, &[5, 5, 0, 5, 10]),
        ],
    );
    table.cells[2 * 5 + 2] = Reading::Hidden(Mark::Confidential);
    table.cells[4] = Reading::AtLeast(90);
    table
}

/// Returns minutes to the next stop by partner, with everybody; with columns a panel for each gender.
pub(crate) fn minutes(language: Language, n_panels: usize) -> Table {
    let line = |label: &str, spread: Result<Spread, Mark>| Line {
        label: typeset(language, label),
        is_everybody: label == "Ensemble",
        spread,
    };
    let spread =
        |n, median, middle: Option<(f64, f64)>, mean| Ok(Spread { n, median, middle, mean });
    let lines = vec![
        line("CPAS de Durbuy", spread(180, 9.0, Some((5.0, 16.0)), 12.0)),
        line("Mission régionale pour l’emploi du Nord-Luxembourg", spread(15, 14.0, None, 15.0)),
        line("Ensemble", spread(540, 10.0, Some((5.0, 18.0)), 13.0)),
        line("Érezée", Err(Mark::LowBase)),
        line("Hotton", spread(90, 12.0, Some((12.0, 12.0)), 31.0)),
    ];
    let panel = |index: usize| Panel {
        key: index.to_string(),
        label: (n_panels > 1).then(|| format!("Panneau numéro {index}")),
        lines: lines.clone(),
    };
    let quantities = Quantities { panels: (0..n_panels).map(panel).collect(), decimals: 0 };
    Table { id: "minutes".to_owned(), quantities, ..transport(language) }
}
