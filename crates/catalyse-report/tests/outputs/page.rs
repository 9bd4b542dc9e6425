//! The page: safe, accessible, small, and what its first page says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use catalyse_locale::Language;
use catalyse_report::{Edition, Report, outputs};

use crate::{golden, pack};

fn page(report: &Report) -> String {
    let mut files = pack::files(report, "html");
    String::from_utf8(
        files
            .remove(&outputs::by_name("html").expect("an output").place(report.language))
            .expect("the page"),
    )
    .expect("UTF-8")
}

/// Lists the values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.match_indices(&opening)
        .map(|(at, _)| page[at + opening.len()..].split('"').next().expect("a closing quote"))
        .collect()
}

fn words(report: &Report) -> String {
    let mut text = String::new();
    for fact in &report.portrait {
        let (figure, beside) = (fact.figure.number, &fact.beside);
        let of_all = fact.of_all.as_deref().unwrap_or_default();
        let (share, label) = (&fact.share, &fact.label);
        let _ = writeln!(text, "{share} | {of_all} {label} | {beside} | figure {figure}");
    }
    for finding in report.trends.own.iter().chain(&report.trends.findings) {
        let _ = writeln!(
            text,
            "[{} | {} | figure {}]\n{}\n{}\n",
            finding.kind,
            finding.strength,
            finding.figure.number,
            finding.headline,
            finding.sentence
        );
    }
    let _ = writeln!(text, "+{} / {}", report.trends.n_more, report.trends.n_comparisons);
    for line in &report.trends.inconclusive {
        let _ = writeln!(text, "? {} (figure {})", line.text, line.figure.number);
    }
    for figure in report.figures() {
        let reading = &figure.reading;
        let _ = writeln!(
            text,
            "\n{}. {}\n   {}\n   L {}\n   C {}\n   N {}\n   S {}",
            figure.number,
            figure.title,
            figure.subtitle,
            reading.example,
            reading.universe,
            reading.notes.join(" | "),
            reading.source
        );
    }
    text
}

#[test]
fn every_sentence_of_the_report_in_both_languages_and_for_a_partner() {
    let partner = Edition::Partner("hotton".to_owned());
    golden::compare("words.fr.txt", &words(&pack::report(Language::Fr, Edition::Partnership)));
    golden::compare("words.en.txt", &words(&pack::report(Language::En, Edition::Partnership)));
    golden::compare("words.hotton.fr.txt", &words(&pack::report(Language::Fr, partner)));
}

#[test]
fn a_partner_reads_of_itself_and_of_the_whole_only() {
    let report = pack::report(Language::Fr, Edition::Partner("erezee".to_owned()));
    let transport = report.figures().find(|figure| figure.id == "transport").expect("a figure");
    let columns: Vec<&str> =
        transport.table.columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(columns, ["erezee", "total"]);
    assert!(report.trends.findings.iter().all(|finding| !finding.headline.contains("Hotton")));
}

#[test]
fn a_partner_reads_of_itself_first_and_every_sentence_names_its_population() {
    let report = pack::report(Language::Fr, Edition::Partner("hotton".to_owned()));
    let trends = &report.trends;
    assert!(!trends.own.is_empty() && !trends.findings.is_empty());
    assert!(trends.own.iter().all(|finding| finding.sentence.contains("chez Hotton")));
    assert!(
        trends.findings.iter().all(|finding| finding.sentence.contains("tous les partenaires"))
    );
    let page = page(&report);
    let own = page.find("class=\"whom\">Hotton").expect("a heading of its own");
    assert!(own < page.find("class=\"whom\">Tous les partenaires").expect("a heading of all"));
}

#[test]
fn no_title_claims_what_no_test_shows() {
    for edition in [Edition::Partnership, Edition::Partner("hotton".to_owned())] {
        let report = pack::report(Language::Fr, edition);
        let releases = pack::releases();
        for figure in report.figures() {
            let release = releases.iter().find(|release| release.id() == figure.release);
            let is_tested = release.is_some_and(|release| !release.tests().is_empty());
            let says_so = [" net", "chez les autres", " passe de "]
                .iter()
                .any(|claim| figure.title.contains(claim));
            assert!(is_tested || !says_so, "{}", figure.title);
            assert!(
                !figure.title.contains(": 0\u{202f}%") && !figure.title.contains(", 0\u{202f}%")
            );
        }
    }
}

#[test]
fn two_partners_are_left_out_once_and_for_the_true_reason() {
    for edition in [Edition::Partnership, Edition::Partner("hotton".to_owned())] {
        let report = pack::report_of_two_partners(edition);
        let of_two = report.left_out.iter().filter(|sentence| sentence.contains("deux seulement"));
        assert_eq!(of_two.count(), 1);
        assert!(report.figures().all(|figure| figure.table.column_label != "Partenaire"));
        assert!(report.figures().all(|figure| !figure.reading.example.contains("Aucun nombre")));
    }
}

#[test]
fn records_that_were_left_out_are_told_by_partner_and_wave() {
    let told = |edition| {
        let records = pack::report(Language::Fr, edition).records.expect("a box");
        let rows = records.rows.into_iter().map(|row| {
            let cells = row.cells.iter().map(|(kept, left_out)| format!("{kept} ({left_out})"));
            format!("{} : {}", row.label, cells.collect::<Vec<_>>().join(" "))
        });
        rows.collect::<Vec<_>>()
    };
    let all = told(Edition::Partnership);
    assert_eq!(all.len(), 6);
    assert_eq!(all[0], "Durbuy : 195 (15 à l’écart)");
    assert_eq!(all[5], "Ensemble : 540 (15 à l’écart)");
    let own = told(Edition::Partner("hotton".to_owned()));
    assert_eq!(own.len(), 2);
    // Fewer than five are said once, above the table.
    assert_eq!(own[0], "Hotton : 140 ()");
}

#[test]
fn the_page_runs_nothing_and_asks_for_nothing_outside() {
    let page = page(&pack::report(Language::Fr, Edition::Partnership));
    assert!(page.contains("default-src 'none'"));
    for forbidden in ["<script", "javascript:", " onload=", "@import", "<link", "<iframe"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.matches("url(").count(), page.matches("url(data:").count());
    let outside: Vec<&str> = values(&page, "src")
        .into_iter()
        .chain(values(&page, "href"))
        .filter(|address| address.contains("//"))
        .collect();
    assert_eq!(outside, Vec::<&str>::new());
}

#[test]
fn ids_are_unique_links_arrive_and_headings_follow_each_other() {
    let page = page(&one_drawing(Language::Fr));
    let ids = values(&page, "id");
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len());
    for link in values(&page, "href").iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(distinct.contains(link), "#{link}");
    }
    for label in values(&page, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
        assert!(distinct.contains(label), "{label}");
    }
    let levels: Vec<usize> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10))
        .map(|level| level as usize)
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn every_table_has_a_caption_and_headings_with_a_scope() {
    let page = page(&pack::report(Language::En, Edition::Partnership));
    let n_tables = page.matches("<table>").count();
    // One a figure, and one of the records.
    assert_eq!(n_tables, 11);
    assert_eq!(page.matches("<caption ").count(), n_tables);
    assert_eq!(page.matches("<th ").count(), page.matches(" scope=\"").count());
    assert!(page.contains("<html lang=\"en-BE\">"));
}

#[test]
fn the_page_stays_small_and_holds_its_drawings() {
    let report = one_drawing(Language::Fr);
    let page = page(&report);
    assert!(page.len() < 2_000_000);
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("class=\"drawing narrow\""));
}

/// Draws the first figure only: pixels take long.
fn one_drawing(language: Language) -> Report {
    pack::drawn_report(language, Edition::Partnership, &["transport"])
}

#[test]
fn what_cannot_be_concluded_is_folded_by_reason_and_told_in_full_below() {
    let report = pack::report(Language::Fr, Edition::Partnership);
    let trends = &report.trends;
    let leads: BTreeSet<&str> = trends.folded.iter().map(|folded| folded.lead.as_str()).collect();
    assert_eq!(leads.len(), trends.folded.len());
    let n_topics: usize = trends.folded.iter().map(|folded| folded.topics.len()).sum();
    assert_eq!(n_topics, trends.inconclusive.len());
    let page = page(&report);
    for line in &trends.inconclusive {
        assert_eq!(page.matches(line.text.as_str()).count(), 1, "{}", line.text);
    }
}

#[test]
fn what_the_records_could_not_fill_is_said_once_for_each_reason() {
    let report = pack::report(Language::Fr, Edition::Partnership);
    assert_eq!(
        report.left_out,
        [
            "Les épisodes (de travail, par exemple) ne sont pas montrés\u{a0}: les fichiers lus n’en contiennent pas. Sujet concerné\u{a0}: Secteur des épisodes.",
            "Un tableau n’est pas montré\u{a0}: une de ses cases a trop peu de personnes, et un partenaire, qui connaît ses propres fiches, pourrait retrouver leur nombre en comparant les tableaux. Ajouter des fiches ou, là où il y a plus de deux réponses, réunir les plus rares permet de le montrer. Sujet concerné\u{a0}: Permis de conduire.",
        ]
    );
}

#[test]
fn a_break_stands_at_the_figures_it_is_about_and_no_other() {
    let report = pack::report(Language::Fr, Edition::Partnership);
    let broken: Vec<&str> = report
        .figures()
        .filter(|figure| !figure.breaks.is_empty())
        .map(|figure| figure.id.as_str())
        .collect();
    assert_eq!(broken, ["licence_change"]);
}

#[test]
fn every_printed_page_has_a_foot() {
    let page = page(&pack::report(Language::Fr, Edition::Partnership));
    assert!(page.contains("@bottom-left{content:\""));
    assert!(page.contains("counter(page) \" / \" counter(pages)"));
}
