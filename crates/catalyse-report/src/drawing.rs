//! The drawings of a figure: bare ones for the page, whose title is text, and a whole one for files.

use catalyse_chart::{ChartError, ChartSpec, Fonts, Width, draw, suitable};
use catalyse_disclose::Release;
use catalyse_locale::Language;

use crate::report::{Figure, ReportFigure};
use crate::whole::general::rounding_note;

/// Draws a figure of a report from the release it shows, or returns nothing if the definition asks for no chart.
///
/// Making pixels takes most of the time: call it for several figures at once, on several threads, and [`attach`] what comes back.
///
/// # Errors
/// [`ChartError`] if the kind of chart does not suit the table or the rasteriser fails.
///
/// [`attach`]: crate::Report::attach
pub fn draw_figure(
    figure: &ReportFigure,
    release: &Release,
    language: Language,
    fonts: &Fonts,
) -> Result<Option<Figure>, ChartError> {
    let Some(asked) = figure.chart.as_deref() else { return Ok(None) };
    // Some records do not fill the chart that was asked for: a line needs several waves. Then the one that suits best is drawn, or none.
    let suits = suitable(release);
    let fits = suits.iter().any(|kind| kind.name() == asked)
        || catalyse_chart::kinds::by_name(asked)
            .is_some_and(|kind| catalyse_chart::draws(kind, release));
    let kind = if fits { Some(asked) } else { suits.first().map(|kind| kind.name()) };
    let Some(kind) = kind else { return Ok(None) };
    let reading = &figure.reading;
    let (wide_id, narrow_id, file_id) =
        (format!("{}-large", figure.id), format!("{}-etroit", figure.id), figure.id.clone());
    let breaks: Vec<String> = figure.breaks.iter().map(|found| found.wave.clone()).collect();
    let notes = figure.breaks.iter().map(|found| found.note.clone());
    // A file that is pasted elsewhere must say by itself that its numbers are rounded.
    let notes: Vec<String> = notes.chain(rounding_note(release.rounding(), language)).collect();
    let whole = ChartSpec {
        id: &file_id,
        kind: Some(kind),
        language,
        width: Width::Wide,
        title: Some(&figure.title),
        subtitle: Some(&figure.measure),
        group: figure.group.as_deref(),
        reading: Some(&reading.example),
        breaks: &breaks,
        universe: Some(&reading.universe),
        notes: &notes,
        source: Some(&reading.source),
        is_bare: false,
    };
    let bare = ChartSpec {
        reading: None,
        universe: None,
        notes: &[],
        source: None,
        is_bare: true,
        ..whole
    };
    let file = draw(release, &whole, fonts)?;
    let wide = draw(release, &ChartSpec { id: &wide_id, ..bare }, fonts)?;
    let narrow = draw(release, &ChartSpec { id: &narrow_id, width: Width::Narrow, ..bare }, fonts)?;
    let rendered = file.render(fonts)?;
    Ok(Some(Figure {
        page_svg: wide.svg,
        narrow_svg: Some(narrow.svg),
        svg: file.svg,
        outlined_svg: Some(rendered.outlined_svg),
        png: rendered.png,
        description: file.description,
    }))
}
