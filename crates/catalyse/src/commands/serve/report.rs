//! The report from the page: accepted records of the store, through the same stages as on the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_web::{EditionOrder, MadeEdition, ReportMaker};

use crate::commands::check::open_checks;
use crate::commands::report;
use crate::failure::Failure;
use crate::reading::{self, Keep};
use crate::store::{lay_out, without_identities};
use crate::study::OpenedStudy;

/// Returns what makes an edition of records.
pub(super) fn maker(opened: &Arc<OpenedStudy>) -> ReportMaker {
    let opened = Arc::clone(opened);
    Arc::new(move |order: &EditionOrder| edition(&opened, order).map_err(|failure| failure.message))
}

fn edition(opened: &OpenedStudy, order: &EditionOrder) -> Result<MadeEdition, Failure> {
    let earlier = report::earlier(&order.earlier)?;
    let codebook = without_identities(&opened.codebook);
    let laid_out = lay_out(&codebook, &order.records, &BTreeMap::new())?;
    let checks = open_checks(&codebook, &opened.name)?;
    let reading = reading::confront_stored(&checks, (&laid_out, &[]), Keep::Records)?;
    let (batch, read) = reading.accepted_of(&codebook)?;
    report::edition(opened, (&batch, &read), (order.date, &earlier))
}
