//! Invented tables for tests and pictures.

use catalyse_disclose::Mark;
use catalyse_locale::Language;

use crate::table::{Change, Reading, Side, Table};

pub(crate) fn side(name: &str, label: &str, headings: &[&str]) -> Side {
    Side {
        name: name.to_owned(),
        label: label.to_owned(),
        headings: headings
            .iter()
            .enumerate()
            .map(|(index, label)| (index.to_string(), (*label).to_owned()))
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
