//! The report from the page: accepted records of the store, through the same stages as on the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_store::{EditionFile, Record};
use catalyse_web::ReportMaker;

use crate::commands::check::open_checks;
use crate::commands::report;
use crate::failure::Failure;
use crate::reading::{self, Keep};
use crate::store::{lay_out, without_identities};
use crate::study::OpenedStudy;

/// Returns what makes an edition of records.
pub(super) fn maker(opened: &Arc<OpenedStudy>) -> ReportMaker {
    let opened = Arc::clone(opened);
    Arc::new(move |records: &[Record]| edition(&opened, records).map_err(|failure| failure.message))
}

fn edition(opened: &OpenedStudy, records: &[Record]) -> Result<Vec<EditionFile>, Failure> {
    let codebook = without_identities(&opened.codebook);
    let laid_out = lay_out(&codebook, records, &BTreeMap::new())?;
    let checks = open_checks(&codebook, &opened.name)?;
    let reading = reading::confront_stored(&checks, (&laid_out, &[]), Keep::Records)?;
    let (batch, read) = reading.accepted_of(&codebook)?;
    report::edition(opened, (&batch, &read), jiff::Zoned::now().date())
}
