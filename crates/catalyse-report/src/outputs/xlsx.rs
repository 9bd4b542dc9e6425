//! `tableaux.xlsx` (`tables.xlsx` in English): every table of the report in one workbook, numbers as numbers, with native charts.

use catalyse_locale::{Language, Wording};

use super::{Output, OutputFile};
use crate::report::Report;
use crate::report::error::ReportError;
use crate::workbook;

/// Makes `tableaux.xlsx`, `tables.xlsx` in English.
pub(super) struct Xlsx;

impl Output for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "tous les tableaux dans un classeur, avec des graphiques qu'on peut retoucher",
            "all tables in one workbook, with charts that can be edited",
        )
    }

    fn place(&self, language: Language) -> String {
        match language {
            Language::Fr => "tableaux.xlsx",
            Language::En | Language::Nl | Language::De => "tables.xlsx",
        }
        .to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let bytes = workbook::render(report)?;
        Ok(vec![OutputFile { path: self.place(report.language), bytes }])
    }
}
