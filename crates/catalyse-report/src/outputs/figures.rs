//! `figures/`: every drawing as SVG, as SVG with outlined letters, and as PNG, for slides and letters.

use catalyse_locale::{Language, Wording};

use super::{Output, OutputFile};
use crate::report::error::ReportError;
use crate::report::{Report, ReportFigure};

/// Makes the files of `figures/`.
pub(super) struct Figures;

impl Output for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "les graphiques, à coller dans une présentation (.png, ou .outlined.svg qui s'agrandit sans flou)",
            "the charts, to paste into slides (.png, or .outlined.svg, which enlarges without blur)",
        )
    }

    fn place(&self, _: Language) -> String {
        "figures/".to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["svg", "png"]
    }

    fn files_of(&self, figure: &ReportFigure) -> Vec<String> {
        let Some(drawing) = &figure.drawing else { return Vec::new() };
        let endings = if drawing.png.is_empty() { &["svg"][..] } else { &["png", "svg"] };
        endings.iter().map(|ending| format!("figures/{}.{ending}", figure.id)).collect()
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let mut files = Vec::new();
        for figure in report.figures() {
            let Some(drawing) = &figure.drawing else { continue };
            let mut add = |ending: &str, bytes: &[u8]| {
                let path = format!("figures/{}.{ending}", figure.id);
                files.push(OutputFile { path, bytes: bytes.to_vec() });
            };
            add("svg", drawing.svg.as_bytes());
            if let Some(outlined) = &drawing.outlined_svg {
                add("outlined.svg", outlined.as_bytes());
            }
            if !drawing.png.is_empty() {
                add("png", &drawing.png);
            }
        }
        Ok(files)
    }
}
