//! Whom "everybody" means: figure by figure, the partners that have records at its waves.

use catalyse_locale::Language;
use catalyse_report::{Edition, PortraitFact, Report};

use crate::pack;

const ALL: [&str; 5] = ["durbuy", "hotton", "erezee", "rendeux", "la_roche"];
const HOTTON: [&str; 1] = ["hotton"];

fn of(partner: &str) -> Edition {
    Edition::Partner(partner.to_owned())
}

fn french(present: (&[&str], &[&str]), edition: Edition) -> Report {
    pack::report_of_present(present, (Language::Fr, edition))
}

/// Everything that a report says, figure by figure, then at its front.
fn said(report: &Report) -> Vec<String> {
    let mut said = vec![report.own_numbers.text.clone()];
    for figure in report.figures() {
        let reading = &figure.reading;
        said.extend(
            [&figure.title, &figure.subtitle, &reading.example, &reading.source].map(Clone::clone),
        );
        said.extend(reading.notes.clone());
    }
    let trends = &report.trends;
    said.extend(trends.findings.iter().map(|finding| finding.sentence.clone()));
    said.extend(trends.folded.iter().map(|folded| folded.lead.clone()));
    said.extend(report.portrait.iter().map(|fact| fact.beside.clone()));
    said.iter().map(|said| said.replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

fn figure<'a>(report: &'a Report, id: &str) -> &'a catalyse_report::ReportFigure {
    report.figures().find(|figure| figure.id == id).expect("the figure is there")
}

fn says(report: &Report, words: &str) -> bool {
    said(report).iter().any(|said| said.contains(words))
}

#[test]
fn where_all_partners_delivered_nothing_is_said_of_it() {
    for edition in [Edition::Partnership, of("hotton")] {
        let report = french((&ALL, &ALL), edition.clone());
        let before = pack::report(Language::Fr, edition);
        assert_eq!(said(&report).len(), said(&before).len());
        assert!(said(&report).iter().zip(said(&before)).all(|(now, before)| *now == before));
        assert!(!says(&report, "fiche livrée") && !says(&report, "ne sont pas les mêmes"));
        assert!(says(&report, "5 partenaires"));
    }
}

#[test]
fn a_partner_alone_at_the_last_wave_is_not_called_all_partners() {
    let report = french((&ALL, &HOTTON), Edition::Partnership);
    for words in
        ["tous les partenaires vues", "tous partenaires réunis", "ensemble des partenaires,"]
    {
        assert!(!says(&report, words), "{words}");
    }
    let last = figure(&report, "target_groups");
    assert!(last.subtitle.contains("Hotton") && last.reading.source.contains("1 partenaire"));
    assert!(last.reading.notes[1].starts_with("Seul Hotton a des fiches à la vague 4"));
    let change = figure(&report, "licence_change");
    let note = "les personnes vues aux deux sont les siennes";
    assert!(change.reading.notes.iter().any(|said| said.contains(note)));
    assert!(says(&report, "personnes suivies par Hotton vues aux deux moments"));
    assert!(says(&report, "vague 1 : tous les partenaires ; vague 4 : Hotton seul"));
    assert!(report.portrait.iter().all(|fact| fact.beside.contains("Hotton seul")));
}

#[test]
fn editions_say_whose_the_whole_is_where_it_is_one_partners() {
    let own = french((&ALL, &HOTTON), of("hotton"));
    let n_figures = own.figures().count();
    assert_eq!(own.own_numbers.n_figures, n_figures, "all that is shown is Hotton's");
    assert!(!own.holds_totals_only());
    assert!(says(&own, "Hotton est le seul partenaire qui a des fiches à la vague 4"));
    let other = french((&ALL, &HOTTON), of("durbuy"));
    assert!(other.holds_totals_only());
    assert!(says(&other, "aucun chiffre propre à Durbuy"));
    assert!(says(&other, "Durbuy n’a livré aucune fiche à la vague 4."));
    assert!(says(&other, "vague 4 : Hotton seul"));
    assert!(!says(&other, "tous les partenaires ensemble"));
    let of_all = |fact: &PortraitFact| {
        fact.of_all.as_deref().is_some_and(|of| of.starts_with("Hotton seul"))
    };
    assert!(other.portrait.iter().all(of_all));
}

#[test]
fn a_partner_alone_at_the_first_wave_has_the_changes_and_all_have_the_rest() {
    let report = french((&HOTTON, &ALL), Edition::Partnership);
    let change = figure(&report, "licence_change");
    assert!(change.subtitle.contains("Hotton"), "{}", change.subtitle);
    let last = figure(&report, "target_groups");
    assert!(last.subtitle.contains("l\u{2019}ensemble des partenaires"), "{}", last.subtitle);
    assert!(last.reading.source.contains("5 partenaires"), "{}", last.reading.source);
    assert!(!last.reading.notes.iter().any(|note| note.contains("Seul Hotton")));
    let own = french((&HOTTON, &ALL), of("hotton"));
    assert!(says(&own, "Hotton est le seul partenaire qui a des fiches à la vague 1"));
    let other = french((&HOTTON, &ALL), of("durbuy"));
    assert!(says(&other, "Durbuy n’a livré aucune fiche à la vague 1."));
    assert!(other.own_numbers.n_figures > 0, "at the last wave Durbuy stands beside everybody");
}

#[test]
fn of_two_partners_at_the_last_wave_none_stands_apart() {
    let two = ["durbuy", "hotton"];
    for edition in [Edition::Partnership, of("hotton"), of("erezee")] {
        let report = french((&ALL, &two), edition.clone());
        assert!(report.figures().all(|figure| figure.table.column_label != "Partenaire"));
        let sentences = report.left_out.join(" ");
        assert!(sentences.contains("deux seulement ont des fiches à la vague de ces tableaux"));
        let rows = &report.records.as_ref().expect("a box").rows;
        assert!(rows.iter().all(|row| row.label == "Ensemble"), "{edition:?}");
        assert!(says(&report, "l’ensemble des 2 partenaires qui ont des fiches"), "{edition:?}");
    }
    let absent = french((&ALL, &two), of("erezee"));
    assert!(says(&absent, "Érezée n’a livré aucune fiche à la vague 4."));
    assert!(!says(&absent, "avec un troisième"), "that is not why Érezée has no numbers");
}

#[test]
fn english_says_the_same() {
    let report = pack::report_of_present((&ALL, &HOTTON), (Language::En, of("durbuy")));
    assert!(says(&report, "Durbuy delivered no record at wave 4."));
    assert!(says(&report, "wave 1: all partners; wave 4: Hotton alone"));
    assert!(!says(&report, "of all partners seen"));
}
