//! Report definitions: what a coordinator reads when something is wrong, and that the shipped one is right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use catalyse_locale::Language;
use catalyse_report::{Definition, FIGURE_KEYS, FigureDefinition, TABLE_KEYS, partner_table_id};

use crate::golden;

fn problems(text: &str) -> String {
    Definition::parse("reports/essai.toml", text)
        .expect_err("something is wrong")
        .iter()
        .flat_map(|problem| [problem.say(Language::Fr), problem.say(Language::En)])
        .map(|line| line + "\n")
        .collect()
}

const HEAD: &str = "name = \"essai\"\ntitle = { fr = \"Essai\" }\n[[chapter]]\nid = \"a\"\ntitle = { fr = \"A\" }\n";

#[test]
fn every_problem_says_file_line_what_and_what_to_do() {
    let cases = [
        ("unknown keys", "nmae = \"x\"\n[[chapter]]\nid = \"a\"\ntitel = { fr = \"A\" }\n[[chapter.figure]]\ntable = { id = \"t\", kind = \"frequency\", row = \"x\" }\nzzzzzz = 1\n".to_owned()),
        ("missing key", "name = \"essai\"\n".to_owned()),
        ("not TOML", "name = \"essai\ntitle = 3".to_owned()),
        ("names", format!("{HEAD}[[chapter.figure]]\ntable = {{ id = \"t\", kind = \"frequency\", rows = \"x\" }}\nchart = \"stakked\"\n[[chapter.figure]]\ntable = {{ id = \"t\", kind = \"cross\", rows = \"x\", columns = \"y\" }}\n[[chapter.figure]]\ntable = {{ id = \"Été 1\", kind = \"frequency\", rows = \"x\" }}\n[trends]\nfigures = [\"u\"]\n[partner_edition]\nfigures = [\"t\"]\n")),
        ("the place of a table by partner", format!("{HEAD}[[chapter.figure]]\ntable = {{ id = \"t\", kind = \"frequency\", rows = \"x\" }}\n[[chapter.figure]]\ntable = {{ id = \"t_by_partner\", kind = \"frequency\", rows = \"y\", columns = \"partner\" }}\n[partner_edition]\nfigures = [\"t\"]\n")),
    ];
    let mut text = String::new();
    for (name, definition) in cases {
        let _ = write!(text, "== {name}\n{}", problems(&definition));
    }
    golden::compare("problems.txt", &text);
}

#[test]
fn the_keys_that_are_known_are_those_that_are_read() {
    let figure = r#"table = { id = "t", kind = "summary", rows = "x", columns = "y", value = "v", universe = "x = 1", universe_label = { fr = "u" }, wave = "w2", count = "f", weighted = true }
measure = { fr = "m" }
chart = "bar"
title = { fr = "t" }
note = { fr = "n" }
"#;
    let definition = Definition::parse("a.toml", &format!("{HEAD}[[chapter.figure]]\n{figure}"));
    let definition = definition.expect("every key is known");
    assert_eq!(definition.tables().len(), 1);
    let named = FIGURE_KEYS.iter().chain(&TABLE_KEYS).filter(|key| figure.contains(*key)).count();
    assert_eq!(named, FIGURE_KEYS.len() + TABLE_KEYS.len());
    assert_eq!(definition.figure("t").expect("a figure").line, 7);
}

fn shipped() -> (Definition, BTreeSet<String>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a shipped file");
    let definition = Definition::parse("reports/tendances.toml", &read("reports/tendances.toml"))
        .expect("the shipped definition is right");
    let mut names: BTreeSet<String> =
        ["partner", "wave", "target_groups"].map(str::to_owned).into();
    for form in ["person", "situation", "work-spells"] {
        let text = read(&format!("schemas/common/forms/{form}.toml"));
        let quoted =
            text.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
        names.extend(quoted.map(str::to_owned));
    }
    (definition, names)
}

#[test]
fn the_trend_report_asks_for_variables_of_the_study_and_uses_every_chart() {
    let (definition, names) = shipped();
    assert!((30..=60).contains(&definition.figures().count()));
    for figure in definition.figures() {
        let table = &figure.table;
        let asked =
            [Some(&table.rows), table.columns.as_ref(), table.value.as_ref(), table.count.as_ref()];
        for name in asked.into_iter().flatten() {
            assert!(names.contains(name), "{}: {name}", figure.id());
        }
    }
    let used: BTreeSet<&str> =
        definition.figures().filter_map(|figure| figure.chart.as_deref()).collect();
    let known: BTreeSet<&str> = catalyse_chart::kinds::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(used, known);
    // Each figure of a partner's edition has a table beside everybody: of its own, or a figure that is that table.
    let tables = definition.tables().into_iter().chain(definition.partner_tables());
    let mut n_tables: BTreeMap<String, usize> = BTreeMap::new();
    tables.for_each(|table| *n_tables.entry(table.id).or_default() += 1);
    assert!(n_tables.values().all(|n| *n == 1), "a table is counted once: {n_tables:?}");
    for figure in &definition.partner_edition.figures {
        assert!(n_tables.contains_key(&partner_table_id(figure)), "{figure}");
    }
}

#[test]
fn a_report_of_one_partner_splits_nothing_by_partner_and_repeats_no_figure() {
    let (definition, _) = shipped();
    let n_figures = definition.figures().count();
    let alone = definition.of_one_partner();
    assert!(alone.figures().all(|figure| figure.table.columns.as_deref() != Some("partner")));
    assert!(alone.partner_tables().is_empty());
    let ids: BTreeSet<&str> = alone.figures().map(FigureDefinition::id).collect();
    // The target groups by partner are the target groups; how they are housed is still told.
    assert!(ids.contains("target_groups") && !ids.contains("target_groups_by_partner"));
    assert!(ids.contains("tenure_by_partner") && ids.len() > n_figures / 2);
    assert!(alone.trends.figures.iter().all(|figure| ids.contains(figure.as_str())));
}
