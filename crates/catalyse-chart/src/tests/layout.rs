//! Tests over all kinds: every text inside the canvas, none over another, none missing in the pixels.

use catalyse_disclose::Mark;
use catalyse_locale::Language;
use resvg::tiny_skia::Pixmap;

use crate::figure::{ChartSpec, draw_table};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::tests::sample;
use crate::write::raster;
use crate::{Drawing, Fonts, Rect, Width, kinds};

pub(crate) const WIDTHS: [Width; 2] = [Width::Wide, Width::Narrow];

pub(crate) fn samples(language: Language) -> Vec<(&'static str, Table)> {
    vec![
        ("bar", sample::transport(language)),
        ("stacked", sample::health(language)),
        ("dot", sample::change(language)),
        ("multiples", sample::partners(language)),
        ("line", sample::trend(language)),
        ("heat", sample::transition(language)),
        ("range", sample::minutes(language, 1)),
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
            for line in table.quantities.panels.iter_mut().flat_map(|panel| &mut panel.lines) {
                line.spread = Err(Mark::LowBase);
            }
            for kind in kinds::ALL.iter().filter(|kind| kinds::can_draw(**kind, &table)) {
                let drawing = draw_as(kind.name(), &table, Width::Narrow, &fonts);
                assert_eq!(faults(&drawing, &fonts), [""; 0], "{}", kind.name());
            }
            table.categories.headings.clear();
            table.cells.clear();
            table.totals.clear();
            table.quantities.panels.clear();
            assert!(kinds::ALL.iter().all(|kind| !kinds::can_draw(*kind, &table)));
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
