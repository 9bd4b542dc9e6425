//! A panel of four waves from the files to the line that is drawn: every printed number is held against counts made here from the rows
//! themselves, the break is marked, and it is said that persons come and go.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{run_in, scratch};

const WAVES: [(&str, &str); 4] =
    [("w1", "2026-04-10"), ("w2", "2026-10-10"), ("w3", "2027-04-10"), ("w4", "2027-10-10")];
const FURTHER_WAVES: &str = r#"
[[wave]]
id = "w3"
label = { fr = "Vague 3 (printemps 2027)", en = "Wave 3 (spring 2027)" }
from = "2027-03-01"
to = "2027-05-31"
aliases = ["vague 3", "3"]
note = { fr = "la question est posée autrement.", en = "the question is asked in another way." }
note_variables = ["activity"]

[[wave]]
id = "w4"
label = { fr = "Vague 4 (automne 2027)", en = "Wave 4 (autumn 2027)" }
from = "2027-09-01"
to = "2027-11-30"
aliases = ["vague 4", "4"]
"#;
const DEFINITION: &str = r#"
name = "rapport"
title = { fr = "Panel", en = "Panel" }
[[chapter]]
id = "panel"
title = { fr = "Panel", en = "Panel" }
[[chapter.figure]]
table = { id = "activity_trend", kind = "frequency", rows = "activity", columns = "wave", wave = "each" }
chart = "line"
[[chapter.figure]]
table = { id = "licence_trend", kind = "frequency", rows = "licence", columns = "wave", wave = "each" }
chart = "line"
[[chapter.figure]]
table = { id = "activity_change", kind = "change", rows = "activity", wave = "first-and-last" }
chart = "dot"
"#;

/// Holds one row of the delivery.
struct Row {
    person: u32,
    wave: usize,
    activity: &'static str,
    licence: bool,
}

/// Invents the panel: of 420 persons some come at the second or third wave, some go after the second or third.
fn rows() -> Vec<Row> {
    const ACTIVITIES: [&str; 3] = ["employed", "training", "other"];
    let mut rows = Vec::new();
    for person in 0..420_u32 {
        let comes = if person % 6 == 0 { 1 + person as usize / 6 % 2 } else { 0 };
        let goes = if person % 7 == 0 { 2 + person as usize / 7 % 2 } else { WAVES.len() };
        for wave in comes..goes {
            // One in three finds work in time, and does not lose it.
            let works = person % 3 == 0 && person / 3 % 4 < wave as u32;
            let activity = if works { 0 } else { 1 + (person % 2) as usize };
            let licence = person % 5 < 2;
            rows.push(Row { person, wave, activity: ACTIVITIES[activity], licence });
        }
    }
    rows
}

#[expect(clippy::disallowed_methods, reason = "the test makes a study of its own")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the scratch folder takes files");
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn report(name: &str, rows: &[Row]) -> PathBuf {
    let folder = scratch(name);
    assert_eq!(run_in(&folder, &["codebook", "init", "etude"]).exit, Some(0));
    let study = folder.join("etude/study.toml");
    write(&study, &(read(&study) + FURTHER_WAVES));
    write(&folder.join("etude/reports/rapport.toml"), DEFINITION);
    let mut text =
        String::from("person_id;wave;partner;interview_date;housing;activity;licence\r\n");
    for row in rows {
        let (wave, day) = WAVES[row.wave];
        let partner = ["north", "south", "east"][row.person as usize % 3];
        let licence = if row.licence { "oui" } else { "non" };
        let (person, activity) = (row.person, row.activity);
        writeln!(text, "P{person:04};{wave};{partner};{day};owner;{activity};{licence}\r")
            .expect("a text takes a line");
    }
    write(&folder.join("envoi.csv"), &text);
    let run = run_in(&folder, &["report", "--study", "etude", "--out", "sortie", "envoi.csv"]);
    assert_eq!(run.exit, Some(0), "{}{}", run.stdout, run.stderr);
    folder.join("sortie")
}

fn table(report: &Path, id: &str) -> Value {
    let text = read(&report.join(format!("tables/{id}.json")));
    serde_json::from_str(&text).expect("a table is JSON")
}

/// Returns the cells of a table: row, column, count, percentage.
fn cells(table: &Value) -> BTreeMap<(String, String), (u64, Option<u64>)> {
    let cells = table.get("cells").and_then(Value::as_array).expect("a table has cells");
    let text = |cell: &Value, key: &str| cell[key].as_str().unwrap_or_default().to_owned();
    let cell = |cell: &Value| {
        let count = cell["count"].as_u64().expect("no count of so many persons is hidden");
        let place = (text(cell, "row_code"), text(cell, "column_code"));
        (place, (count, cell["percent"].as_u64()))
    };
    cells.iter().map(cell).collect()
}

fn notes(table: &Value) -> String {
    table["notes"].to_string()
}

/// Counts the rows of a wave that are so.
fn count(rows: &[Row], wave: usize, is_so: impl Fn(&Row) -> bool) -> u64 {
    rows.iter().filter(|row| row.wave == wave && is_so(row)).count() as u64
}

#[test]
fn a_line_over_four_waves_shows_the_persons_of_each_wave() {
    let rows = rows();
    let report = report("panel-line", &rows);
    let trend = table(&report, "activity_trend");
    let printed = cells(&trend);
    for (wave, (key, _)) in WAVES.iter().enumerate() {
        let base = printed[&("answered".to_owned(), (*key).to_owned())].0;
        assert!(base.abs_diff(count(&rows, wave, |_| true)) < 5, "{key}: {base}");
        for activity in ["employed", "training", "other"] {
            let truth = count(&rows, wave, |row| row.activity == activity);
            let (count, percent) = printed[&(activity.to_owned(), (*key).to_owned())];
            assert!(count % 5 == 0 && count.abs_diff(truth) < 5, "{key} {activity}: {count}");
            // Whole percents of the printed counts; none where only a bound may be told.
            if let Some(percent) = percent {
                assert_eq!(percent, (200 * count + base) / (2 * base), "{key} {activity}");
            }
        }
    }
    assert!(printed.values().filter(|(_, percent)| percent.is_some()).count() >= 9);
    // The drawing says in words from where to where each line goes.
    let svg = read(&report.join("figures/activity_trend.svg")).replace('\u{a0}', " ");
    let svg = svg.replace('\u{202f}', " ");
    for (activity, label) in
        [("training", "En études ou en formation"), ("other", "Autre situation")]
    {
        let share = |wave: &str| {
            let percent = printed[&(activity.to_owned(), wave.to_owned())].1;
            percent.expect("a share between the bounds is told")
        };
        let told = format!("{label} : de {} % à {} %.", share("w1"), share("w4"));
        assert!(svg.contains(&told), "{told}\n{}", svg.get(..900).unwrap_or(&svg));
    }
    assert!(svg.contains("Graphique en lignes"), "another kind is drawn");
}

#[test]
fn the_break_is_marked_where_it_concerns_the_question_and_nowhere_else() {
    let report = report("panel-break", &rows());
    for (id, is_broken) in
        [("activity_trend", true), ("activity_change", true), ("licence_trend", false)]
    {
        let said = notes(&table(&report, id)).contains("Rupture à la vague 3");
        assert_eq!(said, is_broken, "{id}");
    }
    for (id, is_broken) in [("activity_trend", true), ("licence_trend", false)] {
        let svg = read(&report.join(format!("figures/{id}.svg")));
        assert_eq!(svg.contains(">rupture<"), is_broken, "{id}");
    }
}

#[test]
fn who_comes_and_goes_is_told_and_only_those_who_stay_are_compared() {
    let rows = rows();
    let report = report("panel-same-persons", &rows);
    let (trend, change) = (table(&report, "activity_trend"), table(&report, "activity_change"));
    let told = "des personnes peuvent être entrées ou sorties";
    assert!(notes(&trend).contains(told), "{}", notes(&trend));
    assert!(!notes(&change).contains(told));
    // The same persons are not tested as if they were others at each wave.
    assert!(!notes(&trend).contains("Cochran"), "{}", notes(&trend));
    assert!(notes(&change).contains("McNemar"), "{}", notes(&change));
    let in_wave = |wave: usize| rows.iter().filter(move |row| row.wave == wave);
    let stayed: BTreeMap<u32, [&str; 2]> = in_wave(0)
        .filter_map(|first| {
            let last = in_wave(3).find(|last| last.person == first.person)?;
            Some((first.person, [first.activity, last.activity]))
        })
        .collect();
    let n_each = [0, 3].map(|wave| count(&rows, wave, |_| true));
    assert!(n_each.iter().all(|n| stayed.len() as u64 + 20 < *n), "hardly anybody comes or goes");
    let printed = cells(&change);
    for (side, key) in ["w1", "w4"].into_iter().enumerate() {
        let base = printed[&("answered".to_owned(), key.to_owned())].0;
        assert!(base.abs_diff(stayed.len() as u64) < 5, "{key}: {base}");
        for activity in ["employed", "training", "other"] {
            let truth = stayed.values().filter(|of| of[side] == activity).count() as u64;
            let count = printed[&(activity.to_owned(), key.to_owned())].0;
            assert!(count.abs_diff(truth) < 5, "{key} {activity}: {count} of {truth}");
        }
    }
}
