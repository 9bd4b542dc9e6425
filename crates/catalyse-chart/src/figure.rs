//! One figure: title, subtitle, what the kind draws, notes and source, as SVG; and from that SVG the PNG and the outlines.

use catalyse_disclose::{Axis, Release};
use catalyse_locale::{Language, typeset};

use crate::error::ChartError;
use crate::kinds::{self, ChartKind};
use crate::parts::frame::{Body, Frame, Width};
use crate::scene::fonts::Fonts;
use crate::scene::palette::GREY_INK;
use crate::scene::text::{Type, wrap, wrap_evenly};
use crate::scene::{Scene, Text};
use crate::table::Table;
use crate::words;
use crate::write::{raster, svg};

/// Holds what a figure should be.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChartSpec<'a> {
    /// The id of the figure, unique on its page: ids inside the SVG begin with it.
    pub id: &'a str,
    /// The chart kind by name; nothing takes the first that suits the release.
    pub kind: Option<&'a str>,
    /// The language of the reader.
    pub language: Language,
    /// The width it is drawn for.
    pub width: Width,
    /// The finding, in at most about ten words; nothing takes the title of the release.
    pub title: Option<&'a str>,
    /// The measure, the persons and the moment; nothing makes it of the release. The base is added where there is one.
    pub subtitle: Option<&'a str>,
    /// The key of the only group that is shown (a partner in its own report), beside everybody; nothing shows all groups.
    pub group: Option<&'a str>,
    /// The keys of the waves before which the series breaks: what they count has changed, or who is counted.
    pub breaks: &'a [String],
    /// One number of the figure as a sentence, without "Lecture :".
    pub reading: Option<&'a str>,
    /// Who is counted, without "Champ :".
    pub universe: Option<&'a str>,
    /// What a reader must know, each a sentence. What marks and hatching mean is added by the drawing.
    pub notes: &'a [String],
    /// Where the numbers are from, without "Source :".
    pub source: Option<&'a str>,
    /// Whether title and subtitle stand outside, as text of the page: then they are drawn nowhere, only named in the SVG.
    pub is_bare: bool,
}

/// Holds a figure that has been laid out.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The id of the figure.
    pub id: String,
    /// The chart kind that drew it.
    pub kind: &'static str,
    /// The figure as SVG with its texts as text.
    pub svg: String,
    /// What the figure shows, in words made from the release: its text alternative.
    pub description: String,
    /// The width in px.
    pub width_px: f64,
    /// The height in px.
    pub height_px: f64,
    /// The primitives, for tests of the layout.
    pub scene: Scene,
}

/// Holds the pictures made of a drawing.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The figure as PNG, two pixels for one px.
    pub png: Vec<u8>,
    /// The figure as SVG with outlines in place of letters, for slides and word processors.
    pub outlined_svg: String,
}

/// Draws a release.
///
/// # Errors
/// [`ChartError::Unfit`] if the kind asked for does not suit the release, or none does.
pub fn draw(release: &Release, spec: &ChartSpec<'_>, fonts: &Fonts) -> Result<Drawing, ChartError> {
    draw_table(&Table::of(release, spec.language), spec, fonts)
}

/// Lists the kinds that suit a release, the best first.
pub fn suitable(release: &Release) -> Vec<&'static dyn ChartKind> {
    let table = Table::of(release, Language::Fr);
    kinds::ALL.iter().copied().filter(|kind| kinds::is_suited(*kind, &table)).collect()
}

/// Says whether a kind can draw a release, be it the best one or not.
pub fn draws(kind: &dyn ChartKind, release: &Release) -> bool {
    kinds::can_draw(kind, &Table::of(release, Language::Fr))
}

impl Drawing {
    /// Makes the PNG. It takes most of the time of a figure: call it on several threads.
    ///
    /// # Errors
    /// [`ChartError::Raster`] if the rasteriser cannot read the SVG.
    pub fn png(&self, fonts: &Fonts) -> Result<Vec<u8>, ChartError> {
        raster::png(&self.id, &raster::parse(&self.id, &self.svg, fonts)?)
    }

    /// Makes the PNG and the outlined SVG together, which is quicker than one after the other.
    ///
    /// # Errors
    /// [`ChartError::Raster`] if the rasteriser cannot read the SVG.
    pub fn render(&self, fonts: &Fonts) -> Result<Rendered, ChartError> {
        let tree = raster::parse(&self.id, &self.svg, fonts)?;
        Ok(Rendered { png: raster::png(&self.id, &tree)?, outlined_svg: raster::outline(&tree) })
    }
}

pub(crate) fn draw_table(
    table: &Table,
    spec: &ChartSpec<'_>,
    fonts: &Fonts,
) -> Result<Drawing, ChartError> {
    let shown = match spec.group {
        Some(key) => Some(table.only(key).ok_or_else(|| ChartError::UnknownGroup {
            table: table.id.clone(),
            group: key.to_owned(),
        })?),
        None => None,
    };
    let asked = choose(table, spec)?;
    let table = shown.as_ref().unwrap_or(table);
    let kind =
        if kinds::can_draw(asked, table) { asked } else { kinds::plainest().unwrap_or(asked) };
    // Of one group that is left, bars alone would not show everybody beside it.
    let is_beside = shown.is_some() && !table.totals.is_empty();
    let kind = kind.beside_everybody().filter(|_| is_beside).unwrap_or(kind);
    let group = shown.as_ref().map(|_| 0);
    let part = kind.shows(table);
    let table = part.as_ref().unwrap_or(table);
    let breaks = breaks_of(table, spec.breaks);
    let frame = Frame { width: spec.width, language: spec.language, fonts, group, breaks };
    let body = kind.draw(table, &frame)?;
    let description = typeset(spec.language, &kind.describe(table, &frame));
    let title = typeset(spec.language, spec.title.unwrap_or(&table.title));
    let (scene, height_px) = compose(table, spec, &frame, (kind, &title, body));
    let head = svg::Head {
        id: spec.id,
        language: spec.language,
        width: spec.width.px(),
        height: height_px,
        title: &title,
        description: &description,
    };
    Ok(Drawing {
        id: spec.id.to_owned(),
        kind: kind.name(),
        svg: svg::write(&head, &scene),
        description,
        width_px: spec.width.px(),
        height_px,
        scene,
    })
}

/// Finds the waves before which the series breaks. Before the first one there is nothing to compare.
fn breaks_of(table: &Table, keys: &[String]) -> Vec<usize> {
    if table.groups.name != Axis::WAVE {
        return Vec::new();
    }
    let waves = table.groups.headings.iter().enumerate().skip(1);
    waves.filter(|(_, (key, _))| keys.contains(key)).map(|(index, _)| index).collect()
}

fn choose(table: &Table, spec: &ChartSpec<'_>) -> Result<&'static dyn ChartKind, ChartError> {
    let unfit = |kind: &str| ChartError::Unfit { table: table.id.clone(), kind: kind.to_owned() };
    match spec.kind {
        None => kinds::ALL
            .iter()
            .copied()
            .find(|kind| kinds::is_suited(*kind, table))
            .ok_or_else(|| unfit("any chart")),
        Some(name) => {
            let kind = kinds::by_name(name).ok_or_else(|| unfit(name))?;
            if kinds::can_draw(kind, table) { Ok(kind) } else { Err(unfit(kind.name())) }
        }
    }
}

/// Puts title, subtitle, body and notes one below the other.
fn compose(
    table: &Table,
    spec: &ChartSpec<'_>,
    frame: &Frame<'_>,
    (kind, title, body): (&dyn ChartKind, &str, Body),
) -> (Scene, f64) {
    let (left, inner, fonts) = (spec.width.margin(), frame.inner(), frame.fonts);
    let (title_set, subtitle_set, note_set) = match spec.width {
        Width::Wide => (Type::semibold(19.0), Type::regular(14.0), Type::regular(12.5)),
        Width::Narrow => (Type::semibold(17.0), Type::regular(13.0), Type::regular(12.0)),
    };
    let mut scene = Scene::default();
    let mut y = 6.0;
    if !spec.is_bare {
        y = title_set.size * 1.05;
        let lines = wrap_evenly(fonts, title, title_set, inner);
        scene.lines(&Text::new(left, y, title_set, ""), &lines);
        y += (lines.len().max(1) - 1) as f64 * title_set.line_height();
        let subtitle = subtitle(table, spec, frame, kind);
        let lines = wrap(fonts, &subtitle, subtitle_set, inner);
        y += 4.0 + subtitle_set.line_height();
        scene.lines(&Text::new(left, y, subtitle_set, "").coloured(GREY_INK), &lines);
        y += (lines.len().max(1) - 1) as f64 * subtitle_set.line_height() + 18.0;
    }
    let notes = notes(spec, &body.remarks);
    scene.extend(body.scene, left, y);
    y += body.height + 12.0;
    for note in notes {
        let lines = wrap(fonts, &note, note_set, inner);
        y += note_set.line_height();
        scene.lines(&Text::new(left, y, note_set, "").coloured(GREY_INK), &lines);
        y += (lines.len().max(1) - 1) as f64 * note_set.line_height() + 1.5;
    }
    (scene, (y + 8.0).ceil())
}

/// Returns measure, persons and base in a line.
fn subtitle(
    table: &Table,
    spec: &ChartSpec<'_>,
    frame: &Frame<'_>,
    kind: &dyn ChartKind,
) -> String {
    let mut parts = Vec::new();
    if let Some(subtitle) = spec.subtitle {
        parts.push(subtitle.to_owned());
    } else {
        if spec.title.is_some() {
            parts.push(table.title.clone());
        }
        parts.push(table.universe.clone());
        parts.push(words::say(spec.language, &kind.caption(table)));
    }
    parts.extend(kind.base(table, frame).map(|n| words::n_equals(table.printed(), n)));
    parts.retain(|part| !part.is_empty());
    typeset(spec.language, &parts.join(", "))
}

fn notes(spec: &ChartSpec<'_>, remarks: &[String]) -> Vec<String> {
    let language = spec.language;
    let reading = spec.reading.map(|text| words::say_text(language, &words::READING, text));
    let source = spec.source.map(|text| words::say_text(language, &words::SOURCE, text));
    let universe = spec.universe.map(|text| words::say_text(language, &words::UNIVERSE, text));
    let given = spec.notes.iter().map(|note| typeset(language, note));
    let ours = remarks.iter().cloned();
    reading.into_iter().chain(universe).chain(ours).chain(given).chain(source).collect()
}
