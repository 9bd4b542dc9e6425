//! Keeping a second entry blind: whoever is keying a form a second time reads no record of that person until it is finished or thrown away.

use catalyse_store::{PersonId, SecondState, StoreError};

use super::Visitor;
use crate::{Site, WebError};

/// Says whether the visitor is keying a form of a person a second time.
pub(super) async fn is_blind_to(
    site: &Site,
    visitor: &Visitor,
    person: PersonId,
) -> Result<bool, WebError> {
    let Some(partner) = visitor.partner() else { return Ok(false) };
    let seconds = site.store.seconds(partner).await?;
    let open = seconds.iter().filter(|one| one.state == SecondState::Drawn);
    let mut open: Vec<_> = open.filter_map(|one| Some((one.record, one.draft?))).collect();
    if open.is_empty() {
        return Ok(false);
    }
    let drafts = site.store.drafts(Some(partner)).await?;
    let is_own =
        |draft| drafts.iter().any(|one| one.id == draft && one.opened_by == visitor.name());
    open.retain(|(_, draft)| is_own(*draft));
    for (record, _) in open {
        match site.store.place_of(record).await {
            Ok((known, _)) if known == person => return Ok(true),
            Ok(_) | Err(StoreError::Unknown { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}
