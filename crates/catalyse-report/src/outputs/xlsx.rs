//! `tableaux.xlsx` (`tables.xlsx` in English): every table of the report in one workbook, numbers as numbers, with native charts.

use catalyse_locale::Wording;

use super::{Output, OutputFile, file_name};
use crate::report::{Report, ReportError};
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

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let bytes = workbook::render(report)?;
        Ok(vec![OutputFile { path: file_name(self.name(), report.language), bytes }])
    }
}
