//! The drawings of a report, made on as many threads as the machine has cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use catalyse_chart::Fonts;
use catalyse_disclose::Release;
use catalyse_report::{Edition, Figure, Report, ReportFigure, draw_figure};

use super::defect;
use crate::failure::Failure;

/// Loads the bundled fonts.
pub(crate) fn fonts() -> Result<Fonts, Failure> {
    Fonts::load().map_err(|error| defect(&error))
}

/// Draws every figure of a report and attaches the drawings. The result does not depend on the threads.
pub(crate) fn draw_all(
    report: &mut Report,
    releases: &[Release],
    fonts: &Fonts,
) -> Result<(), Failure> {
    let language = report.language;
    let figures: Vec<(ReportFigure, &Release)> = report
        .figures()
        .filter_map(|figure| {
            let release = releases.iter().find(|release| release.id() == figure.release)?;
            Some((figure.clone(), release))
        })
        .collect();
    let next = AtomicUsize::new(0);
    let drawn = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, std::num::NonZero::get) {
            scope.spawn(|| {
                while let Some((figure, release)) =
                    figures.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let drawing = draw_figure(figure, release, language, fonts);
                    let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
                    drawn.push((figure.id.clone(), drawing));
                }
            });
        }
    });
    for (id, drawing) in drawn.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let drawing: Option<Figure> = drawing.map_err(|error| defect(&error))?;
        if let Some(mut drawing) = drawing {
            // Outlines are heavy, and a partner's slides can take those of the partnership's folder or the PNG.
            if report.edition != Edition::Partnership {
                drawing.outlined_svg = None;
            }
            report.attach(&id, drawing);
        }
    }
    Ok(())
}
