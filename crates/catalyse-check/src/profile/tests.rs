//! What a coordinator would read, and what must never stand in it.

use catalyse_codebook::{Codebook, FormName, Sensitivity};
use catalyse_locale::Language;
use catalyse_records::Table;
use catalyse_testkit::{StudyText, expect_file};

use super::trial::{try_main, try_tables, with_sensitivity};
use super::{Count, Profile, QuantityFigures, Summary, VariableProfile};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

fn study() -> Codebook {
    let codebook = StudyText::new()
        .list("tenures", "owner tenant_social tenant_private with_family nowhere")
        .list("ways", "foot bus train car")
        .variable("tenure select_one tenures; missing = [\"refused\"]")
        .variable("way select_multiple ways")
        .variable("works yes_no")
        .variable("hours decimal; relevant = \"works\"")
        .variable("income integer")
        .variable("pain integer")
        .variable("since month")
        .variable("remark text")
        .form("identity", "person")
        .variable("last_name text")
        .variable("born partial_date")
        .form("spells", "repeat")
        .variable("start month")
        .open();
    let (health, identifying) = (Sensitivity::Health, Sensitivity::Identifying);
    with_sensitivity(
        codebook,
        &[("pain", health), ("last_name", identifying), ("born", identifying)],
    )
}

/// Invents records: their answers follow from their number.
fn rows() -> String {
    let mut text = "person_id|wave|partner|interview_date|tenure|way|works|hours|income|pain|since|remark|last_name|born\n".to_owned();
    for i in 0..120_usize {
        let (wave, date) = [("w1", "14/03/2024"), ("w2", "15/04/2025")][i % 2];
        let tenure = match i {
            0..60 => "tenant_social",
            60..100 => "owner",
            100..103 => "tenant_private",
            103..110 => "with_family",
            _ => "?refused",
        };
        let way = ["foot bus", "bus", "car"][i % 3];
        let works = ["oui", "non", "oui", ""][i % 4];
        let hours = if works == "oui" { format!("{},5", 15 + i % 24) } else { String::new() };
        let pain = if i < 70 { (i % 11).to_string() } else { String::new() };
        let born = if i % 10 == 0 { "01/01/1990".to_owned() } else { format!("{}", 1960 + i % 40) };
        let line = [
            format!("p{i}"),
            wave.into(),
            if i < 70 { "north".into() } else { "south".into() },
            date.into(),
            tenure.into(),
            way.into(),
            works.into(),
            hours,
            (700 + i * 10).to_string(),
            pain,
            format!("{:02}/2020", i % 12 + 1),
            if i % 5 == 0 { "Rue Secrète 5".into() } else { String::new() },
            format!("Nom{i}"),
            born,
        ];
        text.push_str(&line.join("|"));
        text.push('\n');
    }
    text
}

fn spells() -> (Table, String) {
    let table = Table::Repeat(FormName::new("spells").expect("a slug"));
    let rows = (0..30).map(|i| format!("p{i}|w1|north|{:02}/2019", i % 12 + 1));
    (table, format!("person_id|wave|partner|start\n{}", rows.collect::<Vec<_>>().join("\n")))
}

fn example() -> Profile {
    let (table, spells) = spells();
    try_tables(&study(), &[(Table::Main, &rows()), (table, &spells)])
}

#[test]
fn the_text_shows_alerts_first_then_a_line_a_variable() {
    let profile = example();
    for language in [Language::Fr, Language::En] {
        let text = profile.to_text(language);
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
        expect_file(format!("{GOLDEN}/profile_{}.txt", language.tag()), &text);
    }
}

#[test]
fn every_form_begins_with_who_may_read_it() {
    let profile = example();
    for (language, begins) in
        [(Language::Fr, "Usage interne, à ne pas transmettre"), (Language::En, "Internal use, not")]
    {
        assert!(profile.to_text(language).starts_with(begins));
        assert!(profile.notice.get(language).starts_with(begins));
    }
    let json = serde_json::to_string(&profile).expect("a profile has no map with odd keys");
    assert!(json.starts_with("{\"notice\":{\"fr\":\"Usage interne, à ne pas transmettre"));
}

#[test]
fn nothing_of_a_person_stands_in_text_or_json() {
    let profile = example();
    let json = serde_json::to_string(&profile).expect("a profile has no map with odd keys");
    let texts = [profile.to_text(Language::Fr), profile.to_text(Language::En), json];
    for text in texts {
        for value in ["Secrète", "Nom1", "p17", "1990", "1960"] {
            assert!(!text.contains(value), "{value}");
        }
    }
}

fn variable<'p>(profile: &'p Profile, name: &str) -> &'p VariableProfile {
    let sections = profile.tables.iter().flat_map(|table| &table.sections);
    let mut variables = sections.flat_map(|section| &section.variables);
    variables.find(|variable| variable.name.as_str() == name).expect("a variable of the study")
}

#[test]
fn health_has_quartiles_and_no_bounds_and_identity_has_counts_only() {
    let profile = example();
    let Some(Summary::Quantity(pain)) = &variable(&profile, "pain").values else {
        panic!("a quantity")
    };
    assert!(pain.bounds.is_none());
    assert!(pain.quartiles.iter().all(|quartile| (0.0..=10.0).contains(quartile)));
    let born = variable(&profile, "born");
    assert!(born.values.is_none());
    assert_eq!((born.valid, born.distinct), (Count::Exact(120), 37));
}

#[test]
fn a_folded_count_cannot_be_worked_out_from_the_others() {
    let profile = example();
    let tenure = variable(&profile, "tenure");
    let Some(Summary::Categories { top, others, unused }) = &tenure.values else {
        panic!("categories")
    };
    let counts: Vec<Count> = top.iter().map(|category| category.count).collect();
    assert_eq!(counts, [Count::Exact(60), Count::Exact(40), Count::Hidden, Count::Few]);
    assert_eq!((*others, unused.join(" ")), (Count::Exact(0), "nowhere".to_owned()));
    assert_eq!(tenure.missing.count, Count::Exact(10));
}

#[test]
fn nothing_one_record_and_all_missing_have_a_profile() {
    let empty = try_main(&study(), "person_id|wave");
    assert!(empty.alerts.is_empty() && empty.tables.is_empty());
    assert!(empty.to_text(Language::En).ends_with("No alert.\n\nNo record.\n"));
    let one = try_main(&study(), "person_id|wave|income|tenure\np1|w1|1200|owner");
    assert!(!one.to_text(Language::En).contains("1,200"));
    assert_eq!(variable(&one, "income").valid, Count::Few);
    let missing = try_main(&study(), "person_id|income\n|\n|\n|\n|\n|\n|");
    assert!(variable(&missing, "income").values.is_none());
    assert_eq!(variable(&missing, "income").missing.count, Count::Exact(6));
}

#[test]
fn a_skipped_question_is_not_missing() {
    let profile = example();
    let hours = variable(&profile, "hours");
    // 30 of 120 say no. Those who say nothing of work may have hours: theirs are missing.
    assert_eq!(hours.valid, Count::Exact(60));
    assert_eq!((hours.missing.count, hours.missing.percent), (Count::Exact(30), Some(33)));
}

/// Holds a case of the oracle.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    values: Vec<f64>,
    quantiles: [f64; 5],
    mean: f64,
    standard_deviation: f64,
    n_distinct: u64,
    percent_multiples: [Option<u8>; 3],
    n_far: Option<u64>,
}

fn figures_of(case: &Case) -> (u64, QuantityFigures) {
    let study = StudyText::new().variable("x decimal").open();
    let cells = case.values.iter().map(|value| value.to_string().replace('.', ","));
    let text = format!("partner|x\nnorth|{}", cells.collect::<Vec<_>>().join("\nnorth|"));
    let profile = try_main(&study, &text);
    let variable = variable(&profile, "x");
    match &variable.values {
        Some(Summary::Quantity(figures)) => (variable.distinct, figures.clone()),
        _ => panic!("{} has at least ten values", case.name),
    }
}

#[test]
fn quantiles_mean_and_spread_are_those_of_numpy() {
    let cases = include_str!("../../../../tests/oracle/profile_oracle.json");
    let cases: Vec<Case> = serde_json::from_str(cases).expect("the oracle's own form");
    assert!(cases.len() >= 5);
    for case in &cases {
        let (n_distinct, figures) = figures_of(case);
        let [least, greatest] = figures.bounds.expect("a plain variable");
        let [lower, median, upper] = figures.quartiles;
        let found = [least, lower, median, upper, greatest, figures.mean];
        let wanted = case.quantiles.iter().chain([&case.mean]);
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{}", case.name);
        }
        let spread = figures.standard_deviation.expect("more than one value");
        let wanted = case.standard_deviation;
        assert!((spread - wanted).abs() <= 1e-9 * wanted.max(1.0), "{}", case.name);
        assert_eq!(n_distinct, case.n_distinct, "{}", case.name);
        assert_eq!(figures.percent_multiples, case.percent_multiples, "{}", case.name);
        assert_eq!(figures.far, case.n_far.map(Count::fold), "{}", case.name);
    }
}
