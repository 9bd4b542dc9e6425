//! `rapport.html` (`report.html` in English): the whole report as one page that opens offline, without scripts, and prints on A4.

use catalyse_locale::{Language, Wording};

use super::{ALL, Output, OutputFile};
use crate::page;
use crate::report::error::ReportError;
use crate::report::{Report, ReportFigure};

/// Makes `rapport.html`, `report.html` in English.
pub(super) struct Html;

impl Output for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "le rapport, à lire dans n'importe quel navigateur, sans réseau, ou à imprimer",
            "the report, to read in any browser, without network, or to print",
        )
    }

    fn place(&self, language: Language) -> String {
        match language {
            Language::Fr => "rapport.html",
            Language::En | Language::Nl | Language::De => "report.html",
        }
        .to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html"]
    }

    fn is_page(&self) -> bool {
        true
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let page = page::render(report, &files_of)?;
        Ok(vec![OutputFile { path: self.place(report.language), bytes: page.into_bytes() }])
    }
}

/// Lists the files of all outputs that hold one figure, those for people first.
fn files_of(figure: &ReportFigure) -> Vec<String> {
    let (for_people, for_programs): (Vec<&dyn Output>, Vec<&dyn Output>) =
        ALL.iter().copied().partition(|output| output.is_for_people());
    let outputs = for_people.into_iter().chain(for_programs);
    outputs.flat_map(|output| output.files_of(figure)).collect()
}
