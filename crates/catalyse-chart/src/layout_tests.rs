//! Tests over all kinds: every text inside the canvas, none over another, none missing in the pixels.

use catalyse_disclose::Mark;
use catalyse_locale::Language;
use resvg::tiny_skia::Pixmap;

use crate::figure::{ChartSpec, draw_table};
use crate::reading::Reading;
use crate::sample;
use crate::table::Table;
use crate::{Drawing, Fonts, Rect, Width, kinds, raster};

const WIDTHS: [Width; 2] = [Width::Wide, Width::Narrow];

fn samples(language: Language) -> Vec<(&'static str, Table)> {
    vec![
        ("bar", sample::transport(language)),
        ("stacked", sample::health(language)),
        ("dot", sample::change(language)),
        ("multiples", sample::partners(language)),
        ("line", sample::trend(language)),
        ("heat", sample::transition(language)),
    ]
}

pub(crate) fn draw_as(kind: &str, table: &Table, width: Width, fonts: &Fonts) -> Drawing {
    let notes = ["Effectifs arrondis à 5 : la somme des parts peut différer de 100.".to_owned()];
    let spec = ChartSpec {
        id: kind,
        kind: Some(kind),
        language: table.language,
        width,
        title: Some("Près de quatre personnes sur dix dépendent des transports en commun"),
        reading: Some("39 % des personnes suivies dépendent des transports en commun"),
        notes: &notes,
        source: Some("catalyse, vague 2 (2001), 5 partenaires"),
        ..ChartSpec::default()
    };
    draw_table(table, &spec, fonts).unwrap()
}

/// Returns what is wrong with the places of the texts, in words.
pub(crate) fn faults(drawing: &Drawing, fonts: &Fonts) -> Vec<String> {
    let mut faults = Vec::new();
    let texts: Vec<(Rect, &str)> =
        drawing.scene.texts().map(|text| (text.bounds(fonts), text.content.as_str())).collect();
    for (bounds, content) in &texts {
        let (right, bottom) = (bounds.x + bounds.width, bounds.y + bounds.height);
        let is_inside = bounds.x >= -0.5
            && bounds.y >= -0.5
            && right <= drawing.width_px + 0.5
            && bottom <= drawing.height_px + 0.5;
        if !is_inside {
            faults.push(format!("{}: outside: {content} {bounds:?}", drawing.kind));
        }
    }
    for (index, (one, content)) in texts.iter().enumerate() {
        for (other, other_content) in texts.iter().skip(index + 1) {
            // Half a px is the rounding of the letters' boxes, not of ink.
            let one = Rect::new(one.x + 0.5, one.y + 0.5, one.width - 1.0, one.height - 1.0);
            if one.overlaps(other) {
                faults.push(format!("{}: {content} over {other_content}", drawing.kind));
            }
        }
    }
    faults
}

#[test]
fn samples_keep_every_text_apart_and_inside() {
    let fonts = Fonts::load().unwrap();
    for language in [Language::Fr, Language::En] {
        for (kind, table) in samples(language) {
            for width in WIDTHS {
                let drawing = draw_as(kind, &table, width, &fonts);
                assert_eq!(faults(&drawing, &fonts), [""; 0], "{kind} {width:?}");
            }
        }
    }
}

#[test]
fn no_text_is_missing_in_the_pixels() {
    let fonts = Fonts::load().unwrap();
    for (kind, table) in samples(Language::Fr) {
        let drawing = draw_as(kind, &table, Width::Narrow, &fonts);
        let tree = raster::parse(kind, &drawing.svg, &fonts).unwrap();
        let (width, height) = (drawing.width_px as u32, drawing.height_px as u32);
        let mut pixmap = Pixmap::new(width, height).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
        for text in drawing.scene.texts().filter(|text| !text.content.trim().is_empty()) {
            let bounds = text.bounds(&fonts);
            let (left, top) = (bounds.x.max(0.0) as u32, bounds.y.max(0.0) as u32);
            let mut colours = std::collections::BTreeSet::new();
            for y in top..(top + bounds.height as u32).min(height) {
                for x in left..(left + bounds.width as u32 + 1).min(width) {
                    let pixel = pixmap.pixel(x, y).unwrap();
                    colours.insert((pixel.red(), pixel.green(), pixel.blue()));
                }
            }
            assert!(colours.len() > 2, "{kind}: no ink for {:?}", text.content);
        }
    }
}

#[test]
fn a_font_wider_than_ours_still_fits() {
    // Arial is about six per cent wider than Source Sans 3 in French text; lines are broken with that much slack.
    let fonts = Fonts::load().unwrap();
    for (kind, table) in samples(Language::Fr) {
        for width in WIDTHS {
            let drawing = draw_as(kind, &table, width, &fonts);
            for text in drawing.scene.texts() {
                let bounds = text.bounds(&fonts);
                let more = bounds.width * 0.05;
                let (left, right) = match text.anchor {
                    crate::Anchor::Start => (0.0, more),
                    crate::Anchor::Middle => (more / 2.0, more / 2.0),
                    crate::Anchor::End => (more, 0.0),
                };
                assert!(
                    bounds.x - left >= -1.0
                        && bounds.x + bounds.width + right <= drawing.width_px + 1.0,
                    "{kind} {width:?}: {}",
                    text.content
                );
            }
        }
    }
}

#[test]
fn the_svg_says_what_it_is() {
    let fonts = Fonts::load().unwrap();
    for (kind, table) in samples(Language::En) {
        let drawing = draw_as(kind, &table, Width::Wide, &fonts);
        let again = draw_as(kind, &table, Width::Wide, &fonts);
        assert_eq!(drawing.svg, again.svg);
        let tree = raster::parse(kind, &drawing.svg, &fonts).unwrap();
        assert!((f64::from(tree.size().width()) - 760.0).abs() < 1e-6);
        let head: String = drawing.svg.lines().take(3).collect();
        for part in [
            "role=\"img\"",
            "lang=\"en-BE\"",
            &format!("aria-labelledby=\"{kind}-title {kind}-desc\""),
            &format!("<title id=\"{kind}-title\">"),
            &format!("<desc id=\"{kind}-desc\">"),
            "font-family=\"'Source Sans 3', sans-serif\"",
        ] {
            assert!(head.contains(part), "{kind}: {part} is not in {head}");
        }
        assert!(!drawing.description.contains('{'), "{}", drawing.description);
        assert!(drawing.svg.len() < 24 * 1024, "{kind}: {} bytes", drawing.svg.len());
    }
}

#[test]
fn a_table_without_anything_to_show_is_refused_or_drawn_empty() {
    let fonts = Fonts::load().unwrap();
    for language in [Language::Fr, Language::En] {
        for (_, mut table) in samples(language) {
            let hidden = Reading::Hidden(Mark::Confidential);
            table.cells.fill(hidden);
            table.totals.fill(hidden);
            for kind in kinds::ALL.iter().filter(|kind| kind.draws(&table)) {
                let drawing = draw_as(kind.name(), &table, Width::Narrow, &fonts);
                assert_eq!(faults(&drawing, &fonts), [""; 0], "{}", kind.name());
            }
            table.categories.headings.clear();
            table.cells.clear();
            table.totals.clear();
            assert!(kinds::ALL.iter().all(|kind| !kind.draws(&table)));
        }
    }
}

#[test]
fn every_file_of_the_folder_is_a_kind() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/kinds");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .collect();
    let mut kinds: Vec<String> =
        kinds::ALL.iter().map(|kind| format!("{}.rs", kind.name())).collect();
    files.sort();
    kinds.sort();
    assert_eq!(kinds, files);
    for kind in kinds::ALL {
        assert_eq!(kinds::by_name(kind.name()).unwrap().name(), kind.name());
    }
}

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
