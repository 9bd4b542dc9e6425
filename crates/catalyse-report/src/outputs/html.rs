//! `rapport.html` (`report.html` in English): the whole report as one page that opens offline, without scripts, and prints on A4.

use catalyse_locale::Wording;

use super::{Output, OutputFile, file_name};
use crate::page;
use crate::report::{Report, ReportError};

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

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let page = page::render(report)?;
        Ok(vec![OutputFile {
            path: file_name(self.name(), report.language),
            bytes: page.into_bytes(),
        }])
    }
}
