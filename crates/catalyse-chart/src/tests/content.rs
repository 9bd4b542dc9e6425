//! Tests of what a drawing says and leaves out: partners, breaks, bounds, groups of hardly anybody.

use catalyse_disclose::Mark;
use catalyse_locale::Language;

use crate::figure::{ChartSpec, draw_table};
use crate::table::reading::Reading;
use crate::tests::layout::{WIDTHS, draw_as, faults, samples};
use crate::tests::sample;
use crate::{Drawing, Fonts, Width, kinds};

#[test]
fn a_partner_sees_itself_and_everybody_but_no_other_partner() {
    let fonts = Fonts::load().unwrap();
    let table = sample::partners(Language::Fr);
    for kind in kinds::ALL.iter().filter(|kind| kind.draws(&table)) {
        for width in WIDTHS {
            let spec = ChartSpec {
                id: "f",
                kind: Some(kind.name()),
                width,
                group: Some("2"),
                ..ChartSpec::default()
            };
            let drawing = draw_table(&table, &spec, &fonts).unwrap();
            assert_eq!(faults(&drawing, &fonts), [""; 0], "{} {width:?}", kind.name());
            for other in ["Durbuy", "Mission", "sur 25"] {
                let is_shown = drawing.scene.texts().any(|text| text.content.contains(other));
                assert!(!is_shown, "{}: {other}", kind.name());
            }
            assert!(!drawing.description.contains("Durbuy"), "{}", drawing.description);
        }
    }
    let spec = ChartSpec { id: "f", group: Some("nobody"), ..ChartSpec::default() };
    let error = draw_table(&table, &spec, &fonts).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `transport` has no group `nobody` to draw: check the partners and waves of the report"
    );
}

#[test]
fn a_bare_drawing_has_no_title_but_still_names_it() {
    let fonts = Fonts::load().unwrap();
    for (kind, table) in samples(Language::Fr) {
        for width in WIDTHS {
            let spec = ChartSpec {
                id: "f",
                kind: Some(kind),
                width,
                title: Some("Le bus perd"),
                is_bare: true,
                ..ChartSpec::default()
            };
            let drawing = draw_table(&table, &spec, &fonts).unwrap();
            assert!(drawing.scene.texts().all(|text| text.content != "Le bus perd"));
            assert!(drawing.svg.contains(">Le bus perd</title>"));
            assert_eq!(faults(&drawing, &fonts), [""; 0], "{kind} {width:?}");
        }
    }
}

fn has_text(drawing: &Drawing, words: &str) -> bool {
    drawing.scene.texts().any(|text| text.content.contains(words))
}

#[test]
fn a_break_is_marked_between_its_waves_and_explained() {
    let fonts = Fonts::load().unwrap();
    let breaks = ["2".to_owned()];
    for (kind, table) in
        [("line", sample::trend(Language::Fr)), ("stacked", sample::health(Language::Fr))]
    {
        for width in WIDTHS {
            let spec = ChartSpec {
                id: "f",
                kind: Some(kind),
                width,
                breaks: &breaks,
                ..ChartSpec::default()
            };
            let drawing = draw_table(&table, &spec, &fonts).unwrap();
            assert_eq!(faults(&drawing, &fonts), [""; 0], "{kind} {width:?}");
            assert!(drawing.scene.texts().any(|text| text.content == "rupture"), "{kind}");
            assert!(has_text(&drawing, "Trait «\u{202f}rupture"), "{kind}");
        }
    }
    // Before the first wave there is nothing to break, and partners are no waves.
    for (kind, table, key) in [
        ("line", sample::trend(Language::Fr), "0"),
        ("stacked", sample::partners(Language::Fr), "2"),
    ] {
        let breaks = [key.to_owned()];
        let spec = ChartSpec { id: "f", kind: Some(kind), breaks: &breaks, ..ChartSpec::default() };
        assert!(!has_text(&draw_table(&table, &spec, &fonts).unwrap(), "rupture"), "{kind}");
    }
}

#[test]
fn a_group_of_hardly_anybody_has_words_and_no_bar() {
    let fonts = Fonts::load().unwrap();
    let mut table = sample::health(Language::Fr);
    let n_groups = table.groups.headings.len();
    for category in 0..table.categories.headings.len() {
        table.cells[category * n_groups] = Reading::Hidden(Mark::LowBase);
    }
    table.bases[0] = Some(0);
    let drawing = draw_as("stacked", &table, Width::Wide, &fonts);
    assert!(has_text(&drawing, "moins de\u{a0}5") && !has_text(&drawing, "n\u{a0}=\u{a0}0"));
    assert_eq!(drawing.scene.texts().filter(|text| text.content == "[u]").count(), 1);
}

#[test]
fn a_bound_fills_its_part_of_a_stacked_bar() {
    let fonts = Fonts::load().unwrap();
    let mut table = sample::health(Language::Fr);
    let n_groups = table.groups.headings.len();
    for category in 0..table.categories.headings.len() {
        table.cells[category * n_groups] = Reading::AtMost(10);
    }
    table.cells[2 * n_groups] = Reading::AtLeast(90);
    let drawing = draw_as("stacked", &table, Width::Wide, &fonts);
    let count = |words: &str| drawing.scene.texts().filter(|text| text.content == words).count();
    assert_eq!(count("≥\u{202f}90\u{202f}%"), 1);
    // The answers before and after it share a hatched piece each.
    assert_eq!(count("≤\u{202f}10\u{202f}%"), 2);
    assert_eq!(faults(&drawing, &fonts), [""; 0]);
}

#[test]
fn everybody_stands_beside_a_partner_in_every_kind() {
    let fonts = Fonts::load().unwrap();
    let table = sample::partners(Language::Fr);
    for kind in ["heat", "bar", "stacked", "multiples"] {
        for width in WIDTHS {
            let spec = ChartSpec {
                id: "f",
                kind: Some(kind),
                width,
                group: Some("2"),
                ..ChartSpec::default()
            };
            let drawing = draw_table(&table, &spec, &fonts).unwrap();
            assert!(has_text(&drawing, "Ensemble"), "{kind} {width:?}");
            assert_eq!(faults(&drawing, &fonts), [""; 0], "{kind} {width:?}");
        }
    }
}

#[test]
fn a_figure_for_slides_says_who_is_counted_and_from_where() {
    let fonts = Fonts::load().unwrap();
    let spec = ChartSpec {
        id: "f",
        universe: Some("Personnes suivies, vague 2 ; 540 personnes environ."),
        source: Some("catalyse ; politique « partnership »."),
        ..ChartSpec::default()
    };
    let drawing = draw_table(&sample::transport(Language::Fr), &spec, &fonts).unwrap();
    assert!(has_text(&drawing, "Champ\u{a0}: Personnes suivies"));
    assert!(has_text(&drawing, "Source\u{a0}: catalyse"));
}
