//! Every kind of chart drawn from invented tables that went through the gate, compared with the drawings kept beside this file.
//!
//! After a change of layout, run with `UPDATE_GOLDEN=1` and look at each file before it is committed.

mod tables;

use std::path::Path;

use catalyse_chart::kinds::ChartKind;
use catalyse_chart::{ChartSpec, Fonts, Width, draw, suitable};
use catalyse_disclose::{Policy, Release, release_pack};
use catalyse_locale::Language;

#[expect(clippy::unwrap_used, reason = "the pack is made to pass the audit")]
fn releases() -> Vec<Release> {
    release_pack(tables::pack(), &Policy::partnership()).unwrap().releases
}

#[expect(clippy::unwrap_used, reason = "the tables are named below")]
fn of<'a>(releases: &'a [Release], id: &str) -> &'a Release {
    releases.iter().find(|release| release.id() == id).unwrap()
}

/// The table, the kind, the language and the width of each golden drawing.
const GOLDEN: [(&str, &str, Language, Width); 11] = [
    ("transport", "bar", Language::Fr, Width::Wide),
    ("transport", "bar", Language::En, Width::Narrow),
    ("health_by_wave", "stacked", Language::Fr, Width::Wide),
    ("transport_change", "dot", Language::En, Width::Wide),
    ("transport_by_partner", "multiples", Language::Fr, Width::Wide),
    ("transport_by_wave", "line", Language::Fr, Width::Wide),
    ("status_transition", "heat", Language::En, Width::Wide),
    ("status_transition", "heat", Language::Fr, Width::Narrow),
    ("minutes", "range", Language::Fr, Width::Wide),
    ("minutes", "range", Language::En, Width::Narrow),
    ("minutes_by_gender", "range", Language::En, Width::Wide),
];

#[test]
fn drawings_are_those_that_were_looked_at() {
    let (releases, fonts) = (releases(), Fonts::load().unwrap());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (table, kind, language, width) in GOLDEN {
        let spec = ChartSpec {
            id: table,
            kind: Some(kind),
            language,
            width,
            source: Some("données inventées"),
            ..ChartSpec::default()
        };
        let drawing = draw(of(&releases, table), &spec, &fonts).unwrap();
        assert!(drawing.svg.len() < 20 * 1024, "{kind}: {} bytes", drawing.svg.len());
        let width = if width == Width::Wide { "wide" } else { "narrow" };
        let file = folder.join(format!("{kind}-{}-{width}.svg", language.tag()));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a golden file is made anew on request")]
            std::fs::write(&file, &drawing.svg).unwrap();
        }
        #[expect(clippy::disallowed_methods, reason = "golden files are read from the folder")]
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == drawing.svg, "{} differs from what is drawn now", file.display());
    }
}

#[test]
fn the_first_kind_suits_the_table() {
    let releases = releases();
    for (table, kind) in [
        ("transport", "bar"),
        ("health_by_wave", "stacked"),
        ("transport_change", "dot"),
        ("transport_by_partner", "multiples"),
        ("transport_by_wave", "line"),
        ("status_transition", "heat"),
        ("minutes", "range"),
    ] {
        let kinds: Vec<&str> =
            suitable(of(&releases, table)).into_iter().map(ChartKind::name).collect();
        assert_eq!(kinds.first().copied(), Some(kind), "{table}: {kinds:?}");
    }
}

#[test]
fn a_description_tells_the_protected_numbers() {
    let (releases, fonts) = (releases(), Fonts::load().unwrap());
    let describe = |language| {
        let spec = ChartSpec { id: "f", language, ..ChartSpec::default() };
        draw(of(&releases, "transport"), &spec, &fonts).unwrap().description
    };
    assert_eq!(
        describe(Language::Fr),
        "Graphique à barres horizontales\u{a0}: Moyen de déplacement, personnes suivies. Plus grandes parts\u{a0}: \
         Transports en commun 39\u{202f}% (33\u{a0}–\u{a0}45\u{202f}%), Permis et véhicule 31\u{202f}% (26\u{a0}–\u{a0}37\u{202f}%), \
         Permis sans véhicule 14\u{202f}% (10\u{a0}–\u{a0}18\u{202f}%), Vélo ou à pied 9\u{202f}% (6\u{a0}–\u{a0}13\u{202f}%)."
    );
    assert_eq!(
        describe(Language::En),
        "Horizontal bar chart: Means of transport, persons followed. Largest shares: \
         Public transport 39% (33–45%), Licence and vehicle 31% (26–37%), \
         Licence, no vehicle 14% (10–18%), Bicycle or on foot 9% (6–13%)."
    );
}

#[test]
fn pictures_are_small_sharp_and_the_same_every_time() {
    let (releases, fonts) = (releases(), Fonts::load().unwrap());
    let spec = ChartSpec { id: "f", ..ChartSpec::default() };
    let drawing = draw(of(&releases, "transport_by_partner"), &spec, &fonts).unwrap();
    let rendered = drawing.render(&fonts).unwrap();
    assert_eq!(rendered.png, drawing.png(&fonts).unwrap());
    assert!(rendered.png.len() < 120 * 1024, "{} bytes", rendered.png.len());
    // Bytes 16 to 20 of a PNG are its width in pixels.
    assert_eq!(rendered.png.get(16..20), Some(1520_u32.to_be_bytes().as_slice()));
    assert!(!rendered.outlined_svg.contains("<text"), "letters are outlines");
    assert!(rendered.outlined_svg.contains("<path"));
}

#[test]
fn a_kind_that_does_not_suit_is_refused_by_name() {
    let (releases, fonts) = (releases(), Fonts::load().unwrap());
    for (kind, message) in [
        (
            "dot",
            "table `transport` cannot be drawn as `dot`: choose another chart kind in the report definition",
        ),
        (
            "pie",
            "table `transport` cannot be drawn as `pie`: choose another chart kind in the report definition",
        ),
    ] {
        let spec = ChartSpec { id: "f", kind: Some(kind), ..ChartSpec::default() };
        let error = draw(of(&releases, "transport"), &spec, &fonts).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}
