//! Reasons for soft findings while a sheet is typed: kept as they are picked, and dropped when an answer changes that they were given for.

use std::collections::BTreeSet;

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalyse_codebook::{CheckId, Codebook, VariableName};
use catalyse_store::DraftId;
use serde::Deserialize;

use super::finish::name_of;
use crate::form::REASONS;
use crate::guard::AtDesk;
use crate::{Site, WebError};

/// Knows the reasons that no longer hold because answers have changed.
pub(crate) struct Stale {
    checks: BTreeSet<CheckId>,
    variables: BTreeSet<VariableName>,
}

impl Stale {
    /// Works out what a change of these variables touches, also by what is worked out from them.
    pub(crate) fn of(codebook: &Codebook, changed: BTreeSet<VariableName>) -> Self {
        let variables = codebook.following(changed);
        Self { checks: codebook.checks_touching(&variables), variables }
    }

    /// Says whether a reason no longer holds: its finding reads what has changed, or stands at it. A check that looks at several episodes
    /// reads all of them, so the episode is not asked for.
    pub(crate) fn has(&self, finding: &str) -> bool {
        let mut parts = finding.split('|');
        let (check, variable) = (parts.next(), parts.nth(1));
        let reads = check.is_some_and(|name| self.checks.iter().any(|one| one.as_str() == name));
        let stands = |name: &str| self.variables.iter().any(|one| one.as_str() == name);
        reads || variable.is_some_and(stands)
    }
}

/// Drops the reasons of a draft that were given for other answers than those that are about to be saved.
pub(crate) async fn forget(
    site: &Site,
    draft: DraftId,
    changed: impl IntoIterator<Item = VariableName>,
) -> Result<(), WebError> {
    let kept = site.store.kept_reasons(draft).await?;
    if kept.is_empty() {
        return Ok(());
    }
    let stale = Stale::of(site.codebook(), changed.into_iter().collect());
    for finding in kept.keys().filter(|finding| stale.has(finding)) {
        site.store.keep_reason(draft, finding, "").await?;
    }
    Ok(())
}

/// Holds the reason that is picked for one finding.
#[derive(Deserialize)]
pub(crate) struct Picked {
    finding: String,
    reason: String,
}

/// Keeps the reason that is picked for a finding, so that it is there again later.
pub(crate) async fn keep(
    AtDesk { site, visitor, desk }: AtDesk,
    Form(picked): Form<Picked>,
) -> Result<Response, WebError> {
    let mut seen = desk.seen.findings.iter().filter(|found| visitor.sight.sees_found(found));
    let is_known = seen.any(|found| name_of(found) == picked.finding)
        && REASONS.iter().any(|(_, code, _, _)| *code == picked.reason);
    if !is_known {
        return Err(WebError::Request("reason"));
    }
    let draft = desk.draft.state.id;
    site.store.keep_reason(draft, &picked.finding, &picked.reason).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
