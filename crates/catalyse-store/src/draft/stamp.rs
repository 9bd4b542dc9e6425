//! The stamp of a draft: what tells whether somebody who has it at hand has it as it stands. Asking costs one row; reading the draft costs all.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::DraftId;
use crate::engine::{count, next_number, number, text};
use crate::journal::time;
use crate::{Store, StoreError, about};

/// Says how a draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStamp {
    /// The partner.
    pub partner: String,
    /// How often anything was saved in it.
    pub version: u64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether a record that it stands on has changed since it was opened, or one has come in that it does not stand on.
    pub has_moved_base: bool,
}

impl Store {
    /// Returns how a draft stands.
    ///
    /// # Errors
    /// There is no such draft.
    pub async fn draft_stamp(&self, id: DraftId) -> Result<DraftStamp, StoreError> {
        let row = sqlx::query(
            "SELECT d.partner, d.version, d.opened_at, (SELECT COUNT(*) FROM draft_base b JOIN record r ON r.id = b.record \
             WHERE b.draft = d.id AND r.revision <> b.revision) + (SELECT COUNT(*) FROM record r \
             WHERE r.person = d.person AND r.wave = d.wave AND r.content IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM draft_base b WHERE b.draft = d.id AND b.record = r.id)) AS moved FROM draft d WHERE d.id = $1",
        );
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        let row = row.ok_or_else(|| StoreError::unknown("draft", id.0))?;
        Ok(DraftStamp {
            partner: text(&row, "partner")?,
            version: count(&row, "version")?,
            opened_at: time(&row, "opened_at")?,
            has_moved_base: number(&row, "moved")? > 0,
        })
    }
}

/// Returns the number of a new draft. It is never that of one that is gone: a page that is still open somewhere must not save into another.
pub(super) async fn next_draft(writing: &mut AnyConnection) -> Result<i64, StoreError> {
    let last = about::value(writing, "last_draft").await?;
    let last: i64 = last.and_then(|number| number.parse().ok()).unwrap_or_default();
    let next = next_number(&mut *writing, "SELECT MAX(id) FROM draft").await?.max(last + 1);
    about::set(writing, "last_draft", &next.to_string()).await?;
    Ok(next)
}
