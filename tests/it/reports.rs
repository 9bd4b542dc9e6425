//! Reports of less than the whole: one wave, one partner, few persons. The first page, all that was said and all files, as golden files.

use std::path::Path;

use serde_json::Value;

use crate::golden::expect_file;
use crate::program::{Run, run_in, scratch};
use crate::repository::root;
use crate::sample::{REPORT_DATE, deliveries, files_of, report};

/// Writes a report into a folder of its own, and returns what the run said with the page.
fn write(name: &str, arguments: &[&str]) -> (Run, String) {
    let folder = scratch(name);
    let mut whole = vec!["report", "--date", REPORT_DATE, "--out", "sortie"];
    whole.extend(arguments);
    let run = run_in(&folder, &whole);
    #[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
    // The page is named in the reader's language.
    let page = ["sortie/rapport.html", "sortie/report.html"]
        .into_iter()
        .find_map(|page| std::fs::read_to_string(folder.join(page)).ok())
        .unwrap_or_default();
    (run, page)
}

/// Names the deliveries of the sample data that a word stands in, by their full paths.
fn sample(word: &str) -> Vec<String> {
    let named = deliveries("integra").into_iter().filter(|path| path.contains(word));
    named.map(|path| root().join(path).to_string_lossy().into_owned()).collect()
}

/// Returns the text of the page up to its first chapter, a line for each block.
fn first_page(page: &str) -> String {
    let body = page.split_once("<body>").map_or("", |(_, body)| body);
    let front = body.split("<section class=\"chapter\"").next().unwrap_or_default();
    let mut text = String::new();
    let lines = front.lines().map(|line| {
        let line = line.replace("</dt>", " : ").replace("</dd>", " ");
        let pieces = line.split('<').enumerate();
        let shown = pieces.map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, shown)| shown),
        });
        shown.collect::<String>().replace("&#39;", "'").replace("&quot;", "\"")
    });
    for line in lines.filter(|line| !line.trim().is_empty()) {
        text.push_str(line.trim());
        text.push('\n');
    }
    text
}

fn figures(folder: &str) -> Vec<String> {
    let files = files_of(&scratch_of(folder).join("sortie/figures"));
    files.into_iter().filter_map(|(name, _)| name.strip_suffix(".png").map(str::to_owned)).collect()
}

fn scratch_of(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn expect_report(golden: &str, (run, page): &(Run, String), figures: &[String]) {
    let exit = run.exit.map_or("none".to_owned(), |exit| exit.to_string());
    let text = format!(
        "--- stderr\n{}--- exit {exit}\n--- figures\n{}\n--- first page\n{}",
        run.stderr,
        figures.join(" "),
        first_page(page)
    );
    expect_file(&format!("tests/golden/{golden}.txt"), &text);
}

#[test]
fn one_wave_promises_and_shows_no_change() {
    let files = sample("vague-1");
    let arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    let made = write("report-one-wave", &arguments);
    let figures = figures("report-one-wave");
    expect_report("report-one-wave", &made, &figures);
    assert!(figures.len() > 20, "{figures:?}");
    assert!(figures.iter().all(|figure| !figure.ends_with("_change")), "{figures:?}");
    assert!(!first_page(&made.1).contains("d’une vague à l’autre"), "a change is promised");
}

#[test]
fn one_partner_is_compared_with_nobody() {
    let mut files = sample("durbuy-vague-1");
    files.extend(sample("durbuy-vague-4"));
    let mut arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    arguments.extend(["--lang", "en"]);
    let made = write("report-one-partner", &arguments);
    let figures = figures("report-one-partner");
    expect_report("report-one-partner", &made, &figures);
    assert!(figures.len() > 20, "{figures:?}");
    assert!(!first_page(&made.1).contains("sets the partners apart"), "a comparison is promised");
}

#[test]
fn the_edition_of_a_lone_partner_is_all_its_own() {
    let mut files = sample("durbuy-vague-4");
    files.push("--by".to_owned());
    files.push("partner".to_owned());
    let arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    let made = write("report-lone-partner", &arguments);
    assert!(!made.0.stderr.contains("que l’ensemble"), "{}", made.0.stderr);
    let path = scratch_of("report-lone-partner").join("sortie/partenaires/durbuy/rapport.html");
    #[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
    let page = std::fs::read_to_string(path).expect("the partner's page");
    let first_page = first_page(&page);
    assert!(page.contains("le seul partenaire qui a des fiches"), "its head says so");
    for untrue in ["aucun chiffre propre", "tous les partenaires ensemble"] {
        assert!(!first_page.contains(untrue), "{untrue}");
    }
}

#[test]
fn a_wave_of_one_partner_alone_is_told_as_such() {
    let mut files = sample("vague-3");
    files.extend(sample("durbuy-vague-4"));
    let mut arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    arguments.extend(["--by", "partner"]);
    let (run, page) = write("report-wave-of-one", &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let said = run.stderr.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
    assert!(
        said.contains("Les partenaires ne sont pas montrés séparément : un seul a des fiches à la vague de ces tableaux, où l'ensemble est donc le sien."),
        "{said}"
    );
    // No table falls for want of persons, and no advice is given that would not help.
    assert!(!said.contains("trop peu de personnes"), "{said}");
    assert!(page.contains("un seul a des fiches"), "the page says so too");
    let figures = figures("report-wave-of-one");
    assert!(figures.iter().any(|figure| figure == "tenure_by_partner"), "{figures:?}");
    let hotton = scratch_of("report-wave-of-one").join("sortie/partenaires/hotton/rapport.html");
    #[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
    let hotton = std::fs::read_to_string(hotton).expect("the partner's page");
    assert!(!hotton.contains("trop peu nombreuses par case"), "its persons are not there at all");
}

#[test]
fn of_sixty_persons_little_is_said_and_that_is_said() {
    let folder = scratch("sixty-persons");
    let made = run_in(
        &folder,
        &["simulate", "--persons", "60", "--waves", "1", "--seed", "3", "--out", "envois"],
    );
    assert_eq!(made.exit, Some(0), "{}", made.stderr);
    let envois = folder.join("envois").to_string_lossy().into_owned();
    let made = write("report-sixty-persons", &[&envois, "--by", "partner"]);
    let figures = figures("report-sixty-persons");
    expect_report("report-sixty-persons", &made, &figures);
    // A partner has some twelve persons: no share of them is printed in any table that sets partners side by side.
    let tables = files_of(&scratch_of("report-sixty-persons").join("sortie/tables"));
    let by_partner: Vec<&(String, Vec<u8>)> =
        tables.iter().filter(|(name, _)| name.ends_with("_by_partner.csv")).collect();
    assert!(
        !by_partner.is_empty() || made.0.stderr.contains("trop peu de personnes"),
        "no table sets partners side by side, and nothing says why"
    );
    for (name, bytes) in by_partner {
        let text = String::from_utf8_lossy(bytes);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let heads = rows.headers().expect("heads").clone();
        let at = |head: &str| {
            heads.iter().position(|one| one == head).unwrap_or_else(|| panic!("{heads:?}"))
        };
        let (column, share) = (at("column_role"), at("percent"));
        for row in rows.records().flatten() {
            assert!(row[column] != *"category" || row[share].is_empty(), "{name}: {row:?}");
        }
    }
}

#[test]
fn fewer_persons_than_a_report_can_bear_are_refused() {
    let folder = scratch("few-persons");
    let made = run_in(&folder, &["simulate", "--persons", "30", "--waves", "1", "--out", "envois"]);
    assert_eq!(made.exit, Some(0), "{}", made.stderr);
    let run = run_in(&folder, &["report", "--out", "sortie", "envois"]);
    assert_eq!(run.exit, Some(4), "{}", run.stderr);
    assert!(run.stderr.contains("moins de 50 personnes"), "{}", run.stderr);
    assert!(!folder.join("sortie/rapport.html").exists(), "a refused report is written");
}

#[test]
fn of_two_partners_a_change_is_found_because_unseen_comparisons_do_not_count() {
    let mut files = sample("durbuy-vague");
    files.extend(sample("hotton-vague"));
    let mut arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    arguments.extend(["--by", "partner"]);
    let (run, page) = write("report-two-partners", &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    // An edition of totals only says so, to who makes it and to who reads it.
    let of_totals = "ne montre aucun chiffre propre à Durbuy";
    assert!(run.stderr.contains(of_totals), "{}", run.stderr);
    let edition = scratch_of("report-two-partners").join("sortie/partenaires/durbuy");
    let edition = files_of(&edition).into_iter().find(|(name, _)| name == "rapport.html");
    let edition = edition.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    assert!(edition.is_some_and(|edition| edition.contains(of_totals)));
    let front = first_page(&page);
    assert!(front.contains("d’une vague à l’autre"), "{front}");
    assert!(!front.contains("Rien ne ressort"), "{front}");
    let numbers = page.split("comparaisons").next().unwrap_or_default();
    let n = numbers.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let n = n.rsplit(|letter: char| !letter.is_ascii_digit()).next().and_then(|n| n.parse().ok());
    assert!(n.is_some_and(|n: u32| (1..100).contains(&n)), "{n:?} comparisons of what is shown");
}

#[test]
fn answers_that_one_partner_alone_lacks_make_no_table_fall() {
    let files = deliveries("faulty").into_iter();
    let files: Vec<String> =
        files.map(|path| root().join(path).to_string_lossy().into_owned()).collect();
    let arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    let (run, page) = write("report-faulty", &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    // Whatever is left out is a topic, and topics are named.
    assert!(!run.stderr.contains("concerné"), "{}", run.stderr);
    assert!(!page.contains("trop peu de personnes, et un partenaire"), "the page leaves some out");
    let figures = figures("report-faulty");
    assert!(figures.iter().any(|figure| figure == "target_groups"), "{figures:?}");
}

#[test]
fn the_policy_for_publication_rounds_to_ten() {
    let files = sample("vague-1");
    let mut arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    arguments.extend(["--policy", "publication"]);
    let (run, page) = write("report-publication", &arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    assert!(page.contains("publication"), "the page does not name its policy");
    let tables = files_of(&scratch_of("report-publication").join("sortie/tables"));
    let mut n_counts = 0;
    for (name, bytes) in tables.iter().filter(|(name, _)| crate::repository::ending(name) == "json")
    {
        let table: serde_json::Value = serde_json::from_slice(bytes).expect("a table");
        for cell in table["cells"].as_array().expect("cells") {
            let Some(count) = cell["count"].as_u64() else { continue };
            assert_eq!(count % 10, 0, "{name}");
            n_counts += 1;
        }
    }
    assert!(n_counts > 200, "only {n_counts} counts are printed");
}

#[test]
fn no_title_names_a_winner_that_rounding_could_have_made() {
    let tables = files_of(&report().join("tables")).into_iter();
    let tables =
        tables.filter_map(|(name, bytes)| Some((name.strip_suffix(".json")?.to_owned(), bytes)));
    let mut n_level = 0;
    for (name, bytes) in tables {
        let table: Value = serde_json::from_slice(&bytes).expect("a table is JSON");
        let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
        let title = plain(table["title"].as_str().unwrap_or_default());
        let cells = table["cells"].as_array().expect("cells");
        if cells.iter().any(|cell| cell["column_role"] != "total") {
            continue;
        }
        let shares = cells.iter().filter(|cell| cell["row_role"] == "category");
        let mut shares: Vec<(u64, &str)> = shares
            .filter(|cell| cell["percent"].is_u64())
            .filter_map(|cell| Some((cell["count"].as_u64()?, cell["row"].as_str()?)))
            .collect();
        shares.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let Some(((most, first), others)) = shares.split_first() else { continue };
        let is_named = |row: &str| title.contains(&format!("« {} »", plain(row)));
        let level: Vec<&str> =
            others.iter().filter(|(n, _)| n + 8 >= *most).map(|(_, row)| *row).collect();
        if !is_named(first) || level.is_empty() {
            continue;
        }
        n_level += 1;
        assert!(level.len() < 3 && level.iter().all(|row| is_named(row)), "{name}: {title}");
    }
    assert!(n_level > 0, "the sample has a table of answers that are level");
}

#[test]
fn a_small_partner_reads_first_what_its_numbers_can_show() {
    let page = files_of(&report().join("partenaires/erezee"));
    let page = page.into_iter().find(|(name, _)| name == "rapport.html").expect("a page");
    let page = String::from_utf8_lossy(&page.1).into_owned();
    let head = page.split("<main").next().unwrap_or_default();
    assert!(head.contains("Erezée compte quelque 30 personnes"), "the head says how small it is");
    let front = first_page(&page);
    assert!(front.contains("environ "), "shares of a small base are told in words: {front}");
}

#[test]
fn who_has_no_value_is_counted_by_reason_and_has_no_mean() {
    let tables = files_of(&report().join("tables"));
    let table = tables.into_iter().find(|(name, _)| name == "stop_minutes.csv").expect("a table");
    let text = String::from_utf8_lossy(&table.1).replace('\r', "");
    let without_mean: Vec<&str> = text.lines().filter(|line| line.ends_with(",[z]")).collect();
    assert_eq!(without_mean.len(), 4, "three reasons and everybody: {text}");
    assert!(
        without_mean.iter().all(|line| line.starts_with("missing,") || line.starts_with("total,"))
    );
    expect_file("tests/golden/summary-by-reason.csv", &text);
    let page = files_of(report()).into_iter().find(|(name, _)| name == "rapport.html");
    let page = page.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    assert!(page.is_some_and(|page| page.contains("[z] sans objet")), "the mark is explained");
}
