//! What the end of a sheet keeps back from a visitor: findings about answers that the study shows to other roles alone.
//!
//! Such a finding still holds the record back. Its reason comes from a colleague who sees it: picked in the draft, or given when the record
//! was accepted before. So a correction elsewhere in the record needs no second look, by somebody else or oneself.

use std::collections::BTreeMap;

use catalyse_store::{FindingFilter, FindingState, StoreError};

use super::finish::{is_open, name_of};
use super::reasons::Stale;
use crate::guard::Visitor;
use crate::live::RowKey;
use crate::sheet::Desk;
use crate::{Site, WebError};

/// Says whether something is open that the visitor does not see.
pub(super) fn is_open_for(
    desk: &Desk,
    visitor: &Visitor,
    reasons: &BTreeMap<String, String>,
) -> bool {
    let hidden = desk.seen.findings.iter().filter(|found| !visitor.sight.sees_found(found));
    hidden.into_iter().any(|found| is_open(found, reasons))
}

/// Returns the reasons that count, by the name of their finding: those that the visitor sends, or those that were picked before; for what the
/// visitor does not see, those of colleagues.
pub(super) async fn reasons(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    sent: Option<BTreeMap<String, String>>,
) -> Result<BTreeMap<String, String>, WebError> {
    let mut reasons = earlier(site, desk).await?;
    reasons.extend(site.store.kept_reasons(desk.draft.state.id).await?);
    if let Some(sent) = sent {
        let hidden = desk.seen.findings.iter().filter(|found| !visitor.sight.sees_found(found));
        let hidden: Vec<String> = hidden.map(name_of).collect();
        reasons.retain(|name, _| hidden.contains(name));
        reasons.extend(sent.into_iter().filter(|(name, _)| !hidden.contains(name)));
    }
    Ok(reasons)
}

/// Returns the reasons with which findings of the records that the draft stands on were accepted, as far as they were given for the answers
/// that stand in the draft.
async fn earlier(site: &Site, desk: &Desk) -> Result<BTreeMap<String, String>, WebError> {
    let mut reasons = BTreeMap::new();
    if desk.draft.base.is_empty() {
        return Ok(reasons);
    }
    let stale = Stale::of(site.codebook(), desk.changed());
    for id in &desk.draft.base {
        let record = match site.store.record(*id).await {
            Ok(record) => record,
            // Taken away since.
            Err(StoreError::Unknown { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let number = u32::try_from(record.key.number).unwrap_or_default();
        let row = record.key.form.map_or(RowKey::Main, |form| RowKey::Repeat(form, number));
        let of_record = FindingFilter { record: Some(*id), ..FindingFilter::default() };
        for finding in site.store.findings(&of_record).await? {
            if finding.state == FindingState::Accepted {
                let name = format!("{}|{}|{}", finding.check, row.text(), finding.variable);
                if !stale.has(&name) {
                    reasons.insert(name, finding.reason);
                }
            }
        }
    }
    Ok(reasons)
}
