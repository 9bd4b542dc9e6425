//! The report from the page: all accepted records of the store, through the same stages as on the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_locale::Language;
use catalyse_store::Record;
use catalyse_web::ReportMaker;

use crate::commands::check::open_checks;
use crate::commands::report;
use crate::failure::Failure;
use crate::reading::{self, Keep};
use crate::store::{lay_out, without_identities};
use crate::study::OpenedStudy;
use crate::terminal::Terminal;

/// Returns what makes the page of a report of records.
pub(super) fn maker(opened: &Arc<OpenedStudy>) -> ReportMaker {
    let opened = Arc::clone(opened);
    Arc::new(move |records: &[Record], language: Language| {
        page(&opened, records, &Terminal::new(language, true))
            .map_err(|failure| failure.message.say(language))
    })
}

fn page(opened: &OpenedStudy, records: &[Record], terminal: &Terminal) -> Result<Vec<u8>, Failure> {
    let codebook = without_identities(&opened.codebook);
    let laid_out = lay_out(&codebook, records, &BTreeMap::new())?;
    let checks = open_checks(&codebook, &opened.name)?;
    let batch =
        reading::confront_stored(&checks, (&laid_out, &[]), Keep::Records)?.accepted(&codebook)?;
    report::page(opened, &batch, terminal)
}
