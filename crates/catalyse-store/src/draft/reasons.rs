//! Reasons that were picked for soft findings while a draft is typed: they are there again when its author comes back.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::DraftId;
use super::moved::Renumbered;
use crate::engine::text;
use crate::{Store, StoreError};

impl Store {
    /// Keeps the reason that was picked for a finding of a draft; an empty one takes it back. A finding is named by its check, the episode it
    /// stands in and its variable: `spells-overlap|work-spells.2|spell_start`.
    ///
    /// # Errors
    /// There is no such draft.
    pub async fn keep_reason(
        &self,
        draft: DraftId,
        finding: &str,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut writing = self.pools.begin().await?;
        let keep = sqlx::query(
            "INSERT INTO draft_reason (draft, finding, reason) SELECT id, $2, $3 FROM draft WHERE id = $1 \
             ON CONFLICT (draft, finding) DO UPDATE SET reason = $3",
        );
        let keep = keep.bind(draft.0).bind(finding.to_owned()).bind(reason.to_owned());
        if keep.execute(&mut *writing).await?.rows_affected() == 0 {
            return Err(StoreError::unknown("draft", draft.0));
        }
        Ok(writing.commit().await?)
    }

    /// Returns the reasons that were picked in a draft, by finding.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn kept_reasons(
        &self,
        draft: DraftId,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let rows = sqlx::query(
            "SELECT finding, reason FROM draft_reason WHERE draft = $1 AND reason <> ''",
        );
        let rows = rows.bind(draft.0).fetch_all(&self.pools.reading).await?;
        rows.iter().map(|row| Ok((text(row, "finding")?, text(row, "reason")?))).collect()
    }
}

/// Lets the reasons of an episode go with it when it gets another number.
pub(super) async fn renumber(
    writing: &mut AnyConnection,
    (draft, one): (DraftId, &Renumbered),
) -> Result<(), StoreError> {
    let named = |number: i64| format!("|{}.{number}|", one.form);
    let update =
        sqlx::query("UPDATE draft_reason SET finding = REPLACE(finding, $2, $3) WHERE draft = $1");
    let update = update.bind(draft.0).bind(named(one.number)).bind(named(one.becomes));
    update.execute(writing).await?;
    Ok(())
}
